/** Streams several files as one ZIP, created as it is read; nothing is stored in between. */

export interface Part {
  name: string;
  body: () => ReadableStream<Uint8Array>;
}

/** The archive as a stream; it aborts when one of its parts fails. */
export function archive(parts: readonly Part[], at: Date): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  write(writable, parts, at).catch((error) => writable.abort(error).catch(() => {}));
  return readable;
}

async function write(
  writable: WritableStream<Uint8Array>,
  parts: readonly Part[],
  at: Date,
): Promise<void> {
  const { ZipWriter } = await import("@zip.js/zip.js");
  const writer = new ZipWriter(writable, { useWebWorkers: false, extendedTimestamp: false });
  for (const { name, body } of parts) await writer.add(name, body(), { lastModDate: at });
  await writer.close();
}

/** Text or bytes as a part's body. */
export const bodyOf = (content: string | Uint8Array<ArrayBuffer>) => () =>
  new Blob([content]).stream();

/** A text that is made while it is read as a part's body. */
export const textBodyOf = (pieces: () => Iterable<string>) => () =>
  ReadableStream.from(pieces()).pipeThrough(new TextEncoderStream());

/** A file name that is valid on every system. */
export const partName = (name: string): string => name.replace(/[\\/:*?"<>|\p{Cc}]/gu, "_");
