/** Measures what an undo would remove, before it is confirmed: exactly, or up to a bound. */
import { literal } from "../pages.ts";
import type { Fragment } from "../pool.ts";
import { type Kind, tables } from "../record_kinds.ts";
import type { Scope } from "../scope.ts";

/**
 * Beyond so many of a kind we only say that there are more, because counting further is too costly.
 */
const most = 10_000;

/** Each number is exact, or the bound plus one. */
export interface Extent {
  bound: number;
  contacts: number;
  companies: number;
  deals: number;
  /** How many of these somebody has changed since. */
  changed: number;
  /**
   * Companies that stay because contacts from elsewhere or deals belong to them by now; null if
   * they were not counted, in which case `companies` includes them.
   */
  kept: number | null;
  /** Existing records that get their previous values back. */
  reverted: number;
  /** How many of the changed records stay because they were changed again; null if not counted. */
  left: number | null;
}

/** Counts what an undo would remove now. */
export async function measure(scope: Scope, importId: string, bound = most): Promise<Extent> {
  const made = (kind: Kind) => among(scope, kind, importId, bound, scope.sql``);
  const later = (kind: Kind) => among(scope, kind, importId, bound, scope.sql`and r.version > 1`);
  const [row] = await scope.sql<[
    Record<"contacts" | "companies" | "deals" | "contact" | "company" | "deal", number>,
  ]>`
    select ${made("contact")} as contacts, ${made("company")} as companies,
      ${made("deal")} as deals, ${later("contact")} as contact, ${later("company")} as company,
      ${later("deal")} as deal
  `;
  const { contacts, companies, deals } = row;
  const much = companies > 0 && Math.max(contacts, companies, deals) > bound;
  const staying = much ? { kept: null, changed: 0 } : await stay(scope, importId);
  const changed = row.contact + row.company + row.deal - staying.changed;
  return {
    bound,
    contacts,
    companies: companies - (staying.kept ?? 0),
    deals,
    changed: Math.min(changed, bound + 1),
    kept: staying.kept,
    ...await revertible(scope, importId, bound),
  };
}

/** The number of an import's records, as part of a query; the order determines the index. */
const among = (
  { sql, tenantId }: Scope,
  kind: Kind,
  importId: string,
  most: number,
  condition: Fragment,
) =>
  sql`(
        select count(*)::int
        from (
          select
          from ${sql(tables[kind])} r
          where r.tenant_id = ${tenantId}
            and r.import_id between ${importId} and ${importId}
            ${condition}
          order by r.import_id
          limit ${literal(most + 1)}
        ) found
      )`;

/** How many of its companies stay, and how many of those somebody has changed since. */
async function stay(
  { sql, tenantId }: Scope,
  importId: string,
): Promise<{ kept: number; changed: number }> {
  const [row] = await sql<[{ kept: number; changed: number }]>`
    select count(*)::int as kept, count(*) filter (where c.version > 1)::int as changed
    from companies c
    where c.tenant_id = ${tenantId}
      and c.import_id = ${importId}
      and (
        exists (
          select
          from affiliations a
          join contacts p on p.tenant_id = a.tenant_id and p.id = a.contact_id
          where a.tenant_id = ${tenantId}
            and a.company_id = c.id
            and p.import_id is distinct from ${importId}
        ) or exists (
          select
          from deals d
          where d.tenant_id = ${tenantId}
            and d.company_id = c.id
            and d.import_id is distinct from ${importId}
        )
      )
  `;
  return row;
}

/** How many records an undo would restore, and how many it leaves because they changed again. */
async function revertible(
  { sql, tenantId }: Scope,
  importId: string,
  most: number,
): Promise<Pick<Extent, "reverted" | "left">> {
  const [row] = await sql<[{ all: number; reverted: number; left: number }]>`
    select count(*)::int as all,
      count(*) filter (where r.version = u.version and r.deleted_at is null)::int as reverted,
      count(*) filter (where r.version <> u.version or r.deleted_at is not null)::int as left
    from (
      select record_id, contact_id, company_id, version
      from import_updates
      where tenant_id = ${tenantId}
        and import_id = ${importId}
      order by record_id
      limit ${literal(most + 1)}
    ) u
    left join lateral (
      select p.version, p.deleted_at
      from contacts p
      where p.tenant_id = ${tenantId}
        and p.id = u.contact_id
      union all
      select o.version, o.deleted_at
      from companies o
      where o.tenant_id = ${tenantId}
        and o.id = u.company_id
    ) r on true
  `;
  return row.all > most
    ? { reverted: most + 1, left: null }
    : { reverted: row.reverted, left: row.left };
}
