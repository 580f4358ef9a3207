/** Removes expired answers, and stored content that belongs to no answer. */
import { now } from "./clock.ts";
import { objectOf } from "./deliveries.ts";
import * as keys from "./key_store.ts";
import type { AnySql, Sql } from "./pool.ts";
import { type Scope, system, withScope } from "./scope.ts";
import { storageOf, type Vault } from "./vault.ts";

/** The expired answers of all controllers. */
export async function list(
  sql: AnySql,
  at: Date,
  most: number,
): Promise<{ tenantId: string; id: string }[]> {
  return await sql<{ tenantId: string; id: string }[]>`
    select tenant_id, id
    from deliveries_to_destroy(${at}, ${most})
  `;
}

/** How long stored content may have no row, in milliseconds, because it is still being saved. */
const grace = 3_600_000;

/**
 * Removes content that belongs to no answer, left by an interrupted one, and what is left of ended
 * answers with their keys; returns how many.
 */
export async function sweep(pool: Sql, store: Vault): Promise<number> {
  const storage = storageOf(store);
  const before = new Date(now().getTime() - grace);
  let count = 0;
  for await (const tenantId of storage.folders("deliveries")) {
    const prefix = `deliveries/${tenantId}`;
    const old: string[] = [];
    for await (const { name, at } of storage.list(prefix)) if (at < before) old.push(name);
    const known = await withScope(pool, { tenantId, actor: system }, (scope) => among(scope, old));
    for (const name of old) {
      const answer = known.get(name);
      if (answer?.live) continue;
      // If a process ended between the key and the commit, the key has the content's own name.
      await keys.destroy(store, answer?.keyId ?? idIn(name));
      await storage.remove(name);
      count++;
    }
    count += await storage.tidy(prefix, before);
  }
  return count;
}

const idIn = (name: string): string => name.split("/").at(-1)!;

interface Known {
  keyId: string;
  live: boolean;
}

async function among(
  { sql, tenantId }: Scope,
  names: readonly string[],
): Promise<Map<string, Known>> {
  const rows = await sql<(Known & { id: string })[]>`
    select id, key_id, destroyed_at is null as live
    from deliveries
    where tenant_id = ${tenantId}
      and id = any(${names.map(idIn)}::uuid[])
  `;
  return new Map(rows.map(({ id, ...known }) => [objectOf(tenantId, id), known]));
}
