/** A tenant's identity provider, and the domains whose addresses it signs in. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { KeyStore } from "./key_store.ts";
import type { AnySql } from "./pool.ts";
import type { Role } from "./roles.ts";
import type { Scope } from "./scope.ts";
import { open, seal } from "./tenant_seals.ts";
import * as tokens from "./tokens.ts";

export interface IdentityProvider {
  id: string;
  issuer: string;
  clientId: string;
  hasSecret: boolean;
  /** The role of a user who signs in for the first time; null: only invited users may. */
  newRole: Extract<Role, "member" | "read_only"> | null;
}

export interface Domain {
  id: string;
  domain: string;
  createdAt: Date;
  verifiedAt: Date | null;
}

export const mostDomains = 20;
export const useOf = (tenantId: string) => `identity provider ${tenantId}`;

/** The tenant's provider, or null. */
export async function lookup({ sql, tenantId }: Scope): Promise<IdentityProvider | null> {
  const [row] = await sql<IdentityProvider[]>`
    select id, issuer, client_id, secret_sealed is not null as has_secret, new_role
    from identity_providers
    where tenant_id = ${tenantId}
  `;
  return row ?? null;
}

/** The secret that we share with it, or null. */
export async function secretOf(
  { sql, tenantId }: Scope,
  store: KeyStore,
): Promise<string | null> {
  const [row] = await sql<{ secretSealed: Uint8Array | null }[]>`
    select secret_sealed
    from identity_providers
    where tenant_id = ${tenantId}
  `;
  return row?.secretSealed ? await open(store, useOf(tenantId), row.secretSealed) : null;
}

/** Sets the provider; an empty secret keeps the existing one if issuer and client are unchanged. */
export async function save(
  scope: Scope,
  store: KeyStore,
  { issuer, clientId, secret, newRole }: Omit<IdentityProvider, "id" | "hasSecret"> & {
    secret: string;
  },
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const sealed = secret === "" ? null : await seal(scope, store, useOf(tenantId), secret);
  const before = await lookup(scope);
  if (before?.issuer !== issuer || before.clientId !== clientId) await forgetNames(scope);
  await sql`
    insert into identity_providers as p (
      tenant_id, id, issuer, client_id, secret_sealed, new_role, created_at, updated_at
    ) values (
      ${tenantId}, ${newId()}, ${issuer}, ${clientId}, ${sealed}, ${newRole}, ${now}, ${now}
    )
    on conflict (tenant_id) do update
    set issuer = excluded.issuer, client_id = excluded.client_id, new_role = excluded.new_role,
      updated_at = excluded.updated_at,
      secret_sealed = case
        when excluded.secret_sealed is not null then excluded.secret_sealed
        -- A secret is never sent to a provider other than the one it was made for.
        when p.issuer = excluded.issuer and p.client_id = excluded.client_id then p.secret_sealed
      end
  `;
  await note(scope, issuer);
}

/**
 * Another provider knows people by other identifiers, and the same may do so for another client.
 */
async function forgetNames({ sql, tenantId }: Scope): Promise<void> {
  await sql`
    update users
    set vouched_subject_digest = null
    where tenant_id = ${tenantId}
      and vouched_subject_digest is not null
  `;
}

/** Removes the provider; its domains stay verified. Throws NotFound. */
export async function remove(scope: Scope): Promise<void> {
  const { sql, tenantId } = scope;
  const { count } = await sql`delete from identity_providers where tenant_id = ${tenantId}`;
  if (count === 0) throw new NotFound("identity provider");
  await note(scope, null);
}

const note = (scope: Scope, to: string | null) =>
  changes.record(scope, {
    kind: "tenant",
    id: scope.tenantId,
    action: "updated",
    fields: [{ name: "identity_provider", to }],
  });

/** The tenant's domains, by name. */
export async function domains({ sql, tenantId }: Scope): Promise<Domain[]> {
  return await sql<Domain[]>`
    select id, domain, created_at, verified_at
    from sign_in_domains
    where tenant_id = ${tenantId}
    order by domain
    limit ${mostDomains}
  `;
}

/**
 * Adds a domain and creates the link for its postmaster. Throws Invalid `single_sign_on.too_many`.
 */
export async function addDomain(scope: Scope, domain: string): Promise<string> {
  const { sql, tenantId, now } = scope;
  await advisoryLocks.take(scope, "sign_in_domains");
  const present = await domains(scope);
  // One that is there already only gets a new link.
  if (present.length >= mostDomains && present.every((each) => each.domain !== domain)) {
    throw new Invalid("single_sign_on.too_many", "domain");
  }
  const [row] = await sql<[{ id: string }]>`
    insert into sign_in_domains as d (tenant_id, id, domain, created_at)
    values (${tenantId}, ${newId()}, ${domain}, ${now})
    on conflict (tenant_id, domain) do update
    set created_at = d.created_at
    returning id
  `;
  await tokens.revokeAbout(sql, "sign_in_domain", row.id);
  return await tokens.issue(sql, { kind: "sign_in_domain", tenantId, subjectId: row.id });
}

/** Removes a domain: its addresses sign in by password again. Throws NotFound. */
export async function removeDomain({ sql, tenantId }: Scope, id: string): Promise<void> {
  const { count } = await sql`
    delete from sign_in_domains
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (count === 0) throw new NotFound("domain");
  await tokens.revokeAbout(sql, "sign_in_domain", id);
}

/**
 * Uses up a postmaster's link; returns the tenant, or null if the link is gone or the domain taken.
 */
export async function verifyDomain(sql: AnySql, token: string, at: Date): Promise<string | null> {
  const used = await tokens.use(sql, "sign_in_domain", token);
  if (!used?.tenantId || !used.subjectId) return null;
  const [row] = await sql<[{ done: boolean }]>`
    select verify_domain(${used.tenantId}, ${used.subjectId}, ${at}) as done
  `;
  return row.done ? used.tenantId : null;
}

/** The tenant whose provider signs in an address, or null. */
export async function tenantOf(sql: AnySql, email: string): Promise<string | null> {
  const [row] = await sql<{ tenantId: string }[]>`
    select tenant_id
    from provider_of_domain(${domainOf(email)})
  `;
  return row?.tenantId ?? null;
}

/** Whether an address belongs to a verified domain of the tenant. */
export async function speaksFor(scope: Scope, email: string): Promise<boolean> {
  return await tenantOf(scope.sql, email) === scope.tenantId;
}

const domainOf = (email: string) => email.slice(email.lastIndexOf("@") + 1).toLowerCase();
