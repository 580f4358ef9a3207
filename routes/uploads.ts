/** A posted form with one file, read as a stream: nothing of the file is held in memory. */
import { Readable } from "node:stream";
import { HTTPException } from "hono/http-exception";
import { Busboy, type BusboyFileStream } from "@fastify/busboy";
import type { ReadableStream as NodeStream } from "node:stream/web";
import type { Ctx } from "./web.tsx";

export interface Upload<T> {
  /** Fields that came before the file. */
  fields: Record<string, string>;
  /** What `take` made of the file; undefined when none was chosen. */
  file: T | undefined;
}

/** The last part of the name the browser gave, for show only. */
type Take<T> = (bytes: AsyncIterable<Uint8Array>, name: string) => Promise<T>;

/**
 * Reads a multipart form and hands its one file to `take` while it arrives. Fields are at most 20
 * of 4 kB. What `take` throws is thrown; a broken body throws Malformed.
 */
export async function readUpload<T>(
  c: Ctx,
  field: string,
  take: Take<T>,
): Promise<Upload<T>> {
  const type = c.req.header("Content-Type") ?? "";
  const body = c.req.raw.body;
  if (!body || !/^multipart\/form-data;/i.test(type)) throw new Malformed();
  const parser = busboy(type);
  const upload: Upload<T> = { fields: {}, file: undefined };
  const source = Readable.fromWeb(body as NodeStream);
  return await new Promise((resolve, reject) => {
    let taken: Promise<T> | undefined;
    const fail = (error: unknown) => {
      source.unpipe(parser);
      source.destroy();
      reject(error);
    };
    parser.on("field", (name: string, value: string) => {
      upload.fields[name] = value;
    });
    parser.on("file", (name: string, stream: BusboyFileStream, fileName: string) => {
      if (taken || name !== field || fileName === "") return void stream.resume();
      taken = take(stream as AsyncIterable<Uint8Array>, baseName(fileName));
      taken.catch(fail);
    });
    parser.on("error", () => fail(new Malformed()));
    source.on("error", () => fail(new Malformed()));
    parser.on("finish", () => {
      Promise.resolve(taken).then((file) => resolve({ ...upload, file }), fail);
    });
    source.pipe(parser);
  });
}

/** The body is no form with files, or it broke off: answered with 400. */
export class Malformed extends HTTPException {
  constructor() {
    super(400, { message: "malformed upload" });
    this.name = "Malformed";
  }
}

function busboy(type: string) {
  try {
    return new Busboy({
      headers: { "content-type": type },
      limits: {
        fields: 20,
        fieldSize: 4096,
        fieldNameSize: 100,
        files: 1,
        parts: 25,
        headerPairs: 20,
      },
    });
  } catch {
    throw new Malformed();
  }
}

/** Browsers of old sent whole paths; control characters have no place in a name. */
function baseName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? "";
  // deno-lint-ignore no-control-regex
  return base.replace(/[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, "").slice(0, 200) || "?";
}
