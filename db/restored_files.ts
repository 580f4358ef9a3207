/** Stored files of a restored backup: whether those that its rows name exist and can be opened. */
import type { KeyStore } from "./key_store.ts";
import type { AnySql } from "./pool.ts";
import { exists } from "./secret_claims.ts";
import { FileBroken } from "./seals.ts";
import { localStorage } from "./storage.ts";
import * as vault from "./vault.ts";

export interface Looked {
  /** Files that rows name. */
  named: number;
  missing: number;
  /** Their seal is broken, or no key opens it. */
  broken: number;
}

/** Rows read at a time. */
const some = 500;

/**
 * Opens and reads to the end every file in the backup's folder that a row of the restored database
 * names.
 */
export async function look(
  sql: AnySql,
  store: KeyStore,
  secrets: readonly string[],
  folder: string,
): Promise<Looked> {
  const looked: Looked = { named: 0, missing: 0, broken: 0 };
  const storage = localStorage(folder);
  for await (const name of named(sql)) {
    looked.named++;
    if (!await storage.exists(name)) looked.missing++;
    else if (!await opens({ ...store, storage }, secrets, name)) looked.broken++;
  }
  return looked;
}

/** The names of files whose rows depend on their bytes; a backup may be older than some tables. */
async function* named(sql: AnySql): AsyncGenerator<string> {
  const queries = {
    files: sql<
      { name: string }[]
    >`select 'records/' || tenant_id || '/' || object_id as name from files`,
    tenant_exports: sql<{ name: string }[]>`
      select 'records/' || tenant_id || '/' || object_id as name
      from tenant_exports
      where status = 'done'
        and object_id is not null
    `,
    access_archives: sql<{ name: string }[]>`
      select 'records/' || tenant_id || '/' || object_id as name
      from access_archives
      where status = 'done'
        and object_id is not null
    `,
    deliveries: sql<{ name: string }[]>`
      select 'deliveries/' || tenant_id || '/' || id as name
      from deliveries
      where destroyed_at is null
    `,
    imports: sql<{ name: string }[]>`
      select 'imports/' || id as name
      from imports
      where kind = 'file'
        and options is not null
        and status <> 'expired'
    `,
    sent_copies: sql<{ name: string }[]>`
      select 'copies/' || object_id as name
      from sent_copies
      where state = 'waiting'
    `,
  };
  for (const [table, query] of Object.entries(queries)) {
    if (!await exists(sql, table)) continue;
    for await (const rows of query.cursor(some)) {
      for (const { name } of rows) yield name;
    }
  }
}

async function opens(
  store: vault.Vault,
  secrets: readonly string[],
  name: string,
): Promise<boolean> {
  // The installation's own secret seals few of them, and may since have been replaced.
  for (const secretKey of new Set([store.secretKey, ...secrets])) {
    try {
      for await (const _ of vault.open({ ...store, secretKey }, name)) { /* to its end */ }
      return true;
    } catch (error) {
      if (!(error instanceof FileBroken)) throw error;
    }
  }
  return false;
}
