/** Erases a person's own log-in: what prevents it, and how it is done, with a case as evidence. */
import * as caseItems from "./case_items.ts";
import * as cases from "./cases.ts";
import { Invalid } from "./errors.ts";
import * as identities from "./identities.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** Why a log-in cannot be erased yet. */
export interface Obstacles {
  /** Tenants that would be left without an owner. */
  tenants: string[];
  /** Nobody would be left to run the installation. */
  lastOperator: boolean;
}

/** What prevents the erasure of a log-in; usually nothing. */
export async function obstacles(sql: AnySql, identityId: string): Promise<Obstacles> {
  const rows = await sql<{ tenantName: string }[]>`
    select tenant_name
    from sole_ownerships(${identityId})
  `;
  const [row] = await sql<[{ last: boolean }]>`
    select i.operator and not exists (
      select
      from identities o
      where o.operator
        and o.id <> i.id
    ) as last
    from identities i
    where i.id = ${identityId}
  `;
  return { tenants: rows.map(({ tenantName }) => tenantName), lastOperator: row?.last ?? false };
}

const system = { kind: "system", id: null } as const;

/**
 * Erases the log-in and its users everywhere, in the provider's Scope; returns the closed case that
 * proves it. Throws NotFound, and Invalid `team.last_owner` if somebody has to take over first.
 */
export async function erase(
  scope: Scope,
  secretKey: string,
  identityId: string,
): Promise<cases.Case> {
  const { sql } = scope;
  const { name, email, locale } = await identities.find(sql, identityId);
  const id = newId();
  await cases.create(scope, secretKey, {
    id,
    channel: "form",
    language: locale,
    personName: name,
    personEmail: email,
    personAddress: "",
    body: "",
    claims: [{ right: "erasure", sentence: "" }],
  }, { kind: "person", id: null });
  // The person was signed in and typed the password: nothing is left to confirm or acknowledge.
  await cases.confirm(scope, id);
  await cases.acknowledge(scope, id);
  const [row] = await sql<[{ erased: boolean }]>`select erase_identity(${identityId}) as erased`;
  if (!row.erased) throw new Invalid("team.last_owner");
  const [item] = await caseItems.list(scope, id);
  await caseItems.move(scope, item!, "done", system);
  return await cases.find(scope, id);
}
