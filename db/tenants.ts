/** Customer companies, which serving processes only read: two functions of the owner write them. */
import { NotFound } from "./errors.ts";
import * as changes from "./changes.ts";
import type { AnySql } from "./pool.ts";
import type { Role } from "./roles.ts";
import type { Scope } from "./scope.ts";

export interface Tenant {
  id: string;
  slug: string;
  name: string;
  locale: "de" | "en";
  country: string;
  /** How long deleted records stay in the trash, in days: 1 to 30. */
  trashDays: number;
}

export interface Membership {
  tenantId: string;
  userId: string;
  role: Role;
  tenantName: string;
  tenantSlug: string;
}

/** The tenant of the scope. */
export async function find({ sql, tenantId }: Scope): Promise<Tenant> {
  const [tenant] = await sql<Tenant[]>`
    select id, slug, name, locale, country, trash_days
    from tenants
    where id = ${tenantId}
  `;
  if (!tenant) throw new NotFound("tenant");
  return tenant;
}

/**
 * The tenant with this slug; without a slug, the only tenant. Null if there is none or, without a
 * slug, more than one: then the operator has to name it.
 */
export async function lookup(sql: AnySql, slug: string | undefined): Promise<Tenant | null> {
  // Taken from an address as it came: the database accepts no such text.
  if (slug?.includes("\0")) return null;
  const found = await sql<Tenant[]>`
    select id, slug, name, locale, country, trash_days
    from tenants
    where true ${slug === undefined ? sql`` : sql`and slug = ${slug}`}
    order by id
    limit 2
  `;
  return found.length === 1 ? found[0]! : null;
}

/** The tenants an identity is active in, by name; at most 200. */
export async function memberships(sql: AnySql, identityId: string): Promise<Membership[]> {
  return await sql<Membership[]>`
    select tenant_id, user_id, role, tenant_name, tenant_slug
    from memberships(${identityId})
  `;
}

/** Ids of tenants after `after` in order, a page at a time: for jobs that visit every tenant. */
export async function ids(sql: AnySql, after: string | null, limit = 500): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id
    from tenants
    where true ${after === null ? sql`` : sql`and id > ${after}`}
    order by id
    limit ${limit}
  `;
  return rows.map((row) => row.id);
}

/** Every tenant's id in order, read a page at a time. Throws if the signal asks to stop. */
export async function* each(sql: AnySql, signal?: AbortSignal): AsyncGenerator<string> {
  for (let after: string | null = null;;) {
    const found: string[] = await ids(sql, after);
    for (const id of found) {
      signal?.throwIfAborted();
      yield id;
    }
    after = found.at(-1) ?? null;
    if (after === null) return;
  }
}

/** Changes the settings that a tenant's admins decide, and records it. */
export async function update(
  scope: Scope,
  input: { name: string; trashDays: number },
): Promise<void> {
  const before = await find(scope);
  await scope.sql`select update_tenant(${input.name}, ${input.trashDays}::int)`;
  const fields = [
    { name: "name", from: before.name, to: input.name },
    { name: "trash_days", from: before.trashDays, to: input.trashDays },
  ].filter(({ from, to }) => from !== to);
  if (fields.length === 0) return;
  await changes.record(scope, { kind: "tenant", id: scope.tenantId, action: "updated", fields });
}

/** A slug from a company's name: `Müller & Söhne GmbH` → `mueller-soehne-gmbh`. */
export function slugOf(name: string): string {
  const slug = name.toLowerCase()
    .replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss")
    .normalize("NFKD").replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "");
  return slug || "tenant";
}
