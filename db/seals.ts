/** Bytes sealed in pieces: AES-256-GCM, so that none can be changed, moved, left out or cut off. */
import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { parse, stringify } from "uuid";

/** A key and the name it is found by; the name is null for the installation's own key. */
export interface Key {
  id: string | null;
  /** 32 bytes. */
  bytes: Uint8Array;
}

/** Finds the key by which something was sealed. */
export type FindKey = (id: string | null) => Promise<Uint8Array>;

/** The sealed bytes were changed or truncated, are gone, or no key opens them. */
export class FileBroken extends Error {
  override name = "FileBroken";

  constructor() {
    super("sealed file is broken");
  }
}

const pieceSize = 64 * 1024;
const tagSize = 16;
const saltSize = 32;
const idSize = 16;
/** The first bytes of what the installation's own key sealed; no key name follows. */
const installationMark = Buffer.from("kcrm\x01");
const mark = Buffer.from("kcrm\x02");

/** Whether the bytes look like the start of a sealed stream. */
export const isSealed = (start: Uint8Array): boolean =>
  [installationMark, mark].some((each) => each.equals(start.subarray(0, each.length)));

/**
 * The sealed form of a stream: the key's name, a salt, then pieces of 64 KiB under a derived key.
 * The same `context` is needed to open it; the nonce counts the pieces and marks the last.
 */
export async function* seal(
  { id, bytes }: Key,
  context: string,
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const salt = randomBytes(saltSize);
  const own = derive(bytes, salt, context);
  const source = new Pieces(plain);
  try {
    yield Buffer.concat(id === null ? [installationMark, salt] : [mark, parse(id), salt]);
    let next = await source.take(pieceSize);
    for (let count = 0;; count++) {
      const current = next;
      next = await source.take(pieceSize);
      const cipher = createCipheriv("aes-256-gcm", own, nonce(count, next.length === 0));
      yield Buffer.concat([cipher.update(current), cipher.final(), cipher.getAuthTag()]);
      if (next.length === 0) return;
    }
  } finally {
    await source.end();
  }
}

/** The plain bytes again. Throws FileBroken, and whatever `find` throws. */
export async function* unseal(
  context: string,
  sealed: AsyncIterable<Uint8Array>,
  find: FindKey,
): AsyncGenerator<Uint8Array> {
  const source = new Pieces(sealed);
  try {
    const own = await readHead(source, context, find);
    let next = await source.take(pieceSize + tagSize);
    for (let count = 0;; count++) {
      const current = next;
      next = await source.take(pieceSize + tagSize);
      const plain = open(own, nonce(count, next.length === 0), current);
      if (plain.length > 0) yield plain;
      if (next.length === 0) return;
    }
  } finally {
    await source.end();
  }
}

async function readHead(source: Pieces, context: string, find: FindKey): Promise<Uint8Array> {
  const found = await source.take(mark.length);
  const named = found.equals(mark);
  if (!named && !found.equals(installationMark)) throw new FileBroken();
  const id = named ? await source.take(idSize) : null;
  const salt = await source.take(saltSize);
  if (salt.length < saltSize) throw new FileBroken();
  return derive(await find(id && stringify(id)), salt, context);
}

function open(key: Uint8Array, nonce: Uint8Array, sealed: Buffer): Uint8Array {
  if (sealed.length < tagSize) throw new FileBroken();
  const decipher = createDecipheriv("aes-256-gcm", key, nonce);
  decipher.setAuthTag(sealed.subarray(sealed.length - tagSize));
  try {
    const body = sealed.subarray(0, sealed.length - tagSize);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    throw new FileBroken();
  }
}

function nonce(count: number, last: boolean): Uint8Array {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(count, 4);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

const derive = (key: Uint8Array, salt: Uint8Array, context: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", key, salt, context, 32));

/** Reads a stream in pieces of the wanted size, however its chunks arrive. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array[] = [];
  #size = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes; fewer than wanted only at the end. */
  async take(wanted: number): Promise<Buffer> {
    while (this.#size < wanted) {
      const { done, value } = await this.#source.next();
      if (done) break;
      this.#held.push(value);
      this.#size += value.length;
    }
    const all = Buffer.concat(this.#held);
    const rest = all.subarray(wanted);
    this.#held = [rest];
    this.#size = rest.length;
    return all.subarray(0, wanted);
  }

  async end(): Promise<void> {
    await this.#source.return?.();
  }
}
