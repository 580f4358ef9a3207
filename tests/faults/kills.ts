/** kill -9 of each process while it is at work. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { elapsed } from "../../db/clock.ts";
import { readMigrations } from "../../db/migrate.ts";
import { keptSecret } from "../../db/kept_secrets.ts";
import { openPool } from "../../db/pool.ts";
import { eventually, firstService, isRunning, postmaster, Service } from "../runtime/service.ts";
import type { Fault } from "./fault.ts";
import { type Installation, pause } from "./installation.ts";

/** Uploads a file of so many persons, checks it and starts its run. */
async function startImport(service: Installation, lastName: string, rows: number): Promise<string> {
  const lines = Array.from(
    { length: rows },
    (_, n) => `V${n};${lastName};v${n}@${lastName}.example`,
  );
  const path = await service.upload(["Vorname;Nachname;E-Mail", ...lines].join("\n"));
  equal((await service.ask(path, { origin: "customer", sourceDetail: "Altsystem" })).status, 303);
  await settled(service, path);
  equal((await service.ask(`${path}/run`, {})).status, 303);
  return path;
}

/** Waits until no job is at work on an import any more. */
const settled = (service: Installation, path: string) =>
  eventually(async () => {
    const { status, text } = await service.ask(path);
    return status === 200 && !text.includes("<progress");
  }, 120_000);

/** Waits until an import is being written: what was lost is missed after a minute, and handed on. */
const isWriting = (service: Installation) =>
  eventually(() =>
    service.owner(async (sql) => {
      const found = await sql`
        select from pg_stat_activity
        where application_name = 'kompaktcrm long' and xact_start is not null
      `;
      return found.length > 0;
    }).catch(() => false), 150_000);

async function imported(service: Installation, lastName: string, rows: number): Promise<string> {
  deepEqual(await service.count(lastName), { rows, persons: rows });
  return `nothing of ${rows} rows, none twice`;
}

export const kills: Fault[] = [
  {
    name: "PostgreSQL and supervisor killed during an import",
    async run(service) {
      const path = await startImport(service, "Einfuhr", 12_000);
      await isWriting(service);
      Deno.kill(postmaster(service.service.dataDir).pid, "SIGKILL");
      await eventually(service.ready);
      await isWriting(service);
      const seconds = await service.killAndStart();
      await settled(service, path);
      return {
        lost: await imported(service, "Einfuhr", 12_000),
        saw: `the progress bar restarts; after the supervisor's death ${
          seconds.toFixed(1)
        } s no page`,
      };
    },
  },
  {
    name: "web processes and PostgreSQL killed while people type",
    async run(service) {
      const typing = Promise.all([
        service.enter("Tippt", 40, 40),
        service.enter("Schreibt", 40, 40),
      ]);
      for (let n = 0; n < 2; n++) {
        for (const pid of await service.service.children("web")) {
          Deno.kill(pid, "SIGKILL");
          await pause(400);
        }
      }
      Deno.kill(postmaster(service.service.dataDir).pid, "SIGKILL");
      const again = (await typing).reduce((sum, each) => sum + each.again, 0);
      ok(again > 0, "somebody was hit");
      for (const name of ["Tippt", "Schreibt"]) {
        deepEqual(await service.count(name), { rows: 40, persons: 40 });
      }
      return {
        lost: "nothing of 80 forms, none twice",
        saw: `503 or a broken connection; sent again ${again} times, taken once`,
      };
    },
  },
  {
    name: "supervisor killed while it migrates",
    async run() {
      const first = await firstService();
      const migrations = await readMigrations();
      await eventually(() => countMigrations(first).then((count) => count >= 20), 30_000);
      first.kill("SIGKILL");
      await first.stop();
      await using next = new Service(first.dataDir, first.port);
      await next.ready();
      equal(await countMigrations(next), migrations.length);
      return { lost: "nothing: each migration is whole or not there", saw: "the start goes on" };
    },
  },
  {
    name: "job process killed during an import",
    long: true,
    async run(service) {
      const path = await startImport(service, "Auftrag", 3_000);
      await isWriting(service);
      for (const pid of await service.service.children("jobs")) Deno.kill(pid, "SIGKILL");
      await settled(service, path);
      return {
        lost: await imported(service, "Auftrag", 3_000),
        saw: "the progress bar stops for half a minute, then restarts",
      };
    },
  },
  {
    name: "job process paused for 40 seconds during an import",
    long: true,
    async run(service) {
      const path = await startImport(service, "Pause", 3_000);
      await isWriting(service);
      const paused = await service.service.children("jobs");
      // Longer than a heartbeat: by then the queue takes the job for lost and offers it again.
      for (const pid of paused) Deno.kill(pid, "SIGSTOP");
      try {
        await pause(40_000);
      } finally {
        for (const pid of paused) if (isRunning(pid)) Deno.kill(pid, "SIGCONT");
      }
      await settled(service, path);
      return { lost: await imported(service, "Pause", 3_000), saw: "the bar stands, then goes on" };
    },
  },
  {
    name: "web process stands still, alive",
    long: true,
    async run(service) {
      const [still] = await service.service.children("web");
      const from = elapsed();
      Deno.kill(still!, "SIGSTOP");
      // Not by `isRunning`, which lets it go on.
      const others = async () => {
        const running = await service.service.children("web");
        return running.length === 2 && !running.includes(still!);
      };
      await eventually(others, 150_000);
      const seconds = (elapsed() - from) / 1000;
      await eventually(service.ready);
      return {
        lost: "nothing",
        saw: `pages that it should have answered hang for ${seconds.toFixed(0)} s at most`,
      };
    },
  },
];

/** How many migrations a product has applied; 0 while nobody can ask. */
async function countMigrations({ dataDir }: Service): Promise<number> {
  try {
    const { port } = postmaster(dataDir);
    const password = encodeURIComponent(keptSecret(dataDir, "postgres_password"));
    const sql = openPool(`postgres://postgres:${password}@127.0.0.1:${port}/kompaktcrm`, {
      max: 1,
    });
    const rows = await sql`select from schema_migrations`.finally(() => sql.end({ timeout: 1 }));
    return rows.length;
  } catch {
    return 0;
  }
}
