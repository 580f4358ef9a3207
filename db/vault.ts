/** Files at rest: stored under our own names, sealed with a data key, whole or not at all. */
import { Buffer } from "node:buffer";
import * as keys from "./key_store.ts";
import { FileBroken, type Key, seal, unseal } from "./seals.ts";
import { localStorage, ObjectMissing, type Storage } from "./storage.ts";

export { FileBroken };

/** Where files and keys are kept, and what the keys are wrapped with. */
export interface Vault extends keys.KeyStore {
  /** Where sealed bytes are kept; the folder if unset. */
  readonly storage?: Storage;
}

/** More bytes came than allowed. */
export class FileTooLarge extends Error {
  override name = "FileTooLarge";

  constructor(readonly limit: number) {
    super("file too large");
  }
}

/** The storage of an installation. */
export const storageOf = ({ dataDir, storage }: Vault): Storage => storage ?? localStorage(dataDir);

/**
 * Seals a stream, stores it under a new name (`area/ID`) and returns its size in plain bytes.
 * Without a data key the installation's own is used, for what arrives before a tenant is known.
 * Nothing is left behind on a throw: FileTooLarge, or whatever `bytes` throws.
 */
export async function store(
  vault: Vault,
  name: string,
  keyId: string | null,
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<number> {
  return await storeWith(
    vault,
    name,
    { id: keyId, bytes: await keyOf(vault, keyId) },
    bytes,
    limit,
  );
}

/** The same with a key that may not be kept yet: until it is, nobody can open the file. */
export async function storeWith(
  vault: Vault,
  name: string,
  key: Key,
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<number> {
  let size = 0;
  async function* counted() {
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > limit) throw new FileTooLarge(limit);
      yield chunk;
    }
  }
  await storageOf(vault).put(name, seal(key, contextOf(name), counted()));
  return size;
}

/** The plain bytes of a stored file, piece by piece. Throws FileBroken, also if it is gone. */
export function open(vault: Vault, name: string): ReadableStream<Uint8Array> {
  return ReadableStream.from(unsealed(vault, name));
}

/** The same, with its first bytes already read: a file broken at the start throws here. */
export async function begin(vault: Vault, name: string): Promise<ReadableStream<Uint8Array>> {
  const source = unsealed(vault, name);
  let first: IteratorResult<Uint8Array> | null = await source.next();
  // No generator: if it is never started, its `finally` does not close the file.
  const pieces: AsyncIterator<Uint8Array> = {
    async next() {
      const piece = first ?? await source.next();
      first = null;
      return piece;
    },
    return: async () => await source.return(undefined),
  };
  return ReadableStream.from({ [Symbol.asyncIterator]: () => pieces });
}

/** Removes a stored file; one already gone is no error. */
export async function remove(vault: Vault, name: string): Promise<void> {
  await storageOf(vault).remove(name);
}

/** Whether the file still exists. */
export async function exists(vault: Vault, name: string): Promise<boolean> {
  return await storageOf(vault).exists(name);
}

async function* unsealed(vault: Vault, name: string): AsyncGenerator<Uint8Array> {
  try {
    const sealed = storageOf(vault).get(name);
    yield* unseal(contextOf(name), sealed, (id) => keyOf(vault, id));
  } catch (error) {
    throw error instanceof ObjectMissing ? new FileBroken() : error;
  }
}

const keyOf = async (vault: Vault, id: string | null): Promise<Uint8Array> =>
  id === null ? Buffer.from(vault.secretKey, "base64") : await keys.read(vault, id);

/** Binds the bytes to their own id, so that no file can pass for another. */
const contextOf = (name: string) => `file ${name.split("/").at(-1)}`;
