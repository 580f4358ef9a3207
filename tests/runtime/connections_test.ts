/** Connections that PostgreSQL ends: what was under way fails, the processes and pools live on. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import postgres from "postgres";
import { childEnvironment } from "../../db/config.ts";
import { keptSecret } from "../../db/kept_secrets.ts";
import { hold } from "../../db/held_connections.ts";
import { newId } from "../../db/ids.ts";
import { endPool, longPool, openPool, type Tx } from "../../db/pool.ts";
import { system, withScope } from "../../db/scope.ts";
import { isLateWrite } from "../../jobs/orders.ts";
import { database } from "../support/db.ts";
import { eventually, newService, postmaster, type Service } from "./service.ts";

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

Deno.test("a transaction whose connection was ended fails at its next query, and the pool heals", async () => {
  const { owner, appUrl } = await database();
  const pool = openPool(appUrl, { max: 1 });
  const late: unknown[] = [];
  const heard = (event: ErrorEvent) => {
    event.preventDefault();
    late.push(event.error);
  };
  globalThis.addEventListener("error", heard);
  try {
    const lost = withScope(pool, { tenantId: newId(), actor: system }, async ({ sql }) => {
      const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await owner`select pg_terminate_backend(${row!.pid})`;
      await pause(200);
      return await sql`select 1`;
    });
    await rejects(lost, { code: "CONNECTION_CLOSED" });
    const [row] = await pool<{ n: number }[]>`select 1 as n`;
    equal(row!.n, 1);
    equal(late.length, 0, String(late));
  } finally {
    globalThis.removeEventListener("error", heard);
    await pool.end({ timeout: 1 });
  }
});

Deno.test("a value that cannot be sent fails its query alone, and the connection goes on", async () => {
  const { appUrl } = await database();
  const pool = openPool(appUrl, { max: 1 });
  const tenantId = newId();
  const never = undefined as unknown as string;
  const tries: ((sql: Tx) => Promise<unknown>)[] = [
    (sql) => sql`select ${never}::text`,
    (sql) => sql`select 1 where true ${sql`and ${never}::text is null`}`,
    (sql) => sql`select ${new Date(NaN)}::timestamptz`,
    (sql) => sql`insert into views ${sql({ tenantId, id: never })}`,
    (sql) => sql`insert into views ${sql([{ tenantId, id: tenantId }, { tenantId } as never])}`,
    (sql) => sql`select 1 where 'a' in ${sql(["a", never])}`,
    (sql) => sql`select ${["a", never]}::text[]`,
    (sql) => sql`select ${[new Date(NaN)]}::timestamptz[]`,
    (sql) => sql`insert into views ${sql({ tenantId, id: [tenantId, never] as never })}`,
  ];
  for (const work of tries) {
    await rejects(withScope(pool, { tenantId, actor: system }, ({ sql }) => work(sql)), TypeError);
    const rows = await withScope(
      pool,
      { tenantId, actor: system },
      ({ sql }) => sql`select 1 as n`,
    );
    equal(rows[0]!.n, 1);
  }
  await pool.end({ timeout: 1 });
});

Deno.test("outside of a tenant's transaction such a value fails its query alone, too", async () => {
  const { appUrl } = await database();
  const pool = openPool(appUrl, { max: 1 });
  const held = await hold(openPool(appUrl, { max: 1 }));
  const never = undefined as unknown as string;
  for (const sql of [pool, longPool(pool), held]) {
    const rows = await Promise.race([
      (async () => {
        const before = sql<{ n: number }[]>`select 1 as n from pg_sleep(0.1)`.execute();
        await rejects(async () => await sql`select ${never}::text`, TypeError);
        await rejects(async () => await sql`select ${["a", never]}::text[]`, TypeError);
        await rejects(async () => await sql`insert into views ${sql({ id: never })}`, TypeError);
        return [...await before, ...await sql<{ n: number }[]>`select 2 as n`];
      })(),
      pause(5_000),
    ]);
    deepEqual((rows as { n: number }[] | undefined)?.map(({ n }) => n), [1, 2]);
  }
  await rejects(pool.begin((sql) => sql`select ${never}::text`), TypeError);
  deepEqual([...await pool`select 3 as n`], [{ n: 3 }]);
  held.release();
  await endPool(pool);
});

Deno.test("a list with a hole is no fault of the query before it", async () => {
  const { appUrl } = await database();
  const pool = openPool(appUrl, { max: 1 });
  const who = { tenantId: newId(), actor: system };
  const never = undefined as unknown as string;
  const list = (sql: Tx, ids: string[]) => sql`select ${ids}::text[] as ids`;
  await withScope(pool, who, ({ sql }) => list(sql, ["a"]));
  const rows = await Promise.race([
    withScope(pool, who, async ({ sql }) => {
      const before = sql<{ n: number }[]>`select 1 as n from pg_sleep(0.1)`.execute();
      const faulty = Promise.resolve().then(() => list(sql, ["a", never]));
      await rejects(faulty, TypeError);
      return await before;
    }),
    pause(5_000),
  ]);
  equal((rows as { n: number }[])?.[0]?.n, 1);
  await pool.end({ timeout: 1 });
});

Deno.test("a write that comes too late is recognised by its stack, and its connection is reopened", async () => {
  const { owner, appUrl } = await database();
  const pool = openPool(appUrl, { max: 1 });
  const late: unknown[] = [];
  const heard = (event: ErrorEvent) => {
    event.preventDefault();
    late.push(event.error);
  };
  globalThis.addEventListener("error", heard);
  try {
    const sql = await pool.reserve();
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await owner`select pg_terminate_backend(${row!.pid})`;
    await pause(200);
    sql`select 1`.catch(() => {});
    await eventually(() => late.length > 0);
    ok(isLateWrite(late[0]), (late[0] as Error).stack);
    ok(!isLateWrite(new TypeError("Cannot read properties of null (reading 'write')")));
    const answer = await Promise.race([pool<{ n: number }[]>`select 1 as n`, pause(5_000)]);
    equal((answer as { n: number }[])?.[0]?.n, 1);
  } finally {
    globalThis.removeEventListener("error", heard);
    await pool.end({ timeout: 1 });
  }
});

Deno.test("a held connection that was ended fails each query, and the pool has it back", async () => {
  const { owner, appUrl } = await database();
  const pool = openPool(appUrl, { max: 1 });
  const held = await hold(pool);
  const [row] = await held<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await owner`select pg_terminate_backend(${row!.pid})`;
  await eventually(async () => {
    const lost = await held`select 1`.then(() => null, (error: { code?: string }) => error.code);
    return lost === "CONNECTION_CLOSED";
  });
  await rejects(held.unsafe("select 1").simple(), { code: "CONNECTION_CLOSED" });
  held.release();
  // postgres.js refuses a query once with what the ended connection said last.
  await eventually(() => pool`select 1`.then(() => true, () => false));
  const again = await hold(pool);
  again.release();
  await pool.end({ timeout: 1 });
});

Deno.test("the service's own process and a command outlive a write that comes too late", async () => {
  const { ownerUrl } = await database();
  const code = `
    import { openPool } from "./db/pool.ts";
    import { end } from "./jobs/starts/process.ts";
    await end((async () => {
      const [pool, other] = [1, 2].map(() => openPool(Deno.args[0], { max: 1 }));
      const late = new Promise((heard) => addEventListener("error", heard));
      const kept = await pool.reserve();
      const [{ pid }] = await kept\`select pg_backend_pid() as pid\`;
      await other\`select pg_terminate_backend(\${pid})\`;
      await new Promise((done) => setTimeout(done, 200));
      kept\`select 1\`.catch(() => {});
      await late;
      return 0;
    })());
  `;
  const { code: left, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", code, ownerUrl],
    cwd: new URL("../../", import.meta.url),
    clearEnv: true,
    env: childEnvironment(),
  }).output();
  equal(left, 0, new TextDecoder().decode(stderr));
});

Deno.test("a connection is kept by what notices its end alone", async () => {
  const kept: string[] = [];
  for (const folder of ["db", "db/tenant_erasures", "jobs", "jobs/commands", "routes"]) {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (!isFile || !/\.tsx?$/.test(name)) continue;
      const text = await Deno.readTextFile(`${folder}/${name}`);
      if (text.includes(".reserve()")) kept.push(`${folder}/${name}`);
    }
  }
  deepEqual(kept.sort(), ["db/held_connections.ts", "db/scope.ts"]);
});

const owner = (service: Service) => {
  const password = encodeURIComponent(keptSecret(service.dataDir, "postgres_password"));
  const { port } = postmaster(service.dataDir);
  return postgres(`postgres://postgres:${password}@127.0.0.1:${port}/kompaktcrm`, { max: 1 });
};

Deno.test("web processes outlive connections that are ended under load", async () => {
  await using service = await newService();
  await service.ready();
  const before = await service.children("web");
  const sql = owner(service);
  let over = false;
  const visitors = Array.from({ length: 40 }, async () => {
    while (!over) {
      const answer = await fetch(`${service.url}/health/ready`).catch(() => null);
      await answer?.body?.cancel();
      if (!answer) await pause(5);
    }
  });
  for (let round = 0; round < 60; round++) {
    await sql`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where application_name like 'kompaktcrm web%'
    `;
    await pause(25);
  }
  over = true;
  await Promise.all(visitors);
  await sql.end();
  await eventually(async () => {
    const answer = await fetch(`${service.url}/health/ready`);
    await answer.body?.cancel();
    return answer.ok;
  });
  equal(String(await service.children("web")), String(before), service.output);
});
