/** What a search finds besides records: activities, mails and files, newest first. */
import { visible } from "./activity_conditions.ts";
import { aboutColumn } from "./activity_links.ts";
import * as homes from "./file_homes.ts";
import * as messages from "./message_views.ts";
import type { Scope } from "./scope.ts";

export type EntryKind = "activity" | "message" | "file";

/** A hit, as its line in the results shows it. */
export interface EntryHit {
  kind: EntryKind;
  id: string;
  title: string;
  /** What it is about, who wrote the mail or where the file is; null where that has no name. */
  detail: string | null;
  at: Date;
}

/** Hits of each kind that are examined, so that enough remain after hidden ones are dropped. */
const looked = 200;

/** The visible hits of each kind, at most `most` of each. */
export async function list(
  scope: Scope,
  q: string,
  most: number,
): Promise<Record<EntryKind, EntryHit[]>> {
  const rows = await select(scope, q, most);
  const of = (kind: EntryKind) => rows.filter((row) => row.kind === kind);
  return { activity: of("activity"), message: of("message"), file: of("file") };
}

async function select(scope: Scope, q: string, most: number): Promise<EntryHit[]> {
  const { sql, tenantId } = scope;
  const hits = (kind: EntryKind) =>
    sql`search_entries(${kind}, ${q}, ${looked}) with ordinality as hits (id, place)`;
  return await sql<EntryHit[]>`
    (
      select 'activity' as kind, h.id, h.subject as title, h.about -> 0 ->> 'name' as detail, h.at
      from (
        select a.id, a.subject, a.at, ${aboutColumn(scope, 1)}
        from ${hits("activity")}
        join activities a on a.tenant_id = ${tenantId} and a.id = hits.id
        where ${visible(scope)}
        order by hits.place
        limit ${most}
      ) h
    )
    union all
    (
      select 'message', m.id, m.subject, coalesce(nullif(m.from_name, ''), m.from_address), m.at
      from ${hits("message")}
      join messages m on m.tenant_id = ${tenantId} and m.id = hits.id
      where ${messages.visible(scope)}
      order by hits.place
      limit ${most}
    )
    union all
    (
      select 'file', f.id, f.name, ${homes.nameColumn(scope)}, f.at
      from ${hits("file")}
      join files f on f.tenant_id = ${tenantId} and f.id = hits.id
      where f.deleted_at is null
        and ${homes.visible(scope)}
      order by hits.place
      limit ${most}
    )
  `;
}
