/**
 * An installation's earlier secrets, in the key store and sealed with the current one: stored
 * digests need them, and an older backup is brought up to date with them.
 */
import { join } from "node:path";
import * as sealedSecrets from "./sealed_secrets.ts";
import { syncFolder } from "./storage.ts";

/** A secret that was replaced by another. */
export interface Earlier {
  secret: string;
  replacedAt: string;
}

/** The current secret is not the one that the installation is sealed with. */
export class WrongSecret extends Error {
  override name = "WrongSecret";
}

const use = "earlier secrets";
const folderOf = (dataDir: string) => join(dataDir, "keys", "data");
const pathOf = (dataDir: string) => join(folderOf(dataDir), "earlier");
const nextOf = (dataDir: string) => join(folderOf(dataDir), "earlier.next");
/** The file with the secret generated here, and the file with its successor. */
export const keptName = "secret_key";
export const keptNextName = "secret_key.next";

/** The earlier secrets, oldest first; null if another secret sealed them. */
export function read(dataDir: string, secretKey: string): Earlier[] | null {
  return opened(pathOf(dataDir), secretKey);
}

/** The same for a replacement in progress; null if there is none under this secret. */
export function readNext(dataDir: string, secretKey: string): Earlier[] | null {
  return isUnderWay(dataDir) ? opened(nextOf(dataDir), secretKey) : null;
}

/** Whether a replacement was begun and not finished. */
export const isUnderWay = (dataDir: string): boolean => there(nextOf(dataDir));

/** Throws WrongSecret during a replacement: half is still sealed with the previous secret. */
export function assertReplaced(dataDir: string): void {
  if (!isUnderWay(dataDir)) return;
  throw new WrongSecret(
    "Replacing the secret key was interrupted. " +
      "Run `deno task crm keys replace` again, as before, to continue.",
  );
}

/** Begins a replacement. */
export function writeNext(dataDir: string, secretKey: string, list: readonly Earlier[]): void {
  Deno.mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
  const draft = `${nextOf(dataDir)}.draft`;
  const file = Deno.openSync(draft, { write: true, create: true, truncate: true, mode: 0o600 });
  try {
    const bytes = sealedSecrets.seal(secretKey, use, JSON.stringify(list));
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    file.syncSync();
  } finally {
    file.close();
  }
  Deno.renameSync(draft, nextOf(dataDir));
}

/** Finishes it: first of all, a new secret generated here takes the old one's place. */
export async function finish(dataDir: string): Promise<void> {
  const keys = join(dataDir, "keys");
  if (there(join(keys, keptNextName))) {
    await Deno.rename(join(keys, keptNextName), join(keys, keptName));
    await syncFolder(keys);
  }
  await Deno.rename(nextOf(dataDir), pathOf(dataDir));
  await syncFolder(folderOf(dataDir));
}

function opened(path: string, secretKey: string): Earlier[] | null {
  try {
    return JSON.parse(sealedSecrets.open(secretKey, use, Deno.readFileSync(path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    if (error instanceof sealedSecrets.SecretBroken) return null;
    throw error;
  }
}

function there(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
