/** What others did to a user's own and opened records while the user was away, record by record. */
import type { FieldChange } from "./changes.ts";
import { visibleChanges } from "./field_rights.ts";
import { words } from "./fragments.ts";
import { literal } from "./pages.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import type { Addition } from "./start_additions.ts";
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
  changes: {
    at: string;
    action: string;
    fields: FieldChange[];
    actor: string | null;
  }[];
};

/** How many records are shown. */
const size = 8;
/** How many changes of one record are summed up. */
const summedUp = 10;

/**
 * As JSON, the records that the acting user owns or opened lately and that others changed last,
 * both since a given time and since they were opened. What the user changed afterwards counts as
 * seen.
 */
export function changed(scope: Scope, since: Date) {
  const { sql, tenantId } = scope;
  return sql`(
    select json_agg(record)
    from (
      select m.kind, m.id, m.name,
        (
          select s.name
          from stages s
          where s.tenant_id = ${tenantId}
            and s.id = m.stage_id
        ) as stage,
        done.changes
      from (
        ${own(scope, since, "contact")}
        union all
        ${own(scope, since, "company")}
        union all
        ${own(scope, since, "deal")}
        union all
        ${visited(scope, since)}
        order by updated_at desc, id desc
        limit ${literal(size + 1)}
      ) m
      cross join lateral ${changesSince(scope, since)} done
      where done.changes is not null
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

/** The user's own records of a kind that somebody else changed last. */
function own(scope: Scope, since: Date, kind: Kind) {
  const { sql, tenantId, actor } = scope;
  return sql`(
    select ${kind} as kind, p.id, p.updated_at, ${named(scope, kind)}
    from ${sql(tables[kind])} p
    where p.tenant_id = ${tenantId}
      and p.owner_id = ${actor.userId}
      and p.deleted_at is null
      and p.updated_at > ${since}
      and p.updated_by is distinct from ${actor.userId}
    order by p.updated_at desc, p.id desc
    limit ${literal(size + 1)}
  )`;
}

/** Others' records that the user had opened before somebody changed them; by one look at visits. */
function visited({ sql, tenantId, actor }: Scope, since: Date) {
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

/** The section from its JSON and from what was added to records, the latest first. */
export function changedOf(
  scope: Scope,
  rows: readonly ChangedJson[] | null,
  additions: readonly Addition[],
): Section<ChangedRecord> {
  const namesOf = (kind: Kind, { fields }: ChangedJson["changes"][number]) =>
    visibleChanges(scope, kind, fields).map(({ name }) => name);
  const records = new Map<string, ChangedRecord>();
  for (const { changes, ...record } of rows ?? []) {
    records.set(record.id, {
      ...record,
      at: new Date(changes[0]!.at),
      action: changes[0]!.action,
      actors: changes.flatMap(({ actor }) => actor ?? []),
      fields: [...new Set(changes.flatMap((each) => namesOf(record.kind, each)))].sort(),
      added: [],
    });
  }
  for (const { kind, id, name, at, actor, what, text } of additions) {
    const blank = { kind, id, name, at, action: null, actors: [], fields: [], stage: null };
    const record = records.get(id) ?? { ...blank, added: [] };
    records.set(id, {
      ...record,
      at: at > record.at ? at : record.at,
      actors: actor === null ? record.actors : [...record.actors, actor],
      added: [...record.added, { what, text }],
    });
  }
  const summed = [...records.values()].map((record) => ({
    ...record,
    actors: [...new Set(record.actors)],
  }));
  return section(summed.sort((a, b) => b.at.getTime() - a.at.getTime()), size);
}
