/**
 * Reads a zip archive in memory, part by part. The sizes in its directory are checked before
 * anything is unpacked, and no part may exceed its stated size, so a zip bomb does no harm.
 */

import type { FileEntry } from "@zip.js/zip.js";
import type { Source } from "./inspections.ts";
import { limits, Unreadable } from "./problems.ts";
import { Turns } from "./turns.ts";

/** Deflate reaches 1,030 to one; spreadsheets, though repetitive, stay far below this. */
const ratio = 250;
/** Small parts may compress by any ratio. */
const negligible = 10 * 1024 * 1024;
const entries = 5_000;

const options = { useWebWorkers: false, checkOverlappingEntry: true } as const;

export class Archive {
  #entries: Map<string, FileEntry>;
  #bytes: Uint8Array;

  constructor(entries: Map<string, FileEntry>, bytes: Uint8Array) {
    this.#entries = entries;
    this.#bytes = bytes;
  }

  /** Frees the file's bytes; nothing can be read afterwards. */
  close(): void {
    this.#entries.clear();
    release(this.#bytes);
  }

  has(name: string): boolean {
    return this.#entries.has(nameOf(name));
  }

  /** A part's size when unpacked, in bytes; 0 if it is missing. */
  size(name: string): number {
    return this.#entries.get(nameOf(name))?.uncompressedSize ?? 0;
  }

  /** A part's bytes, unpacked on demand. Throws Unreadable if they cannot be unpacked. */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(nameOf(name));
    if (!entry) throw new Unreadable("xlsx_broken");
    let fail: (error: unknown) => void = () => {};
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
      start: (controller) => {
        fail = (error) => controller.error(error);
      },
    });
    // A part may fail before its first byte, and nothing else would tell the reader.
    entry.getData(writable, options).catch((error) => fail(error));
    let size = 0;
    const turns = new Turns();
    try {
      for await (const chunk of readable) {
        if (turns.isOver) await turns.next();
        size += chunk.length;
        if (size > entry.uncompressedSize) throw new Unreadable("xlsx_broken");
        yield chunk;
        release(chunk);
      }
    } catch (error) {
      throw error instanceof Unreadable ? error : new Unreadable("xlsx_broken");
    }
  }
}

/**
 * Reads the archive's directory. Throws Unreadable if it is broken, encrypted, or larger than
 * `most` bytes when unpacked.
 */
export async function open(source: Source, most: number = limits.unpacked): Promise<Archive> {
  const { Uint8ArrayReader, ZipReader } = await import("@zip.js/zip.js");
  const bytes = await bytesOf(source);
  const reader = new ZipReader(new Uint8ArrayReader(bytes), options);
  const found = new Map<string, FileEntry>();
  let size = 0;
  let count = 0;
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (++count > entries) throw new Unreadable("xlsx_too_large");
      if (entry.directory) continue;
      if (entry.encrypted) throw new Unreadable("xlsx_encrypted");
      size += entry.uncompressedSize;
      if (size > most || isBomb(entry)) throw new Unreadable("xlsx_too_large");
      found.set(nameOf(entry.filename), entry);
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable("xlsx_broken");
  }
  return new Archive(found, bytes);
}

/** Frees bytes no longer needed: left to the garbage collector, a hundred megabytes pile up. */
export function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

function isBomb({ uncompressedSize, compressedSize }: FileEntry): boolean {
  return uncompressedSize > negligible && uncompressedSize > compressedSize * ratio;
}

/** Names are only compared, never used as paths; some programs write them with backslashes. */
function nameOf(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();
}

/** The whole file; its size is counted first, so that it is held in memory only once. */
async function bytesOf(source: Source): Promise<Uint8Array> {
  let size = 0;
  for await (const chunk of source()) {
    size += chunk.length;
    if (size > limits.bytes) throw new Unreadable("too_large", { limit: limits.bytes });
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const chunk of source()) {
    bytes.set(chunk.subarray(0, size - at), at);
    at += chunk.length;
  }
  return bytes;
}
