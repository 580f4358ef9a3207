/**
 * A zip archive in memory, unpacked part by part. What its directory announces is weighed before
 * anything is unpacked, and no part may hold more than it announced: a zip bomb never goes off.
 */

import type { FileEntry } from "@zip.js/zip.js";
import type { Source } from "./inspections.ts";
import { limits, Unreadable } from "./problems.ts";
import { Turns } from "./turns.ts";

/** Deflate reaches 1,030 to one; spreadsheets, repetitive as they are, stay far below this. */
const ratio = 250;
/** Small parts may be as repetitive as they like. */
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

  /** The bytes a part has when unpacked; 0 for one that is missing. */
  size(name: string): number {
    return this.#entries.get(nameOf(name))?.uncompressedSize ?? 0;
  }

  /** A part's bytes, unpacked as they are taken. Throws Unreadable when they do not unpack. */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(nameOf(name));
    if (!entry) throw new Unreadable("xlsx_broken");
    let fail: (error: unknown) => void = () => {};
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
      start: (controller) => {
        fail = (error) => controller.error(error);
      },
    });
    // A part may fail before its first byte: then nobody else would tell the one who reads.
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
 * Reads the archive's directory. Throws Unreadable for what is broken, sealed, or larger than `most`
 * bytes when it is unpacked.
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

/** Frees bytes that are done with: left to the collector, a hundred megabytes of them pile up. */
export function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

function isBomb({ uncompressedSize, compressedSize }: FileEntry): boolean {
  return uncompressedSize > negligible && uncompressedSize > compressedSize * ratio;
}

/** Names are only compared, never used as paths; some programs write them the Windows way. */
function nameOf(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();
}

/** The whole file; counted first, so that it is held once and not twice. */
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
