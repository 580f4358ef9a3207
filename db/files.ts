/** Uploaded files at rest: in our own folder, under our own names, sealed piece by piece. */
import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { join } from "node:path";
import { isId } from "./ids.ts";

/** Where files lie and what they are sealed with. */
export interface Vault {
  dataDir: string;
  /** 32 bytes in base64. */
  secretKey: string;
  /** Which of our folders; that of the imports where none is named. */
  folder?: "imports" | "inbound";
}

/** More bytes came than are allowed. */
export class FileTooLarge extends Error {
  constructor(readonly limit: number) {
    super("file too large");
    this.name = "FileTooLarge";
  }
}

/** The sealed file was changed, cut short, or made with another key. */
export class FileBroken extends Error {
  constructor() {
    super("sealed file is broken");
    this.name = "FileBroken";
  }
}

const piece = 64 * 1024;
const tag = 16;
const saltSize = 32;
const mark = new TextEncoder().encode("kcrm\x01");

/**
 * Seals a stream into the file `id` and returns its bytes; leaves nothing behind on a throw.
 * AES-256-GCM per 64 KiB with a key of the file's own; the nonce counts the pieces and marks the
 * last, so that none can be moved, left out or cut off. Throws FileTooLarge.
 */
export async function store(
  vault: Vault,
  id: string,
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<number> {
  await Deno.mkdir(folder(vault), { recursive: true, mode: 0o700 });
  const path = pathOf(vault, id);
  const salt = randomBytes(saltSize);
  const key = keyOf(vault, id, salt);
  const file = await Deno.open(path, { createNew: true, write: true, mode: 0o600 });
  let size = 0;
  try {
    await writeAll(file, Buffer.concat([mark, salt]));
    let count = 0;
    let rest = Buffer.alloc(0);
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > limit) throw new FileTooLarge(limit);
      rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
      // One piece is always held back: the last one is sealed as such.
      while (rest.length > piece) {
        await writeAll(file, seal(key, count++, false, rest.subarray(0, piece)));
        rest = rest.subarray(piece);
      }
    }
    await writeAll(file, seal(key, count, true, rest));
    await file.syncData();
    file.close();
    return size;
  } catch (error) {
    file.close();
    await Deno.remove(path);
    throw error;
  }
}

/** The plain bytes of a stored file, piece by piece. Throws Deno.errors.NotFound or FileBroken. */
export function open(vault: Vault, id: string): ReadableStream<Uint8Array> {
  return ReadableStream.from(unsealed(vault, id));
}

/** Removes a stored file; one that is gone already is no fault. */
export async function remove(vault: Vault, id: string): Promise<void> {
  await Deno.remove(pathOf(vault, id)).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/** Whether the file is still kept. */
export async function exists(vault: Vault, id: string): Promise<boolean> {
  return await Deno.stat(pathOf(vault, id)).then(() => true, () => false);
}

async function* unsealed(vault: Vault, id: string): AsyncGenerator<Uint8Array> {
  const file = await Deno.open(pathOf(vault, id));
  try {
    const head = await readUpTo(file, mark.length + saltSize);
    if (head.length < mark.length + saltSize || !head.subarray(0, mark.length).equals(mark)) {
      throw new FileBroken();
    }
    const key = keyOf(vault, id, head.subarray(mark.length));
    let next = await readUpTo(file, piece + tag);
    for (let count = 0;; count++) {
      const current = next;
      next = await readUpTo(file, piece + tag);
      const plain = unseal(key, count, next.length === 0, current);
      if (plain.length > 0) yield plain;
      if (next.length === 0) return;
    }
  } finally {
    file.close();
  }
}

function seal(key: Uint8Array, count: number, last: boolean, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv("aes-256-gcm", key, nonce(count, last));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Uint8Array, count: number, last: boolean, sealed: Buffer): Uint8Array {
  if (sealed.length < tag) throw new FileBroken();
  const cipher = createDecipheriv("aes-256-gcm", key, nonce(count, last));
  cipher.setAuthTag(sealed.subarray(sealed.length - tag));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(0, sealed.length - tag)), cipher.final()]);
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

function keyOf(vault: Vault, id: string, salt: Uint8Array): Uint8Array {
  const secret = Buffer.from(vault.secretKey, "base64");
  return new Uint8Array(hkdfSync("sha256", secret, salt, `file ${id}`, 32));
}

const folder = (vault: Vault) => join(vault.dataDir, "files", vault.folder ?? "imports");

function pathOf(vault: Vault, id: string): string {
  if (!isId(id)) throw new TypeError("file id is no UUID");
  return join(folder(vault), id);
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

async function readUpTo(file: Deno.FsFile, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  let at = 0;
  while (at < size) {
    const read = await file.read(bytes.subarray(at));
    if (read === null) break;
    at += read;
  }
  return bytes.subarray(0, at);
}
