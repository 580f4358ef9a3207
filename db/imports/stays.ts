/** Decides which records stay as they are while an import is undone. */
import { inCase } from "../case_queues.ts";
import type { Fragment } from "../pool.ts";
import type { Kind } from "../record_kinds.ts";
import type { Scope } from "../scope.ts";

type Here = Pick<Scope, "sql" | "tenantId">;

/**
 * Whether record `p` stays when its import is undone: while its erasure is suspended, while its
 * person's data are restricted (Art. 18 GDPR: they may be needed for claims), and until an open
 * request is answered.
 */
export const stays = ({ sql, tenantId }: Here, kind: Kind): Fragment =>
  sql`(
    p.id in (
      select h.${sql(`${kind}_id`)}
      from holds h
      where h.tenant_id = ${tenantId}
        and h.${sql(`${kind}_id`)} is not null
        and h.released_at is null
    )
    ${kind === "contact" ? sql`or p.restricted_at is not null or ${inCase(sql)}` : sql``}
    ${kind === "deal" ? sql`or ${isOfWhoStays({ sql, tenantId })}` : sql``}
  )`;

/** Whether deal `p` is with a person or a company that stays, whose data must remain complete. */
const isOfWhoStays = ({ sql, tenantId }: Here): Fragment =>
  sql`p.company_id in (
      select h.company_id
      from holds h
      where h.tenant_id = ${tenantId}
        and h.company_id is not null
        and h.released_at is null
    )
    or exists (
      select
      from deal_contacts x
      cross join lateral (
        select
        from contacts p
        where p.tenant_id = ${tenantId}
          and p.id = x.contact_id
          and ${stays({ sql, tenantId }, "contact")}
      ) c
      where x.tenant_id = ${tenantId}
        and x.deal_id = p.id
    )`;

/** How many persons an undone import has left; restricted ones are counted but not shown. */
export async function count({ sql, tenantId }: Scope, importId: string): Promise<number> {
  await sql`set local app.sees_restricted = 'on'`;
  const [row] = await sql<[{ count: number }]>`
    select (
      select count(*)::int
      from contacts
      where tenant_id = ${tenantId}
        and import_id = ${importId}
    ) + (
      select count(*)::int
      from import_updates u
      join contacts p on p.tenant_id = u.tenant_id and p.id = u.contact_id
      where u.tenant_id = ${tenantId}
        and u.import_id = ${importId}
        and p.version = u.version
        and p.deleted_at is null
    ) as count
  `;
  await sql`set local app.sees_restricted = 'off'`;
  return row.count;
}
