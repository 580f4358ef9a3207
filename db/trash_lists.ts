/** The contents of the trash: filtered by name and kind, a page at a time. */
import { plainName } from "./full_names.ts";
import { unrestricted } from "./activity_conditions.ts";
import * as homes from "./file_homes.ts";
import { type Cursor, type Page, page, pageSize, parts } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";
import { matches } from "./text_matches.ts";
import { tables, type TrashKind, unmerged } from "./trash.ts";

/** Everything that may be in the trash, in the order in which people look for it. */
export const kinds = [
  "contact",
  "company",
  "deal",
  "activity",
  "file",
] as const satisfies readonly TrashKind[];

export interface TrashRow {
  kind: TrashKind;
  id: string;
  name: string;
  deletedAt: Date;
  deletedByName: string | null;
  eraseAfter: Date;
}

export interface TrashFilter {
  /** Words of a name; empty for all. */
  q: string;
  kind: TrashKind | null;
}

/**
 * The contents of the trash, those with the most time left first, a page at a time. Only names are
 * searched: the search texts also contain what the user may not see.
 */
export async function list(
  scope: Scope,
  { q, kind: wanted }: TrashFilter,
  cursor: Cursor,
): Promise<Page<TrashRow>> {
  const { sql, tenantId } = scope;
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`asc` : sql`desc`;
  const names: Record<TrashKind, Fragment> = {
    activity: sql`a.subject`,
    company: sql`a.name`,
    deal: sql`a.title`,
    contact: plainName("a"),
    file: sql`a.name`,
  };
  const one = (kind: TrashKind) =>
    sql`
      select ${kind} as kind, a.id, a.deleted_at, a.deleted_by, a.erase_after,
        ${names[kind]} as name
      from ${sql(kind === "file" ? "files" : tables[kind])} a
      where a.tenant_id = ${tenantId}
        and a.deleted_at is not null
        ${
      kind === "activity"
        ? sql`and ${unrestricted(scope)}`
        : kind === "file"
        ? sql``
        : unmerged(scope)
    }
        ${
      kind !== "file" ? sql`` : sql`
        and exists (
          select
          from files f
          where f.tenant_id = a.tenant_id
            and f.id = a.id
            and ${homes.visible(scope)}
        )`
    }
        ${
      q === "" ? sql`` : sql`
        and ${matches(scope, sql`a.search`, q)}
        and ${matches(scope, sql`search_words(${names[kind]})`, q)}`
    }
        ${
      id === null ? sql`` : sql`
        and (a.erase_after, a.id) ${backwards ? sql`>` : sql`<`} (
          select s.erase_after, s.id
          from (
            select erase_after, id from contacts where tenant_id = ${tenantId} and id = ${id}
            union all
            select erase_after, id from companies where tenant_id = ${tenantId} and id = ${id}
            union all
            select erase_after, id from deals where tenant_id = ${tenantId} and id = ${id}
            union all
            select erase_after, id from activities where tenant_id = ${tenantId} and id = ${id}
            union all
            select erase_after, id from files where tenant_id = ${tenantId} and id = ${id}
          ) s
        )`
    }
      order by a.erase_after ${direction}, a.id ${direction}
      limit ${pageSize + 1}`;
  const rows = await sql<TrashRow[]>`
    select d.kind, d.id, d.name, d.deleted_at, i.name as deleted_by_name, d.erase_after
    from (
      ${
    kinds.filter((kind) => wanted === null || kind === wanted)
      .map((kind) => sql`(${one(kind)})`)
      .reduce((all, each) => sql`${all} union all ${each}`)
  }
    ) d
    left join users u on u.tenant_id = ${tenantId} and u.id = d.deleted_by
    left join identities i on i.id = u.identity_id
    order by d.erase_after ${direction}, d.id ${direction}
    limit ${pageSize + 1}
  `;
  return page(rows, cursor);
}
