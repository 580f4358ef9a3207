/** Static files: read once at start, addressed by their content, compressed ahead of need. */

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { accepted } from "./encodings.ts";

/** The static files of one process. */
export interface Assets {
  /** The immutable address of a file: `css/app.css` → `/static/css/app.1f3a….css`. */
  url: (name: string) => string;
  /** The file at a request's address, in the best encoding it accepts; else 404. */
  answer: (request: Request) => Promise<Response>;
}

interface Asset {
  type: string;
  etag: string;
  /** The bytes by encoding; `identity` is always there, the others where they are shorter. */
  bodies: Promise<Record<string, Uint8Array<ArrayBuffer>>>;
}

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  webp: "image/webp",
  txt: "text/plain; charset=utf-8",
};

/** Folders served as one file, in this order where it matters. */
export const bundles: Record<string, string[]> = {
  "css/app.css":
    "tokens base layout ui menus forms tables records reach lists duplicates reports deals offers board activities calendars files messages news timeline pages settings help hidden print"
      .split(" ")
      .map((name) => `css/${name}.css`),
  "js/app.js":
    "unsaved notices menus tables board copies days dates focus keys suggestions news passkeys"
      .split(" ")
      .map((name) => `js/${name}.js`),
};
/** Files that are served as they are, to pages that ask for them. */
export const plain = [
  "icon.svg",
  "js/certificates.js",
  "js/works.js",
  "vendor/htmx-4.0.1.min.js",
  "vendor/icons.svg",
];

const prefix = "/static/";
const compressors = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 9 }),
};

/** Comments and indentation off; all that compression does not already do for us. */
const squeeze = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s+/gm, "").replaceAll(/(?<!\s)\s+$/gm, "");

/** What is packed already gets no smaller. */
const packed = /\.webp$/;

async function compressed(bytes: Uint8Array<ArrayBuffer>) {
  const bodies: Record<string, Uint8Array<ArrayBuffer>> = { identity: bytes };
  for (const [encoding, compress] of Object.entries(compressors)) {
    const body = new Uint8Array(await compress(bytes));
    if (body.length < bytes.length) bodies[encoding] = body;
  }
  return bodies;
}

/** Reads the static files; needs leave to read that folder and nothing else. */
export function loadAssets(folder: URL = new URL("../static/", import.meta.url)): Assets {
  const addresses = new Map<string, string>();
  const assets = new Map<string, Asset>();
  const read = (name: string) => Deno.readFileSync(new URL(name, folder));

  const add = (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    const dot = name.lastIndexOf(".");
    const address = `${prefix}${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
    addresses.set(name, address);
    const type = types[name.slice(dot + 1)] ?? "application/octet-stream";
    const bodies = packed.test(name) ? Promise.resolve({ identity: bytes }) : compressed(bytes);
    assets.set(address, { type, etag: `"${hash}"`, bodies });
  };
  for (const [name, parts] of Object.entries(bundles)) {
    const text = parts.map((part) => squeeze(new TextDecoder().decode(read(part)))).join("\n");
    add(name, new TextEncoder().encode(text));
  }
  for (const name of plain) add(name, read(name));
  for (const { name } of Deno.readDirSync(new URL("help/", folder))) {
    if (packed.test(name)) add(`help/${name}`, read(`help/${name}`));
  }

  return {
    url: (name) => {
      const address = addresses.get(name);
      if (!address) throw new Error(`No static file is called ${name}`);
      return address;
    },
    answer: async (request) => {
      const asset = assets.get(new URL(request.url).pathname);
      if (!asset) return new Response(null, { status: 404 });
      return respond(asset, await asset.bodies, request);
    },
  };
}

function respond(
  asset: Asset,
  bodies: Record<string, Uint8Array<ArrayBuffer>>,
  request: Request,
): Response {
  const taken = accepted(request.headers.get("accept-encoding") ?? "", Object.keys(compressors));
  const encoding = taken.find((name) => bodies[name]) ?? "identity";
  const body = bodies[encoding];
  const headers = new Headers({
    "cache-control": "public, max-age=31536000, immutable",
    "content-type": asset.type,
    etag: asset.etag,
    vary: "accept-encoding",
  });
  if (request.headers.get("if-none-match") === asset.etag) {
    return new Response(null, { status: 304, headers });
  }
  if (encoding !== "identity") headers.set("content-encoding", encoding);
  headers.set("content-length", String(body?.byteLength ?? 0));
  return new Response(request.method === "HEAD" ? null : body, { headers });
}
