/** The queue's work: in the tenant's Scope, with errors as codes, and dead jobs shown to the operator. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { PgBoss } from "pg-boss";
import {
  asError,
  boss,
  deadLetters,
  enqueue,
  installQueue,
  openQueue,
  queues,
} from "../db/jobs.ts";
import { elapsed, now, setOffset } from "../db/clock.ts";
import * as figures from "../db/diagnosis_figures.ts";
import { describe } from "../db/log.ts";
import { noReach } from "../db/permissions.ts";
import * as queueClocks from "../db/queue_clocks.ts";
import { nightAfter } from "../jobs/watches.ts";
import { plainJob, tenantJob } from "../jobs/job.ts";
import { keepTimetable, timetable } from "../jobs/schedule.ts";
import { jobs, loaders } from "../jobs/jobs.ts";
import { JobFailed, run, work } from "../jobs/worker.ts";
import { app, type TestApp } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { eventually } from "./runtime/service.ts";
import { drain } from "./support/worker.ts";
import { newId } from "../db/ids.ts";

const toolsOf = ({ services }: TestApp) => ({
  pool: services.pool,
  config: services.config,
  log: services.log,
  egress: services.egress,
  signal: new AbortController().signal,
});

Deno.test("every queue has its job, and the timetable knows only jobs", () => {
  deepEqual(jobs.map(({ name }) => name).sort(), Object.keys(queues).sort());
  for (const { job } of timetable) ok(job in queues, job);
});

Deno.test("a queue with other settings than this version's is corrected, a right one is left alone", async () => {
  const { owner, ownerUrl } = (await cast()).test.db;
  const limit = async () => {
    const [row] = await owner`select retry_limit from jobs.queue where name = 'send_mail'`;
    return row!.retryLimit;
  };
  await owner`update jobs.queue set retry_limit = 1 where name = 'send_mail'`;
  await installQueue(owner, ownerUrl);
  equal(await limit(), 1);
  await owner`comment on schema jobs is 'made by another version'`;
  await installQueue(owner, ownerUrl);
  equal(await limit(), queues.send_mail.retryLimit);
});

Deno.test("a tenant's job sees its tenant only, as the system", async () => {
  const { test, alice } = await cast();
  const seen: unknown[] = [];
  const look = tenantJob("send_mail", async ({ scope }) => {
    const rows = await scope.sql`select distinct tenant_id from users`;
    seen.push(rows.map(({ tenantId }) => tenantId), scope.actor.kind);
  });
  const data = { mailId: "x", tenantId: alice.tenantId };
  await run(look, { id: newId(), data }, toolsOf(test));
  deepEqual(seen, [[alice.tenantId], "system"]);
});

Deno.test("a job that forgets its tenant sees nobody", async () => {
  const { test } = await cast();
  let count = -1;
  const look = plainJob("remove_stale", async ({ pool }) => {
    count = (await pool`select from users`).length;
  });
  await run(look, { id: newId(), data: { tenantId: null } as never }, toolsOf(test));
  equal(count, 0);
});

Deno.test("a failed job leaves behind a code, not the error's message", async () => {
  const test = await app();
  const failing = plainJob("remove_stale", async ({ pool }) => {
    await pool`insert into tenants (id, slug, name, created_at) values (null, 'Petra Privat', '', now())`;
  });
  const outcome = run(failing, { id: newId(), data: { tenantId: null } as never }, toolsOf(test));
  const error = await outcome.then(() => null, (error) => error);
  ok(error instanceof JobFailed);
  equal(error.message, "42501");
  ok(!JSON.stringify([error.message, error.stack]).includes("Petra"));
});

Deno.test("a job whose tries are used up is shown to the operator, revived or discarded", async () => {
  const { test, alice, bob } = await cast();
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  const kill = async () => {
    await test.db.app.begin((sql) => enqueue(sql, "remove_stale", null, {}));
    for (let tries = 0; tries < 20; tries++) {
      await test.db.owner`update jobs.job set start_after = now() where state = 'retry'`;
      const [queued] = await test.queue.fetch("remove_stale");
      if (!queued) break;
      await test.queue.fail("remove_stale", queued.id, new JobFailed({ code: "57P01" }));
    }
  };
  await kill();
  const html = await (await alice.get("/operator/jobs")).text();
  match(html, /remove_stale/);
  match(html, /57P01/);
  const id = /\/operator\/jobs\/([0-9a-f-]{36})\/retry/.exec(html)![1]!;
  equal((await bob.get("/operator/jobs")).status, 403);
  equal((await bob.post(`/operator/jobs/${id}/discard`)).status, 403);
  equal((await alice.post(`/operator/jobs/${id}/retry`)).status, 303);
  match(await text(await alice.get("/operator/jobs")), /Kein Auftrag ist gescheitert/);
  deepEqual((await drain(test)).done, ["remove_stale"]);

  await kill();
  const again = await (await alice.get("/operator/jobs")).text();
  const dead = /\/operator\/jobs\/([0-9a-f-]{36})\/discard/.exec(again)![1]!;
  await alice.post(`/operator/jobs/${dead}/discard`);
  equal((await alice.post(`/operator/jobs/${dead}/retry`)).status, 404);
  const left = await test.queue.findJobs(deadLetters);
  equal(left.filter(({ state }) => state === "created").length, 0);
});

Deno.test("each job is loaded under its own name", async () => {
  for (const [name, load] of Object.entries(loaders)) equal((await load()).name, name);
});

Deno.test("jobs of one transaction are announced once and done without a pause between them", async () => {
  const { db, services: { config } } = await app();
  const stop = new AbortController();
  const over = work(config, db.appUrl, "jobs", stop.signal, noReach);
  const left = async () => (await db.owner`select from jobs.job where state < 'completed'`).length;
  try {
    const from = elapsed();
    await eventually(async () => elapsed() - from > 100 && await left() === 0);
    // As many at once as each job allows, and none twice.
    const wanted = jobs.flatMap(({ name, concurrency }) => Array(concurrency ?? 1).fill(name));
    const lanes = async () => (await boss()).getWipData().map(({ name }) => name).sort();
    await eventually(async () => String(await lanes()) === String(wanted.sort()));
    await db.app.begin(async (sql) => {
      for (let n = 0; n < 5; n++) {
        await enqueue(sql, "deliver_event", null, { deliveryId: newId() });
      }
    });
    equal(await left(), 5);
    // Asked for every 30 seconds: within two, only because they were announced.
    await eventually(async () => await left() === 0, 2_000);
  } finally {
    stop.abort();
    await over;
    openQueue(db.appUrl);
  }
});

Deno.test("in nights in which the clocks change each job of the timetable runs once", async () => {
  const { queue } = await app();
  for (const day of ["2026-10-25", "2027-03-28"]) {
    const noon = Temporal.PlainDate.from(day).toZonedDateTime({
      timeZone: "Europe/Berlin",
      plainTime: "12:00",
    });
    const [from, to] = [noon.subtract({ days: 1 }), noon]
      .map(({ epochMilliseconds }) => epochMilliseconds);
    for (const cron of new Set(timetable.map(({ cron }) => cron))) {
      const [minute, hour, , , weekday] = cron.split(" ");
      const count = minute === "*" ? 180 : hour === "*" ? 30 : 2;
      // By the minute there are too many: those around the change.
      const options = {
        tz: "Europe/Berlin",
        from: new Date(minute === "*" ? to! - 10.5 * 3_600_000 : from!),
        count,
      };
      const times = occurrences(queue, cron, options).filter((at) => at <= to!);
      if (minute === "*") {
        const apart = times.slice(1).map((at, n) => at - times[n]!);
        deepEqual([times.length, ...new Set(apart)], [180, 60_000], `${cron} ${day}`);
      } else if (hour === "*") {
        const hours = (to! - from!) / 3_600_000;
        equal(times.length, hours, `${cron} ${day}: each hour, of 23 or 25`);
      } else {
        const due = weekday === "*" || Number(weekday) === noon.dayOfWeek % 7 ? 1 : 0;
        equal(times.length, due, `${cron} ${day}`);
      }
    }
    const backup = nightAfter(new Date(from!));
    equal(nightAfter(backup).getTime() > to!, true, "one backup a night");
  }
});

/** When a schedule is due, asked for page by page: the library gives each up after a second. */
function occurrences(
  queue: Awaited<ReturnType<typeof boss>>,
  cron: string,
  { tz, from, count }: { tz: string; from: Date; count: number },
): number[] {
  const times: number[] = [];
  while (times.length < count) {
    const last = times.at(-1) ?? -Infinity;
    const start = times.length === 0 ? from : new Date(last);
    const page = queue.previewSchedule(cron, { tz, from: start, count: 20 })
      .map((at) => at.getTime())
      .filter((at) => at > last);
    if (page.length === 0) break;
    times.push(...page);
  }
  return times.slice(0, count);
}

Deno.test("no job is scheduled in the hour that the clock skips in spring", () => {
  for (const { job, cron } of timetable) {
    const [, hour] = cron.split(" ");
    ok(hour === "*" || Number(hour) !== 2, `${job} would not run on that day: ${cron}`);
  }
});

Deno.test("the timetable is kept by Berlin's clock, and unknown schedules are removed", async () => {
  const { queue } = await app();
  await queue.schedule("send_mail", "0 0 * * *");
  await keepTimetable(queue);
  const schedules = await queue.getSchedules();
  deepEqual(
    schedules.map(({ name, cron, timezone }) => [name, cron, timezone]).sort(),
    timetable.map(({ job, cron }) => [job, cron, "Europe/Berlin"]).sort(),
  );
});

Deno.test("what was due while the machine was off is done once when it is back", async () => {
  const { queue, db } = await app();
  await keepTimetable(queue);
  const count = async () => {
    const rows = await db.owner<{ name: string; count: number }[]>`
      select name, count(*)::int
      from jobs.job
      group by name
    `;
    return new Map(rows.map(({ name, count }) => [name, count]));
  };
  const before = await count();
  await db.owner`update jobs.schedule set created_on = now() - interval '30 days'`;
  await db.owner`update jobs.version set cron_on = now() - interval '8 days'`;
  const back = new PgBoss({
    ...{ connectionString: db.appUrl, schema: "jobs", max: 2 },
    ...{ migrate: false, createSchema: false, supervise: false, reindex: false },
    ...{ schedule: true, cronWorkerIntervalSeconds: 1 },
  });
  try {
    await back.start();
    const nightly = timetable.filter(({ cron }) => /^\d+ \d+ /.test(cron)).map(({ job }) => job);
    ok(nightly.includes("apply_retentions") && nightly.includes("find_duplicates"));
    const sent = (jobs: Map<string, number>, job: string) =>
      (jobs.get(job) ?? 0) - (before.get(job) ?? 0);
    await eventually(async () => {
      const jobs = await count();
      return nightly.every((job) => sent(jobs, job) > 0);
    });
    const jobs = await count();
    deepEqual(nightly.map((job) => sent(jobs, job)), nightly.map(() => 1));
    // What is overdue by a night is no breach while it is being erased.
    const [proof] = await db.owner`
      select start_after > created_on + interval '14 minutes' as waits
      from jobs.job
      where name = 'prove_clauses'
      order by created_on desc
      limit 1
    `;
    ok(proof!.waits);
  } finally {
    await back.stop({ graceful: false });
  }
});

Deno.test("a job outlasts weeks in which the machine is off", async () => {
  const { owner, ownerUrl, app: pool } = (await app()).db;
  const freezeId = newId();
  await pool.begin((sql) => enqueue(sql, "freeze_logs", null, { freezeId }));
  // What an earlier version queued before Christmas, and the first start in January.
  await owner`
    update jobs.job
    set created_on = created_on - interval '18 days', start_after = start_after - interval '18 days',
      keep_until = start_after - interval '4 days'
    where data ->> 'freezeId' = ${freezeId}
  `;
  await owner`comment on schema jobs is 'made by another version'`;
  await installQueue(owner, ownerUrl);
  const keeping = { schema: "jobs", migrate: false, supervise: false, schedule: false } as const;
  const mending = new PgBoss({ connectionString: ownerUrl, ...keeping });
  await mending.start();
  await owner`update jobs.queue set maintain_on = null where name = 'freeze_logs'`;
  await mending.supervise("freeze_logs");
  await mending.stop({ graceful: false });
  const left = await owner`delete from jobs.job where data ->> 'freezeId' = ${freezeId}`;
  equal(left.count, 1);
  const [kept] = await owner<{ days: number }[]>`
    select retention_seconds / 86400 as days
    from jobs.queue
    where name = 'send_mail'
  `;
  equal(kept!.days, 365);
});

Deno.test("a job for later comes at its time even while the clock is moved for a rehearsal", async () => {
  const { test, alice } = await cast();
  const tagId = newId();
  try {
    setOffset("P31D");
    const startAfter = new Date(now().getTime() + 60_000);
    await enqueue(test.db.app, "change_tag", alice.tenantId, { tagId }, { startAfter });
  } finally {
    setOffset(undefined);
  }
  const [row] = await test.db.owner<{ seconds: number }[]>`
    select round(extract(epoch from start_after - now()))::int as seconds
    from jobs.job
    where data ->> 'tagId' = ${tagId}
  `;
  ok(row!.seconds > 30 && row!.seconds <= 60, `${row!.seconds} s`);
});

Deno.test("the doctor distinguishes jobs that gave up from jobs that wait", async () => {
  const test = await app();
  const { owner } = test.db;
  await owner`delete from jobs.job where name = ${deadLetters}`;
  await owner`
    insert into jobs.job (name, data, state, start_after, created_on, source_name, source_created_on)
    values (${deadLetters}, '{"tenantId": null}', 'created', now() - interval '1 hour',
      now() - interval '1 hour', 'remove_looks', now())
  `;
  const before = await figures.waiting(owner);
  equal(before.dead, 1);
  await owner`
    insert into jobs.job (name, data, state, start_after, created_on)
    values ('send_reminders', '{"tenantId": null}', 'created', now() - interval '1 hour', now())
  `;
  equal((await figures.waiting(owner)).late, before.late + 1);
  await owner`delete from jobs.job where name in (${deadLetters}, 'send_reminders')`;
});

Deno.test("after days without a run the timetable waits an hour, except what runs every minute", async () => {
  const { owner, app: pool } = (await app()).db;
  const waits = async () =>
    new Map(
      (await owner<{ name: string; seconds: number | null }[]>`
        select name, (options ->> 'startAfter')::int as seconds
        from jobs.schedule
      `).map(({ name, seconds }) => [name, seconds]),
    );
  const queue = await boss();
  try {
    await keepTimetable(queue);
    await owner`update jobs.version set cron_on = now() - interval '6 days'`;
    equal(await queueClocks.distrust(pool), false, "a week's holiday");
    equal((await waits()).get("erase_trash"), null);
    await owner`update jobs.version set cron_on = now() - interval '8 days'`;
    equal(await queueClocks.distrust(pool), true);
    const after = await waits();
    for (const { job, cron } of timetable) {
      equal(after.get(job), cron === "* * * * *" ? null : 3600, job);
    }
    await owner`update jobs.version set cron_on = null`;
    equal(await queueClocks.distrust(pool), false, "the first start of all");
    await keepTimetable(queue);
    equal((await waits()).get("erase_trash"), null);
    equal((await waits()).get("prove_clauses"), 900);
  } finally {
    await owner`update jobs.version set cron_on = now()`;
  }
});

Deno.test("what a start makes up for after days without a run is not due for an hour", async () => {
  const { db: { owner, appUrl }, services: { config } } = await app();
  await keepTimetable(await boss());
  // A night that was made up for already is not made up for again.
  await owner`delete from jobs.job where name in ('erase_trash', '__pgboss__send-it')`;
  await owner`
    update jobs.schedule
    set created_on = now() - interval '40 days', updated_on = now() - interval '40 days'
  `;
  await owner`update jobs.version set cron_on = now() - interval '30 days'`;
  const stop = new AbortController();
  const working = work(config, appUrl, "jobs", stop.signal, noReach);
  try {
    await eventually(async () => {
      const [row] = await owner<{ seconds: number }[]>`
        select extract(epoch from start_after - now())::int as seconds
        from jobs.job
        where name = 'erase_trash'
          and state = 'created'
      `;
      return row !== undefined && row.seconds > 3_000;
    });
  } finally {
    stop.abort();
    await working;
    openQueue(appUrl);
    await keepTimetable(await boss());
    await owner`delete from jobs.job where name = 'erase_trash'`;
  }
});

Deno.test("a corrected clock that was ahead delays neither the timetable nor a job", async () => {
  const test = await app();
  const { owner, app: pool } = test.db;
  equal(await queueClocks.follow(pool), false);
  await owner`delete from jobs.job where name in ('remove_looks', 'remove_notifications')`;
  await pool.begin((sql) => enqueue(sql, "remove_looks", null, {}));
  await pool.begin((sql) =>
    enqueue(sql, "remove_notifications", null, {}, {
      startAfter: new Date(now().getTime() + 7_200_000),
    })
  );
  const [later, sooner] = ["remove_notifications", "remove_looks"];
  await owner`update jobs.version set cron_on = now() + interval '30 days'`;
  await owner`update jobs.queue set maintain_on = now() + interval '30 days' where name = ${sooner}`;
  await owner`
    update jobs.job
    set created_on = created_on + interval '30 days', start_after = start_after + interval '30 days'
    where name = any(${[later, sooner]})
      and state = 'created'
  `;
  equal(await queueClocks.follow(pool), true);
  equal(await queueClocks.follow(pool), false);
  const [row] = await owner<{ cron: boolean; rest: boolean; hours: number }[]>`
    select v.cron_on <= now() as cron, q.maintain_on <= now() as rest,
      round(extract(epoch from j.start_after - now()) / 3600)::int as hours
    from jobs.version v, jobs.queue q, jobs.job j
    where q.name = ${sooner}
      and j.name = ${later}
      and j.state = 'created'
  `;
  deepEqual({ ...row }, { cron: true, rest: true, hours: 2 });
  const [due] = await owner<{ count: number }[]>`
    select count(*)::int as count
    from jobs.job
    where name = ${sooner}
      and state = 'created'
      and start_after <= now()
  `;
  equal(due!.count > 0, true);
  await owner`delete from jobs.job where name = any(${[later, sooner]})`;
});

Deno.test("an error that the queue tells as a plain object is logged with its class and code", () => {
  const told = { code: "57P01", name: "error", message: "terminating connection", stack: "" };
  const { name, code, message } = describe(asError(told as Error));
  deepEqual([name, code, message], ["error", "57P01", told.message]);
});
