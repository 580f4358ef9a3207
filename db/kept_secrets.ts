/**
 * Secrets that the installation creates for itself in `DATA_DIR/keys`, readable only by its owner.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { keyBytes } from "./key_texts.ts";
import { keptName, WrongSecret } from "./secret_files.ts";

/** The key in `DATA_DIR/keys`; null if none was created. */
export function keptKey(dataDir: string): string | null {
  return lookup(join(dataDir, "keys", keptName));
}

/**
 * A random secret (32 bytes, base64) kept under a name in `DATA_DIR/keys`, readable only by its
 * owner. It is created once: throws WrongSecret if it is no key, or missing although the database
 * created with it exists.
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

/**
 * The same, but created on first use even if a database exists, as when one key replaces another.
 */
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

/** A file that a crash left empty is no secret: a database sealed with it would be open to all. */
function lookup(path: string): string | null {
  let text: string;
  try {
    text = Deno.readTextFileSync(path).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  if (keyBytes(text)?.length === 32) return text;
  throw new WrongSecret(
    `${path} holds no key: put it back from its copy, or remove it if this place is still empty.`,
  );
}

/** Whether the embedded database already exists. */
function isMade(dataDir: string): boolean {
  try {
    return Deno.statSync(join(dataDir, "postgres", "PG_VERSION")).isFile;
  } catch {
    return false;
  }
}
