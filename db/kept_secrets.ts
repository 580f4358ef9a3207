/** Secrets that the installation makes for itself, in `DATA_DIR/keys`, for its owner only. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { keptName, WrongSecret } from "./secret_files.ts";

/** The key that was made in `DATA_DIR/keys`; null where none was. */
export function keptKey(dataDir: string): string | null {
  return lookup(join(dataDir, "keys", keptName));
}

/**
 * A random secret (32 bytes, base64) kept under a name in `DATA_DIR/keys`, for its owner only. Made
 * once: throws WrongSecret where it is gone and the database that was made with it is there.
 */
export function keptSecret(dataDir: string, name: string): string {
  const folder = join(dataDir, "keys");
  const path = join(folder, name);
  const kept = lookup(path);
  if (kept !== null) return kept;
  if (!isMade(dataDir)) return madeSecret(dataDir, name);
  throw new WrongSecret(
    `${path} is gone, and the database beside it needs it: put ${folder} back from its copy.`,
  );
}

/** The same, made at the first call even where a database is there, as one key follows another. */
export function madeSecret(dataDir: string, name: string): string {
  const folder = join(dataDir, "keys");
  const path = join(folder, name);
  const kept = lookup(path);
  if (kept !== null) return kept;
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  Deno.writeTextFileSync(draft, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
  try {
    Deno.linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  } finally {
    Deno.removeSync(draft);
  }
  return Deno.readTextFileSync(path).trim();
}

function lookup(path: string): string | null {
  try {
    return Deno.readTextFileSync(path).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Whether the embedded database is there already. */
function isMade(dataDir: string): boolean {
  try {
    return Deno.statSync(join(dataDir, "postgres", "PG_VERSION")).isFile;
  } catch {
    return false;
  }
}
