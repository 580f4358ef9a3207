/** A change of the register reaches the running processes: another list, and no request lost. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { keptSecret } from "../../db/kept_secrets.ts";
import { relayedEgress } from "../../db/egress_relay.ts";
import type { Role } from "../../db/permissions.ts";
import { openPool } from "../../db/pool.ts";
import { fake, openProcessor, setHosts } from "../support/processors.ts";
import { eventually, newService, postmaster, type Service } from "./service.ts";
import { openWays } from "./ways_out.ts";

const limits = { timeoutMs: 10_000, maxBytes: 1_000_000 };
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

const owner = (service: Service) => {
  const password = encodeURIComponent(keptSecret(service.dataDir, "postgres_password"));
  const { port } = postmaster(service.dataDir);
  return openPool(`postgres://postgres:${password}@127.0.0.1:${port}/kompaktcrm`, { max: 2 });
};

Deno.test("a processor that opens is reached, one that closes no longer, and nothing is lost meanwhile", async (t) => {
  await using server = fake(async () => {
    await pause(20);
    return new Response("x".repeat(10_000));
  });
  await using stranger = fake();
  await using service = await newService({ WEB_PROCESSES: "1" });
  await service.ready();
  const sql = owner(service);
  const egress = relayedEgress(`${service.dataDir}/run/ask_egress`);
  const ask = async (id: string, port = server.port) => {
    const url = `http://127.0.0.1:${port}/`;
    return await (await egress.request(id, "provision", { method: "GET", url }, limits)).text();
  };
  const here = { host: "127.0.0.1", port: server.port };
  const web = String(await service.children("web"));
  const jobs = String(await service.children("jobs"));
  let id = "";

  await t.step(
    "while every processor is closed there is no process that could reach one",
    async () => {
      deepEqual(await service.children("egress"), []);
    },
  );

  await t.step("one that opens is reached", async () => {
    id = await openProcessor(sql, [here], "documentero");
    await eventually(() => ask(id).then((text) => text.length === 10_000, () => false), 30_000);
  });

  await t.step("its other hosts are shut by the process's permissions too", async () => {
    await rejects(ask(id, stranger.port), { code: "host" });
    const { dataDir } = service;
    const facts = { files: `${dataDir}/files`, keys: `${dataDir}/keys` };
    const open = async (role: Role, allowed: number) => {
      const [pid] = await service.children(role);
      return await openWays(service.flags(pid!), { ...facts, allowed });
    };
    deepEqual(await open("egress", server.port), ["connect to a host of its list"]);
    deepEqual(await open("egress", stranger.port), []);
    for (const role of ["web", "jobs"] as const) {
      ok(!(await open(role, server.port)).includes("connect to a host of its list"), role);
      ok((await open(role, postmaster(dataDir).port)).includes("connect to a host of its list"));
    }
    equal(stranger.asked.length, 0);
  });

  await t.step("changes under load lose no request, of pages or of processors", async () => {
    const failures: string[] = [];
    let [done, over] = [0, false];
    const visitors = Array.from({ length: 12 }, async (_, n) => {
      while (!over) {
        try {
          if (n < 6) equal((await ask(id)).length, 10_000);
          else {
            const answer = await fetch(`${service.url}/health/live`);
            await answer.body?.cancel();
            equal(answer.status, 200);
          }
          done++;
        } catch (error) {
          failures.push(String(error));
        }
      }
    });
    for (let round = 1; round <= 3; round++) {
      const before = String(await service.children("egress"));
      await setHosts(sql, id, [
        here,
        ...Array(round).fill(0).map((_, n) => ({ host: `h${n}.example`, port: 443 })),
      ]);
      await eventually(async () => {
        const now = await service.children("egress");
        return now.length === 1 && String(now) !== before;
      }, 40_000);
    }
    over = true;
    await Promise.all(visitors);
    deepEqual(failures, []);
    ok(done > 100, String(done));
  });

  await t.step("web and job processes went on, as their lists are the same", async () => {
    equal(String(await service.children("web")), web);
    equal(String(await service.children("jobs")), jobs);
  });

  await t.step("a mail server on the list restarts the job process alone", async () => {
    const relay = String(await service.children("egress"));
    await openProcessor(sql, [{ host: "imap.example", port: 993 }]);
    await eventually(async () => {
      const now = await service.children("jobs");
      return now.length === 1 && String(now) !== jobs;
    }, 40_000);
    equal(String(await service.children("egress")), relay);
    const [pid] = await service.children("jobs");
    ok(service.flags(pid!).some((flag) => flag.includes("imap.example:993")));
  });

  await t.step("one that is switched off is shut at once, and its process ends", async () => {
    await sql`update processors set enabled = false, enabled_from = null where id = ${id}`;
    await rejects(ask(id), { code: "closed" });
    await sql`select pg_notify('kompaktcrm_egress', '')`;
    await eventually(async () => (await service.children("egress")).length === 0, 30_000);
    await rejects(ask(id), { code: "closed" });
  });

  await sql.end();
  equal(await service.stop(), 0);
});
