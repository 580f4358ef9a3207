/**
 * Data keys in a folder of their own, outside the database and its copies: each file is one key,
 * wrapped by the installation's. Who destroys a key has erased what it sealed, wherever that lies.
 */
import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { join } from "node:path";
import { isId, newId } from "./ids.ts";
import { FileBroken } from "./seals.ts";
import { removeFile, syncFolder } from "./storage.ts";

/** The folder's place, and the installation's key: 32 bytes in base64. */
export interface KeyStore {
  dataDir: string;
  secretKey: string;
}

const mark = Buffer.from("kcrm key\x01");
const nonceSize = 12;
const keySize = 32;
const tagSize = 16;

/** Makes a new random key; its name. Safe on the disk when this returns. */
export async function create(store: KeyStore): Promise<string> {
  await Deno.mkdir(folder(store), { recursive: true, mode: 0o700 });
  const id = newId();
  await write(store, id, randomBytes(keySize));
  return id;
}

/** A key's 32 bytes. Throws FileBroken when it was destroyed or is not of this installation. */
export async function read(store: KeyStore, id: string): Promise<Uint8Array> {
  const wrapped = await Deno.readFile(pathOf(store, id)).catch((error) => {
    throw error instanceof Deno.errors.NotFound ? new FileBroken() : error;
  });
  const key = unwrap(store.secretKey, id, Buffer.from(wrapped));
  if (!key) throw new FileBroken();
  return key;
}

/** Destroys a key for good: overwritten, then removed. One that is gone already is no fault. */
export async function destroy(store: KeyStore, id: string): Promise<void> {
  for (const path of [pathOf(store, id), draftOf(store, id)]) {
    const file = await Deno.open(path, { write: true }).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    });
    if (!file) continue;
    try {
      await file.write(randomBytes(mark.length + nonceSize + keySize + tagSize));
      await file.sync();
    } finally {
      file.close();
    }
    await removeFile(path);
  }
  await syncFolder(folder(store));
}

/** The names of all keys there are. */
export async function list(store: KeyStore): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder(store))) if (isId(name)) names.push(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names;
}

/**
 * Wraps all keys anew after the installation's key was changed; how many. Broken off, it goes on
 * where it stopped. Throws FileBroken at a key that neither opens.
 */
export async function rewrap(store: KeyStore, before: string): Promise<number> {
  let count = 0;
  for (const id of await list(store)) {
    const wrapped = Buffer.from(await Deno.readFile(pathOf(store, id)));
    if (unwrap(store.secretKey, id, wrapped)) continue;
    const key = unwrap(before, id, wrapped);
    if (!key) throw new FileBroken();
    await write(store, id, key);
    count++;
  }
  return count;
}

/** Writes beside and renames: a key is never half there. */
async function write(store: KeyStore, id: string, key: Uint8Array): Promise<void> {
  const nonce = randomBytes(nonceSize);
  const cipher = createCipheriv("aes-256-gcm", wrapping(store.secretKey), nonce);
  cipher.setAAD(Buffer.from(id));
  const wrapped = [mark, nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()];
  const draft = draftOf(store, id);
  const file = await Deno.open(draft, { create: true, truncate: true, write: true, mode: 0o600 });
  try {
    const bytes = Buffer.concat(wrapped);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync();
  } finally {
    file.close();
  }
  await Deno.rename(draft, pathOf(store, id));
  await syncFolder(folder(store));
}

/** The key in a wrapped file; null when this secret did not wrap it under this name. */
function unwrap(secretKey: string, id: string, wrapped: Buffer): Uint8Array | null {
  const size = mark.length + nonceSize + keySize + tagSize;
  if (wrapped.length !== size || !wrapped.subarray(0, mark.length).equals(mark)) return null;
  const nonce = wrapped.subarray(mark.length, mark.length + nonceSize);
  const decipher = createDecipheriv("aes-256-gcm", wrapping(secretKey), nonce);
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(wrapped.subarray(-tagSize));
  try {
    const body = wrapped.subarray(mark.length + nonceSize, -tagSize);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    return null;
  }
}

const wrapping = (secretKey: string) =>
  new Uint8Array(hkdfSync("sha256", Buffer.from(secretKey, "base64"), "", "wrap data keys", 32));

const folder = (store: KeyStore) => join(store.dataDir, "keys", "data");

function pathOf(store: KeyStore, id: string): string {
  if (!isId(id)) throw new TypeError("key id is no UUID");
  return join(folder(store), id);
}

/** Left by a crash it holds the key too, so it has the key's name and goes with it. */
const draftOf = (store: KeyStore, id: string) => `${pathOf(store, id)}.draft`;
