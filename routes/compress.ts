/** Answers compressed on the fly: fast levels only, static files are compressed ahead of time. */
import { Buffer } from "node:buffer";
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from "node:zlib";
import { accepted } from "./encodings.ts";
import { web } from "./web.tsx";

const encoders = {
  zstd: (text: Uint8Array) =>
    zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
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
  const body = Buffer.from(await c.res.arrayBuffer());
  const headers = new Headers(c.res.headers);
  headers.delete("Content-Length");
  if (body.length < 860) {
    c.res = new Response(body, { status: c.res.status, headers });
    return;
  }
  headers.set("Content-Encoding", name);
  c.res = new Response(new Uint8Array(encoders[name](body)), { status: c.res.status, headers });
});
