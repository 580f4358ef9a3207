/** What applies to every answer: headers, methods, limits, and whose requests are accepted. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import fc from "fast-check";
import { newId } from "../db/ids.ts";
import { createApp } from "../routes/app.tsx";
import { app, Client, errors, origin } from "./support/app.ts";
import { cast, provider } from "./support/cast.ts";
import { pathOf, table } from "./support/routes.ts";

const test = await app();
await provider(test);

/** The same app as an operator runs it in production. */
const publicOrigin = "https://crm.example.org";
const production = {
  ...test,
  app: createApp({
    ...test.services,
    config: { ...test.services.config, appEnv: "production", baseUrl: publicOrigin },
  }),
};

const gets = Object.entries(table).filter(([route]) => route.startsWith("GET "));

interface Seen {
  route: string;
  path: string;
  signedIn: boolean;
  headers: Headers;
  text: string;
}

let walked: Promise<Seen[]> | undefined;
/** What a visitor and an owner see at every address, and at an unknown one; requested once for all. */
const walk = () =>
  walked ??= (async () => {
    const { alice, visitor } = await cast();
    const seen: Seen[] = [];
    const paths = gets.map(([route]) => [route, pathOf(test, route, newId())] as const);
    for (const [route, path] of [...paths, ["", "/nothing/here"] as const]) {
      for (const client of [visitor, alice]) {
        const answer = await client.get(path);
        const { headers } = answer;
        const signedIn = client === alice;
        seen.push({ route, path, signedIn, headers, text: await answer.text() });
      }
    }
    return seen;
  })();

Deno.test("every answer carries the headers that keep a browser to this site", async () => {
  for (const { path, headers } of await walk()) {
    const csp = headers.get("Content-Security-Policy") ?? "";
    for (
      const part of [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ]
    ) ok(csp.split("; ").includes(part), `${path} ${part}`);
    equal(/unsafe|\*|https?:/.test(csp), false, path);
    equal(headers.get("X-Content-Type-Options"), "nosniff", path);
    // Pages behind a one-time link send no referrer, not even to this site.
    ok(["same-origin", "no-referrer"].includes(headers.get("Referrer-Policy") ?? ""), path);
    equal(headers.get("Cross-Origin-Opener-Policy"), "same-origin", path);
    equal(headers.get("Cross-Origin-Resource-Policy"), "same-origin", path);
    ok(headers.get("Permissions-Policy")?.includes("camera=()"), path);
    equal(headers.has("Access-Control-Allow-Origin"), false, path);
    for (const revealing of ["Server", "X-Powered-By", "X-Response-Time"]) {
      equal(headers.has(revealing), false, `${path} ${revealing}`);
    }
  }
});

/** A link that a reader may follow to another site; the page loads nothing from it. */
const outward = /<a href="https?:\/\/[^"]*" rel="noopener noreferrer external">/g;

Deno.test("no page has a script or style inside it", async () => {
  for (const { route, headers, text } of await walk()) {
    if (!headers.get("Content-Type")?.startsWith("text/html")) continue;
    equal(
      /<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle="|\son[a-z]+="|javascript:/i.test(text),
      false,
      route,
    );
    equal(
      /(src|href|action)="(https?:)?\/\//i.test(text.replace(outward, "")),
      false,
      `${route} loads from elsewhere`,
    );
  }
});

Deno.test("what a signed-in person sees is stored by no cache", async () => {
  for (const { route, path, signedIn, headers } of await walk()) {
    if (!signedIn || route === "GET /static/*" || route.startsWith("GET /health")) continue;
    const cached = headers.get("Cache-Control") ?? "";
    if (route === "") equal(cached, "no-store");
    else match(cached, /no-store/, path);
  }
});

Deno.test("static files stay for good at their address, and only they", async () => {
  const { visitor } = await cast();
  const answer = await visitor.get(test.services.assets.url("css/app.css"));
  await answer.body?.cancel();
  equal(answer.headers.get("Cache-Control"), "public, max-age=31536000, immutable");
  for (
    const path of [
      "/static/",
      "/static/../deno.json",
      "/static/%2e%2e/deno.json",
      "/static/css/app.css",
    ]
  ) {
    const other = await visitor.get(path);
    await other.body?.cancel();
    equal(other.status, 404, path);
  }
});

Deno.test("in production: HSTS, a secure cookie bound to the host, no help for developers", async () => {
  const client = new Client(production);
  const page = await client.get("/login");
  await page.body?.cancel();
  match(page.headers.get("Strict-Transport-Security") ?? "", /max-age=\d{8,}/);
  equal((await client.get("/dev/mail")).status, 404);
  const out = await client.post("/logout", {}, { Origin: publicOrigin });
  equal(out.status, 303);
  const cookies = out.headers.getSetCookie();
  ok(
    cookies.every((cookie) => /^__Host-session=.*; Path=\/; .*Secure/.test(cookie)),
    String(cookies),
  );
  const { alice } = await cast();
  client.cookies.set("session", alice.cookies.get("session")!);
  equal((await client.get("/account")).status, 303, "the cookie of development opens nothing");
  const dev = await new Client(test).get("/login");
  await dev.body?.cancel();
  equal(dev.headers.has("Strict-Transport-Security"), false);
});

/** No page sends these: a signed call back, a provider's signed word, and a mail program's one click (RFC 8058). */
const ofMachines = [
  "POST /login/single-sign-on/logouts",
  "POST /latenode/callbacks/:id/:token",
  "POST /transfers/:token",
  "POST /unsubscriptions/:token",
];

Deno.test("nothing is done for another site", async () => {
  const { alice } = await cast();
  const foreign: Record<string, string>[] = [
    { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
    { Origin: "https://evil.example", "Sec-Fetch-Site": "" },
    { Origin: "null", "Sec-Fetch-Site": "cross-site" },
    { Origin: `${origin}.evil.example`, "Sec-Fetch-Site": "cross-site" },
    { Origin: "http://localhost:9999", "Sec-Fetch-Site": "same-site" },
    { Origin: "", "Sec-Fetch-Site": "" },
  ];
  for (const headers of foreign) {
    for (const [route] of Object.entries(table)) {
      if (!route.startsWith("POST ") || ofMachines.includes(route)) continue;
      const answer = await alice.post(pathOf(test, route, newId()), { name: "x" }, headers);
      await answer.body?.cancel();
      // A program needs a token, which no browser sends by itself: a cookie opens nothing there.
      const refused = /^POST \/(api|scim)\//.test(route) ? 401 : 403;
      equal(answer.status, refused, `${route} ${JSON.stringify(headers)}`);
    }
  }
  const senders: Record<string, string>[] = [
    { Origin: "https://evil.example" },
    { "Sec-Fetch-Site": "none" },
    {},
  ];
  const bare = await alice.send("/account/sessions/end", { method: "POST" });
  equal(bare.status, 403, "without a body and a type too");
  for (
    const type of [
      "text/plain",
      "multipart/form-data; boundary=x",
      "application/x-www-form-urlencoded",
      "application/json",
      "text/html",
      "",
    ]
  ) {
    for (const body of ["a=b", null]) {
      for (const sender of senders) {
        const answer = await alice.send("/account/sessions/end", {
          method: "POST",
          body: body === null ? null : new TextEncoder().encode(body),
          headers: { "Content-Type": type, ...sender },
        });
        equal(answer.status, 403, `${type} ${body} ${JSON.stringify(sender)}`);
      }
    }
  }
  equal((await alice.get("/account")).status, 200);
});

Deno.test("methods that no route knows do nothing and allow nothing", async () => {
  const { alice } = await cast();
  // What is read and written at one address is one address.
  const addresses = new Map(Object.keys(table).map((route) => [route.split(" ")[1]!, route]));
  for (const route of addresses.values()) {
    const path = pathOf(test, route, newId());
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "get"]) {
      const answer = await alice.send(path, {
        method,
        headers: { "Sec-Fetch-Site": "same-origin", Origin: origin },
      });
      await answer.body?.cancel();
      if (method === "get") continue;
      // So many links from one address run into its limit.
      ok(
        [303, 401, 403, 404, 405, 429].includes(answer.status),
        `${method} ${path} ${answer.status}`,
      );
      equal(answer.headers.has("Access-Control-Allow-Methods"), false);
    }
  }
});

Deno.test("an address that takes other methods names them, one that does not exist is missing", async () => {
  const { alice, visitor } = await cast();
  const asked = async (method: string, path: string, by: Client = alice) => {
    const answer = await by.send(path, { method, headers: { "Sec-Fetch-Site": "same-origin" } });
    await answer.body?.cancel();
    return [answer.status, answer.headers.get("Allow")];
  };
  deepEqual(await asked("POST", "/start"), [405, "GET, HEAD"]);
  deepEqual(await asked("DELETE", "/contacts/new"), [405, "GET, HEAD, POST"]);
  deepEqual(await asked("POST", `/contacts/${newId()}`), [405, "GET, HEAD"]);
  for (const method of ["GET", "HEAD"]) {
    deepEqual(await asked(method, "/settings/contract/codes"), [405, "POST"]);
  }
  deepEqual(await asked("POST", "/imprint", visitor), [405, "GET, HEAD"]);
  deepEqual(await asked("POST", "/nothing"), [404, null]);
  deepEqual(await asked("GET", "/contacts/nobody"), [404, null]);
  // Strangers are not told what there is inside.
  deepEqual((await asked("DELETE", "/start", visitor))[1], null);
  const wrong = await (await alice.get("/settings/contract/codes")).text();
  match(wrong, /Auf diesem Weg nicht möglich/);
});

Deno.test("HEAD answers like GET, without a body", async () => {
  const { alice } = await cast();
  for (const path of ["/login", "/account", "/settings/team", "/nothing", "/health/live"]) {
    const get = await alice.get(path);
    const head = await alice.send(path, { method: "HEAD" });
    await get.body?.cancel();
    equal(head.status, get.status, path);
    equal(head.headers.get("Content-Type"), get.headers.get("Content-Type"), path);
    equal(await head.text(), "", path);
  }
});

Deno.test("a form beyond the limit is refused, however it is sent", async () => {
  const { alice } = await cast();
  const big = "a".repeat(600 * 1024);
  const answer = await alice.post("/account/name", { name: big });
  equal(answer.status, 413);
  ok((await answer.text()).includes("<h1"));
  const stream = new Blob([`name=${big}`]).stream();
  const streamed = await alice.send("/account/name", {
    method: "POST",
    body: stream,
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "Sec-Fetch-Site": "same-origin",
      Origin: origin,
    },
  });
  await streamed.body?.cancel();
  equal(streamed.status, 413);
  const fits = await alice.post("/account/name", { name: "a".repeat(100 * 1024) });
  await fits.body?.cancel();
  equal(fits.status, 422);
});

Deno.test("a form with a file is not read for whoever sends it again in another log-in", async () => {
  const { alice, test } = await cast();
  for (const client of [alice, new Client(test)]) {
    let taken = 0;
    const body = new ReadableStream({
      pull(controller) {
        if ((taken += 1024 * 1024) > 50 * 1024 * 1024) return controller.close();
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const answer = await client.send("/imports/new?again=x", {
      method: "POST",
      body,
      headers: { "Content-Type": "multipart/form-data; boundary=b", Origin: origin },
    });
    await answer.body?.cancel();
    equal(answer.status, 409);
    ok(taken <= 2 * 1024 * 1024, `${taken} bytes were read`);
  }
});

Deno.test("an endless number of fields is refused before parsing", async () => {
  const { alice } = await cast();
  const send = async (count: number) => {
    const names = Object.fromEntries(Array.from({ length: count - 1 }, (_, at) => [`a${at}`, ""]));
    const answer = await alice.post("/account/name", { name: "", ...names });
    await answer.body?.cancel();
    return answer.status;
  };
  equal(await send(5_000), 422);
  equal(await send(10_001), 413);
});

Deno.test("a broken body is a client error, never a server error", async () => {
  const { alice } = await cast();
  const bodies: [string, string][] = [
    ["multipart/form-data", "--x\r\n"],
    ["multipart/form-data; boundary=x", "--y\r\nbroken"],
    [
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nA',
    ],
    ["application/x-www-form-urlencoded", "%ff%fe=%00&name=%ED%A0%80"],
    ["application/x-www-form-urlencoded; charset=utf-16", "n\0a\0m\0e\0=\0x\0"],
    ["application/json", "{"],
    ["", ""],
  ];
  for (const [type, body] of bodies) {
    for (const path of ["/account/name", "/settings", "/settings/team/invitations", "/tenants"]) {
      const answer = await alice.send(path, {
        method: "POST",
        body,
        headers: { "Content-Type": type, "Sec-Fetch-Site": "same-origin", Origin: origin },
      });
      await answer.body?.cancel();
      ok([303, 400, 404, 422].includes(answer.status), `${type} ${path} ${answer.status}`);
    }
  }
});

Deno.test("no cookie, however unusual, causes a server error or opens a session", async () => {
  const client = new Client(test);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: "binary-ascii", maxLength: 200 }),
        fc.base64String({ maxLength: 200 }),
        fc.constantFrom("", "%", "%00", "%zz", "a=b", "__proto__", "a".repeat(5000)),
      ),
      fc.constantFrom("session", "__Host-session", "__proto__", "constructor"),
      async (value, name) => {
        // deno-lint-ignore no-control-regex -- what no client can put into a header
        const sent = value.replace(/[\u0000-\u001f\u007f-\uffff]/g, "");
        const answer = await client.send("/account", {
          method: "GET",
          headers: { Cookie: `${name}=${sent}; session=${sent}` },
        });
        await answer.body?.cancel();
        equal(answer.status, 303);
        match(answer.headers.get("Location") ?? "", /^\/login/);
      },
    ),
    { numRuns: 100 },
  );
  deepEqual(errors, []);
});

Deno.test("a foreign Host or forwarding header changes no address on a page", async () => {
  const { visitor } = await cast();
  const spoofed = {
    Host: "evil.example",
    "X-Forwarded-Host": "evil.example",
    Forwarded: "host=evil.example",
    "X-Original-URL": "/operator",
    "X-Rewrite-URL": "/operator",
  };
  for (const path of ["/", "/account", "/login", "/passwords/new"]) {
    const answer = await visitor.get(path, spoofed);
    const text = `${answer.headers.get("Location")} ${await answer.text()}`;
    equal(text.includes("evil.example"), false, path);
    ok([200, 303].includes(answer.status), path);
  }
});

/** Sends bytes to a real server on a port and returns the first line of the answer. */
async function raw(port: number, text: string): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    const writer = connection.writable.getWriter();
    writer.write(new TextEncoder().encode(text)).catch(() => {});
    const reader = connection.readable.pipeThrough(new TextDecoderStream()).getReader();
    const { value = "" } = await reader.read();
    await reader.cancel().catch(() => {});
    return value.split("\r\n")[0]!;
  } finally {
    try {
      connection.close();
    } catch {
      // The server has closed it already.
    }
  }
}

Deno.test("over the wire: unknown methods, endless headers and nonsense are refused", async () => {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request, info) => test.app.fetch(request, info),
  );
  const { port } = server.addr;
  try {
    match(await raw(port, "GET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), /200/);
    match(await raw(port, "TRACE /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), /40\d/);
    match(
      await raw(port, "CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
      /40\d/,
    );
    const long = `X-Long: ${"a".repeat(1_000_000)}\r\n`;
    match(await raw(port, `GET /login HTTP/1.1\r\nHost: x\r\n${long}\r\n`), /4[03]\d/);
    const many = Array.from({ length: 5000 }, (_, index) => `X-${index}: a\r\n`).join("");
    match(await raw(port, `GET /login HTTP/1.1\r\nHost: x\r\n${many}\r\n`), /4[03]\d/);
    match(await raw(port, "NONSENSE\r\n\r\n"), /400/);
    match(await raw(port, "GET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), /200/);
  } finally {
    await server.shutdown();
  }
});

Deno.test("a page is the same in every packing, with the same headers", async () => {
  const { alice } = await cast();
  const unpack = {
    zstd: zstdDecompressSync,
    br: brotliDecompressSync,
    gzip: gunzipSync,
    identity: (bytes: Uint8Array) => bytes,
  };
  const read = async (encoding: keyof typeof unpack, path: string) => {
    const answer = await alice.get(path, { "Accept-Encoding": encoding });
    const { status, headers } = answer;
    const bytes = await answer.bytes();
    const packed = headers.get("Content-Encoding");
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    // Each request has its own.
    headers.delete("X-Request-Id");
    const text = new TextDecoder().decode(packed ? unpack[encoding](bytes) : bytes);
    return { packed, status, headers: [...headers], text: text.replace(/[0-9a-f-]{36}/g, "ID") };
  };
  for (const path of ["/contacts", "/contacts/new", "/nothing"]) {
    const plain = await read("identity", path);
    equal(plain.packed, null);
    for (const encoding of ["zstd", "br", "gzip"] as const) {
      const { packed, ...answer } = await read(encoding, path);
      equal(packed, encoding);
      deepEqual({ packed: null, ...answer }, plain);
    }
  }
});
