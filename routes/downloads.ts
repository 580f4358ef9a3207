/** Answers with a file, which no cache keeps. */
import { create as disposition } from "content-disposition";
import type { Ctx } from "./web.tsx";

/** What an answer says about its file. */
export interface Described {
  name: string;
  type: string;
  /** In bytes, if known before the file was read. */
  size?: number;
  /** Whether the browser shows the file instead of saving it. */
  inline?: boolean;
  /** Whether somebody else made it: then it gets no rights of ours, wherever it is opened. */
  foreign?: boolean;
}

/** Closes the file of an answer that is not given after all, as its transaction failed. */
export const unsent = async ({ body }: Response): Promise<void> =>
  void await body?.cancel().catch(() => {});

/** Answers with a file to be saved or, if `inline`, to be shown; without its body for HEAD. */
export function download(
  c: Ctx,
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | string | null,
  { name, type, size, inline = false, foreign = false }: Described,
): Response {
  return c.body(body as string, 200, {
    "Content-Type": type,
    "Content-Disposition": disposition(name, { type: inline ? "inline" : "attachment" }),
    "Cache-Control": "no-store",
    ...(size === undefined ? {} : { "Content-Length": String(size) }),
    ...(foreign ? { "Content-Security-Policy": "sandbox; default-src 'none'" } : {}),
  });
}
