/** Who was told of which version of the policy (clause 8.2): a record per person and version. */
import { now, today } from "./clock.ts";
import type { Policy } from "./policies.ts";
import * as policies from "./policies.ts";
import type { AnySql, Sql } from "./pool.ts";

/** Whom a version has to be told. */
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

/** How long a record stays after the year in which it was made (retention class `policy_notice`). */
const keptYears = 3;

/** The next active people without a record of this version; at most `bound`. */
export async function listMissing(
  sql: AnySql,
  policyId: string,
  bound: number,
): Promise<Reader[]> {
  return await sql<Reader[]>`
    select id, email, name, locale
    from active_identities(${policyId}, ${bound})
  `;
}

/** Notes that a mail about a version was queued for a person; safe to repeat. False if it was noted. */
export async function create(
  sql: AnySql,
  policyId: string,
  identityId: string,
): Promise<boolean> {
  const { count } = await sql`
    insert into policy_notices (policy_id, identity_id, queued_at)
    values (${policyId}, ${identityId}, ${now()})
    on conflict do nothing
  `;
  return count > 0;
}

/** Says which mail carries a person's notice. */
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

/** Takes over what became of the mails, while these are still kept; the number of records settled. */
export async function settle(sql: AnySql): Promise<number> {
  const { count } = await sql`
    update policy_notices n
    set status = case when m.status = 'failed' then 'bounced' else 'sent' end,
      settled_at = m.finished_at
    from mails m
    where n.status = 'queued'
      and m.id = n.mail_id
      and m.status in ('sent', 'kept', 'failed')
  `;
  return count;
}

/** How many records a version has, by what became of them. */
export async function count(sql: AnySql, policyId: string): Promise<Tally> {
  const [tally] = await sql<[Tally]>`
    select
      count(*) filter (where status = 'queued')::int as queued,
      count(*) filter (where status = 'sent')::int as sent,
      count(*) filter (where status = 'bounced')::int as bounced,
      count(acknowledged_at)::int as acknowledged
    from policy_notices
    where policy_id = ${policyId}
  `;
  return tally;
}

/** The addresses whose servers refused the mail, for the operator; at most 100. */
export async function listBounced(sql: AnySql, policyId: string): Promise<Reader[]> {
  return await sql<Reader[]>`
    select i.id, i.email, i.name, i.locale
    from policy_notices n
    join identities i on i.id = n.identity_id
    where n.policy_id = ${policyId}
      and n.status = 'bounced'
    order by i.email
    limit 100
  `;
}

/** Notes that a person has seen the banner; every version told to them so far counts. */
export async function acknowledge(sql: AnySql, identityId: string): Promise<void> {
  await sql`
    update policy_notices
    set acknowledged_at = ${now()}
    where identity_id = ${identityId}
      and acknowledged_at is null
  `;
}

/** Why a published version does not take effect yet; null when nothing stands in its way. */
export type Obstacle = "not_published" | "not_due" | "not_told" | "not_settled" | "told_late";

/** What keeps a version from taking effect on the present day. */
export async function obstacle(sql: AnySql, policy: Policy): Promise<Obstacle | null> {
  if (policy.status !== "published") return "not_published";
  if (policy.takesEffectOn! > today()) return "not_due";
  if ((await listMissing(sql, policy.id, 1)).length > 0) return "not_told";
  const first = await policies.current(sql) === null;
  if (first || !policy.material) return null;
  // Who came after the publication was told at the log-in; all others had their days.
  const [late] = await sql<{ status: string }[]>`
    select n.status
    from policy_notices n
    join identities i on i.id = n.identity_id
    where n.policy_id = ${policy.id}
      and i.created_at <= ${policy.publishedAt}
      and (
        n.status = 'queued'
        or (n.settled_at at time zone 'Europe/Berlin')::date + ${policy.noticeDays}::int
          >= ${today()}::date
      )
    order by n.status = 'queued' desc
    limit 1
  `;
  if (!late) return null;
  return late.status === "queued" ? "not_settled" : "told_late";
}

/** Lets the published version take effect if nothing stands in its way; what does, or null. */
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

/** Removes records whose years are over; the number of them. */
export async function removeExpired(sql: AnySql): Promise<number> {
  const { year } = Temporal.PlainDate.from(today());
  const { count } = await sql`
    delete from policy_notices
    where queued_at < make_timestamptz(${year - keptYears}, 1, 1, 0, 0, 0, 'Europe/Berlin')
  `;
  return count;
}
