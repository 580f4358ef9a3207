/**
 * All that happened around a record in one list, newest first: activities, mails, files, steps of
 * deals, and what its history tells. Each source is read along an index of its own, and only as far
 * as the page needs it.
 */
import { visible as activityVisible } from "./activity_links.ts";
import type { Kind as ActivityKind } from "./activities.ts";
import type { FieldChange } from "./changes.ts";
import { NotFound } from "./errors.ts";
import * as homes from "./file_homes.ts";
import { isId } from "./ids.ts";
import { visible as messageVisible } from "./message_views.ts";
import type { Direction } from "./messages.ts";
import type { Fragment } from "./pool.ts";
import { type Kind as RecordKind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import type { StageKind } from "./stages.ts";
import { hydrations } from "./timeline_entries.ts";

export const kinds = ["activity", "mail", "file", "stage", "change"] as const;
export type EntryKind = typeof kinds[number];

/** What each kind of entry is shown with. */
export interface EntryData {
  activity: { kind: ActivityKind; subject: string; body: string };
  mail: { direction: Direction; from: string; subject: string; text: string };
  file: { name: string; mediaType: string; size: number; home: FileHome | null };
  stage: { dealId: string; title: string; from: string | null; to: string; toKind: StageKind };
  change: { action: string; fields: FieldChange[]; reason: string; actorKind: "user" | "system" };
}

/** The person or deal that a file was put on, where the timeline is another's. */
export interface FileHome {
  kind: RecordKind;
  id: string;
  name: string;
}

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

/** The place of an entry: its microsecond, then its id. */
const placePattern = /^(\d{1,16})-([0-9a-f-]{36})$/;

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
  const wanted = kind === null ? kinds : [kind];
  const arms = wanted.map((each) => arm(scope, subject, each, kind !== null, place));
  const rows = await sql<(Entry & { place: string })[]>`
    select e.kind, e.id, e.at, i.name as actor_name,
      (extract(epoch from e.at) * 1000000)::bigint || '-' || e.id as place,
      coalesce(activity.data, mail.data, file.data, stage.data, change.data) as data
    from (
      select kind, at, id
      from (${arms.reduce((all, one) => sql`${all} union all ${one}`)}) every
      order by at desc, id desc
      limit ${pageSize + 1}
    ) e
    ${hydrations(scope, subject)}
    left join users u on u.tenant_id = ${tenantId} and u.id = coalesce(
      activity.actor_id, mail.actor_id, file.actor_id, stage.actor_id, change.actor_id
    )
    left join identities i on i.id = u.identity_id
    order by e.at desc, e.id desc
  `;
  const entries = rows.slice(0, pageSize).map(({ place: _, ...entry }) => entry as Entry);
  return { entries, next: rows.length > pageSize ? rows[pageSize - 1]!.place : null };
}

/** The entries of one kind as places, in order and no more than a page can show. */
function arm(
  scope: Scope,
  { kind: record, id }: Subject,
  kind: EntryKind,
  alone: boolean,
  place: string | null,
): Fragment {
  const { sql, tenantId } = scope;
  const ofRecord = sql(`${record}_id`);
  const [, micros, last] = placePattern.exec(place ?? "") ?? [];
  const older = (at: Fragment, key: Fragment) =>
    micros === undefined
      ? sql``
      : sql`and (${at}, ${key}) < (to_timestamp(${micros}::float8 / 1000000), ${last!}::uuid)`;
  const rest = (at: Fragment, key: Fragment) =>
    sql`${older(at, key)}
      order by ${at} desc, ${key} desc
      limit ${pageSize + 1}`;
  switch (kind) {
    case "activity":
      return sql`(
        select 'activity' as kind, k.at, k.activity_id as id
        from activity_links k
        where k.tenant_id = ${tenantId}
          and k.${ofRecord} = ${id}
          and k.open_due is null
          and exists (
            select
            from activities a
            where a.tenant_id = k.tenant_id
              and a.id = k.activity_id
              and ${activityVisible(scope)}
          )
        ${rest(sql`k.at`, sql`k.activity_id`)}
      )`;
    case "mail":
      return sql`(
        select 'mail' as kind, k.at, k.message_id as id
        from message_links k
        where k.tenant_id = ${tenantId}
          and k.${ofRecord} = ${id}
          and exists (
            select
            from messages m
            where m.tenant_id = k.tenant_id
              and m.id = k.message_id
              and ${messageVisible(scope)}
          )
        ${rest(sql`k.at`, sql`k.message_id`)}
      )`;
    case "file":
      return sql`(
        select 'file' as kind, k.at, k.file_id as id
        from file_links k
        where k.tenant_id = ${tenantId}
          and k.${ofRecord} = ${id}
          and exists (
            select
            from files f
            where f.tenant_id = k.tenant_id
              and f.id = k.file_id
              and f.deleted_at is null
              and ${homes.visible(scope)}
          )
        ${rest(sql`k.at`, sql`k.file_id`)}
      )`;
    case "stage":
      return sql`(
        select 'stage' as kind, s.at, s.id
        from deal_stage_changes s
        where s.tenant_id = ${tenantId}
          and ${
        record === "deal"
          ? sql`s.deal_id = ${id}`
          : sql`s.deal_id = any(array(${dealsOf(scope, { kind: record, id })}))`
      }
          ${alone ? sql`` : sql`and s.from_stage_id is not null`}
        ${rest(sql`s.at`, sql`s.id`)}
      )`;
    case "change":
      return sql`(
        select 'change' as kind, c.at, c.id
        from changes c
        where c.tenant_id = ${tenantId}
          and c.record_kind = ${record}
          and c.record_id = ${id}
          ${alone ? sql`` : sql`and c.action <> 'file_added'`}
        ${rest(sql`c.at`, sql`c.id`)}
      )`;
  }
}

/** The living deals of a person or company, those touched last. */
function dealsOf({ sql, tenantId }: Scope, { kind, id }: Subject): Fragment {
  return sql`
    select d.id
    from deals d
    where d.tenant_id = ${tenantId}
      and d.deleted_at is null
      and ${
    kind === "company" ? sql`d.company_id = ${id}` : sql`d.id in (
        select x.deal_id
        from deal_contacts x
        where x.tenant_id = ${tenantId}
          and x.contact_id = ${id}
      )`
  }
    order by d.last_touch_at desc
    limit ${mostDeals}
  `;
}
