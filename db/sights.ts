/** Which records each role sees, and how a transaction is held to that. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import type { Fragment } from "./pool.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Role } from "./roles.ts";
import type { Scope } from "./scope.ts";

/** All records; those of one's teams and those without an owner; only one's own. */
export const levels = ["all", "team", "own"] as const;
export type Level = typeof levels[number];

export const parts = ["contacts", "companies", "deals"] as const;
export type Sight = Record<typeof parts[number], Level>;

/**
 * The roles whose sight can be narrowed. Owners and admins see everything: they answer data
 * subjects' requests, which must leave nothing out, and could lift any limit themselves.
 */
export const narrowable = ["member", "read_only"] as const satisfies readonly Role[];
export type Narrowable = typeof narrowable[number];

const unlimited: Sight = { contacts: "all", companies: "all", deals: "all" };

/** What each of these roles sees. */
export async function list({ sql, tenantId }: Scope): Promise<Record<Narrowable, Sight>> {
  const rows = await sql<(Sight & { role: Narrowable })[]>`
    select role, contacts, companies, deals
    from record_sights
    where tenant_id = ${tenantId}
  `;
  const of = (role: Narrowable): Sight => {
    const { contacts, companies, deals } = rows.find((row) => row.role === role) ?? unlimited;
    return { contacts, companies, deals };
  };
  return { member: of("member"), read_only: of("read_only") };
}

/** Sets what these roles see from the next request on. */
export async function update(scope: Scope, wanted: Record<Narrowable, Sight>): Promise<void> {
  const { sql, tenantId } = scope;
  // Two people deciding at once take turns.
  await advisoryLocks.take(scope, "sights");
  const before = await list(scope);
  const fields = narrowable.flatMap((role) =>
    parts.flatMap((part) =>
      before[role][part] === wanted[role][part] ? [] : [{
        name: `sight_${role}_${part}`,
        from: before[role][part],
        to: wanted[role][part],
      }]
    )
  );
  if (fields.length === 0) return;
  await sql`
    delete from record_sights
    where tenant_id = ${tenantId}
  `;
  const rows = narrowable.filter((role) => parts.some((part) => wanted[role][part] !== "all"))
    .map((role) => ({ tenantId, role, ...wanted[role] }));
  if (rows.length > 0) await sql`insert into record_sights ${sql(rows)}`;
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "sight_changed", fields });
}

/** Whether the transaction may be narrowed; assumed if nothing is known. */
export const isNarrowed = ({ actor }: Scope): boolean =>
  actor.userId !== null && actor.narrowed !== false;

/** Transactions that currently reach all records. */
const lifted = new WeakSet<Scope["sql"]>();

async function reach(scope: Scope, all: boolean): Promise<void> {
  if (all) lifted.add(scope.sql);
  else lifted.delete(scope.sql);
  await scope.sql.unsafe(`set local app.lifted = '${all ? "on" : "off"}'`);
}

/**
 * Lets the rest of the transaction reach all records. For writes only, once everything asked for
 * has been found under the user's own sight: the effects of a write do not stop at anybody's sight,
 * and users who give a record away no longer see it.
 */
export async function lift(scope: Scope): Promise<void> {
  if (isNarrowed(scope) && !lifted.has(scope.sql)) await reach(scope, true);
}

/** Runs `work` under the user's own sight again, if it was lifted. */
export async function narrowly<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
  return lifted.has(scope.sql) ? await reaching(scope, false, work) : await work();
}

/**
 * Runs `work` with all records in reach, whatever the user sees; its result must show nothing
 * hidden, and no other query may run at the same time.
 */
export async function widely<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
  if (!isNarrowed(scope) || lifted.has(scope.sql)) return await work();
  return await reaching(scope, true, work);
}

async function reaching<T>(scope: Scope, all: boolean, work: () => Promise<T>): Promise<T> {
  await reach(scope, all);
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // If the transaction itself failed, report that error and not the one of this call.
    await reach(scope, !all).catch(() => {});
    throw error;
  }
  await reach(scope, !all);
  return result;
}

/** Whether a record with this owner may leave the sight of the user writing it. */
export const givesAway = (scope: Scope, ownerId: string | null): boolean =>
  isNarrowed(scope) && ownerId !== scope.actor.userId;

/** The owner of a new record: the acting user if they would not see records without an owner. */
export async function ownerOfNew(
  scope: Scope,
  kind: Kind,
  ownerId: string | null,
): Promise<string | null> {
  if (ownerId !== null || !isNarrowed(scope)) return ownerId;
  const [row] = await scope.sql<[{ seen: boolean }]>`
    select sees_owner(${tables[kind]}, null) as seen
  `;
  return row.seen ? null : scope.actor.userId;
}

/** Those of these records or activities that the acting user sees. */
export async function among(
  scope: Scope,
  kind: Kind | "activity",
  ids: readonly string[],
): Promise<readonly string[]> {
  if (!isNarrowed(scope) || ids.length === 0) return ids;
  const { sql, tenantId } = scope;
  const rows = await sql<{ id: string }[]>`
    select id
    from ${sql(kind === "activity" ? "activities" : tables[kind])}
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
  `;
  return rows.map(({ id }) => id);
}

/**
 * The summary of record `row` (table and alias), without the company if the user may not see it:
 * summaries are the same for everyone.
 */
export function summary(scope: Scope, row: string): Fragment {
  const { sql } = scope;
  if (!isNarrowed(scope)) return sql`${sql(`${row}.summary`)}`;
  return sql`case
      when ${seesCompany(scope, row)} then ${sql(`${row}.summary`)}
      else ${sql(`${row}.summary`)} - 'company' - 'companyId'
    end`;
}

/** The company's name in the summary of `row`; null if the user may not see it. */
export function companyName(scope: Scope, row: string): Fragment {
  const { sql } = scope;
  const name = sql`${sql(`${row}.summary`)} ->> 'company'`;
  return isNarrowed(scope) ? sql`case when ${seesCompany(scope, row)} then ${name} end` : name;
}

const seesCompany = ({ sql, tenantId }: Scope, row: string) =>
  sql`exists (
        select
        from companies sight
        where sight.tenant_id = ${tenantId}
          and sight.id = (${sql(`${row}.summary`)} ->> 'companyId')::uuid
          and not hides_owner('companies', sight.owner_id)
      )`;
