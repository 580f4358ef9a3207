/** Evidence of ended processing is deleted, three years after the end of its year (clause 5.1). */
import { deepEqual, equal } from "node:assert/strict";
import { now, setOffset } from "../db/clock.ts";
import { firstKept } from "../db/ended_proofs.ts";
import { newId } from "../db/ids.ts";
import { enqueue, type JobName } from "../db/jobs.ts";
import { dayOf } from "../db/local_times.ts";
import * as proofs from "../db/proofs.ts";
import * as erasures from "../db/tenant_erasures.ts";
import { cast } from "./support/cast.ts";
import { idOf } from "./support/html.ts";
import { drain } from "./support/worker.ts";

Deno.test.afterEach(() => setOffset(undefined));

const today = Temporal.PlainDate.from(dayOf(now()));

/** How far ahead so many days after New Year are, so many years from this one. */
const offsetTo = (years: number, days: number): string => {
  const target = today.with({ month: 1, day: 1 }).add({ years }).add({ days });
  return `P${today.until(target).days}D`;
};

Deno.test("years are counted from the end of their year, by the clock of Berlin", () => {
  for (
    const [at, from] of [
      ["2029-12-31T22:59:00Z", "2025-12-31T23:00:00Z"],
      ["2029-12-31T23:00:00Z", "2026-12-31T23:00:00Z"],
      ["2028-02-29T12:00:00Z", "2024-12-31T23:00:00Z"],
    ] as const
  ) equal(firstKept(new Date(at)).getTime(), new Date(from).getTime(), at);
});

Deno.test("withdrawn consents, closed breaches, old extracts and erasures go, and 5.1 sees them", async () => {
  const { alice, test } = await cast();
  const { owner, app } = test.db;
  const person = { lastName: "Einwilligt", origin: "card", status: "customer" };
  const contactId = idOf(await alice.post("/contacts/new", person));
  const at = now();
  for (const withdrawnAt of [at, null]) {
    await owner`
      insert into consents (
        tenant_id, id, contact_id, channel, purpose, text_version, given_at, given_how, withdrawn_at
      )
      values (
        ${alice.tenantId}, ${newId()}, ${contactId}, 'email', 'marketing', 'Fassung 1', ${at},
        'form', ${withdrawnAt}
      )
    `;
  }
  for (const closedAt of [at, null]) {
    await owner`
      insert into incidents (
        id, title, noticed_at, nature, persons, data_records, consequences, measures, risk, reason,
        closed_at, created_by, created_at, updated_at
      )
      values (
        ${newId()}, 'Vorfall', ${at}, 'Art', 0, 0, '', '', 'none', '', ${closedAt},
        ${alice.identityId}, ${at}, ${at}
      )
    `;
  }
  await owner`
    insert into log_freezes (
      id, reason, from_on, to_on, until_on, status, created_by, created_at, removed_at
    )
    values (
      ${newId()}, 'Vorfall', ${at}, ${at}, ${at}, 'removed', ${alice.identityId}, ${at}, ${at}
    )
  `;
  for (const finishedAt of [at, null]) {
    await owner`
      insert into tenant_erasures (
        id, house, name, locale, contract_ended_on, canary, status, started_at, finished_at
      )
      values (
        ${newId()}, ${newId()}, '', 'de', ${at}, '', ${finishedAt ? "done" : "running"}, ${at},
        ${finishedAt}
      )
    `;
  }
  const left = async () => {
    const [row] = await owner<[Record<string, number>]>`
      select
        (select count(*)::int from consents where contact_id = ${contactId}) as consents,
        (select count(*)::int from incidents) as incidents,
        (select count(*)::int from log_freezes) as extracts,
        (select count(*)::int from tenant_erasures) as erasures
    `;
    return { ...row };
  };
  const overdue = async () => {
    const { figures } = (await proofs.run(app, "nothing_overdue"))!;
    return ["consents", "incidents", "log_freezes", "tenant_erasures"].map((name) => figures[name]);
  };
  const night = async () => {
    const jobs: [JobName, string | null][] = [
      ["remove_stale", null],
      ["apply_retentions", alice.tenantId],
    ];
    for (const [job, tenantId] of jobs) await enqueue(app, job, tenantId, {} as never);
    deepEqual((await drain(test)).failed, []);
  };
  const all = { consents: 2, incidents: 2, extracts: 1, erasures: 2 };
  setOffset(offsetTo(4, -1));
  await night();
  deepEqual(await left(), all, "on the last day of the third year after");
  setOffset(offsetTo(4, 1));
  deepEqual(await overdue(), [1, 1, 1, 1]);
  await night();
  deepEqual(await left(), { consents: 1, incidents: 1, extracts: 0, erasures: 1 });
  deepEqual(await overdue(), [undefined, undefined, undefined, undefined]);
});

Deno.test("every running erasure is continued, however many there are", async () => {
  const { test } = await cast();
  const { owner } = test.db;
  await owner`
    insert into tenant_erasures (id, house, name, locale, contract_ended_on, canary, started_at)
    select gen_random_uuid(), gen_random_uuid(), '', 'de', current_date, '', now()
    from generate_series(1, 205)
  `;
  const seen = new Set<string>();
  for await (const { id } of erasures.eachRunning(owner)) seen.add(id);
  equal(seen.size >= 205, true, `${seen.size} were seen`);
});
