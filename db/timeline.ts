/**
 * All that happened around a record in one list, newest first: activities, mails, files, steps of
 * deals, and what its history tells. Each source is read along an index of its own, and only as far
 * as a page needs it.
 */
import { visible as activityVisible } from "./activity_links.ts";
import { NotFound } from "./errors.ts";
import { told } from "./field_rights.ts";
import { livesOnRecord } from "./file_homes.ts";
import { isId } from "./ids.ts";
import { visible as messageVisible } from "./message_views.ts";
import { literal } from "./pages.ts";
import { type Kind as RecordKind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { type EntryData, sides } from "./timeline_entries.ts";

export const kinds = ["activity", "mail", "file", "stage", "change"] as const;
export type EntryKind = typeof kinds[number];

type Of<K extends EntryKind> = {
  kind: K;
  id: string;
  at: Date;
  /** Who did it; null for the system and for users who are gone. */
  actorName: string | null;
  data: EntryData[K];
};

/** An entry of whatever kind. */
export type Entry = { [K in EntryKind]: Of<K> }[EntryKind];

export interface Timeline {
  entries: Entry[];
  /** The place to go on from, or null at the end. */
  next: string | null;
}

/** The record whose timeline it is. */
export interface Subject {
  kind: RecordKind;
  id: string;
}

export const pageSize = 30;

/** Deals of a person or company whose steps are looked at: those touched last. */
const mostDeals = 200;

/** How an address says a place: the entry's microsecond, then its id. */
const placePattern = /^(\d{1,16})-([0-9a-f-]{36})$/;
/** Before all entries. */
const newest = `9${"0".repeat(15)}-ffffffff-ffff-ffff-ffff-ffffffffffff`;

/** Whether a text is a place to go on from. */
export const isPlace = (text: string): boolean => isId(placePattern.exec(text)?.[2] ?? "");

/** Asserts that a record may be shown; throws NotFound. */
export async function assertShown({ sql, tenantId }: Scope, { kind, id }: Subject): Promise<void> {
  const [row] = await sql`
    select id
    from ${sql(tables[kind])}
    where tenant_id = ${tenantId}
      and id = ${id}
      and deleted_at is null
  `;
  if (!row) throw new NotFound(kind);
}

/**
 * A page of a record's timeline: one kind of entries or all, from the newest or from `place` on.
 * Of activities those that are done: what is planned stands elsewhere. Without a look whether the
 * record itself may be shown.
 */
export async function list(
  scope: Scope,
  subject: Subject,
  kind: EntryKind | null = null,
  place: string | null = null,
): Promise<Timeline> {
  const { sql, tenantId } = scope;
  const rows = await sql<(Entry & { place: string })[]>`
    select e.kind, e.id, e.at,
      (extract(epoch from e.at) * 1000000)::bigint || '-' || e.id as place,
      i.name as actor_name,
      coalesce(activity.data, mail.data, file.data, stage.data, change.data) as data
    from (${places(scope, subject, kind, place ?? newest)}) e
    ${sides(scope, subject)}
    left join users u on u.tenant_id = ${tenantId} and u.id = coalesce(
      activity.actor_id, mail.actor_id, file.actor_id, stage.actor_id, change.actor_id
    )
    left join identities i on i.id = u.identity_id
    order by e.at desc, e.id desc
  `;
  const entries = rows.slice(0, pageSize)
    .map(({ place: _, ...entry }) => seen(scope, subject, entry as Entry));
  return { entries, next: rows.length > pageSize ? rows[pageSize - 1]!.place : null };
}

/** An entry without what is hidden from the role. */
function seen(scope: Scope, { kind }: Subject, entry: Entry): Entry {
  if (entry.kind !== "change") return entry;
  return { ...entry, data: { ...entry.data, fields: told(scope, kind, entry.data.fields) } };
}

/**
 * The places of the next entries that may be shown. One text for every kind and page: what is not
 * wanted ends before it begins, and PostgreSQL keeps the plan.
 */
function places(scope: Scope, subject: Subject, wanted: EntryKind | null, place: string) {
  const { sql, tenantId } = scope;
  const { id } = subject;
  const [, micros = "", last = ""] = placePattern.exec(place)!;
  const ofRecord = sql(`${subject.kind}_id`);
  const at = sql`to_timestamp(${micros}::float8 / 1000000)`;
  const most = pageSize + 1;
  return sql`
      select kind, at, id
      from (
        (
          select 'activity' as kind, k.at, k.activity_id as id
          from activity_links k
          where k.tenant_id = ${tenantId}
            and k.${ofRecord} = ${id}
            and (k.at, k.activity_id) < (${at}, ${last}::uuid)
            and k.open_due is null
            and coalesce(${wanted}, 'activity') = 'activity'
            and exists (
              select
              from activities a
              where a.tenant_id = ${tenantId}
                and a.id = k.activity_id
                and ${activityVisible(scope)}
            )
          order by k.at desc, k.activity_id desc
          limit ${literal(sql, most)}
        )
        union all
        (
          select 'mail', k.at, k.message_id
          from message_links k
          where k.tenant_id = ${tenantId}
            and k.${ofRecord} = ${id}
            and (k.at, k.message_id) < (${at}, ${last}::uuid)
            and coalesce(${wanted}, 'mail') = 'mail'
            and exists (
              select
              from messages m
              where m.tenant_id = ${tenantId}
                and m.id = k.message_id
                and ${messageVisible(scope)}
            )
          order by k.at desc, k.message_id desc
          limit ${literal(sql, most)}
        )
        union all
        (
          select 'file', k.at, k.file_id
          from file_links k
          where k.tenant_id = ${tenantId}
            and k.${ofRecord} = ${id}
            and (k.at, k.file_id) < (${at}, ${last}::uuid)
            and coalesce(${wanted}, 'file') = 'file'
            and exists (
              select
              from files f
              where f.tenant_id = ${tenantId}
                and f.id = k.file_id
                and f.deleted_at is null
                and ${livesOnRecord(scope)}
            )
          order by k.at desc, k.file_id desc
          limit ${literal(sql, most)}
        )
        union all
        (
          select 'stage', k.at, k.id
          from deal_stage_changes k
          where k.tenant_id = ${tenantId}
            and k.deal_id = any(array(
              select d.id
              from deals d
              where d.tenant_id = ${tenantId}
                and d.deleted_at is null
                and d.id in (
                  select ${id}::uuid
                  union all
                  select o.id
                  from deals o
                  where o.tenant_id = ${tenantId}
                    and o.company_id = ${id}
                  union all
                  select x.deal_id
                  from deal_contacts x
                  where x.tenant_id = ${tenantId}
                    and x.contact_id = ${id}
                )
              order by d.last_touch_at desc
              limit ${literal(sql, mostDeals)}
            ))
            and (k.at, k.id) < (${at}, ${last}::uuid)
            and coalesce(${wanted}, 'stage') = 'stage'
            -- The first step is told as the making of the deal, unless steps alone are asked for.
            and (k.from_stage_id is not null or ${wanted} = 'stage')
          order by k.at desc, k.id desc
          limit ${literal(sql, most)}
        )
        union all
        (
          select 'change', k.at, k.id
          from changes k
          where k.tenant_id = ${tenantId}
            and k.record_kind = ${subject.kind}
            and k.record_id = ${id}
            and (k.at, k.id) < (${at}, ${last}::uuid)
            and coalesce(${wanted}, 'change') = 'change'
            -- A file stands there itself.
            and (k.action <> 'file_added' or ${wanted} = 'change')
          order by k.at desc, k.id desc
          limit ${literal(sql, most)}
        )
      ) every
      order by at desc, id desc
      limit ${literal(sql, most)}
    `;
}
