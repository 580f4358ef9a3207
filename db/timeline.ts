/**
 * Everything that happened around a record in one list, newest first: activities, mails, files,
 * deals' stage changes, and entries of its history.
 */
import { visibleChanges } from "./field_rights.ts";
import { isId } from "./ids.ts";
import { literal } from "./pages.ts";
import type { Kind as RecordKind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import type { EntryData } from "./timeline_entries.ts";
import { entries } from "./timeline_sources.ts";

const kinds = ["activity", "mail", "file", "stage", "change"] as const;
export type EntryKind = typeof kinds[number];

/** What a timeline can be limited to, and the kind of entries that this is part of. */
export const filters = {
  activity: "activity",
  note: "activity",
  mail: "mail",
  file: "file",
  stage: "stage",
  change: "change",
  import: "change",
  privacy: "change",
} as const satisfies Record<string, EntryKind>;
export type Filter = keyof typeof filters;

type Of<K extends EntryKind> = {
  kind: K;
  id: string;
  at: Date;
  /** Who did it; null for the system and for users who no longer exist. */
  actorName: string | null;
  data: EntryData[K];
};

/** An entry of any kind. */
export type Entry = { [K in EntryKind]: Of<K> }[EntryKind];

export interface Timeline {
  entries: Entry[];
  /** The place to continue from, or null at the end. */
  next: string | null;
}

/** The record the timeline belongs to. */
export interface Subject {
  kind: RecordKind;
  id: string;
}

const pageSize = 30;

/** A place as written in an address: the entry's microsecond, then its id. */
const placePattern = /^(\d{1,16})-([0-9a-f-]{36})$/;
/** The place before all entries. */
const newest = `9${"0".repeat(15)}-ffffffff-ffff-ffff-ffff-ffffffffffff`;

/** An entry as read: with its microsecond, in which many may have happened. */
type Row = Omit<Entry, "at"> & { micros: number };

const entryOf = ({ micros, kind, id, actorName, data }: Row) =>
  ({ kind, id, at: new Date(micros / 1000), actorName, data }) as Entry;

const placeOf = ({ micros, id }: Row) => `${micros}-${id}`;

/** Whether a text is a place to continue from. */
export const isPlace = (text: string): boolean => isId(placePattern.exec(text)?.[2] ?? "");

/** What is wanted from a timeline. */
export interface Wanted {
  /** What to limit it to; null for everything. */
  filter?: Filter | null;
  /** Where to continue from; the newest entry by default. */
  place?: string | null;
  /** The kinds that the record has, if known: looking for others costs time, found or not. */
  among?: readonly EntryKind[];
}

/**
 * A page of a record's timeline. Only completed activities are listed: planned ones are shown
 * elsewhere. The caller must know that the record is live and may be shown; only the other records
 * that an entry is about are checked.
 */
export async function list(
  scope: Scope,
  subject: Subject,
  { filter = null, place = null, among = kinds }: Wanted = {},
): Promise<Timeline> {
  const { sql, tenantId } = scope;
  const [, micros = "", id = ""] = placePattern.exec(place ?? newest)!;
  const asked = {
    kinds: filter ? [filters[filter]] : among,
    place: { micros, id },
    most: pageSize + 1,
    filter,
  };
  const rows = await sql<Row[]>`
    select e.kind, e.id, round(date_part('epoch', e.at) * 1000000) as micros, e.data,
      i.name as actor_name
    from (
      select kind, at, id, actor_id, data
      from (${entries(scope, subject, asked)}) every
      order by at desc, id desc
      limit ${literal(pageSize + 1)}
    ) e
    left join users u on u.tenant_id = ${tenantId} and u.id = e.actor_id
    left join identities i on i.id = u.identity_id
    order by e.at desc, e.id desc
  `;
  return {
    entries: rows.slice(0, pageSize).map((row) => seen(scope, subject, entryOf(row))),
    next: rows.length > pageSize ? placeOf(rows[pageSize - 1]!) : null,
  };
}

/** An entry without what is hidden from the role. */
function seen(scope: Scope, { kind }: Subject, entry: Entry): Entry {
  if (entry.kind !== "change") return entry;
  return {
    ...entry,
    data: { ...entry.data, fields: visibleChanges(scope, kind, entry.data.fields) },
  };
}
