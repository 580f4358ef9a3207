/**
 * A file being received: checked, scanned, sealed and stored while it arrives, or rejected as a
 * whole.
 */
import { createHash, type Hash } from "node:crypto";
import { cleanName } from "./file_names.ts";
import { headSize, recognise } from "./file_types.ts";
import { objectOf } from "./files.ts";
import { newId } from "./ids.ts";
import type { Scanner } from "./scanner_settings.ts";
import * as vault from "./vault.ts";
import { FileInfected, scanned, ScannerAway } from "./virus_scans.ts";

/** Maximum bytes of one file. */
export const largest = 50_000_000;

/** Where files are kept, and what scans them first. */
export interface Intake extends vault.Vault {
  clamavSocket?: Scanner;
}

/** A file whose bytes are in the storage but that no row refers to yet. */
export interface Received {
  name: string;
  mediaType: string;
  size: number;
  /** SHA-256 of the contents, in hexadecimal. */
  digest: string;
  objectId: string;
  dataKeyId: string;
}

/** Why a file is not accepted; a key of the catalogue `files`. */
export type Refusal =
  | "empty"
  | "too_large"
  | "program"
  | "mismatch"
  | "infected"
  | "scanner_away";

/** A file was refused; nothing of it was kept. */
export class FileRefused extends Error {
  override name = "FileRefused";

  constructor(readonly fileName: string, readonly refusal: Refusal) {
    super(`file refused: ${refusal}`);
  }
}

/** Why a file was refused, from the error thrown; rethrows any other error. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof FileRefused) return error.refusal;
  throw error;
}

/**
 * Receives a file's bytes for a tenant, sealed with its key; afterwards either `files.create` or
 * `discard` has to be called. Throws FileRefused, or whatever `bytes` throws.
 */
export async function receive(
  store: Intake,
  { tenantId, dataKeyId }: { tenantId: string; dataKeyId: string },
  fileName: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Received> {
  const name = cleanName(fileName);
  const refuse = (refusal: Refusal) => new FileRefused(name, refusal);
  const source = bytes[Symbol.asyncIterator]();
  const first = await headOf(source);
  if (first.head.length === 0) throw refuse("empty");
  const found = await recognise(first.head, name);
  if ("objection" in found) throw refuse(found.objection);
  const objectId = newId();
  const digest = createHash("sha256");
  try {
    const whole = chain(first.chunks, source);
    const shown = store.clamavSocket ? scanned(store.clamavSocket, whole) : whole;
    const size = await vault.store(
      store,
      objectOf(tenantId, objectId),
      dataKeyId,
      digested(shown, digest),
      largest,
    );
    const type = { name, mediaType: found.mediaType };
    return { ...type, size, digest: digest.digest("hex"), objectId, dataKeyId };
  } catch (error) {
    if (error instanceof vault.FileTooLarge) throw refuse("too_large");
    if (error instanceof FileInfected) throw refuse("infected");
    if (error instanceof ScannerAway) throw refuse("scanner_away");
    throw error;
  }
}

/** Removes the bytes of a received file that was not kept. */
export async function discard(store: Intake, tenantId: string, file: Received): Promise<void> {
  await vault.remove(store, objectOf(tenantId, file.objectId));
}

/** The first bytes, and the chunks that were read to get them. */
async function headOf(source: AsyncIterator<Uint8Array>) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < headSize) {
    const { done, value } = await source.next();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  const head = new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
  return { chunks, head: head.subarray(0, headSize) };
}

/** The same bytes, added to a digest on their way. */
async function* digested(
  bytes: AsyncIterable<Uint8Array>,
  digest: Hash,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    digest.update(chunk);
    yield chunk;
  }
}

async function* chain(
  chunks: Uint8Array[],
  source: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* chunks;
  for (;;) {
    const { done, value } = await source.next();
    if (done) return;
    yield value;
  }
}
