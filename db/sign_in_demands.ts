/**
 * Houses that let their people in by their own provider alone. Only addresses of domains that the
 * house has verified are bound, and only in that house; owners never are, so that somebody can
 * still get in where the provider fails.
 */
import * as changes from "./changes.ts";
import { Invalid } from "./errors.ts";
import * as providers from "./identity_providers.ts";
import type { AnySql, Sql } from "./pool.ts";
import type { Role } from "./roles.ts";
import { type Scope, system, withScope } from "./scope.ts";
import * as sessions from "./sessions.ts";

export interface Demand {
  /** The house. */
  tenantId: string;
  /** Whether the identity works nowhere else, nor runs the installation. */
  isOnly: boolean;
}

/** Which house takes no password and no passkey of an identity; null where none does. */
export async function lookup(sql: AnySql, identityId: string): Promise<Demand | null> {
  const [demand] = await sql<Demand[]>`
    select tenant_id, is_only
    from demanding_house(${identityId})
  `;
  return demand ?? null;
}

/** Whether who is invited to a house will get in there by its provider alone: a password opens nothing. */
export async function awaits(
  pool: Sql,
  { tenantId, email, role }: { tenantId: string; email: string; role: Role },
): Promise<boolean> {
  if (role === "owner" || await providers.tenantOf(pool, email) !== tenantId) return false;
  return await withScope(pool, { tenantId, actor: system }, isMade);
}

/**
 * Whether an identity may take an address for its log-in: whom a house binds keeps to the domains of
 * that house, or a new address would open the way that was closed.
 */
export async function allows(sql: AnySql, identityId: string, email: string): Promise<boolean> {
  const demand = await lookup(sql, identityId);
  return demand === null || await providers.tenantOf(sql, email) === demand.tenantId;
}

/** Whether the scope's house demands it of its people. */
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
 * Demands it from now on, or no more; sessions that were begun otherwise end at once. Throws
 * Invalid where there is no provider or no domain that it speaks for.
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

/** Ends the sessions in a house that were begun in a way that it takes no more. */
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

/** The same for one identity, of which something else has changed: its address or its role. */
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
