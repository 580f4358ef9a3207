/** Proofs that data subjects' requests are accepted, answered in time, and documented. */
import * as authorityCases from "../authority_cases.ts";
import * as caseEvents from "../case_events.ts";
import * as caseItems from "../case_items.ts";
import * as cases from "../cases.ts";
import { now, today } from "../clock.ts";
import * as controllers from "../controllers.ts";
import { newId } from "../ids.ts";
import { rights } from "../letters/rules.ts";
import type { Sql } from "../pool.ts";
import type { Outcome } from "../proofs.ts";
import { type Scope, system, withScope } from "../scope.ts";
import * as tenants from "../tenants.ts";
import { anyKey, newWord } from "./rehearsals.ts";

/** A receipt must be written within so many milliseconds. */
const receiptWithin = 15 * 60_000;
/** A paper letter must be posted within so many milliseconds, and on the last day at the latest. */
const postedWithin = 3 * 86_400_000;
/** Cases whose dates are recalculated at a time. */
const batch = 1_000;

/** Runs work in the Scope of every controller, customer or provider. Returns how many there are. */
async function each(sql: Sql, work: (scope: Scope) => Promise<void>): Promise<number> {
  let count = 1;
  await withScope(sql, { tenantId: controllers.providerId, actor: system }, work);
  for await (const tenantId of tenants.each(sql)) {
    if (tenantId === controllers.providerId) continue;
    await withScope(sql, { tenantId, actor: system }, work);
    count++;
  }
  return count;
}

/**
 * 6.1 to 6.6: a request made now is accepted with all its rights; no open one is overdue, no
 * receipt, refusal, extension or question is missing, no letter is unposted or undelivered past the
 * last day, and every date follows from its day of receipt. An authority sets its own deadline.
 */
export async function inTime(sql: Sql): Promise<Outcome> {
  const figures = { open: 0, overdue: 0, unanswered: 0, untold: 0, miscounted: 0 };
  await each(sql, async (scope) => {
    const late = await lateIn(scope);
    for (const name of ["open", "overdue", "unanswered", "untold"] as const) {
      figures[name] += late[name];
    }
    figures.miscounted += await miscountedIn(scope);
  });
  const taken = await rehearsed(sql);
  const { overdue, unanswered, untold, miscounted } = figures;
  return {
    passed: taken === rights.length && overdue + unanswered + untold + miscounted === 0,
    figures: { ...figures, taken },
  };
}

/** How many requests are open, and what is missing or late among all that are kept. */
async function lateIn(scope: Scope) {
  const { sql, tenantId } = scope;
  const late = new Date(now().getTime() - receiptWithin);
  const [row] = await sql<
    [{ open: number; overdue: number; unanswered: number; untold: number }]
  >`
    select
      count(*) filter (where c.status = 'open')::int as open,
      count(*) filter (
        where c.status = 'open' and c.due_on < ${today()} and c.paused_at is null
          and c.id <> all (${await authorityCases.listOpen(scope)}::uuid[])
      )::int as overdue,
      count(*) filter (
        where c.acknowledged_at is null
          and c.person_email <> ''
          and c.created_at < ${late}
          and not exists (
            select
            from case_events e
            where e.tenant_id = c.tenant_id
              and e.case_id = c.id
              and e.action = 'receipt_left_out'
          )
      )::int as unanswered,
      (${untoldRefusals(scope, late)}) + (${untoldDates(scope, late)})
        + (${returnedInVain(scope)}) + (${unposted(scope)}) as untold
    from cases c
    where c.tenant_id = ${tenantId}
  `;
  return row;
}

/** Refusals that the person was not told of. */
const untoldRefusals = ({ sql, tenantId }: Scope, late: Date) =>
  sql`
    select count(*)::int
    from case_items i
    where i.tenant_id = ${tenantId}
      and i.status = 'refused'
      and i.closed_at < ${late}
      and not exists (
        select
        from case_events e
        where e.tenant_id = i.tenant_id
          and e.case_id = i.case_id
          and e.item_id = i.id
          and e.action in ('told_refusal', 'written_refusal')
      )`;

/** A later day, or a clock that stands still, holds only if the person was told of it. */
const untoldDates = ({ sql, tenantId }: Scope, late: Date) =>
  sql`
    select count(*)::int
    from cases k
    where k.tenant_id = ${tenantId}
      and k.status = 'open'
      and (
        k.extended_at < ${late}
        and not exists (
          select
          from case_events e
          where e.tenant_id = k.tenant_id
            and e.case_id = k.id
            and e.action in ('told_extension', 'written_extension')
        )
        or k.paused_at < ${late}
        and not exists (
          select
          from case_events e
          where e.tenant_id = k.tenant_id
            and e.case_id = k.id
            and e.action in ('told_identity', 'written_identity')
            and e.at >= k.paused_at
        )
      )`;

/** Undeliverable, and the person was not told by other means by the last day. */
const returnedInVain = ({ sql, tenantId }: Scope) =>
  sql`
    select count(*)::int
    from case_events e
    join cases k on k.tenant_id = e.tenant_id and k.id = e.case_id
    where e.tenant_id = ${tenantId}
      and e.action = 'letter_returned'
      and k.due_on < ${today()}
      and not exists (
        select
        from case_events l
        where l.tenant_id = e.tenant_id
          and l.case_id = e.case_id
          and l.seq > e.seq
          and (
            l.action in ('noted', 'posted', 'answered')
            or starts_with(l.action, 'told_')
            or starts_with(l.action, 'written_')
          )
      )`;

/** On paper, and not posted by the last day. */
const unposted = ({ sql, tenantId }: Scope) =>
  sql`
    select count(*)::int
    from person_letters p
    join cases k on k.tenant_id = p.tenant_id and k.id = p.case_id
    where p.tenant_id = ${tenantId}
      and p.sent_at is null
      and p.created_at < ${new Date(now().getTime() - postedWithin)}
      and k.due_on < ${today()}`;

/** A case as far as its dates follow from it. */
interface Dated extends
  Pick<
    cases.Case,
    "id" | "receivedOn" | "land" | "pausedDays" | "targetOn" | "unshiftedOn" | "dueOn"
  > {
  extended: boolean;
}

/** How many cases, of all that are kept, have dates that differ from what the rule gives them. */
async function miscountedIn(scope: Scope): Promise<number> {
  const { country } = await controllers.find(scope);
  let wrong = 0;
  for (let after: string | null = null;;) {
    const rows: Dated[] = await datedAfter(scope, after);
    for (const { id: _, land, targetOn, unshiftedOn, dueOn, ...clock } of rows) {
      const dates = await cases.datesOf(clock, { country, land });
      const same = dates.targetOn === targetOn && dates.unshiftedOn === unshiftedOn &&
        dates.dueOn === dueOn;
      if (!same) wrong++;
    }
    if (rows.length < batch) return wrong;
    after = rows.at(-1)!.id;
  }
}

async function datedAfter({ sql, tenantId }: Scope, after: string | null): Promise<Dated[]> {
  return await sql<Dated[]>`
    select id, received_on, land, paused_days, target_on, unshifted_on, due_on,
      extended_at is not null as extended
    from cases
    where tenant_id = ${tenantId}
      ${after === null ? sql`` : sql`and id > ${after}`}
    order by id
    limit ${batch}
  `;
}

/** How many rights of a request to the provider are accepted; the request is rolled back. */
async function rehearsed(sql: Sql): Promise<number> {
  const back = new Error("rolled back");
  let taken = 0;
  const who = { tenantId: controllers.providerId, actor: system };
  await withScope(sql, who, async (scope) => {
    const id = newId();
    await cases.create(scope, anyKey(), {
      id,
      channel: "form",
      language: "de",
      personName: newWord(),
      personEmail: "",
      personAddress: "",
      body: "",
      claims: rights.map((right) => ({ right, sentence: "" })),
    }, { kind: "person", id: null });
    taken = (await caseItems.list(scope, id)).length;
    throw back;
  }).catch((error) => {
    if (error !== back) throw error;
  });
  return taken;
}

/** 6.1 to 6.6: no step of any request was changed, moved or omitted. */
export async function chained(sql: Sql): Promise<Outcome> {
  let broken = 0;
  const figures = { controllers: 0, steps: 0 };
  figures.controllers = await each(sql, async (scope) => {
    if (await caseEvents.verify(scope) !== null) broken++;
    figures.steps += (await caseEvents.head(scope))?.seq ?? 0;
  });
  return { passed: broken === 0, figures: { ...figures, broken } };
}
