/**
 * A tenant's secrets and files in columns, sealed with the tenant's own data key: once that key is
 * destroyed, no copy of the database reveals them (clause 5.2), even with the installation's key.
 */
import { Buffer } from "node:buffer";
import { parse, stringify } from "uuid";
import { providerId } from "./controllers.ts";
import * as dataKeys from "./data_keys.ts";
import * as keys from "./key_store.ts";
import type { Scope } from "./scope.ts";
import * as sealedSecrets from "./sealed_secrets.ts";
import { FileBroken } from "./seals.ts";

/** Starts what a tenant's key sealed, before the key's name and `sealed_secrets.ts`'s output. */
const mark = 2;
const headSize = 1 + 16;

/** Whether it need not be resealed when the installation's secret is replaced. */
export const isTenants = (sealed: Uint8Array): boolean =>
  sealed[0] === mark && sealed.length > headSize;

/**
 * Seals a text for a use (see `sealed_secrets.ts`); the provider's own texts with the
 * installation's secret.
 */
export async function seal(
  scope: Scope,
  store: keys.KeyStore,
  use: string,
  text: string,
): Promise<Buffer> {
  if (scope.tenantId === providerId) return sealedSecrets.seal(store.secretKey, use, text);
  const id = await dataKeys.current(scope, store);
  const sealed = sealedSecrets.seal(base64(await keys.read(store, id)), use, text);
  return Buffer.concat([Buffer.from([mark]), parse(id), sealed]);
}

/**
 * The text that was sealed, even in an earlier version with the installation's key. Throws
 * SecretBroken, also if the tenant's key was destroyed.
 */
export async function open(
  store: keys.KeyStore,
  use: string,
  sealed: Uint8Array,
): Promise<string> {
  if (!isTenants(sealed)) return await openOlder(store, use, sealed);
  const id = stringify(sealed.subarray(1, headSize));
  return sealedSecrets.open(await keyOf(store, id), use, sealed.subarray(headSize));
}

/** A key's name and what it sealed, found inside what the installation's secret sealed. */
const inner = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([A-Za-z0-9+/]+=*)$/;

/** Opens what the installation's secret sealed, alone or around what the tenant's key sealed. */
async function openOlder(
  store: keys.KeyStore,
  use: string,
  sealed: Uint8Array,
): Promise<string> {
  const text = sealedSecrets.open(store.secretKey, use, sealed);
  const [, id, content] = inner.exec(text) ?? [];
  if (!id || !content) return text;
  return sealedSecrets.open(await keyOf(store, id), use, Buffer.from(content, "base64"));
}

async function keyOf(store: keys.KeyStore, id: string): Promise<string> {
  return base64(
    await keys.read(store, id).catch((error) => {
      throw error instanceof FileBroken ? new sealedSecrets.SecretBroken("the key is gone") : error;
    }),
  );
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
