/** Posted forms with files, read as a stream: nothing of a file is held in memory. */
import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { HTTPException } from "hono/http-exception";
import type { BusboyFileStream } from "@fastify/busboy";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { cleanName } from "../db/file_names.ts";
import type { Ctx } from "./web.tsx";

/** Where files are posted to. */
const takesFiles =
  /^\/(imports\/new|products\/imports\/new|(contacts|companies|deals|activities|messages)\/[^/]+\/files|operator\/processors\/[^/]+\/evidence|settings\/(letter-templates\/documents\/new|letterhead\/logo))$/;

/** Whether a request may bring a file: a form that cannot is held to the limits of all others. */
export const bringsFile = (c: Ctx): boolean =>
  takesFiles.test(c.req.path) &&
  !c.req.header("Content-Type")?.startsWith("application/x-www-form-urlencoded");

/** A form whose files were handed over as they came. */
export interface Upload<T> {
  /** Fields that came before the files. */
  fields: Record<string, string>;
  /** What `take` made of each file, in their order; none when none was chosen. */
  files: T[];
  /** More files came than are taken; the first ones were. */
  tooMany: boolean;
}

/** The last part of the name that the browser gave, for show only; `fields` are those before it. */
type Take<T> = (
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  fields: Record<string, string>,
) => Promise<T>;

interface Limits {
  /** Files in one form. */
  files: number;
  /** How slowly it may come; without it as `slowest` says. */
  slowest?: Slowness;
  /** Bytes of the whole form; each `take` has to know its own. */
  bytes?: number;
}

/** Bytes of a form that are read to its end though its file is too large: then the form itself says so. */
export const readable = 60_000_000;

/** How long nothing may come, and how long the whole may take, in milliseconds. */
interface Slowness {
  silence: number;
  whole: number;
}

/** 200 MB over a poor line take half an hour; who sends a byte a minute has something else in mind. */
const slowest: Slowness = { silence: 60_000, whole: 60 * 60_000 };

/**
 * Reads a multipart form of at most 20 fields of 4 kB and hands the files of one to `take` while they
 * arrive; a `take` that ends early leaves the rest of its file unread. Throws what `take` throws,
 * Malformed for a broken body, a 413 for one too large, a 408 for one that comes too slowly.
 */
export async function readUpload<T>(
  c: Ctx,
  field: string,
  take: Take<T>,
  limits: Limits = { files: 1 },
): Promise<Upload<T>> {
  const type = c.req.header("Content-Type") ?? "";
  const body = c.req.raw.body;
  if (!body || !/^multipart\/form-data;/i.test(type)) throw new Malformed();
  const parser = await busboy(type, limits.files);
  const upload: Upload<T> = { fields: Object.create(null), files: [], tooMany: false };
  const source = Readable.fromWeb(body as NodeStream);
  let taken: Promise<void> = Promise.resolve();
  let current: BusboyFileStream | undefined;
  const timers: ReturnType<typeof setTimeout>[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const broken = () => reject(new Malformed());
      const late = () => reject(new HTTPException(408));
      const { silence, whole } = limits.slowest ?? slowest;
      timers.push(setTimeout(late, whole), setTimeout(late, silence));
      let size = 0;
      source.on("data", (chunk: Uint8Array) => {
        clearTimeout(timers.pop());
        timers.push(setTimeout(late, silence));
        size += chunk.length;
        if (size > (limits.bytes ?? Infinity)) reject(new HTTPException(413));
      });
      parser.on("field", (name: string, value: string) => {
        upload.fields[name] = value;
      });
      parser.on("file", (name: string, stream: BusboyFileStream, fileName: string) => {
        // A part that breaks off says so here; its reader is told as well.
        stream.on("error", broken);
        if (name !== field || !fileName) return void stream.resume();
        taken = taken.then(async () => {
          current = stream;
          // Leaving off early must not break the form that the file stands in.
          const bytes = stream.iterator({ destroyOnReturn: false });
          try {
            upload.files.push(await take(bytes, nameOf(fileName), upload.fields));
          } finally {
            await bytes.return!();
            stream.resume();
          }
        });
        taken.catch(reject);
      });
      parser.on("filesLimit", () => upload.tooMany = true);
      parser.on("error", broken);
      source.on("error", broken);
      // What is left to wait for, a scanner's answer, is no longer the sender's.
      source.on("end", () => clearTimeout(timers.pop()));
      parser.on("finish", () => taken.then(resolve, reject));
      source.pipe(parser);
    });
    return upload;
  } catch (error) {
    source.unpipe(parser);
    source.destroy();
    // What is still being taken hears of it, and has cleared up when this returns.
    current?.destroy(new Malformed());
    await taken.catch(() => {});
    throw error;
  } finally {
    timers.forEach(clearTimeout);
  }
}

/** A file in memory, no longer than its bound and one piece more: who takes it tells it is too large. */
export async function gather(
  bytes: AsyncIterable<Uint8Array>,
  bound: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    if ((size += chunk.length) > bound) break;
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Forms write quotation marks and ends of lines in a name as three characters. */
const nameOf = (sent: string): string =>
  cleanName(sent.replaceAll("%22", '"').replace(/%0[AD]/gi, ""));

/** The body is no form with files, or it broke off: answered with 400. */
class Malformed extends HTTPException {
  constructor() {
    super(400, { message: "malformed upload" });
    this.name = "Malformed";
  }
}

async function busboy(type: string, files: number) {
  const { Busboy } = await import("@fastify/busboy");
  try {
    return new Busboy({
      headers: { "content-type": type },
      limits: {
        fields: 20,
        fieldSize: 4096,
        fieldNameSize: 100,
        files,
        parts: files + 24,
        headerPairs: 20,
      },
    });
  } catch {
    throw new Malformed();
  }
}
