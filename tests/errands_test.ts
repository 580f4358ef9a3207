/** Errands: work of the supervisor in processes of their own, and nothing of it in the supervisor. */
import { equal, ok, rejects } from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { aborted } from "../db/clock.ts";
import { parseConfig } from "../db/config.ts";
import type { Sql } from "../db/pool.ts";
import { run } from "../jobs/errands.ts";
import { watchContracts } from "../jobs/watches.ts";
import { database, secretKey } from "./support/db.ts";
import { importsOf, resolved, type Source, sources } from "./support/sources.ts";

/** What the supervisor may load: it keeps for weeks what it has loaded. */
const mostBytes = 300_000;

async function orders(settings: Record<string, string> = {}) {
  const { ownerUrl: adminUrl } = await database();
  const dataDir = await Deno.makeTempDir();
  const env = { DATABASE_URL: adminUrl, SECRET_KEY: secretKey, DATA_DIR: dataDir, ...settings };
  const config = parseConfig(env, Deno.readTextFileSync);
  return { adminUrl, config, baseUrl: config.baseUrl };
}

/** Somebody who takes connections and says nothing. */
function silent() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const asked = Promise.withResolvers<void>();
  const open: Deno.Conn[] = [];
  (async () => {
    for await (const connection of listener) {
      open.push(connection);
      asked.resolve();
    }
  })().catch(() => {});
  return {
    url: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    asked: asked.promise,
    close: () => [listener, ...open].forEach((each) => each.close()),
  };
}

Deno.test("an errand returns its result, or the error with its name and sentence", async () => {
  const given = await orders();
  equal(await run("endings", given), true);
  const foreign = await orders({ SECRET_KEY: randomBytes(32).toString("base64") });
  await rejects(run("upgrade", foreign), { name: "WrongSecret" });
});

Deno.test("a stop waits for no look at the installation", async () => {
  const host = silent();
  const stop = new AbortController();
  const looking = run("inspection", await orders({ BASE_URL: host.url }), stop.signal);
  await host.asked;
  stop.abort();
  await rejects(looking, /without an answer/);
  host.close();
});

Deno.test("contracts are looked at, and no errand begins during a stop", async () => {
  let begun = 0;
  const stop = new AbortController();
  const asked = Promise.withResolvers<void>();
  // Answers that something is due, but only once the stop has begun.
  const owner = (async () => {
    asked.resolve();
    await aborted(stop.signal);
    return [{ due: true }];
  }) as unknown as Sql;
  const watching = watchContracts(owner, () => Promise.resolve(begun++), stop.signal, 1);
  await asked.promise;
  stop.abort();
  await watching;
  equal(begun, 0);
});

Deno.test("an errand ends with its supervisor", async () => {
  const host = silent();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-remote", "--quiet", "jobs/starts/inspection.ts"],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const pipe = child.stdin.getWriter();
  const line = `${JSON.stringify(await orders({ BASE_URL: host.url }))}\n`;
  await pipe.write(new TextEncoder().encode(line));
  await host.asked;
  await pipe.close();
  equal((await child.status).code, 70);
  host.close();
});

Deno.test("the supervisor loads nothing of the errands", async () => {
  const all = new Map((await sources()).map((source) => [source.path, source]));
  const loaded = new Set<string>();
  const load = (source: Source) => {
    if (loaded.has(source.path)) return;
    loaded.add(source.path);
    for (const { from, typeOnly } of importsOf(source)) {
      const path = typeOnly ? null : resolved(source, from);
      if (path !== null && all.has(path)) load(all.get(path)!);
    }
  };
  load(all.get("main.ts")!);
  const bytes = [...loaded].reduce((sum, path) => sum + all.get(path)!.text.length, 0);
  ok(loaded.has("jobs/errands.ts") && bytes < mostBytes, `${bytes} bytes`);
});
