/** The second factors of an identity together: what it has, what proves it, how they go. */
import { now } from "./clock.ts";
import type { AnySql } from "./pool.ts";
import * as passkeys from "./passkeys.ts";
import * as recoveryCodes from "./recovery_codes.ts";
import type { Role } from "./roles.ts";
import { roles } from "./roles.ts";
import * as changes from "./changes.ts";
import { Invalid } from "./errors.ts";
import type { Scope } from "./scope.ts";
import * as sessions from "./sessions.ts";
import * as totp from "./totp.ts";
import * as users from "./users.ts";

export type { Keys } from "./totp.ts";

/** What an identity has. */
export interface Factors {
  /** Since when codes by an app are asked for. */
  totpSince: Date | null;
  passkeys: number;
  /** Recovery codes that were not used. */
  codes: number;
}

/** The factors of an identity. */
export async function find(sql: AnySql, identityId: string): Promise<Factors> {
  const [row] = await sql<[Factors]>`
    select
      (
        select confirmed_at
        from totp_factors
        where identity_id = ${identityId}
      ) as totp_since,
      (
        select count(*)::int
        from passkeys
        where identity_id = ${identityId}
      ) as passkeys,
      (
        select count(*)::int
        from recovery_codes
        where identity_id = ${identityId}
          and used_at is null
      ) as codes
  `;
  return row;
}

/** Whether a password alone does not let this identity in. */
export const guards = ({ totpSince, passkeys }: Factors): boolean =>
  totpSince !== null || passkeys > 0;

/** What a typed code proved: one of an app, one from paper, or nothing. */
export async function prove(
  keys: totp.Keys,
  identityId: string,
  code: string,
): Promise<"totp" | "recovery" | null> {
  if (await totp.verify(keys, identityId, code)) return "totp";
  return await recoveryCodes.use(keys, identityId, code) ? "recovery" : null;
}

/** Takes everything away that comes after the password; recovery codes alone are worth nothing. */
export async function removeAll(sql: AnySql, identityId: string): Promise<void> {
  await totp.remove(sql, identityId);
  await passkeys.removeAll(sql, identityId);
  await recoveryCodes.removeAll(sql, identityId);
}

/** Removes recovery codes that nothing stands behind any more. */
export async function tidy(sql: AnySql, identityId: string): Promise<void> {
  if (!guards(await find(sql, identityId))) await recoveryCodes.removeAll(sql, identityId);
}

/**
 * Takes the factors of a user away, who lost them, and ends the sessions; whom to tell. Throws
 * Forbidden, and Invalid `team.factors_elsewhere` where another house trusts them too.
 */
export async function reset(scope: Scope, id: string, by: Role): Promise<users.User> {
  const user = await users.find(scope, id);
  users.assertMayManage(by, user.role);
  const [row] = await scope.sql<[{ inHand: boolean }]>`
    select factors_in_hand(${user.identityId}) as in_hand
  `;
  if (!row.inHand) throw new Invalid("team.factors_elsewhere");
  await takeAway(scope, user);
  return user;
}

/**
 * Takes a user's factors away, whatever other houses trust them, and ends the sessions: for whoever has
 * the machine itself. An operator who has lost every factor is let in again by nobody else.
 */
export async function takeAway(scope: Scope, { id, identityId }: users.User): Promise<void> {
  await removeAll(scope.sql, identityId);
  await sessions.removeAll(scope.sql, identityId);
  await changes.record(scope, { kind: "user", id, action: "factors_reset" });
}

/** The roles of which the tenant demands a second factor. */
export async function demanded({ sql, tenantId }: Scope): Promise<Role[]> {
  const [row] = await sql<[{ factorRoles: Role[] }]>`
    select factor_roles
    from tenants
    where id = ${tenantId}
  `;
  return row.factorRoles;
}

/** Demands a second factor of these roles from their next page on, and records it. */
export async function demand(scope: Scope, wanted: readonly Role[]): Promise<void> {
  const before = await demanded(scope);
  const after = roles.filter((role) => wanted.includes(role));
  if (before.join() === after.join()) return;
  await scope.sql`select demand_factors(${after}::text[])`;
  const fields = [{ name: "factor_roles", from: before.join(" "), to: after.join(" ") }];
  await changes.record(scope, { kind: "tenant", id: scope.tenantId, action: "updated", fields });
}

/** Whether who runs the installation needs a second factor for it. */
export async function demandedOfOperators(sql: AnySql): Promise<boolean> {
  const [row] = await sql<{ operatorFactors: boolean }[]>`
    select operator_factors
    from provider
  `;
  return row?.operatorFactors ?? false;
}

/** Demands one of them from their next page on, or does so no more. */
export async function demandOfOperators(sql: AnySql, demanded: boolean): Promise<void> {
  await sql`select demand_operator_factors(${demanded}, ${now()})`;
}

/** Whether a session has to see a second factor before it opens a page of the operator's. */
export async function owedByOperator(
  sql: AnySql,
  { operator, factor }: Pick<sessions.Session, "operator" | "factor">,
): Promise<boolean> {
  if (!operator || (factor !== "link" && factor !== "password")) return false;
  return await demandedOfOperators(sql);
}
