/**
 * The persons of a deal, each with a role. Leaves out persons who are restricted or in the trash.
 */
import { fullName } from "./full_names.ts";
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import type { Scope } from "./scope.ts";
import { companyName } from "./sights.ts";

export interface DealContact {
  id: string;
  name: string;
  role: string;
  company: string | null;
  email: string | null;
  phone: string | null;
}

/** The maximum number of persons per deal. */
export const most = 50;

/** A deal's persons outside the trash, in the order they were added. */
export async function list(scope: Scope, dealId: string): Promise<DealContact[]> {
  const { sql, tenantId } = scope;
  return await sql<DealContact[]>`
    select c.id,
      ${fullName("c")} as name,
      x.role, ${companyName(scope, "c")} as company, c.summary ->> 'email' as email,
      c.summary ->> 'phone' as phone
    from deal_contacts x
    join contacts c on c.tenant_id = x.tenant_id and c.id = x.contact_id
    where x.tenant_id = ${tenantId}
      and x.deal_id = ${dealId}
      and c.deleted_at is null
      and c.restricted_at is null
    order by x.added_at, c.id
    limit ${most}
  `;
}

/**
 * Adds persons to a deal with a role; those already there stay unchanged. Throws NotFound for a
 * person who is not visible, Invalid if there are too many.
 */
export async function add(
  scope: Scope,
  dealId: string,
  contactIds: readonly string[],
  role = "",
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const ids = [...new Set(contactIds)];
  await assertKnown(scope, ids);
  const [present] = await sql<[{ count: number }]>`
    select count(*)::int
    from deal_contacts
    where tenant_id = ${tenantId}
      and deal_id = ${dealId}
      and contact_id <> all (${ids}::uuid[])
  `;
  if (present.count + ids.length > most) throw new Invalid("deals.too_many_contacts");
  await sql`
    insert into deal_contacts (tenant_id, deal_id, contact_id, role, added_at)
    select ${tenantId}, ${dealId}, id, ${role}, ${now}
    from unnest(${ids}::uuid[]) as id
    on conflict (tenant_id, deal_id, contact_id) do nothing
  `;
}

/** Protects persons from being erased meanwhile; throws NotFound for one who is not visible. */
export async function assertKnown(
  { sql, tenantId }: Scope,
  contactIds: readonly string[],
): Promise<void> {
  const ids = [...new Set(contactIds)];
  const known = await sql`
    select id
    from contacts
    where tenant_id = ${tenantId}
      and id = any (${ids}::uuid[])
      and deleted_at is null
      and restricted_at is null
    for key share
  `;
  if (known.length < ids.length) throw new NotFound("contact");
}

/**
 * Adds a person to a deal, or changes the role of one already there; recorded in the deal's
 * history.
 * Throws NotFound, or Invalid if there are too many.
 */
export async function assign(
  scope: Scope,
  dealId: string,
  contactId: string,
  role: string,
): Promise<void> {
  const { sql, tenantId } = scope;
  await touch(scope, dealId);
  await add(scope, dealId, [contactId], role);
  await sql`
    update deal_contacts
    set role = ${role}
    where tenant_id = ${tenantId}
      and deal_id = ${dealId}
      and contact_id = ${contactId}
      and role <> ${role}
  `;
}

/** Removes a person from a deal; throws NotFound. */
export async function remove(scope: Scope, dealId: string, contactId: string): Promise<void> {
  const { sql, tenantId } = scope;
  await touch(scope, dealId);
  const { count } = await sql`
    delete from deal_contacts
    where tenant_id = ${tenantId}
      and deal_id = ${dealId}
      and contact_id = ${contactId}
  `;
  if (count === 0) throw new NotFound("contact");
}

/** Records the change in the deal, which locks it; throws NotFound. */
async function touch(scope: Scope, dealId: string): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const { count } = await sql`
    update deals
    set last_touch_at = ${now}, updated_at = ${now}, updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${dealId}
      and deleted_at is null
  `;
  if (count === 0) throw new NotFound("deal");
  await changes.record(scope, {
    kind: "deal",
    id: dealId,
    action: "updated",
    fields: [{ name: "contacts" }],
  });
}
