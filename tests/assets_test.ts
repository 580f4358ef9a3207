/** Static files: addresses that never go stale, encodings, headers, nothing but what is listed. */
import { accepted } from "../routes/encodings.ts";
import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { bundles, loadAssets, plain } from "../routes/assets.ts";

const assets = loadAssets();
const names = [
  "css/app.css",
  "js/app.js",
  "vendor/htmx-4.0.1.min.js",
  "vendor/icons.svg",
  "icon.svg",
];
const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  assets.answer(new Request(`http://localhost${path}`, { headers, method }));

Deno.test("every file has an address of its content and is kept for good", async () => {
  for (const name of names) {
    const address = assets.url(name);
    match(address, /^\/static\/.+\.[0-9a-f]{12}\.(css|js|svg)$/);
    const response = await ask(address);
    equal(response.status, 200);
    equal(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
    equal(response.headers.get("vary"), "accept-encoding");
    match(response.headers.get("content-type")!, /^(text\/(css|javascript); |image\/svg)/);
    ok((await response.bytes()).length > 100);
  }
});

Deno.test("every stylesheet and script of the folder is served with its bundle", () => {
  for (const [bundle, parts] of Object.entries(bundles)) {
    const folder = bundle.split("/")[0]!;
    const present = [...Deno.readDirSync(new URL(`../static/${folder}`, import.meta.url))];
    const apart = plain.filter((name) => name.startsWith(`${folder}/`));
    deepEqual([...parts, ...apart].sort(), present.map(({ name }) => `${folder}/${name}`).sort());
  }
});

Deno.test("an encoding counts unless its weight is nothing, however that is written", () => {
  const names = ["zstd", "br", "gzip"] as const;
  const taken = (header: string) => accepted(header, names).join();
  equal(taken(""), "");
  equal(taken("gzip, deflate, br, zstd"), "zstd,br,gzip");
  for (const none of ["q=0", "q=0.0", "Q=0.000"]) {
    equal(taken(`gzip; ${none}, br;${none.toLowerCase()} , zstd;q=0.1`), "zstd", none);
  }
  equal(taken("*;q=0.5, br;q=0"), "zstd,gzip");
  equal(taken("*;q=0, GZIP"), "gzip");
  equal(taken("x-gzip, brotli"), "");
});

Deno.test("br comes before gzip, and all encodings say the same", async () => {
  const address = assets.url("css/app.css");
  const text = await (await ask(address)).text();
  const br = await ask(address, { "accept-encoding": "gzip, deflate, br" });
  equal(br.headers.get("content-encoding"), "br");
  equal(brotliDecompressSync(await br.bytes()).toString(), text);
  const gzip = await ask(address, { "accept-encoding": "gzip, br;q=0" });
  equal(gzip.headers.get("content-encoding"), "gzip");
  equal(gunzipSync(await gzip.bytes()).toString(), text);
});

Deno.test("a known version is not sent again, and HEAD has no body", async () => {
  const address = assets.url("js/app.js");
  const etag = (await ask(address)).headers.get("etag")!;
  const again = await ask(address, { "if-none-match": etag });
  deepEqual([again.status, await again.text()], [304, ""]);
  const head = await ask(address, {}, "HEAD");
  deepEqual([head.status, await head.text()], [200, ""]);
  ok(Number(head.headers.get("content-length")) > 100);
});

Deno.test("what is not a listed file is not there", async () => {
  for (
    const path of [
      "/static/vendor.ts",
      "/static/css/app.css",
      "/static/css/tokens.css",
      "/static/../deno.json",
      "/static/%2e%2e/deno.json",
      "/static/css/app.000000000000.css",
    ]
  ) equal((await ask(path)).status, 404, path);
  throws(() => assets.url("css/none.css"), /none\.css/);
});
