/**
 * Replaces the installation's secret in database, data keys and files; if killed at any point, the
 * next call continues, and nothing starts before it is finished.
 */
import { now } from "./clock.ts";
import { madeSecret } from "./kept_secrets.ts";
import * as keys from "./key_store.ts";
import type { KeyStore } from "./key_store.ts";
import * as ledger from "./ledger.ts";
import type { Sql } from "./pool.ts";
import { FileBroken } from "./seals.ts";
import { rememberEarlier } from "./secret_chain.ts";
import * as files from "./secret_files.ts";
import { claim } from "./secret_claims.ts";
import { reseal, type Resealed } from "./secret_seals.ts";
import type { Storage } from "./storage.ts";
import * as vault from "./vault.ts";

/**
 * Areas with files sealed with the installation's secret: processes that take them in have no
 * tenant's key.
 */
const areas = ["inbound", "copies"] as const;

export interface Replaced extends Resealed {
  /** Data keys that were rewrapped. */
  keys: number;
  files: number;
}

/** Both secrets of a replacement; one in progress names them itself. */
export interface Pair {
  before: string;
  after: string;
}

/**
 * Determines which secret replaces which. `given` is the previous one if the new one is set from
 * outside; otherwise the one generated here gets a successor. Throws WrongSecret.
 */
export function pairOf({ dataDir, secretKey }: KeyStore, given: string | null): Pair {
  const begun = files.readNext(dataDir, secretKey)?.at(-1)?.secret;
  if (begun) return { before: begun, after: secretKey };
  if (given !== null) return { before: given, after: secretKey };
  return { before: secretKey, after: madeSecret(dataDir, files.keptNextName) };
}

/**
 * Replaces the secret while nothing else runs; `each` is called for every step. Throws WrongSecret
 * if the database or a replacement in progress belongs to another secret, FileBroken for a data key
 * that neither opens.
 */
export async function replace(
  owner: Sql,
  dataDir: string,
  { before, after }: Pair,
  { each = () => {}, storageOf }: {
    each?: (step: string) => void;
    /**
     * The storage for files that may be outside the folder; called once the register can be opened
     * again.
     */
    storageOf?: (secretKey: string) => Storage;
  } = {},
): Promise<Replaced> {
  const earlier = await begin(owner, dataDir, { before, after });
  each("begun");
  const secrets = [...earlier.map(({ secret }) => secret), after];
  const resealed = await owner.begin(async (sql) => {
    await sql`set local statement_timeout = 0`;
    return await reseal(sql, secrets);
  });
  each("database");
  const store = { dataDir, secretKey: after };
  const wrapped = await keys.rewrap(store, before);
  each("keys");
  const sealed = await sealFiles({ ...store, storage: storageOf?.(after) }, secrets);
  each("files");
  await files.finish(dataDir);
  rememberEarlier(after, secrets.slice(0, -1));
  const none = { sealed: 0, unreadable: 0, digests: 0 };
  return { ...none, ...resealed, keys: wrapped, files: sealed };
}

async function begin(owner: Sql, dataDir: string, { before, after }: Pair) {
  if (files.isUnderWay(dataDir)) {
    const begun = files.readNext(dataDir, after);
    if (begun) return begun;
    throw new files.WrongSecret("The replacement that was begun is one by another SECRET_KEY.");
  }
  const earlier = files.read(dataDir, before);
  if (!earlier) throw new files.WrongSecret("The earlier secrets are sealed with another one.");
  await claim(owner, before);
  // Written out first: each line of the ledger is read with the secret of its day.
  await ledger.keep(owner, dataDir);
  const list = [...earlier, { secret: before, replacedAt: now().toISOString() }];
  files.writeNext(dataDir, after, list);
  return list;
}

/** Reseals what the installation's own secret sealed; returns how many. Unreadable files stay. */
export async function sealFiles(store: vault.Vault, secrets: readonly string[]): Promise<number> {
  let count = 0;
  for (const area of areas) {
    for await (const { name } of vault.storageOf(store).list(area)) {
      if (await isOpenedBy(store, name)) continue;
      for (const secretKey of secrets.slice(0, -1).reverse()) {
        const old = { ...store, secretKey };
        if (!await isOpenedBy(old, name)) continue;
        await vault.store(store, name, null, vault.open(old, name), Number.MAX_SAFE_INTEGER);
        count++;
        break;
      }
    }
  }
  return count;
}

async function isOpenedBy(store: vault.Vault, name: string): Promise<boolean> {
  try {
    await (await vault.begin(store, name)).cancel();
    return true;
  } catch (error) {
    if (error instanceof FileBroken) return false;
    throw error;
  }
}
