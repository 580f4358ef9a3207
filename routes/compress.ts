/** Answers compressed on the fly: fast levels only, static files are compressed ahead of time. */
import { Buffer } from "node:buffer";
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from "node:zlib";
import { accepted } from "./encodings.ts";
import { textOf, web } from "./web.tsx";

/** Pages are hardly longer than a window of 128 kB: a larger one is cleared for each of them. */
const quick = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_windowLog]: 17 };

const encoders = {
  zstd: (text: Uint8Array) => zstdCompressSync(text, { params: quick }),
  br: (text: Uint8Array) =>
    brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  gzip: (text: Uint8Array) => gzipSync(text, { level: 4 }),
};

/** Compresses pages by what the browser accepts; leaves files, streams and small answers alone. */
export const compress = web.createMiddleware(async (c, next) => {
  await next();
  const type = c.res.headers.get("Content-Type") ?? "";
  if (
    !type.startsWith("text/html") || c.res.headers.has("Content-Encoding") ||
    c.req.method === "HEAD"
  ) return;
  c.res.headers.append("Vary", "Accept-Encoding");
  const [name] = accepted(c.req.header("Accept-Encoding") ?? "", ["zstd", "br", "gzip"]);
  if (!name) return;
  const { status } = c.res;
  const text = textOf(c);
  const body = text === undefined ? Buffer.from(await c.res.arrayBuffer()) : Buffer.from(text);
  const headers = new Headers(c.res.headers);
  headers.delete("Content-Length");
  const small = body.length < 860;
  if (!small) headers.set("Content-Encoding", name);
  // Else hono would copy the headers once more and make a stream of the bytes.
  c.res = undefined;
  c.res = new Response(small ? body : new Uint8Array(encoders[name](body)), { status, headers });
});
