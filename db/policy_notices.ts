/** Who was told of which version of the policy (clause 8.2): a record per person and version. */
import { now, startOf, today } from "./clock.ts";
import { Invalid, NotFound } from "./errors.ts";
import { isId } from "./ids.ts";
import type { Policy } from "./policies.ts";
import * as policies from "./policies.ts";
import type { AnySql, Sql } from "./pool.ts";

/** Attempts by mail before the operator must find another way. */
const mostAttempts = 3;

/** A person who must be told of a version. */
export interface Reader {
  id: string;
  email: string;
  name: string;
  locale: "de" | "en";
}

export interface Tally {
  queued: number;
  sent: number;
  bounced: number;
  acknowledged: number;
}

/** Years that a record is kept after the year of its creation (retention class `policy_notice`). */
const keptYears = 3;

/** Someone not yet told; `bounced`: a mail was sent and came back. */
export interface NotNotified extends Reader {
  bounced: boolean;
}

/** The active people not yet told of this version, those never written to first. */
export async function listNotNotified(
  sql: AnySql,
  policyId: string,
  bound: number,
): Promise<NotNotified[]> {
  return await sql<NotNotified[]>`
    select id, email, name, locale, bounced
    from untold_identities(${policyId}, null, ${bound})
  `;
}

/** The next active people who are due for a mail about this version. */
export async function listDue(sql: AnySql, policyId: string, bound: number): Promise<Reader[]> {
  return await sql<Reader[]>`
    select id, email, name, locale
    from untold_identities(${policyId}, ${now()}, ${bound})
  `;
}

/**
 * Notes that a mail about a version was queued for a person, possibly again after a bounce. False
 * if that was noted before.
 */
export async function create(
  sql: AnySql,
  policyId: string,
  identityId: string,
): Promise<boolean> {
  const { count } = await sql`
    insert into policy_notices (policy_id, identity_id, queued_at)
    values (${policyId}, ${identityId}, ${now()})
    on conflict (policy_id, identity_id) do update
    set status = 'queued', queued_at = excluded.queued_at, settled_at = null, retry_at = null,
      attempts = policy_notices.attempts + 1
    where policy_notices.status = 'bounced'
      and policy_notices.retry_at <= excluded.queued_at
  `;
  return count > 0;
}

/** Records which mail carries a person's notice. */
export async function assignMail(
  sql: AnySql,
  policyId: string,
  identityId: string,
  mailId: string,
): Promise<void> {
  await sql`
    update policy_notices
    set mail_id = ${mailId}
    where policy_id = ${policyId}
      and identity_id = ${identityId}
  `;
}

/**
 * Notes that someone whose mails came back was told by other means, on a given day. Throws Invalid
 * for a day before the publication or in the future, NotFound if no mail came back.
 */
export async function noteInformed(
  sql: AnySql,
  { id, publishedAt }: Policy,
  identityId: string,
  day: string,
): Promise<void> {
  if (!publishedAt || day < dayOf(publishedAt) || day > today()) {
    throw new Invalid("policies.told_day", "informedOn");
  }
  const { count } = isId(identityId)
    ? await sql`
      update policy_notices
      set status = 'told', settled_at = ${startOf(day)}, retry_at = null
      where policy_id = ${id}
        and identity_id = ${identityId}
        and status = 'bounced'
    `
    : { count: 0 };
  if (count === 0) throw new NotFound("policy_notice");
}

/** Copies mails' delivery results while these are kept; returns how many records were settled. */
export async function settle(sql: AnySql): Promise<number> {
  const { count } = await sql`
    update policy_notices n
    set status = case when m.status = 'failed' then 'bounced' else 'sent' end,
      settled_at = m.finished_at,
      retry_at = case
        when m.status = 'failed' and n.attempts < ${mostAttempts}
        then m.finished_at + interval '1 day'
      end
    from mails m
    where m.id = n.mail_id
      and (
        n.status = 'queued' and m.status in ('sent', 'kept', 'failed')
        or n.status = 'bounced' and m.status in ('sent', 'kept')
      )
  `;
  return count;
}

/** How many records a version has, by delivery result. */
export async function count(sql: AnySql, policyId: string): Promise<Tally> {
  const [tally] = await sql<[Tally]>`
    select
      count(*) filter (where status = 'queued')::int as queued,
      count(*) filter (where status in ('sent', 'told'))::int as sent,
      count(*) filter (where status = 'bounced')::int as bounced,
      count(acknowledged_at)::int as acknowledged
    from policy_notices
    where policy_id = ${policyId}
  `;
  return tally;
}

/** Days in which a mail is sent or given up: one still waiting then was lost. */
const sentWithin = 7;

/** Active people whose mail was lost, and who have not confirmed in the app either. */
export async function countStuck(sql: AnySql, policyId: string): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select lost_notices(${policyId}, ${new Date(
    now().getTime() - sentWithin * 86_400_000,
  )}) as count
  `;
  return row.count;
}

/**
 * People whose mail came back and who have not confirmed in the app either, for the operator; at
 * most 100.
 */
export async function listBounced(sql: AnySql, policyId: string): Promise<Reader[]> {
  return (await listNotNotified(sql, policyId, 1000)).filter(({ bounced }) => bounced).slice(
    0,
    100,
  );
}

/** Notes that a person has seen the banner; this covers every version announced to them so far. */
export async function acknowledge(sql: AnySql, identityId: string): Promise<void> {
  await sql`
    update policy_notices
    set acknowledged_at = ${now()}
    where identity_id = ${identityId}
      and acknowledged_at is null
  `;
}

/** Why a published version does not take effect yet; null if nothing prevents it. */
export type Obstacle =
  | "not_published"
  | "not_due"
  | "not_told"
  | "not_delivered"
  | "not_settled"
  | "told_late";

/** What keeps a version from taking effect today. */
export async function obstacle(sql: AnySql, policy: Policy): Promise<Obstacle | null> {
  if (policy.status !== "published") return "not_published";
  if (policy.takesEffectOn! > today()) return "not_due";
  const [left] = await listNotNotified(sql, policy.id, 1);
  if (left) return left.bounced ? "not_delivered" : "not_told";
  const first = await policies.current(sql) === null;
  if (first || !policy.material) return null;
  // People who joined after publication were told at log-in; all others had the full notice period.
  const [late] = await sql<{ status: string }[]>`
    select n.status
    from policy_notices n
    join identities i on i.id = n.identity_id
    where n.policy_id = ${policy.id}
      and i.created_at <= ${policy.publishedAt}
      and (
        n.status = 'queued'
        or (
          case when n.status = 'bounced' then n.acknowledged_at else n.settled_at end
            at time zone 'Europe/Berlin'
        )::date + ${policy.noticeDays}::int >= ${today()}::date
      )
    order by n.status = 'queued' desc
    limit 1
  `;
  if (!late) return null;
  return late.status === "queued" ? "not_settled" : "told_late";
}

/** Puts the published version into force if nothing prevents it; returns the obstacle, or null. */
export async function enforce(pool: Sql): Promise<Obstacle | null> {
  return await pool.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(7316540231)`;
    const policy = await policies.open(sql);
    if (!policy) return "not_published";
    const why = await obstacle(sql, policy);
    if (why) return why;
    await sql`
      update policies
      set status = 'superseded', superseded_at = ${now()}
      where status = 'in_force'
    `;
    await sql`
      update policies
      set status = 'in_force', in_force_at = ${now()}
      where id = ${policy.id}
    `;
    return null;
  });
}

/** Removes records past their retention; returns their number. */
export async function removeExpired(sql: AnySql): Promise<number> {
  const { year } = Temporal.PlainDate.from(today());
  const { count } = await sql`
    delete from policy_notices
    where queued_at < make_timestamptz(${year - keptYears}, 1, 1, 0, 0, 0, 'Europe/Berlin')
  `;
  return count;
}

const dayOf = (instant: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO("Europe/Berlin")
    .toPlainDate().toString();
