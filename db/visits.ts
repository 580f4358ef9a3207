/** The records each user opened last: the shortest way back to them. */
import { fullName } from "./full_names.ts";
import { dayOf } from "./local_times.ts";
import { literal } from "./pages.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** How many records are kept per user. */
const most = 10;

export interface Visit {
  kind: Kind;
  id: string;
  name: string;
  seenAt: Date;
}

/** A user opened a record that existed. */
export interface Opened {
  tenantId: string;
  userId: string;
  kind: Kind;
  id: string;
  at: Date;
}

/**
 * Notes which records of a tenant its users opened, and who has seen a contact on which day
 * (looks.ts); forgets what exceeds `most` per user. Throws PostgreSQL's 23503 if one of the records
 * or users was removed meanwhile.
 */
export async function record({ sql, tenantId }: Scope, opened: readonly Opened[]): Promise<void> {
  const noted = sql`
    unnest(
      ${opened.map(({ userId }) => userId)}::uuid[],
      ${opened.map(({ id }) => id)}::uuid[],
      ${opened.map(({ kind }) => kind)}::text[],
      ${opened.map(({ at }) => at.toISOString())}::timestamptz[],
      ${opened.map(({ at }) => dayOf(at))}::date[]
    ) as n (user_id, id, kind, at, day)`;
  // Losing a note in a crash does no harm: nobody needs to wait for the disk.
  await sql`set local synchronous_commit = off`;
  // Ordered by record, as merges lock them, so that processes cannot deadlock.
  const fresh = await sql<{ userId: string }[]>`
    with looked as (
      insert into looks (tenant_id, contact_id, day, user_id)
      select distinct ${tenantId}::uuid, n.id, n.day, n.user_id
      from ${noted}
      where n.kind = 'contact'
      order by 2, 3, 4
      on conflict do nothing
    ),
    seen as (
      insert into visits (
        tenant_id, user_id, record_id, contact_id, company_id, deal_id, seen_at
      )
      select distinct on (n.id, n.user_id) ${tenantId}::uuid, n.user_id, n.id,
        case n.kind when 'contact' then n.id end, case n.kind when 'company' then n.id end,
        case n.kind when 'deal' then n.id end, n.at
      from ${noted}
      order by n.id, n.user_id, n.at desc
      on conflict (tenant_id, user_id, record_id) do update
      set seen_at = greatest(visits.seen_at, excluded.seen_at)
      returning user_id, xmax = 0 as fresh
    )
    select distinct user_id
    from seen
    where fresh
  `;
  if (fresh.length > 0) await forget({ sql, tenantId }, fresh.map(({ userId }) => userId));
}

/** Removes what users opened before their last `most`, except rows that others have locked. */
async function forget(
  { sql, tenantId }: Pick<Scope, "sql" | "tenantId">,
  userIds: readonly string[],
): Promise<void> {
  await sql`
    delete from visits
    where tenant_id = ${tenantId}
      and ctid = any (
        array(
          select ctid
          from visits
          where tenant_id = ${tenantId}
            -- As an array, the rows are fetched by position; a join would scan for each of them.
            and ctid = any (
              array(
                select ctid
                from (
                  select ctid, row_number() over (
                      partition by user_id order by seen_at desc, record_id
                    ) as place
                  from visits
                  where tenant_id = ${tenantId}
                    and user_id = any (${[...userIds]}::uuid[])
                ) kept
                where place > ${literal(most)}
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
      coalesce(o.name, d.title, ${fullName("c")}) as name
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
