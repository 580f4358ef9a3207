/** Secrets that the installation makes for itself, in `DATA_DIR/keys`, for its owner only. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { keptName } from "./secret_files.ts";

/** The key that was made in `DATA_DIR/keys`; null where none was. */
export function keptKey(dataDir: string): string | null {
  try {
    return Deno.readTextFileSync(join(dataDir, "keys", keptName)).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** A random secret (32 bytes, base64) kept under a name in `DATA_DIR/keys`, for its owner only. */
export function keptSecret(dataDir: string, name: string): string {
  const folder = join(dataDir, "keys");
  const path = join(folder, name);
  try {
    return Deno.readTextFileSync(path).trim();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
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
