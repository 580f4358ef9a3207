/** The keys with which a tenant's files are sealed; the keys themselves are in the key store. */
import type { KeyStore } from "./key_store.ts";
import * as keys from "./key_store.ts";
import type { Scope } from "./scope.ts";

/** The id of the key that seals new files of the tenant; created at the first call. */
export async function current(scope: Scope, store: KeyStore): Promise<string> {
  const present = await lookup(scope);
  if (present) return present;
  const { sql, tenantId, now } = scope;
  const id = await keys.create(store);
  const [made] = await sql<{ id: string }[]>`
    insert into data_keys (tenant_id, id, purpose, created_at)
    values (${tenantId}, ${id}, 'files', ${now})
    on conflict (tenant_id, purpose) where destroyed_at is null do nothing
    returning id
  `;
  if (made) return made.id;
  // Another process was faster: use its key.
  await keys.destroy(store, id);
  return (await lookup(scope))!;
}

async function lookup({ sql, tenantId }: Scope): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select id
    from data_keys
    where tenant_id = ${tenantId}
      and purpose = 'files'
      and destroyed_at is null
  `;
  return row?.id ?? null;
}

/**
 * Whether a key still exists; prevents its destruction until this transaction ends. Only one
 * transaction at a time holds it: take it before counting a tenant's files.
 */
export async function hold({ sql, tenantId }: Scope, id: string): Promise<boolean> {
  const [row] = await sql`
    select id
    from data_keys
    where tenant_id = ${tenantId}
      and id = ${id}
      and destroyed_at is null
    for update
  `;
  return row !== undefined;
}
