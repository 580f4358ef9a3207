/** Finds mails that went to persons after they had objected, for the proof of 6.6. */
import type { Scope } from "../scope.ts";

/** Mails looked at in one query. */
const batch = 5_000;

/** How many mails reached persons of the tenant who had objected, batch by batch. */
export async function writtenAfterObjecting(scope: Scope): Promise<number> {
  let sum = 0;
  for (let after: string | null = null;;) {
    const found: Batch = await look(scope, after);
    sum += found.mailed;
    if (found.last === null) return sum;
    after = found.last;
  }
}

interface Batch {
  mailed: number;
  /** The last mail looked at; null if there was none. */
  last: string | null;
}

/**
 * The next mails by id. Whom a mail reached is told by its addresses, and by the record it was
 * written from. An address counts only for as long as the record has had it, and neither counts for a
 * record that has been merged since: the mail or the objection may have been another one's.
 */
async function look({ sql, tenantId }: Scope, after: string | null): Promise<Batch> {
  const [row] = await sql<[Batch]>`
    with mails as (
      select m.message_id, m.contact_id, m.kind, m.handed_over_at
      from outgoing_messages m
      where m.tenant_id = ${tenantId}
        ${after === null ? sql`` : sql`and m.message_id > ${after}`}
      order by m.message_id
      limit ${batch}
    ), reached as (
      select m.message_id, m.handed_over_at, m.contact_id, true as direct
      from mails m
      where m.kind = 'marketing'
        and m.contact_id is not null
      union all
      select m.message_id, m.handed_over_at, e.contact_id, false
      from mails m
      join messages x on x.tenant_id = ${tenantId} and x.id = m.message_id
      cross join lateral jsonb_array_elements(x.sent_to || x.sent_cc || x.sent_bcc) as to_whom (one)
      join emails e on e.tenant_id = ${tenantId}
        and e.address_key = lower(to_whom.one ->> 'address')
      where m.kind in ('marketing', 'correspondence')
        and e.contact_id is not null
    )
    select
      (
        select count(distinct r.message_id)::int
        from reached r
        join objections o on o.tenant_id = ${tenantId} and o.contact_id = r.contact_id
        where o.channel in ('all', 'email')
          -- Mail checked a moment before is already on its way.
          and r.handed_over_at > o.objected_at + interval '1 minute'
          and not exists (
            select
            from changes c
            where c.tenant_id = ${tenantId}
              and c.record_kind = 'contact'
              and c.record_id = r.contact_id
              and c.at > r.handed_over_at
              and (
                c.action in ('merged', 'merge_undone')
                or (not r.direct and c.fields @> '[{"name": "emails"}]')
              )
          )
      ) as mailed,
      (select m.message_id from mails m order by m.message_id desc limit 1) as last
  `;
  return row;
}
