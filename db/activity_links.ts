/** What activities are about, and whose timelines they are in. */
import { fullName } from "./full_names.ts";
import * as lastTouches from "./last_touches.ts";
import type { Fragment } from "./pool.ts";
import { linksOf } from "./record_links.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

/** The records a person chose for an activity. */
export interface ChosenRecords {
  contactIds: readonly string[];
  companyIds: readonly string[];
  dealIds: readonly string[];
}

/** A record that an activity is about, as pages name it. */
export interface About {
  kind: "contact" | "company" | "deal";
  id: string;
  name: string;
  /** The first phone number, where lists of activities show whom to call. */
  phone?: string | null;
}

/** The maximum number of names of objecting persons that a page shows. */
const mostObjecting = 10;

/** Up to `most` visible records that an activity, row `a`, is about, persons first. */
export function aboutColumn({ sql }: Scope, most: number) {
  return sql`
    (
      select coalesce(
        json_agg(
          json_build_object('kind', f.kind, 'id', f.id, 'name', f.name, 'phone', f.phone)
        ),
        '[]'
      )
      from (
        select
          case
            when p.id is not null then 'contact'
            when o.id is not null then 'company'
            else 'deal'
          end as kind,
          l.record_id as id,
          coalesce(
            nullif(${fullName("p")}, ''),
            o.name,
            d.title
          ) as name,
          coalesce(p.summary, o.summary) ->> 'phone' as phone
        from activity_links l
        left join contacts p
          on p.tenant_id = l.tenant_id and p.id = l.contact_id and p.deleted_at is null
        left join companies o
          on o.tenant_id = l.tenant_id and o.id = l.company_id and o.deleted_at is null
        left join deals d
          on d.tenant_id = l.tenant_id and d.id = l.deal_id and d.deleted_at is null
        where l.tenant_id = a.tenant_id
          and l.activity_id = a.id
          and l.direct
          and coalesce(p.id, o.id, d.id) is not null
        order by p.id is null, o.id is null, 3, 2
        limit ${most}
      ) f
    ) as about`;
}

/** The names of persons an activity, row `a`, is about who object to advertising by telephone. */
export function objectingColumn({ sql }: Scope) {
  return sql`
    array(
      select ${fullName("p")}
      from activity_links l
      join contacts p on p.tenant_id = l.tenant_id and p.id = l.contact_id and p.deleted_at is null
      where l.tenant_id = a.tenant_id
        and l.activity_id = a.id
        and l.direct
        and exists (
          select
          from objections b
          where b.tenant_id = p.tenant_id
            and b.contact_id = p.id
            and b.channel in ('all', 'phone')
        )
      order by p.sort_name, p.id
      limit ${mostObjecting}
    ) as objecting`;
}

/** Those of the chosen ids that exist and are visible. */
export async function known(
  { sql, tenantId }: Scope,
  { contactIds, companyIds, dealIds }: ChosenRecords,
): Promise<ChosenRecords> {
  if (contactIds.length + companyIds.length + dealIds.length === 0) {
    return { contactIds, companyIds, dealIds };
  }
  const alive = (table: "contacts" | "companies" | "deals", ids: readonly string[]) =>
    sql`array(
      select id
      from ${sql(table)}
      where tenant_id = ${tenantId}
        and id = any(${[...ids]}::uuid[])
        and deleted_at is null
    )`;
  const [row] = await sql<[ChosenRecords]>`
    select ${alive("contacts", contactIds)} as contact_ids,
      ${alive("companies", companyIds)} as company_ids,
      ${alive("deals", dealIds)} as deal_ids
  `;
  return row;
}

/**
 * Links an activity to chosen records and those related to them. With `touched` it is their last
 * contact, which is updated first: a merge waits for whoever refers to its records.
 */
export async function create(
  scope: Scope,
  activityId: string,
  chosen: ChosenRecords,
  touched = false,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const wide = await linksOf(scope, chosen);
  if (touched) await touchAll(scope, (kind) => sql`r.id = any (${wide[`${kind}Ids`]}::uuid[])`);
  const directly = new Set([...chosen.contactIds, ...chosen.companyIds, ...chosen.dealIds]);
  const rows = (["contact", "company", "deal"] as const).flatMap((kind) =>
    wide[`${kind}Ids`].map((id) => ({
      tenantId,
      activityId,
      recordId: id,
      contactId: kind === "contact" ? id : null,
      companyId: kind === "company" ? id : null,
      dealId: kind === "deal" ? id : null,
      direct: directly.has(id),
      at: now,
    }))
  );
  if (rows.length === 0) return;
  await sql`
    insert into activity_links ${sql(rows)}
    on conflict (tenant_id, activity_id, record_id) do update
    set direct = activity_links.direct or excluded.direct
  `;
  await settle(scope, activityId);
}

/**
 * Links an activity to other records than before. Related records of a record that stays are left
 * as they are, since its person may have moved since.
 */
export async function update(
  scope: Scope,
  activityId: string,
  before: ChosenRecords,
  after: ChosenRecords,
): Promise<void> {
  const { sql, tenantId } = scope;
  const without = (of: ChosenRecords, other: ChosenRecords): ChosenRecords => ({
    contactIds: of.contactIds.filter((id) => !other.contactIds.includes(id)),
    companyIds: of.companyIds.filter((id) => !other.companyIds.includes(id)),
    dealIds: of.dealIds.filter((id) => !other.dealIds.includes(id)),
  });
  const all = (of: ChosenRecords) => [...of.contactIds, ...of.companyIds, ...of.dealIds];
  const gone = without(before, after);
  if (all(gone).length > 0) {
    const drawn = await linksOf(scope, gone);
    await sql`
      delete from activity_links
      where tenant_id = ${tenantId}
        and activity_id = ${activityId}
        and record_id = any(${[...all(gone), ...all(drawn)]}::uuid[])
        and (not direct or record_id = any(${all(gone)}::uuid[]))
    `;
  }
  // A remaining record may have been linked through a removed one: restore its own related records.
  await create(scope, activityId, all(gone).length > 0 ? after : without(after, before));
}

/**
 * Updates the last contact of everything an activity is linked to, visible or not; their storage
 * periods run from it.
 */
export async function touch(scope: Scope, activityId: string): Promise<void> {
  const { sql, tenantId } = scope;
  await touchAll(scope, (kind) =>
    sql`r.id in (
      select ${sql(`${kind}_id`)}
      from activity_links
      where tenant_id = ${tenantId} and activity_id = ${activityId}
    )`);
}

async function touchAll(scope: Scope, linked: (kind: Kind) => Fragment): Promise<void> {
  await widely(scope, async () => {
    // Whoever renames or merges a company locks it before its persons and deals.
    for (const kind of ["company", "contact", "deal"] as const) {
      const met = scope.sql`r.deleted_at is null and ${linked(kind)}`;
      await lastTouches.touch(scope, tables[kind], met, scope.now);
    }
  });
}

/** Copies an activity's timeline position and due date to all its links. */
export async function settle({ sql, tenantId }: Scope, activityId: string): Promise<void> {
  await sql`
    update activity_links l
    set at = a.at, open_due = case when a.done_at is null then a.due_key end
    from activities a
    where a.tenant_id = ${tenantId}
      and a.id = ${activityId}
      and l.tenant_id = ${tenantId}
      and l.activity_id = ${activityId}
      and (l.at, l.open_due) is distinct from
        (a.at, case when a.done_at is null then a.due_key end)
  `;
}
