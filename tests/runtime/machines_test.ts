/** Two machines on one database: a session, a list, a stream and a job do not care which; metrics. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import postgres from "postgres";
import { setupFields } from "../support/setup.ts";
import { clusterUrl } from "../support/postgres.ts";
import { secretKey } from "../support/db.ts";
import { eventually, freePort, newService, type Service } from "./service.ts";
import { Visitor } from "./visitors.ts";

const cluster = await clusterUrl();
const name = `machines_${crypto.randomUUID().replaceAll("-", "")}`;
const admin = postgres(cluster, { max: 1 });
await admin.unsafe(`create database ${name}`);
const url = new URL(cluster);
url.pathname = `/${name}`;
const metrics = freePort();
const token = "wort-fuer-prometheus";
const shared = { DATABASE_URL: url.href, SECRET_KEY: secretKey, WEB_PROCESSES: "1" };

const samples = async (at: number, given = token) => {
  const answer = await fetch(`http://127.0.0.1:${at}/metrics`, {
    headers: { Authorization: `Bearer ${given}` },
  });
  return { status: answer.status, text: await answer.text() };
};

Deno.test("two machines on one database are one installation", async (t) => {
  await using first = await newService({
    ...shared,
    METRICS_LISTEN: `127.0.0.1:${metrics}`,
    METRICS_TOKEN: token,
  });
  await first.ready();
  const sql = postgres(url.href, { max: 2 });
  await using second = await newService(shared);
  await second.ready();
  const visitor = new Visitor();

  await t.step(
    "a log-in at one is known to the other, which logs the same request",
    async () => {
      const link = /http:\S+(\/setup\/\S+)/.exec(second.output)![1]!;
      const page = await visitor.ask(first, link);
      equal(page.status, 200);
      equal(page.headers.get("X-Request-Id"), "probe-1234567");
      await page.body?.cancel();
      const done = await visitor.ask(second, link, {
        ...setupFields,
      });
      const text = await done.text();
      equal(done.status, 303, text.slice(0, 3_000));
      const inside = await visitor.ask(first, "/contacts");
      equal(inside.status, 200);
      await inside.body?.cancel();
      await eventually(async () =>
        (await Deno.readTextFile(await accessLog(first))).includes('"requestId":"probe-1234567"')
      );
    },
  );

  await t.step("what one writes the other lists at once", async () => {
    const made = await visitor.ask(first, "/contacts/new", { lastName: "Zweirad", origin: "card" });
    equal(made.status, 303);
    const list = await (await visitor.ask(second, "/contacts")).text();
    match(list, /Zweirad/);
  });

  await t.step("the timetable of two has one effect, each job is done once", async () => {
    await eventually(async () => {
      const rows = await sql<{ count: number }[]>`
        select count(*)::int as count
        from jobs.job
        where name = 'keep_ledger' and state = 'completed'
      `;
      return rows[0]!.count > 0;
    }, 90_000);
    const twice = await sql`
      select name, date_trunc('minute', created_on) as minute, count(*)::int
      from jobs.job
      where name in ('check_mailboxes', 'keep_ledger', 'send_reminders', 'write_officers')
      group by name, minute
      having count(*) > 1
    `;
    deepEqual([...twice], []);
  });

  await t.step(
    "metrics show the state of the processes and the installation, to whoever has the token",
    async () => {
      equal((await samples(metrics, "another")).status, 401);
      await eventually(async () => {
        const { text } = await samples(metrics);
        return /http_requests_total\{process="web 1",method="GET",status="2xx"\} [1-9]/.test(text);
      });
      const { text } = await samples(metrics);
      match(text, /^# TYPE kompaktcrm_http_request_seconds histogram$/m);
      match(text, /kompaktcrm_http_request_seconds_bucket\{process="web 1",le="\+Inf"\} [1-9]/);
      match(text, /^kompaktcrm_database_up 1$/m);
      match(text, /^kompaktcrm_tenants 1$/m);
      match(text, /kompaktcrm_queued_jobs\{state="\w+"\} \d/);
      for (const line of text.trim().split("\n")) {
        match(
          line,
          /^(# HELP \w+ [A-Z][^\\]+\.|# TYPE \w+ \w+|\w+(\{(\w+="[^"]*",?)+\})? -?[\d.e+-]+)$/,
        );
      }
      ok(!/Lüttfeld|Henrike|Zweirad|example/.test(text), "no names");
    },
  );

  await t.step("one ends, the other goes on", async () => {
    equal(await first.stop(), 0);
    const inside = await visitor.ask(second, "/contacts");
    equal(inside.status, 200);
    match(await inside.text(), /Zweirad/);
  });
  await sql.end();
  await admin.end();
});

async function accessLog({ dataDir }: Service): Promise<string> {
  for await (const { name } of Deno.readDir(`${dataDir}/logs`)) {
    if (name.startsWith("access")) return `${dataDir}/logs/${name}`;
  }
  return "";
}
