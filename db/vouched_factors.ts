/**
 * Second factors set up by somebody whom only a tenant's identity provider let in: the provider could
 * have set them up itself, so they must not open another tenant.
 */
import { Invalid } from "./errors.ts";
import * as passkeys from "./passkeys.ts";
import type { AnySql } from "./pool.ts";
import * as recoveryCodes from "./recovery_codes.ts";
import type { Scope } from "./scope.ts";
import * as sessions from "./sessions.ts";
import * as totp from "./totp.ts";

type Session = Pick<
  sessions.Session,
  "id" | "identityId" | "tenantId" | "factor" | "confirmedAt"
>;

/**
 * Notes which tenant's provider let in the person who sets up a factor. Throws Invalid
 * `factors.passkey_failed` if they have come to another tenant since the session was read.
 */
export async function note(
  sql: AnySql,
  { id, identityId, tenantId, factor, confirmedAt }: Session,
): Promise<void> {
  if (factor !== "single_sign_on") return;
  await sql`
    update identities
    set factors_from = ${tenantId}
    where id = ${identityId}
  `;
  const stands = await sql`
    select
    from sessions
    where id = ${id}
      and confirmed_at >= ${confirmedAt}
  `;
  if (stands.length === 0) throw new Invalid("factors.passkey_failed", "response");
}

/**
 * To be called when an identity comes, or comes back, to the scope's tenant: removes the factors
 * that another tenant's provider could have set up, with the sessions begun by them, and makes
 * sessions of such a provider confirm anew. Returns whether there were any.
 */
export async function end({ sql, tenantId }: Scope, identityId: string): Promise<boolean> {
  // Locked: a factor that is being set up is either found here or asks for a confirmation.
  const [identity] = await sql<{ foreign: boolean }[]>`
    select factors_from is not null and factors_from <> ${tenantId} as foreign
    from identities
    where id = ${identityId}
    for update
  `;
  await sql`
    update sessions
    set confirmed_at = created_at - interval '1 day'
    where identity_id = ${identityId}
      and factor = 'single_sign_on'
      and tenant_id <> ${tenantId}
  `;
  if (!identity?.foreign) return false;
  await totp.remove(sql, identityId);
  await passkeys.removeAll(sql, identityId);
  await recoveryCodes.removeAll(sql, identityId);
  await sql`
    update identities
    set factors_from = null
    where id = ${identityId}
  `;
  await sessions.end(
    sql,
    sql`identity_id = ${identityId} and factor in ('passkey', 'totp', 'recovery')`,
  );
  return true;
}
