/**
 * Data keys in a folder of their own, outside the database and its backups: each file is one key,
 * wrapped with the installation's key; destroying it erases everything sealed with it, wherever
 * that is.
 */
import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { join } from "node:path";
import { isId, newId } from "./ids.ts";
import { FileBroken } from "./seals.ts";
import { removeFile, syncFolder } from "./storage.ts";

/** The location of the folder, and the installation's key: 32 bytes in base64. */
export interface KeyStore {
  dataDir: string;
  secretKey: string;
}

const mark = Buffer.from("kcrm key\x01");
const nonceSize = 12;
const keySize = 32;
const tagSize = 16;
const saltSize = 32;

/** Creates a new random key; returns its name. It is safely on disk when this returns. */
export async function create(store: KeyStore): Promise<string> {
  const id = newId();
  await keep(store, id, generate());
  return id;
}

/** A new random key that nobody keeps yet. */
export const generate = (): Uint8Array => randomBytes(keySize);

/** Keeps a key under a new name; it is safely on disk when this returns. */
export async function keep(store: KeyStore, id: string, key: Uint8Array): Promise<void> {
  await Deno.mkdir(folder(store), { recursive: true, mode: 0o700 });
  // A rotation that is running must not miss it.
  await locked(store, false, async () => await write(store, id, key));
}

/** A key's 32 bytes. Throws FileBroken when it was destroyed or belongs to another installation. */
export async function read(store: KeyStore, id: string): Promise<Uint8Array> {
  // A rotation may end between the two reads; another one would take longer than this.
  for (let look = 0; look < 2; look++) {
    const wrapped = await Deno.readFile(pathOf(store, id)).catch((error) => {
      throw error instanceof Deno.errors.NotFound ? new FileBroken() : error;
    });
    const key = await unwrapAny(store, store.secretKey, id, Buffer.from(wrapped));
    if (key) return key;
  }
  throw new FileBroken();
}

/** Destroys a key for good: overwrites the file, then removes it. A missing key is not an error. */
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

/** The names of all existing keys. */
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
 * Rewraps all keys after the installation's key was changed; returns how many. If interrupted, the
 * next call continues. Throws FileBroken at a key that neither installation key opens.
 */
export async function rewrap(store: KeyStore, before: string): Promise<number> {
  let count = 0;
  for (const id of await list(store)) {
    const wrapped = Buffer.from(await Deno.readFile(pathOf(store, id)));
    if (await unwrapAny(store, store.secretKey, id, wrapped)) continue;
    const key = await unwrapAny(store, before, id, wrapped);
    if (!key) throw new FileBroken();
    await write(store, id, key);
    count++;
  }
  return count;
}

/**
 * Rewraps all keys with a new wrapping key while the service runs; returns how many. The old one is
 * destroyed, so an earlier copy of the folder cannot open what is sealed later. If interrupted, the
 * next call continues. Throws FileBroken at a key that nothing opens, and changes no more.
 */
export async function rotate(store: KeyStore): Promise<number> {
  await Deno.mkdir(folder(store), { recursive: true, mode: 0o700 });
  return await locked(store, true, async () => {
    const { next } = await generations(store);
    if (!next) await writeWhole(nextOf(store), randomBytes(saltSize));
    const wanted = (await generations(store)).next!;
    let count = 0;
    for (const id of await list(store)) {
      const wrapped = Buffer.from(await Deno.readFile(pathOf(store, id)));
      if (unwrap(wrapping(store.secretKey, wanted), id, wrapped)) continue;
      const key = await unwrapAny(store, store.secretKey, id, wrapped);
      if (!key) throw new FileBroken();
      await write(store, id, key);
      count++;
    }
    await Deno.rename(nextOf(store), generationOf(store));
    await syncFolder(folder(store));
    return count;
  });
}

/** Wraps a key with the newest wrapping key and puts it in place. */
async function write(store: KeyStore, id: string, key: Uint8Array): Promise<void> {
  const { current, next } = await generations(store);
  const nonce = randomBytes(nonceSize);
  const cipher = createCipheriv(
    "aes-256-gcm",
    wrapping(store.secretKey, next ?? current),
    nonce,
  );
  cipher.setAAD(Buffer.from(id));
  const wrapped = [mark, nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()];
  const draft = draftOf(store, id);
  await writeWhole(draft, Buffer.concat(wrapped));
  await Deno.rename(draft, pathOf(store, id));
  await syncFolder(folder(store));
}

/** The file is safely on disk when this returns. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await Deno.open(path, { create: true, truncate: true, write: true, mode: 0o600 });
  try {
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync();
  } finally {
    file.close();
  }
}

/** The key in a wrapped file, opened with any existing wrapping key; null if none opens it. */
async function unwrapAny(
  store: KeyStore,
  secretKey: string,
  id: string,
  wrapped: Buffer,
): Promise<Uint8Array | null> {
  const { current, next } = await generations(store);
  return unwrap(wrapping(secretKey, current), id, wrapped) ??
    (next ? unwrap(wrapping(secretKey, next), id, wrapped) : null);
}

/** The key in a wrapped file; null if this wrapping key did not wrap it under this name. */
function unwrap(wrappingKey: Uint8Array, id: string, wrapped: Buffer): Uint8Array | null {
  const size = mark.length + nonceSize + keySize + tagSize;
  if (wrapped.length !== size || !wrapped.subarray(0, mark.length).equals(mark)) return null;
  const nonce = wrapped.subarray(mark.length, mark.length + nonceSize);
  const decipher = createDecipheriv("aes-256-gcm", wrappingKey, nonce);
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(wrapped.subarray(-tagSize));
  try {
    const body = wrapped.subarray(mark.length + nonceSize, -tagSize);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    return null;
  }
}

/** The wrapping key, derived from the installation's secret and the salt that a rotation renews. */
const wrapping = (secretKey: string, generation: Uint8Array) =>
  new Uint8Array(
    hkdfSync("sha256", Buffer.from(secretKey, "base64"), generation, "wrap data keys", 32),
  );

/** The salts of the wrapping keys; empty before the first rotation. */
async function generations(
  store: KeyStore,
): Promise<{ current: Uint8Array; next: Uint8Array | null }> {
  const read = (path: string) =>
    Deno.readFile(path).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    });
  const next = await read(nextOf(store));
  // An incomplete salt, left by a power cut, has not wrapped anything yet.
  const whole = next?.length === saltSize ? next : null;
  return { current: await read(generationOf(store)) ?? new Uint8Array(), next: whole };
}

/** Runs `work` while no rotation runs, or, if `alone`, with nothing else running. */
async function locked<T>(store: KeyStore, alone: boolean, work: () => Promise<T>): Promise<T> {
  const path = join(folder(store), ".lock");
  const file = await Deno.open(path, { create: true, write: true, read: true, mode: 0o600 });
  try {
    await file.lock(alone);
    return await work();
  } finally {
    file.close();
  }
}

const folder = (store: KeyStore) => join(store.dataDir, "keys", "data");
const generationOf = (store: KeyStore) => join(folder(store), "wrapping");
const nextOf = (store: KeyStore) => `${generationOf(store)}.next`;

function pathOf(store: KeyStore, id: string): string {
  if (!isId(id)) throw new TypeError("key id is no UUID");
  return join(folder(store), id);
}

/** After a crash this also contains the key, so it has the key's name and is deleted with it. */
const draftOf = (store: KeyStore, id: string) => `${pathOf(store, id)}.draft`;
