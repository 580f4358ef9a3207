/**
 * Tenants that admit their users only through their own identity provider. This binds only
 * addresses in domains the tenant has verified, and only in that tenant; owners are never bound, so
 * that somebody can still get in if the provider fails.
 */
import * as changes from "./changes.ts";
import { Invalid } from "./errors.ts";
import * as providers from "./identity_providers.ts";
import type { AnySql, Sql } from "./pool.ts";
import type { Role } from "./roles.ts";
import { type Scope, system, withScope } from "./scope.ts";
import * as sessions from "./sessions.ts";

export interface Demand {
  /** The tenant that demands it. */
  tenantId: string;
  /** Whether the identity belongs to no other tenant and is no operator. */
  isOnly: boolean;
}

/** Which tenant accepts neither password nor passkey from an identity; null if none does. */
export async function lookup(sql: AnySql, identityId: string): Promise<Demand | null> {
  const [demand] = await sql<Demand[]>`
    select tenant_id, is_only
    from demanding_house(${identityId})
  `;
  return demand ?? null;
}

/**
 * Whether somebody invited to a tenant will get in only through its provider, so that a password is
 * no use.
 */
export async function awaits(
  pool: Sql,
  { tenantId, email, role }: { tenantId: string; email: string; role: Role },
): Promise<boolean> {
  if (role === "owner" || await providers.tenantOf(pool, email) !== tenantId) return false;
  return await withScope(pool, { tenantId, actor: system }, isMade);
}

/**
 * Whether an identity may log in with a new address: one bound by a tenant must stay in that
 * tenant's domains, or a new address would bypass the demand.
 */
export async function allows(sql: AnySql, identityId: string, email: string): Promise<boolean> {
  const demand = await lookup(sql, identityId);
  return demand === null || await providers.tenantOf(sql, email) === demand.tenantId;
}

/** Whether the scope's tenant makes this demand. */
export async function isMade({ sql, tenantId }: Scope): Promise<boolean> {
  const rows = await sql`
    select
    from identity_providers
    where tenant_id = ${tenantId}
      and demanded
  `;
  return rows.length > 0;
}

/**
 * Turns the demand on or off; sessions begun in another way end at once. Throws Invalid if there is
 * no provider or no verified domain.
 */
export async function make(scope: Scope, demanded: boolean): Promise<void> {
  const { sql, tenantId, now } = scope;
  if (await isMade(scope) === demanded) return;
  if (demanded) {
    if (!await providers.lookup(scope)) {
      throw new Invalid("single_sign_on.demand_provider", "demanded");
    }
    const domains = await providers.domains(scope);
    if (!domains.some(({ verifiedAt }) => verifiedAt)) {
      throw new Invalid("single_sign_on.demand_domain", "demanded");
    }
  }
  await sql`
    update identity_providers
    set demanded = ${demanded}, updated_at = ${now}
    where tenant_id = ${tenantId}
  `;
  const fields = [{ name: "single_sign_on", from: !demanded, to: demanded }];
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "updated", fields });
  await enforce(sql, tenantId);
}

/** Ends a tenant's sessions that were begun in a way it no longer accepts. */
export async function enforce(sql: AnySql, tenantId: string): Promise<void> {
  await sessions.end(
    sql,
    sql`
      tenant_id = ${tenantId}
      and factor <> 'single_sign_on'
      and exists (
        select
        from demanding_house(sessions.identity_id) d
        where d.tenant_id = sessions.tenant_id
      )`,
  );
}

/** The same for one identity after another change: to its address or role. */
export async function enforceFor(sql: AnySql, identityId: string): Promise<void> {
  const demand = await lookup(sql, identityId);
  if (!demand) return;
  await sessions.end(
    sql,
    sql`
      tenant_id = ${demand.tenantId}
      and identity_id = ${identityId}
      and factor <> 'single_sign_on'`,
  );
}
