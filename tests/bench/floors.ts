/** What the list page could reach at best: the same view without a database, the bare query. */
import { eventually, freePort, type Service } from "../runtime/service.ts";
import { openPool } from "../../db/pool.ts";
import { servingUrl } from "../../db/prepare.ts";
import { load, median } from "./load.ts";
import { asOwner, secretKey } from "./product.ts";
import { firstTenant } from "./tenants.ts";

/** Pages and queries per second, each by two processes that have the machine to themselves. */
export interface Floors {
  render: number;
  query: number;
}

/** Measures both floors with the stock of a running product. */
export async function measureFloors(
  service: Service,
  { connections, seconds, runs }: { connections: number; seconds: number; runs: number },
): Promise<Floors> {
  const database = await asOwner(service, async (ownerUrl) => {
    const owner = openPool(ownerUrl, { max: 1 });
    const tenantId = await firstTenant(owner);
    const url = await servingUrl(owner, ownerUrl, secretKey).finally(() => owner.end());
    return { url, tenantId };
  });
  return {
    render: await render(database, { connections, seconds, runs }),
    query: await query(database, seconds),
  };
}

type Database = { url: string; tenantId: string };

async function render(
  database: Database,
  { connections, seconds, runs }: { connections: number; seconds: number; runs: number },
): Promise<number> {
  const port = freePort();
  const url = `http://127.0.0.1:${port}`;
  const servers = [start("render", port, database), start("render", port, database)];
  try {
    await eventually(() =>
      fetch(`${url}/contacts`).then((answer) => answer.body!.cancel()).then(() => true, () => false)
    );
    const row = { name: "floor", status: 200, ask: () => ({ path: "/contacts" }) };
    const to = { url, headers: [{}], connections };
    await load(row, { ...to, seconds: 2 });
    const figures = [];
    for (let run = 0; run < runs; run++) figures.push(await load(row, { ...to, seconds }));
    return median(figures).rate;
  } finally {
    for (const server of servers) server.kill("SIGKILL");
    await Promise.all(servers.map((server) => server.output()));
  }
}

async function query(database: Database, seconds: number): Promise<number> {
  const askers = [start("query", seconds, database), start("query", seconds, database)];
  const outputs = await Promise.all(askers.map((asker) => asker.output()));
  const answers = outputs.map(({ stdout }) =>
    Number(/answers (\d+)/.exec(new TextDecoder().decode(stdout))?.[1] ?? 0)
  );
  return answers.reduce((sum, count) => sum + count, 0) / seconds;
}

function start(kind: "render" | "query", argument: number, database: Database): Deno.ChildProcess {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-remote",
      "--unstable-net",
      "tests/bench/floor.tsx",
      kind,
      String(argument),
    ],
    cwd: new URL("../../", import.meta.url),
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  writer.write(new TextEncoder().encode(JSON.stringify(database))).then(() => writer.close());
  return child;
}
