/** What others did to a user's own and opened records while the user was away, record by record. */
import type { FieldChange } from "./changes.ts";
import { visibleChanges } from "./field_rights.ts";
import { words } from "./fragments.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import type { Addition, Latest } from "./start_additions.ts";
import { partsOf, type Place, placeOf } from "./start_places.ts";
import { type Section, section } from "./start_sections.ts";

export interface ChangedRecord {
  kind: Kind;
  id: string;
  name: string;
  /** When somebody changed it last or added something to it. */
  at: Date;
  /** What the latest change did; null where something was added only. */
  action: string | null;
  /** The names of those who took part, without the system itself. */
  actors: string[];
  /** Names of the changed fields, without duplicates. */
  fields: FieldChange["name"][];
  /** What was added, the latest first. */
  added: Pick<Addition, "what" | "text">[];
  /** The deal's current stage; null for other kinds. */
  stage: string | null;
}

/** A record and its changes as JSON, the latest first. */
export type ChangedJson = Pick<ChangedRecord, "kind" | "id" | "name" | "stage"> & {
  place: Place;
  /** Null if nobody else did anything to it that a history tells. */
  changes: {
    at: string;
    action: string;
    fields: FieldChange[];
    actor: string | null;
  }[] | null;
};

/** How many records are shown. */
const size = 8;
/** How many changes of one record are summed up. */
const summedUp = 10;

/**
 * As JSON, the records that the acting user owns or opened lately and that others changed last,
 * both since a given time and since they were opened. What the user changed afterwards counts as
 * seen. `before` leaves out those changed later.
 */
export function changed(
  scope: Scope,
  since: Date,
  { before = null, most = size + 1 }: { before?: Place | null; most?: number } = {},
) {
  const { sql, tenantId } = scope;
  const part = { since, before, most };
  return sql`(
    select json_agg(record)
    from (
      select m.kind, m.id, m.name, ${
    placeOf(scope, sql`m.updated_at`, sql`m.id`, sql`m.id`)
  } as place,
        (
          select s.name
          from stages s
          where s.tenant_id = ${tenantId}
            and s.id = m.stage_id
        ) as stage,
        done.changes
      from (
        ${own(scope, part, "contact")}
        union all
        ${own(scope, part, "company")}
        union all
        ${own(scope, part, "deal")}
        union all
        ${visited(scope, part)}
        order by updated_at desc, id desc
        limit ${literal(most)}
      ) m
      cross join lateral ${changesSince(scope, since)} done
    ) record
  )`;
}

/** The name of row `p`, and the stage of a deal. */
function named({ sql }: Scope, kind: Kind) {
  switch (kind) {
    case "contact":
      return sql`${person(sql, "p")} as name, null::uuid as stage_id`;
    case "company":
      return sql`p.name, null::uuid as stage_id`;
    case "deal":
      return sql`p.title as name, p.stage_id`;
  }
}

/** A person's name from a row. */
const person = (sql: Scope["sql"], row: "p" | "c") =>
  sql`concat_ws(' ', nullif(${words(row)}.title, ''), nullif(${words(row)}.first_name, ''),
    nullif(${words(row)}.name_prefix, ''), nullif(${words(row)}.last_name, ''))`;

interface Part {
  since: Date;
  before: Place | null;
  most: number;
}

/** The condition that a record, changed then, comes after a place. */
function earlier({ sql }: Scope, before: Place | null, at: Fragment, id: Fragment): Fragment {
  if (before === null) return sql``;
  const from = partsOf(before);
  return sql`
      and (${at}, ${id}) <= (${from.at}::text::timestamptz, ${from.entry}::uuid)
      and (${at}, ${id}, ${id})
        < (${from.at}::text::timestamptz, ${from.entry}::uuid, ${from.record}::uuid)`;
}

/** The user's own records of a kind that somebody else changed last. */
function own(scope: Scope, { since, before, most }: Part, kind: Kind) {
  const { sql, tenantId, actor } = scope;
  return sql`(
    select ${kind} as kind, p.id, p.updated_at, ${named(scope, kind)}
    from ${sql(tables[kind])} p
    where p.tenant_id = ${tenantId}
      and p.owner_id = ${actor.userId}
      and p.deleted_at is null
      and p.updated_at > ${since}
      and p.updated_by is distinct from ${actor.userId}
      ${earlier(scope, before, sql`p.updated_at`, sql`p.id`)}
    order by p.updated_at desc, p.id desc
    limit ${literal(most)}
  )`;
}

/** Others' records that the user had opened before somebody changed them; by one look at visits. */
function visited(scope: Scope, { since, before }: Part) {
  const { sql, tenantId, actor } = scope;
  const at = sql`coalesce(c.updated_at, o.updated_at, d.updated_at)`;
  return sql`(
    select case when c.id is not null then 'contact' when o.id is not null then 'company' else 'deal' end
        as kind,
      coalesce(c.id, o.id, d.id) as id,
      coalesce(c.updated_at, o.updated_at, d.updated_at) as updated_at,
      coalesce(o.name, d.title, ${person(sql, "c")}) as name,
      d.stage_id
    from visits v
    left join contacts c
      on c.tenant_id = v.tenant_id and c.id = v.contact_id and c.deleted_at is null
    left join companies o
      on o.tenant_id = v.tenant_id and o.id = v.company_id and o.deleted_at is null
    left join deals d on d.tenant_id = v.tenant_id and d.id = v.deal_id and d.deleted_at is null
    where v.tenant_id = ${tenantId}
      and v.user_id = ${actor.userId}
      and coalesce(c.owner_id, o.owner_id, d.owner_id) is distinct from ${actor.userId}
      and coalesce(c.updated_at, o.updated_at, d.updated_at)
        > greatest(${since}::timestamptz, v.seen_at)
      and coalesce(c.updated_by, o.updated_by, d.updated_by) is distinct from ${actor.userId}
      ${earlier(scope, before, at, sql`coalesce(c.id, o.id, d.id)`)}
  )`;
}

/** What others did to record `m`, including stage changes of a deal. */
function changesSince({ sql, tenantId, actor }: Scope, since: Date) {
  return sql`(
    select json_agg(
      json_build_object('at', c.at, 'action', c.action, 'fields', c.fields, 'actor', i.name)
      order by c.at desc
    ) as changes
    from (
      (
        select c.at, c.action, c.fields, c.actor_id
        from changes c
        where c.tenant_id = ${tenantId}
          and c.record_kind = m.kind
          and c.record_id = m.id
          and c.at > ${since}
          and c.actor_id is distinct from ${actor.userId}
        order by c.at desc, c.id desc
        limit ${literal(summedUp)}
      )
      union all
      (
        select g.at, 'moved', '[{"name": "stage"}]'::jsonb, g.actor_id
        from deal_stage_changes g
        where m.kind = 'deal'
          and g.tenant_id = ${tenantId}
          and g.deal_id = m.id
          and g.from_stage_id is not null
          and g.at > ${since}
          and g.actor_id is distinct from ${actor.userId}
        order by g.at desc, g.id desc
        limit ${literal(summedUp)}
      )
    ) c
    left join users u on u.tenant_id = ${tenantId} and u.id = c.actor_id
    left join identities i on i.id = u.identity_id
  )`;
}

/** A record with what was changed in it; null if a history tells nothing of it. */
export function recordOf(
  scope: Scope,
  { changes, place: _, ...record }: ChangedJson,
): ChangedRecord | null {
  if (changes === null) return null;
  const namesOf = ({ fields }: (typeof changes)[number]) =>
    visibleChanges(scope, record.kind, fields).map(({ name }) => name);
  return {
    ...record,
    at: new Date(changes[0]!.at),
    action: changes[0]!.action,
    actors: changes.flatMap(({ actor }) => actor ?? []),
    fields: [...new Set(changes.flatMap(namesOf))].sort(),
    added: [],
  };
}

/** A record with what was added to it, besides what is known of it already. */
export function withAddition(
  { kind, id, name, at, actor, what, text }: Addition,
  known: ChangedRecord | null = null,
): ChangedRecord {
  const blank = { kind, id, name, at, action: null, actors: [], fields: [], stage: null };
  const record = known ?? { ...blank, added: [] };
  return {
    ...record,
    at: at > record.at ? at : record.at,
    actors: actor === null ? record.actors : [...record.actors, actor],
    added: [...record.added, { what, text }],
  };
}

/** The section from its JSON and from what was added to records, the latest first. */
export function changedOf(
  scope: Scope,
  rows: readonly ChangedJson[] | null,
  additions: Latest,
): Section<ChangedRecord> {
  const records = new Map<string, ChangedRecord>();
  for (const row of rows ?? []) {
    const record = recordOf(scope, row);
    if (record) records.set(record.id, record);
  }
  for (const addition of additions.rows) {
    records.set(addition.id, withAddition(addition, records.get(addition.id)));
  }
  const summed = [...records.values()].map((record) => ({
    ...record,
    actors: [...new Set(record.actors)],
  }));
  const found = section(summed.sort((a, b) => b.at.getTime() - a.at.getTime()), size, size);
  return { ...found, more: found.more || additions.more };
}
