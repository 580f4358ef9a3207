/** Files at rest: in the storage under our own names, sealed with a data key, whole or not at all. */
import { Buffer } from "node:buffer";
import * as keys from "./key_store.ts";
import { FileBroken, seal, unseal } from "./seals.ts";
import { localStorage, ObjectMissing, type Storage } from "./storage.ts";

export { FileBroken };

/** Where files and keys lie, and what the keys are wrapped with. */
export interface Vault extends keys.KeyStore {
  /** Where sealed bytes are kept; unset: in the folder. */
  readonly storage?: Storage;
}

/** More bytes came than are allowed. */
export class FileTooLarge extends Error {
  override name = "FileTooLarge";

  constructor(readonly limit: number) {
    super("file too large");
  }
}

/** The storage of an installation. */
export const storageOf = ({ dataDir, storage }: Vault): Storage => storage ?? localStorage(dataDir);

/**
 * Seals a stream and stores it under a new name (`area/ID`); its size in plain bytes. Without a
 * data key the installation's own seals it: for what comes before a tenant is known. Nothing stays
 * behind on a throw: FileTooLarge, or what `bytes` throws.
 */
export async function store(
  vault: Vault,
  name: string,
  keyId: string | null,
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<number> {
  const key = { id: keyId, bytes: await keyOf(vault, keyId) };
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

/** The plain bytes of a stored file, piece by piece. Throws FileBroken, also when it is gone. */
export function open(vault: Vault, name: string): ReadableStream<Uint8Array> {
  return ReadableStream.from(unsealed(vault, name));
}

/** The same, its first bytes read already: what is broken from the start throws here. */
export async function begin(vault: Vault, name: string): Promise<ReadableStream<Uint8Array>> {
  const source = unsealed(vault, name);
  const first = await source.next();
  return ReadableStream.from((async function* () {
    try {
      if (first.done) return;
      yield first.value;
      yield* source;
    } finally {
      await source.return(undefined);
    }
  })());
}

/** Removes a stored file; one that is gone already is no fault. */
export async function remove(vault: Vault, name: string): Promise<void> {
  await storageOf(vault).remove(name);
}

/** Whether the file is still kept. */
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

/** Binds the bytes to their own id, so that no file passes for another. */
const contextOf = (name: string) => `file ${name.split("/").at(-1)}`;
