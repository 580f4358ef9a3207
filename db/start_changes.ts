/** What others did to a user's own records while the user was away, record by record. */
import type { FieldChange } from "./changes.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { most, type Section, section } from "./start_lists.ts";

export interface ChangedRecord {
  kind: Kind;
  id: string;
  name: string;
  /** The latest change, and what it did. */
  at: Date;
  action: string;
  /** Who took part, by name; the house itself is left out. */
  actors: string[];
  /** Names of the fields that were changed, each once. */
  fields: FieldChange["name"][];
  /** Where a deal stands now; null for other kinds. */
  stage: string | null;
}

/** Own records looked at of each kind, those changed last; with those visited they are the bound. */
const lookedAt = 30;
/** Changes of one record summed up. */
const summedUp = 20;

/**
 * The records that the acting user owns or opened lately and that others changed since an instant,
 * the latest change first. The words of the changes stay in the records' own histories.
 */
export async function listChanged(scope: Scope, since: Date): Promise<Section<ChangedRecord>> {
  const { sql, tenantId, actor } = scope;
  const own = (kind: Kind, table: string) =>
    sql`(
      select ${kind} as kind, p.id
      from ${sql(table)} p
      where p.tenant_id = ${tenantId}
        and p.owner_id = ${actor.userId}
        and p.deleted_at is null
        and p.updated_at > ${since}
      order by p.updated_at desc, p.id desc
      limit ${lookedAt}
    )`;
  const rows = await sql<ChangedRecord[]>`
    with mine as (
      ${own("contact", "contacts")}
      union
      ${own("company", "companies")}
      union
      ${own("deal", "deals")}
      union
      select case
          when v.contact_id is not null then 'contact'
          when v.company_id is not null then 'company'
          else 'deal'
        end, v.record_id
      from visits v
      where v.tenant_id = ${tenantId}
        and v.user_id = ${actor.userId}
    )
    select m.kind, m.id, n.name, n.stage, done.at, done.action, done.actors, done.fields
    from mine m
    cross join lateral (
      select max(c.at) as at,
        (array_agg(c.action order by c.at desc))[1] as action,
        array_remove(array_agg(distinct i.name), null) as actors,
        array(
          select distinct f.name
          from unnest(array_agg(c.fields)) entry (fields)
          cross join lateral jsonb_to_recordset(entry.fields) as f (name text)
          order by f.name
        ) as fields
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
          limit ${summedUp}
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
          limit ${summedUp}
        )
      ) c
      left join users u on u.tenant_id = ${tenantId} and u.id = c.actor_id
      left join identities i on i.id = u.identity_id
    ) done
    cross join lateral (
      select null as stage, concat_ws(' ', nullif(p.title, ''), nullif(p.first_name, ''),
        nullif(p.name_prefix, ''), nullif(p.last_name, '')) as name
      from contacts p
      where m.kind = 'contact'
        and p.tenant_id = ${tenantId}
        and p.id = m.id
        and p.deleted_at is null
      union all
      select null, o.name
      from companies o
      where m.kind = 'company'
        and o.tenant_id = ${tenantId}
        and o.id = m.id
        and o.deleted_at is null
      union all
      select s.name, d.title
      from deals d
      join stages s on s.tenant_id = d.tenant_id and s.id = d.stage_id
      where m.kind = 'deal'
        and d.tenant_id = ${tenantId}
        and d.id = m.id
        and d.deleted_at is null
    ) n
    where done.at is not null
    order by done.at desc, m.id
    limit ${most + 1}
  `;
  return section(rows);
}
