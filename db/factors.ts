/**
 * The second factors of an identity as a whole: which it has, what proves them, how they are
 * removed.
 */
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

/** The factors that an identity has. */
export interface Factors {
  /** When codes from an authenticator app became required; null if they are not. */
  totpSince: Date | null;
  passkeys: number;
  /** Unused recovery codes. */
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

/** Whether a password alone is not enough to sign in this identity. */
export const guards = ({ totpSince, passkeys }: Factors): boolean =>
  totpSince !== null || passkeys > 0;

/** What a typed code proved: a code from an app, a recovery code, or nothing. */
export async function prove(
  keys: totp.Keys,
  identityId: string,
  code: string,
): Promise<"totp" | "recovery" | null> {
  if (await totp.verify(keys, identityId, code)) return "totp";
  return await recoveryCodes.use(keys, identityId, code) ? "recovery" : null;
}

/** Removes every second factor; recovery codes alone are useless, so they are removed too. */
export async function removeAll(sql: AnySql, identityId: string): Promise<void> {
  await totp.remove(sql, identityId);
  await passkeys.removeAll(sql, identityId);
  await recoveryCodes.removeAll(sql, identityId);
}

/** Removes recovery codes once no other factor is left, and forgets who let in their owner. */
export async function tidy(sql: AnySql, identityId: string): Promise<void> {
  if (guards(await find(sql, identityId))) return;
  await recoveryCodes.removeAll(sql, identityId);
  await sql`
    update identities
    set factors_from = null
    where id = ${identityId}
      and factors_from is not null
  `;
}

/**
 * Removes the factors of a user who lost them and ends the sessions; returns the user to notify.
 * Throws Forbidden, and Invalid `team.factors_elsewhere` where another tenant relies on them too.
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
 * Removes a user's factors even if other tenants rely on them, and ends the sessions: for people
 * with access to the machine itself. An operator who has lost every factor has no other way back
 * in.
 */
export async function takeAway(scope: Scope, { id, identityId }: users.User): Promise<void> {
  await removeAll(scope.sql, identityId);
  await sessions.removeAll(scope.sql, identityId);
  await changes.record(scope, { kind: "user", id, action: "factors_reset" });
}

/** The roles for which the tenant requires a second factor. */
export async function demanded({ sql, tenantId }: Scope): Promise<Role[]> {
  const [row] = await sql<[{ factorRoles: Role[] }]>`
    select factor_roles
    from tenants
    where id = ${tenantId}
  `;
  return row.factorRoles;
}

/** Requires a second factor of these roles from their next page view on, and records the change. */
export async function demand(scope: Scope, wanted: readonly Role[]): Promise<void> {
  const before = await demanded(scope);
  const after = roles.filter((role) => wanted.includes(role));
  if (before.join() === after.join()) return;
  await scope.sql`select demand_factors(${after}::text[])`;
  const fields = [{ name: "factor_roles", from: before.join(" "), to: after.join(" ") }];
  await changes.record(scope, { kind: "tenant", id: scope.tenantId, action: "updated", fields });
}

/** Whether operators of the installation need a second factor. */
export async function demandedOfOperators(sql: AnySql): Promise<boolean> {
  const [row] = await sql<{ operatorFactors: boolean }[]>`
    select operator_factors
    from provider
  `;
  return row?.operatorFactors ?? false;
}

/** Turns the requirement for operators on or off, effective with their next page view. */
export async function demandOfOperators(sql: AnySql, demanded: boolean): Promise<void> {
  await sql`select demand_operator_factors(${demanded}, ${now()})`;
}

/** Whether a session has to prove a second factor before it opens an operator's page. */
export async function owedByOperator(
  sql: AnySql,
  { operator, factor }: Pick<sessions.Session, "operator" | "factor">,
): Promise<boolean> {
  if (!operator || (factor !== "link" && factor !== "password")) return false;
  return await demandedOfOperators(sql);
}
