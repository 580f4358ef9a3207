/** The records each user opened last: the shortest way back to them. */
import { dayOf } from "./local_times.ts";
import { literal } from "./pages.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** How many records are kept for each user. */
export const most = 10;

export interface Visit {
  kind: Kind;
  id: string;
  name: string;
  seenAt: Date;
}

/**
 * Notes that the acting user opened a record that is there; what is beyond `most` is forgotten when
 * another one is added. Who has seen a person on which day is noted beside, see looks.ts: all of it
 * in one statement.
 */
export async function record(
  { sql, tenantId, actor, now }: Scope,
  kind: Visit["kind"],
  id: string,
): Promise<void> {
  if (actor.userId === null) return;
  const looked = sql`
    looked as (
      insert into looks (tenant_id, contact_id, day, user_id)
      values (${tenantId}, ${id}, ${dayOf(now)}, ${actor.userId})
      on conflict do nothing
    ),`;
  await sql`
    with ${kind === "contact" ? looked : sql``}
    seen as (
      insert into visits (tenant_id, user_id, record_id, ${sql(`${kind}_id`)}, seen_at)
      select ${tenantId}, ${actor.userId}, ${id}, ${id}, ${now}
      -- A lost note is no loss: the page need not wait for the disk.
      from set_config('synchronous_commit', 'off', true)
      on conflict (tenant_id, user_id, record_id) do update
      set seen_at = excluded.seen_at
      returning xmax = 0 as fresh
    )
    delete from visits
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
      and exists (select from seen where fresh)
      and record_id = any (
        -- As arrays they are looked for once; joined, once for each record that is kept. What another
        -- page of the same user holds is left to it: each would wait for the other.
        array(
          select record_id
          from visits
          where tenant_id = ${tenantId}
            and user_id = ${actor.userId}
            and record_id = any (
              array(
                select record_id
                from visits
                where tenant_id = ${tenantId}
                  and user_id = ${actor.userId}
                  and record_id <> ${id}
                order by seen_at desc, record_id
                offset ${literal(most - 1)}
              )
            )
          for update skip locked
        )
      )
  `;
}

/** What the acting user opened last and may still see, newest first; at most `most`. */
export async function list({ sql, tenantId, actor }: Scope): Promise<Visit[]> {
  return await sql<Visit[]>`
    select case
        when v.contact_id is not null then 'contact'
        when v.company_id is not null then 'company'
        else 'deal'
      end as kind,
      v.record_id as id, v.seen_at,
      coalesce(o.name, d.title, concat_ws(' ', nullif(c.title, ''), nullif(c.first_name, ''), nullif(c.name_prefix, ''), nullif(c.last_name, ''))) as name
    from visits v
    left join contacts c
      on c.tenant_id = v.tenant_id and c.id = v.contact_id and c.deleted_at is null
    left join companies o
      on o.tenant_id = v.tenant_id and o.id = v.company_id and o.deleted_at is null
    left join deals d
      on d.tenant_id = v.tenant_id and d.id = v.deal_id and d.deleted_at is null
    where v.tenant_id = ${tenantId}
      and v.user_id = ${actor.userId}
      and coalesce(c.id, o.id, d.id) is not null
    order by v.seen_at desc, v.record_id
    limit ${literal(most)}
  `;
}
