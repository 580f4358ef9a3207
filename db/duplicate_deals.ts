/** Open deals like one about to be created: with the same company or person, by a similar name. */
import type { Duplicate } from "./duplicates.ts";
import * as legalForms from "./legal_forms.ts";
import { literal } from "./pages.ts";
import type { Scope } from "./scope.ts";
import { shown, veil } from "./veils.ts";

/** What is known of a deal so far; parts may be empty. */
export interface DealDraft {
  title: string;
  companyName: string;
  contactIds: readonly string[];
}

/** The number of deals shown. */
const most = 5;
/** How many companies of one name are looked at. */
const alike = 100;
/**
 * How many open deals of a company are compared on either side of the name, in its order, so that
 * the same name is always among them; and how many deals of a person, the latest.
 */
const near = 1_000;
/** From which share of common letter triples names count as similar. */
const similar = 0.45;

/** Open deals like this one, the most similar first, at most five; `self` is left out. */
export async function list(
  scope: Scope,
  { title, companyName: name, contactIds }: DealDraft,
  self: string | null = null,
): Promise<Duplicate[]> {
  const { sql, tenantId } = scope;
  if (name === "" && contactIds.length === 0) return [];
  return await shown(scope, () =>
    sql<Duplicate[]>`
    with hits as (
      (
        select d.id, 'company' as reason
        from unnest(array(
          select c.id
          from companies c
          where c.tenant_id = ${tenantId}
            and c.name_key = nullif(company_key(${legalForms.split(name).base}), '')
            and c.deleted_at is null
          order by c.id
          limit ${literal(alike)}
        )) as firm (id)
        cross join lateral (
          (${neighbours(scope, title, "from")})
          union all
          (${neighbours(scope, title, "before")})
        ) d
        where similarity(d.sort_name, fold(${title})) >= ${similar}::float4
      )
      union all
      (
        select x.deal_id, 'person'
        from contacts c
        cross join lateral (
          select y.deal_id
          from deal_contacts y
          where y.tenant_id = ${tenantId}
            and y.contact_id = c.id
          order by y.deal_id desc
          limit ${literal(near)}
        ) x
        where c.tenant_id = ${tenantId}
          and c.id = any (${[...contactIds]}::uuid[])
          and c.deleted_at is null
      )
    )
    select p.id, p.title as name,
      (
        select array_agg(distinct h.reason)
        from hits h
        where h.id = p.id
      ) as reasons,
      (
        select o.name
        from companies o
        where o.tenant_id = p.tenant_id
          and o.id = p.company_id
          and o.deleted_at is null
          and not hides_owner('companies', o.owner_id)
      ) as company,
      (
        select s.name
        from stages s
        where s.tenant_id = p.tenant_id
          and s.id = p.stage_id
      ) as stage, null as city, ${veil(scope, "deals")}
    from deals p
    where p.tenant_id = ${tenantId}
      and p.id = any (array(select h.id from hits h))
      and p.status = 'open'
      and p.deleted_at is null
      and p.id is distinct from ${self}
      and similarity(p.sort_name, fold(${title})) >= ${similar}::float4
    order by similarity(p.sort_name, fold(${title})) desc, p.id
    limit ${literal(most)}
  `);
}

/** The open deals of company `firm` whose names stand next to this one. */
const neighbours = ({ sql, tenantId }: Scope, title: string, side: "from" | "before") =>
  sql`
          select d.id, d.sort_name
          from deals d
          where d.tenant_id = ${tenantId}
            and d.company_id = firm.id
            and d.status = 'open'
            and d.deleted_at is null
            and d.sort_name collate "C" ${side === "from" ? sql`>=` : sql`<`} fold(${title})
          order by d.sort_name collate "C" ${side === "from" ? sql`` : sql`desc`},
            d.id ${side === "from" ? sql`` : sql`desc`}
          limit ${literal(near)}`;
