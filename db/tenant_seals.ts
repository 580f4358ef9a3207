/**
 * A tenant's texts in columns, sealed with the tenant's own data key inside of what the installation's
 * secret seals: once that key is destroyed, no copy of the database gives them away (clause 5.2).
 */
import { Buffer } from "node:buffer";
import { providerId } from "./controllers.ts";
import * as dataKeys from "./data_keys.ts";
import * as keys from "./key_store.ts";
import type { Scope } from "./scope.ts";
import * as sealedSecrets from "./sealed_secrets.ts";
import { FileBroken } from "./seals.ts";

/** The key's name and what it sealed; a text from before has no such beginning. */
const inner = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([A-Za-z0-9+/]+=*)$/;

/** Seals a text for a use (see `sealed_secrets.ts`); the provider's own with the installation's secret alone. */
export async function seal(
  scope: Scope,
  store: keys.KeyStore,
  use: string,
  text: string,
): Promise<Buffer> {
  const { secretKey } = store;
  if (scope.tenantId === providerId) return sealedSecrets.seal(secretKey, use, text);
  const id = await dataKeys.current(scope, store);
  const sealed = sealedSecrets.seal(base64(await keys.read(store, id)), use, text);
  return sealedSecrets.seal(secretKey, use, `${id} ${base64(sealed)}`);
}

/** The sealed text. Throws SecretBroken, also where the tenant's key was destroyed. */
export async function open(
  store: keys.KeyStore,
  use: string,
  sealed: Uint8Array,
): Promise<string> {
  const text = sealedSecrets.open(store.secretKey, use, sealed);
  const [, id, content] = inner.exec(text) ?? [];
  if (!id || !content) return text;
  const key = await keys.read(store, id).catch((error) => {
    throw error instanceof FileBroken ? new sealedSecrets.SecretBroken("the key is gone") : error;
  });
  return sealedSecrets.open(base64(key), use, Buffer.from(content, "base64"));
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
