/**
 * Reseals a tenant's secrets that only the installation's key seals, as in earlier versions, with
 * the tenant's own key; at night, when no server of the previous version is left to read them.
 */
import type { KeyStore } from "./key_store.ts";
import type { Scope } from "./scope.ts";
import { SecretBroken } from "./sealed_secrets.ts";
import { type SealedColumn, tenantColumns } from "./secret_seals.ts";
import * as tenantSeals from "./tenant_seals.ts";

/** Rows per transaction; what is sealed may be a file of several megabytes. */
const batch = 5;

/** How many were resealed, and how many no key opens: those were unreadable before, too. */
export interface Renewed {
  sealed: number;
  unreadable: number;
}

/** Reseals everything that is left, a few rows in each of the transactions that `run` opens. */
export async function renew(
  run: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>,
  store: KeyStore,
): Promise<Renewed> {
  const done: Renewed = { sealed: 0, unreadable: 0 };
  for (const each of tenantColumns) {
    for (let last: string | null = zero; last !== null;) {
      const after: string = last;
      last = await run((scope) => renewSome(scope, store, each, after, done));
    }
  }
  return done;
}

const zero = "00000000-0000-0000-0000-000000000000";

/** Reseals the next rows; returns the last of them, or null if there are no more. */
async function renewSome(
  scope: Scope,
  store: KeyStore,
  { table, column, useOf }: SealedColumn,
  after: string,
  done: Renewed,
): Promise<string | null> {
  const { sql, tenantId } = scope;
  const rows = await sql<{ id: string; sealed: Uint8Array }[]>`
    select id, ${sql(column)} as sealed
    from ${sql(table)}
    where tenant_id = ${tenantId}
      and id > ${after}
      and may_write()
      and substr(${sql(column)}, 1, 1) = '\\x01'::bytea
    order by id
    limit ${batch}
    for update
  `;
  if (rows.length === 0) return null;
  const renewed: { id: string; sealed: string }[] = [];
  for (const { id, sealed } of rows) {
    const use = useOf(tenantId, id);
    const text = await openOrNull(store, use, sealed);
    if (text === null) done.unreadable++;
    else {
      const own = await tenantSeals.seal(scope, store, use, text);
      renewed.push({ id, sealed: own.toString("base64") });
    }
  }
  const { count } = await sql`
    update ${sql(table)} t
    set ${sql(column)} = decode(n.sealed, 'base64')
    from unnest(
      ${renewed.map(({ id }) => id)}::uuid[],
      ${renewed.map(({ sealed }) => sealed)}::text[]
    ) as n (id, sealed)
    where t.tenant_id = ${tenantId}
      and t.id = n.id
  `;
  done.sealed += count;
  return rows.length < batch ? null : rows.at(-1)!.id;
}

async function openOrNull(
  store: KeyStore,
  use: string,
  sealed: Uint8Array,
): Promise<string | null> {
  try {
    return await tenantSeals.open(store, use, sealed);
  } catch (error) {
    if (error instanceof SecretBroken) return null;
    throw error;
  }
}
