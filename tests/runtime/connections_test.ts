/** Connections that PostgreSQL ends: what was under way fails, the processes and pools live on. */

import { equal, ok, rejects } from "node:assert/strict";
import postgres from "postgres";
import { keptSecret } from "../../db/kept_secrets.ts";
import { newId } from "../../db/ids.ts";
import { openPool } from "../../db/pool.ts";
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

Deno.test("a write that comes too late is known by its place, and its connection opens anew", async () => {
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
