/** What became of the letters about a breach: on their way, sent, or failed; in customers' last round. */
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";

export type Delivery = "queued" | "sent" | "failed";

/** The state of mail `n`: that of the mail while there is one, then what was kept of it. */
const stateOf = (sql: AnySql) =>
  sql`(
    select case
        when m.status = 'failed' then 'failed'
        when m.status in ('sent', 'kept') then 'sent'
        when m.status = 'queued' then 'queued'
        when n.status = 'queued' then 'failed'
        else n.status
      end
    from (select 1) one
    left join mails m on m.id = n.mail_id
  )`;

/**
 * The last round of letters to customer `c` as lateral row `d`: the state, when the first one left
 * and how many failed. Told by at least one letter, a customer is told. A customer told before
 * letters were followed has none, and counts as told.
 */
export const lastRound = (sql: AnySql) =>
  sql`
    lateral (
      select
        case
          when c.told_at is null then null
          when count(*) = 0 or bool_or(l.state = 'sent') then 'sent'
          when bool_or(l.state = 'queued') then 'queued'
          else 'failed'
        end as delivery,
        min(l.at) as sent_at,
        count(*) filter (where l.state = 'failed')::int as failed
      from (
        select ${stateOf(sql)} as state, coalesce(
            n.settled_at,
            (select m.finished_at from mails m where m.id = n.mail_id and m.status <> 'failed')
          ) as at
        from incident_mails n
        where n.incident_id = c.incident_id
          and n.customer_id = c.customer_id
          and n.queued_at = (
            select max(r.queued_at)
            from incident_mails r
            where r.incident_id = c.incident_id
              and r.customer_id = c.customer_id
          )
      ) l
    ) d`;

/** Keeps which mail tells the tenant of a breach; null where there is nobody to write to. */
export async function noteMail(
  { sql, tenantId, now }: Scope,
  incidentId: string,
  mailId: string | null,
): Promise<void> {
  await sql`
    insert into incident_mails (mail_id, incident_id, customer_id, queued_at, status)
    values (
      ${mailId ?? newId()}, ${incidentId}, ${tenantId}, ${now}, ${mailId ? "queued" : "failed"}
    )
  `;
}

/** Keeps which mail tells a person of a breach. */
export async function noteLetter(
  { sql }: Scope,
  incidentId: string,
  identityId: string,
  mailId: string,
): Promise<void> {
  await sql`
    update incident_persons
    set mail_id = ${mailId}
    where incident_id = ${incidentId}
      and identity_id = ${identityId}
  `;
}

/** The letters to persons, by what became of them. */
export async function countLetters(sql: AnySql, id: string): Promise<Record<Delivery, number>> {
  const [row] = await sql<[Record<Delivery, number>]>`
    select count(*) filter (where l.state = 'queued')::int as queued,
      count(*) filter (where l.state = 'sent')::int as sent,
      count(*) filter (where l.state = 'failed')::int as failed
    from (
      select ${stateOf(sql)} as state
      from incident_persons n
      where n.incident_id = ${id}
    ) l
  `;
  return row;
}

/** Lets those customers be told again whom no letter of the last round has reached. */
export async function reopen(sql: AnySql, id: string): Promise<void> {
  await sql`
    update incident_customers c
    set told_at = case when c.supplement_at is null then null else c.told_at end,
      supplement_at = null
    from (
      select c.customer_id
      from incident_customers c
      cross join ${lastRound(sql)}
      where c.incident_id = ${id}
        and d.delivery = 'failed'
    ) failed
    where c.incident_id = ${id}
      and c.customer_id = failed.customer_id
  `;
}

/** Lets those persons be written to again whose letters failed. */
export async function reopenLetters(sql: AnySql, id: string): Promise<void> {
  await sql`
    delete from incident_persons n
    where n.incident_id = ${id}
      and ${stateOf(sql)} = 'failed'
  `;
}

/** Keeps what became of the mails, before they are removed. */
export async function settle(sql: AnySql): Promise<void> {
  const final = sql`
    m.id = n.mail_id
      and m.status <> 'queued'
      and n.status <> case when m.status = 'failed' then 'failed' else 'sent' end`;
  await sql`
    update incident_mails n
    set status = case when m.status = 'failed' then 'failed' else 'sent' end,
      settled_at = case when m.status = 'failed' then null else m.finished_at end
    from mails m
    where ${final}
  `;
  await sql`
    update incident_persons n
    set status = case when m.status = 'failed' then 'failed' else 'sent' end
    from mails m
    where ${final}
  `;
}
