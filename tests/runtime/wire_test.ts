/** On the wire, with the real processes: slow, huge, broken and aborted requests stop nobody else. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Hono } from "hono";
import postgres from "postgres";
import { elapsed } from "../../db/clock.ts";
import { keptSecret } from "../../db/kept_secrets.ts";
import { readUpload } from "../../routes/uploads.ts";
import { keepListening } from "../../routes/serve.ts";
import type { Ctx } from "../../routes/web.tsx";
import type { TestApp } from "../support/app.ts";
import { person, provider, tenant } from "../support/cast.ts";
import { eventually, newService, postmaster, type Service } from "./service.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** A connection with these first bytes; the other side may end it. */
async function open(port: number, text: string): Promise<Deno.TcpConn> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await write(connection, encode(text));
  return connection;
}

async function write(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

/** What is answered to bytes sent as they are; the status, or 0 where the connection was cut. */
async function raw(port: number, bytes: Uint8Array): Promise<number> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    // Refused headers may be answered before they have all been sent.
    const sending = write(connection, bytes).catch(() => {});
    const buffer = new Uint8Array(256);
    const count = await connection.read(buffer).catch(() => null);
    connection.close();
    await sending;
    const line = new TextDecoder().decode(buffer.subarray(0, count ?? 0));
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Somebody signed in at a running service. */
async function signedIn(service: Service) {
  const password = encodeURIComponent(keptSecret(service.dataDir, "postgres_password"));
  const { port } = postmaster(service.dataDir);
  const address = `postgres://postgres:${password}@127.0.0.1:${port}/kompaktcrm`;
  const owner = postgres(address, { max: 2, transform: postgres.camel });
  const test = { db: { owner, app: owner } } as unknown as TestApp;
  await provider(test);
  const alice = await person(test, await tenant(test, "Nordlicht Handel"), "Alice Ahrens", "owner");
  return { owner, cookie: `session=${alice.cookies.get("session")}` };
}

/** All that lies in a folder, below it too. */
function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(`${folder}/${name}`) : [`${folder}/${name}`]
  );
}

Deno.test("slow, broken and aborted requests stop nobody else and leave nothing", async (t) => {
  await using service = await newService();
  await service.ready();
  const { owner, cookie } = await signedIn(service);
  await using _ = { [Symbol.asyncDispose]: () => owner.end({ timeout: 1 }) };
  const { port } = service;
  const head = (method: string, path: string, more = "") =>
    `${method} ${path} HTTP/1.1\r\nHost: x\r\nOrigin: http://localhost:${port}\r\nCookie: ${cookie}\r\n${more}`;
  const list = async () => {
    const from = elapsed();
    const answer = await fetch(`${service.url}/contacts`, { headers: { Cookie: cookie } });
    await answer.body?.cancel();
    return { status: answer.status, ms: elapsed() - from };
  };
  equal((await list()).status, 200);

  await t.step(
    "500 connections that never end their headers or forms hold up no page",
    async () => {
      const slow = await Promise.all(Array.from({ length: 500 }, (_, index) =>
        open(
          port,
          index % 2
            ? head("GET", "/contacts", "X-Slow: ")
            : head("POST", "/contacts/new", "Content-Length: 5000\r\n\r\nlastName="),
        )));
      const drip = setInterval(() => {
        for (const connection of slow) connection.write(encode("a")).catch(() => {});
      }, 500);
      const times: number[] = [];
      for (let i = 0; i < 20; i++) {
        const { status, ms } = await list();
        equal(status, 200);
        times.push(ms);
      }
      clearInterval(drip);
      for (const connection of slow) connection.close();
      // Far more than a page takes, far less than people wait: the machine may be busy.
      ok(times.sort((a, b) => a - b)[10]! < 1_000, times.map(Math.round).join(" "));
    },
  );

  await t.step(
    "huge headers, odd bytes and ten thousand fields are turned away or read",
    async () => {
      const long = "a".repeat(1_000_000);
      const fields = Array.from({ length: 10_000 }, (_, index) => `f${index}=x`).join("&");
      const form = (body: Uint8Array) =>
        new Uint8Array([
          ...encode(head(
            "POST",
            "/contacts/new",
            `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`,
          )),
          ...body,
        ]);
      const odd: [what: string, bytes: Uint8Array][] = [
        ["a megabyte in one header", encode(head("GET", "/contacts", `X-Long: ${long}\r\n\r\n`))],
        ["a megabyte in the address", encode(head("GET", `/contacts?q=${long}`, "\r\n"))],
        ["a megabyte in the cookie", encode(head("GET", "/contacts", `Cookie: a=${long}\r\n\r\n`))],
        [
          "ten thousand headers",
          encode(head("GET", "/contacts", "X-A: b\r\n".repeat(10_000) + "\r\n")),
        ],
        ["ten thousand fields", form(encode(fields))],
        [
          "malformed UTF-8 in a form",
          form(new Uint8Array([...encode("lastName="), 0xc3, 0x28, 0xff])),
        ],
        ["malformed UTF-8 by escapes", form(encode("lastName=%C3%28%FF%00%ED%A0%80"))],
        ["malformed UTF-8 in the address", encode(head("GET", "/contacts?q=%C3%28%FF", "\r\n"))],
        [
          "bytes in the address",
          new Uint8Array([
            ...encode("GET /contacts?q="),
            0xff,
            0xc3,
            ...encode(" HTTP/1.1\r\nHost: x\r\n\r\n"),
          ]),
        ],
        [
          "two lengths",
          encode(
            head("POST", "/contacts/new", "Content-Length: 3\r\nContent-Length: 9\r\n\r\na=b"),
          ),
        ],
        [
          "a length and pieces",
          encode(head(
            "POST",
            "/contacts/new",
            "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          )),
        ],
        ["no HTTP", encode("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")],
      ];
      for (const [what, bytes] of odd) {
        const status = bytes[0] === 0x16 ? 0 : await raw(port, bytes);
        ok(status < 500, `${what}: ${status}`);
      }
      equal((await list()).status, 200);
    },
  );

  await t.step("an upload that breaks off leaves no file, and no page waits for it", async () => {
    const begin = (path: string) =>
      head(
        "POST",
        path,
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n" +
          '--b\r\nContent-Disposition: form-data; name="file"; filename="kontakte.csv"\r\n\r\n' +
          "Vorname;Nachname\r\n".repeat(20_000),
      );
    // The machine's own marker file is among the files.
    const uploads = () =>
      filesBelow(`${service.dataDir}/files`).filter((path) => !path.includes("/.machine-"));
    const cut = await Promise.all(
      Array.from({ length: 20 }, () => open(port, begin("/imports/new"))),
    );
    equal((await list()).status, 200);
    for (const connection of cut) connection.close();
    await eventually(() => uploads().length === 0);
    const [row] = await owner`select count(*)::int as rows from imports`;
    equal(row!.rows, 0);
    equal((await list()).status, 200);
  });

  await t.step("the same form from many connections at once makes one record", async () => {
    const page = await (await fetch(`${service.url}/contacts/new`, { headers: { Cookie: cookie } }))
      .text();
    const [, id] = /name="id" value="([^"]+)"/.exec(page) ?? [];
    ok(id, "the form carries an id");
    const body = new URLSearchParams({
      id: id!,
      lastName: "Doppelklick",
      addressForm: "formal",
      language: "de",
      origin: "inquiry",
      status: "lead",
    }).toString();
    const bytes = encode(head(
      "POST",
      "/contacts/new",
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    ));
    const answers = await Promise.all(Array.from({ length: 8 }, () => raw(port, bytes)));
    deepEqual([...new Set(answers)], [303]);
    const [row] = await owner`
      select count(*)::int as rows
      from contacts
      where last_name = 'Doppelklick'
    `;
    equal(row!.rows, 1);
  });

  await t.step("none of that was a server error", () => {
    const faults = filesBelow(`${service.dataDir}/logs`).flatMap((path) =>
      Deno.readTextFileSync(path).split("\n").filter((line) =>
        /"level":"error"|"status":5\d\d/.test(line)
      )
    );
    deepEqual(faults, []);
  });
});

Deno.test("an upload that comes too slowly is ended with 408", async () => {
  const app = new Hono();
  app.post("/", async (c) => {
    const slowest = { silence: 50, whole: 10_000 };
    const take = async (bytes: AsyncIterable<Uint8Array>) => {
      for await (const _ of bytes);
      await new Promise((done) => setTimeout(done, 200));
    };
    await readUpload(c as unknown as Ctx, "file", take, { files: 1, slowest });
    return c.text("read");
  });
  const headers = { "Content-Type": "multipart/form-data; boundary=b" };
  const body = new ReadableStream<Uint8Array>({
    start: (to) => to.enqueue(encode("--b\r\nContent-Disposition: form-data; name=x\r\n\r\n")),
  });
  equal((await app.request("/", { method: "POST", headers, body })).status, 408);
  const whole = "--b\r\nContent-Disposition: form-data; name=x\r\n\r\ny\r\n--b--\r\n";
  equal((await app.request("/", { method: "POST", headers, body: whole })).status, 200);
  const file = whole.replace("name=x", 'name="file"; filename="a.txt"');
  const slowlyTaken = await app.request("/", { method: "POST", headers, body: file });
  equal(slowlyTaken.status, 200, "what we do with a file that came is not the sender's slowness");
});

Deno.test("a listener that the runtime gave up is reopened, until it is stopped", async () => {
  const said: string[] = [];
  const log = { error: (event: string) => void said.push(event) } as never;
  const given: { fail: (error: Error) => void; shut: number }[] = [];
  const stop = keepListening(() => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const server = { fail: reject, shut: 0 };
    given.push(server);
    const shutdown = () => Promise.resolve(void (server.shut++, resolve()));
    return { finished: promise, shutdown } as unknown as Deno.HttpServer<Deno.NetAddr>;
  }, log);
  for (let times = 1; times <= 3; times++) {
    given.at(-1)!.fail(new Error("Too many open files"));
    await eventually(() => given.length === times + 1);
  }
  match(said.at(-1)!, /listens again/);
  equal(said.length, 3);
  await stop();
  deepEqual(given.map(({ shut }) => shut), [0, 0, 0, 1]);
});
