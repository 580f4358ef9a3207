/**
 * Filters and sorts lists by custom fields: conditions for their queries, and an order by index.
 */
import type { Fragment } from "./pool.ts";
import { type Cursor, literal, parts } from "./pages.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** A filter on a custom field; if the field no longer exists, it matches everything. */
export interface CustomFilter {
  field: string;
  /** One of the values offered: the id of a choice or a person, `yes` or `no`. */
  is?: string;
  /** A part of a text, however it is spelled. */
  like?: string;
  /** Numbers as stored, or days; both included. */
  from?: string;
  to?: string;
  empty?: true;
}

/** The sort key for a custom field: `custom:` and its id. */
export type CustomSort = `custom:${string}`;

/** The field of such a sort key, or null. */
export const fieldOfSort = (sort: string): string | null =>
  sort.startsWith("custom:") ? sort.slice("custom:".length) : null;

/**
 * The conditions on row `p`; `custom_conditions` says the same in SQL. Fetches all matching ids at
 * once: per record, a rare value would take half a second in a list of 100,000. If many records
 * have the value, or only few are read, the per-record check is faster (`each`).
 */
export function customConditions(
  scope: Scope,
  kind: Kind,
  filters: readonly CustomFilter[],
  each = false,
): Fragment {
  const { sql, tenantId } = scope;
  const owner = sql(`${kind}_id`);
  return filters.reduce<Fragment>((all, one) =>
    sql`${all}
      and (
        not exists (
          select
          from custom_fields f
          where f.tenant_id = ${tenantId}
            and f.id = ${one.field}
            and f.removed_at is null
        )
        or ${
      each
        ? sql`${one.empty ? sql`not exists` : sql`exists`} (
          ${customIds(scope, kind, one)}
            and v.${owner} = p.id
          offset 0
        )`
        : sql`p.id ${one.empty ? sql`not in` : sql`in`} (
          ${customIds(scope, kind, one)}
        )`
    }
      )`, sql``);
}

/** The ids of the records whose value `v` of a custom field matches, or that have any value. */
export function customIds(
  scope: Scope,
  kind: Kind,
  { field, is, like, from, to }: CustomFilter,
): Fragment {
  const { sql, tenantId } = scope;
  const none = sql``;
  const owner = sql(`${kind}_id`);
  return sql`
          select v.${owner}
          from custom_values v
          where v.tenant_id = ${tenantId}
            and v.field_id = ${field}
            and v.${owner} is not null
            ${is === undefined ? none : sql`and v.key collate "C" = ${is}`}
            ${
    is === undefined || scope.actor.narrowed === false ? none : sql`and sees_contact(v.person_id)`
  }
            ${
    like === undefined ? none : sql`and (
              strpos(v.key, fold(${like})) > 0
              or v.kind = 'person' and v.person_id in (
                select x.id
                from contacts x
                where x.tenant_id = ${tenantId}
                  and x.deleted_at is null
                  and x.restricted_at is null
                  and strpos(fold(concat_ws(' ', x.first_name, x.name_prefix, x.last_name)), fold(${like})) > 0
              )
            )`
  }
            ${
    from === undefined ? none : sql`and v.key collate "C" >= custom_bound(${from}) collate "C"`
  }
            ${
    to === undefined ? none : sql`and v.key collate "C" <= custom_bound(${to}) collate "C"`
  }`;
}

/**
 * The ids of one page ordered by a custom field's values, then those without a value by name; one
 * more than a page. `conditions` are the list's conditions on row `p`.
 */
export async function orderedIds(
  scope: Scope,
  kind: Kind,
  conditions: Fragment,
  { field, descending }: { field: string; descending: boolean },
  { cursor, size: shown }: { cursor: Cursor; size: number },
): Promise<string[]> {
  const { id, backwards } = parts(cursor);
  const size = shown + 1;
  const { sql } = scope;
  // Await only the answer: awaiting a fragment would execute it as a query.
  const by = await isChoice(scope, field) ? sql`lpad(c.position::text, 4, '0')` : sql`v.key`;
  const key = id === null ? null : await keyOf(scope, kind, by, field, id);
  const place = id === null ? null : { id, key: key ?? "" };
  const ask = { kind, by, conditions, field, backwards };
  const valued = (from: Place | null, left: number) =>
    withValue(scope, { ...ask, descending }, from, left);
  const plain = (from: Place | null, left: number) => without(scope, ask, from, left);
  // The cursor is among the records with a value if its own has one, otherwise among the others.
  const among = key !== null;
  if (backwards) {
    if (among) return await valued(place, size);
    const near = await plain(place, size);
    return near.length === size ? near : [...near, ...await valued(null, size - near.length)];
  }
  if (place && !among) return await plain(place, size);
  const near = await valued(place, size);
  return near.length === size ? near : [...near, ...await plain(null, size - near.length)];
}

interface Ask {
  kind: Kind;
  by: Fragment;
  conditions: Fragment;
  field: string;
  backwards: boolean;
}

interface Place {
  id: string;
  key: string;
}

async function withValue(
  { sql, tenantId }: Scope,
  { kind, by, conditions, field, backwards, descending }: Ask & { descending: boolean },
  place: Place | null,
  size: number,
): Promise<string[]> {
  const owner = sql(`${kind}_id`);
  const down = descending !== backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const rows = await sql<{ id: string }[]>`
    select p.id
    from custom_values v
    left join custom_choices c
      on c.tenant_id = v.tenant_id and c.field_id = v.field_id and c.id = v.choice_id
    join ${sql(tables[kind])} p on p.tenant_id = v.tenant_id and p.id = v.${owner}
    where v.tenant_id = ${tenantId}
      and v.field_id = ${field}
      and v.item = 0
      and p.deleted_at is null
      ${conditions}
      ${
    place === null ? sql`` : sql`
      and (${by} collate "C", v.${owner}) ${
      down ? sql`<` : sql`>`
    } (${place.key}, ${place.id}::uuid)`
  }
    order by ${by} collate "C" ${direction}, v.${owner} ${direction}
    limit ${literal(size)}
  `;
  return rows.map(({ id }) => id);
}

async function without(
  { sql, tenantId }: Scope,
  { kind, conditions, field, backwards }: Ask,
  place: Place | null,
  size: number,
): Promise<string[]> {
  const owner = sql(`${kind}_id`);
  const table = sql(tables[kind]);
  const direction = backwards ? sql`desc` : sql`asc`;
  const rows = await sql<{ id: string }[]>`
    select p.id
    from ${table} p
    where p.tenant_id = ${tenantId}
      and p.deleted_at is null
      and p.id not in (
        select v.${owner}
        from custom_values v
        where v.tenant_id = ${tenantId}
          and v.field_id = ${field}
          and v.${owner} is not null
          and v.item = 0
      )
      ${conditions}
      ${
    place === null ? sql`` : sql`
      and (p.sort_name collate "C", p.id) ${backwards ? sql`<` : sql`>`} (
        select a.sort_name collate "C", a.id
        from ${table} a
        where a.tenant_id = ${tenantId}
          and a.id = ${place.id}
      )`
  }
    order by p.sort_name collate "C" ${direction}, p.id ${direction}
    limit ${literal(size)}
  `;
  return rows.map(({ id }) => id);
}

/** Whether the values are choices, which are sorted in the order they are offered. */
async function isChoice({ sql, tenantId }: Scope, field: string): Promise<boolean> {
  const [row] = await sql<{ kind: string }[]>`
    select kind
    from custom_fields
    where tenant_id = ${tenantId}
      and id = ${field}
      and removed_at is null
  `;
  return row?.kind === "choice";
}

/** The sort key of a record's value, or null if it has none. */
async function keyOf(
  { sql, tenantId }: Scope,
  kind: Kind,
  by: Fragment,
  field: string,
  id: string,
): Promise<string | null> {
  const [row] = await sql<{ key: string }[]>`
    select ${by} as key
    from custom_values v
    left join custom_choices c
      on c.tenant_id = v.tenant_id and c.field_id = v.field_id and c.id = v.choice_id
    where v.tenant_id = ${tenantId}
      and v.field_id = ${field}
      and v.${sql(`${kind}_id`)} = ${id}
      and v.item = 0
  `;
  return row?.key ?? null;
}
