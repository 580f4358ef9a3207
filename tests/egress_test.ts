/** The one way out for HTTP: what it reaches, what it refuses, what it counts. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { EventEmitter } from "node:events";
import { type Egress, EgressError, type EgressFault, noEgress } from "../db/egress.ts";
import { sendBody } from "../db/egress_bodies.ts";
import { directEgress, fitOf } from "../db/egress_direct.ts";
import { relay, relayedEgress } from "../db/egress_relay.ts";
import * as contactedHosts from "../db/contacted_hosts.ts";
import { newId } from "../db/ids.ts";
import { isPublic } from "../db/network_addresses.ts";
import { unneededRanges } from "../db/own_ranges.ts";
import { database } from "./support/db.ts";
import { fake, openProcessor, rawFake, setHosts } from "./support/processors.ts";

const limits = { timeoutMs: 3_000, maxBytes: 1_000_000 };
const local = { host: "127.0.0.1" };

async function way(appEnv: "development" | "production" = "development") {
  const { app, owner } = await database();
  return { owner, app, egress: directEgress(app, { appEnv }) };
}

const get = (egress: Egress, id: string, url: string, more = {}) =>
  egress.request(id, "provision", { method: "GET", url, ...more }, limits);

const fault = (code: EgressFault) => (error: unknown) => {
  ok(error instanceof EgressError, String(error));
  equal(error.code, code);
  return true;
};

Deno.test("an open processor is reached at its host, with body and headers, and answers", async () => {
  const { owner, egress } = await way();
  await using server = fake((request, body) =>
    new Response(`${request.method} ${body.length}`, { status: 201, headers: { "x-own": "1" } })
  );
  const id = await openProcessor(owner, [{ ...local, port: server.port }]);
  const answer = await egress.request(id, "provision", {
    method: "PUT",
    url: `${server.url}/a?b=c`,
    headers: { "content-type": "text/plain", "x-key": "k" },
    body: new Uint8Array(300_000),
  }, limits);
  equal(answer.status, 201);
  equal(answer.headers.get("x-own"), "1");
  equal(await answer.text(), "PUT 300000");
  equal(server.asked[0]!.url.search, "?b=c");
  equal(server.asked[0]!.headers.get("x-key"), "k");
});

Deno.test("a streamed body arrives complete, and an empty answer stays empty", async () => {
  const { owner, egress } = await way();
  await using server = fake(() => new Response(null, { status: 204 }));
  const id = await openProcessor(owner, [{ ...local, port: server.port }]);
  const body = ReadableStream.from([new Uint8Array(70_000), new Uint8Array(5)]);
  const answer = await egress.request(id, "provision", {
    method: "POST",
    url: server.url,
    body,
  }, limits);
  equal(answer.status, 204);
  equal(answer.body, null);
  equal(server.asked[0]!.body.length, 70_005);
});

Deno.test("no processor is reached that is not in the register, is switched off, or has no evidence", async () => {
  const { owner, egress } = await way();
  await using server = fake();
  const hosts = [{ ...local, port: server.port }];
  await rejects(get(egress, newId(), server.url), fault("closed"));
  const spoil: Record<string, (id: string) => PromiseLike<unknown>> = {
    "switched off": (id) =>
      owner`update processors set enabled = false, enabled_from = null where id = ${id}`,
    "not yet in effect": (id) =>
      owner`update processors set enabled_from = now() + interval '1 day' where id = ${id}`,
    "no evidence": (id) => owner`delete from processor_evidence where processor_id = ${id}`,
    "evidence not approved": (id) =>
      owner`update processor_evidence set decision = null, decided_at = null where processor_id = ${id}`,
    "evidence of a year ago": (id) =>
      owner`update processor_evidence set dated_on = current_date - 366 where processor_id = ${id}`,
    "evidence of half the matter": (id) =>
      owner`update processor_evidence set covers = '{agreement}' where processor_id = ${id}`,
    "no agreement": (id) => owner`update processors set agreement_on = null where id = ${id}`,
    "processing in the USA": (id) =>
      owner`update processors set processing_countries = '{DE,US}' where id = ${id}`,
    "a seat in Switzerland": (id) =>
      owner`update processors set seat_country = 'CH' where id = ${id}`,
    "a seat unknown": (id) => owner`update processors set seat_country = null where id = ${id}`,
    "a sub-processor in the USA": (id) =>
      owner`insert into sub_processors (processor_id, position, name, country) values (${id}, 1, 'X', 'US')`,
    "removed": (id) =>
      owner`update processors set enabled = false, enabled_from = null, removed_at = now() where id = ${id}`,
  };
  for (const [what, action] of Object.entries(spoil)) {
    const id = await openProcessor(owner, hosts);
    await (await get(egress, id, server.url)).text();
    await action(id);
    await rejects(get(egress, id, server.url), fault("closed"), what);
  }
  equal(server.asked.length, Object.keys(spoil).length);
});

Deno.test("an open processor's other hosts and ports are refused before anything is sent", async () => {
  const { owner, egress } = await way();
  await using server = fake();
  await using other = fake();
  const id = await openProcessor(owner, [{ ...local, port: server.port }]);
  for (
    const url of [
      other.url,
      `http://localhost:${server.port}/`,
      `http://user:pass@127.0.0.1:${server.port}/`,
      "https://example.org/",
      "file:///etc/passwd",
      "nonsense",
    ]
  ) await rejects(get(egress, id, url), fault("host"), url);
  equal(other.asked.length + server.asked.length, 0);
});

Deno.test("in production no processor is on this machine or at an IP address, whatever the register says", async () => {
  const { owner, egress } = await way("production");
  await using server = fake();
  const id = await openProcessor(owner, [
    { ...local, port: server.port },
    { host: "localhost", port: server.port },
  ]);
  await rejects(get(egress, id, server.url), fault("insecure"));
  await rejects(get(egress, id, `https://127.0.0.1:${server.port}/`), fault("insecure"));
  // The name is allowed, its address is not: the server there gets no connection.
  const raw = rawFake("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
  await setHosts(owner, id, [{ host: "localhost", port: raw.port }]);
  await rejects(get(egress, id, `https://localhost:${raw.port}/`), fault("address"));
  equal(raw.connections(), 0);
  raw.close();
  await rejects(get(egress, id, `https://localhost:${raw.port}/`), fault("address"), "closed");
  equal(server.asked.length, 0);
});

Deno.test("private, shared, link-local, unspecified and mapped addresses are not public", () => {
  const own =
    "10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 127.0.0.1 0.0.0.0 \
224.0.0.1 255.255.255.255 ::1 :: fe80::1 fc00::1 fd12::1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 \
ff02::1 192.0.2.1 ::7f00:1 ::a9fe:a9fe 4000::1 0.1.2.3 192.0.0.192 198.18.0.1 240.0.0.1 \
64:ff9b::a00:1 64:ff9b:1::a00:1 2002:a00:1::1 2001:0:a00:1::1 2001:db8::1 fec0::1 fd00:ec2::254 \
168.63.129.16 ::ffff:a83f:8110 nonsense"
      .split(/\s+/);
  deepEqual(own.filter(isPublic), []);
  deepEqual(
    ["93.184.216.34", "2a00:1450:4001::1", "::ffff:93.184.216.34"].filter(isPublic).length,
    3,
  );
});

Deno.test("a customer's webhook does not lead to a public address of this machine", () => {
  const real = Deno.networkInterfaces;
  const here = "93.184.216.34";
  Deno.networkInterfaces = () => [{ ...real()[0]!, address: here }];
  try {
    equal(fitOf(true, true)(here), false);
    equal(fitOf(true, true)("93.184.216.35"), true);
    equal(fitOf(true)(here), true, "what the operator named may");
    deepEqual([fitOf(true, true)("127.0.0.1"), fitOf(false, true)("127.0.0.1")], [false, true]);
  } finally {
    Deno.networkInterfaces = real;
  }
});

Deno.test("private networks without a server of ours are closed altogether", () => {
  deepEqual(unneededRanges(["10.1.2.3", "2a00::1", "::ffff:172.20.0.1", "host"]), [
    "100.64.0.0/10",
    "169.254.0.0/16",
    "192.168.0.0/16",
  ]);
});

Deno.test("a redirect is an answer that is not followed", async () => {
  const { owner, egress } = await way();
  await using other = fake();
  await using server = fake(() => Response.redirect(other.url, 302));
  const hosts = [{ ...local, port: server.port }, { ...local, port: other.port }];
  const id = await openProcessor(owner, hosts);
  await rejects(get(egress, id, server.url), fault("redirect"));
  equal(other.asked.length, 0);
});

Deno.test("what is late, too long, cut off or not HTTP gives different errors", async () => {
  const { owner, egress } = await way();
  const answers: [EgressFault, string | ((c: Deno.TcpConn) => Promise<void>)][] = [
    ["timeout", () => new Promise(() => {})],
    ["malformed", "SSH-2.0-OpenSSH_9.9\r\n"],
    ["too_large", "HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n"],
    ["cut", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort"],
    ["cut", ""],
  ];
  for (const [code, text] of answers) {
    const server = rawFake(text);
    const id = await openProcessor(owner, [{ ...local, port: server.port }]);
    const url = `http://127.0.0.1:${server.port}/`;
    const asked = egress.request(id, "provision", { method: "GET", url }, {
      timeoutMs: 500,
      maxBytes: 1000,
    }).then((answer) => answer.text());
    await rejects(asked, fault(code), String(text));
    server.close();
  }
});

Deno.test("an endless answer is cut off at its limit, a slow one at its time", async () => {
  const { owner, egress } = await way();
  const chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
  const endless = rawFake(async (connection) => {
    const bytes = new TextEncoder();
    await connection.write(
      bytes.encode("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"),
    );
    for (;;) await connection.write(bytes.encode(chunk));
  });
  const slow = rawFake(async (connection) => {
    const bytes = new TextEncoder();
    await connection.write(bytes.encode("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n"));
    for (;;) {
      await connection.write(bytes.encode("x"));
      await new Promise((done) => setTimeout(done, 100));
    }
  });
  const id = await openProcessor(owner, [
    { ...local, port: endless.port },
    { ...local, port: slow.port },
  ]);
  const answer = await get(egress, id, `http://127.0.0.1:${endless.port}/`);
  await rejects(answer.bytes(), fault("too_large"));
  const late = await egress.request(id, "provision", {
    method: "GET",
    url: `http://127.0.0.1:${slow.port}/`,
  }, { timeoutMs: 400, maxBytes: 1000 });
  await rejects(late.bytes(), fault("timeout"));
  endless.close();
  slow.close();
});

Deno.test("a certificate that is not for the host is refused", async () => {
  const { owner, egress } = await way();
  const server = rawFake("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
  const id = await openProcessor(owner, [{ host: "localhost", port: server.port }]);
  await rejects(get(egress, id, `https://localhost:${server.port}/`), fault("tls"));
  server.close();
});

Deno.test("every contact is counted with host, purpose, processor and outcome", async () => {
  const { owner, app, egress } = await way();
  await using server = fake();
  const id = await openProcessor(owner, [{ ...local, port: server.port }, { ...local, port: 1 }]);
  await (await get(egress, id, server.url)).text();
  await (await get(egress, id, server.url)).text();
  await rejects(get(egress, id, "http://127.0.0.1:1/"), fault("connection"));
  await contactedHosts.noteServer(app, {
    host: "mail.example",
    port: 465,
    purpose: "communication",
    answered: true,
  });
  const rows = (await contactedHosts.list(app)).map((
    { host, port, purpose, processorId, answered, failed },
  ) => ({ host, port, purpose, processorId, answered, failed }));
  const row = (port: number) => rows.find((each) => each.port === port);
  deepEqual(row(server.port), {
    host: "127.0.0.1",
    port: server.port,
    purpose: "provision",
    processorId: id,
    answered: 2,
    failed: 0,
  });
  equal(row(1)?.failed, 1);
  equal(row(465)?.processorId, null);
  await owner`update contacted_hosts set last_at = now() - interval '31 days' where port = 465`;
  equal((await contactedHosts.list(app)).some(({ port }) => port === 465), false);
  ok(await contactedHosts.removeOld(app) >= 1);
});

Deno.test("over a relay everything is the same: bodies, answers, faults", async () => {
  const { owner, egress } = await way();
  const folder = await Deno.makeTempDir();
  const path = `${folder}/s`;
  const server = Deno.serve({ path, onListen() {} }, (request) => relay(request, egress));
  const relayed = relayedEgress(path);
  await using other = fake((request, body) =>
    new Response(`${request.method} ${body.length}`, { status: 418, headers: { "x-own": "1" } })
  );
  const id = await openProcessor(owner, [{ ...local, port: other.port }, { ...local, port: 1 }]);
  const answer = await relayed.request(id, "provision", {
    method: "POST",
    url: other.url,
    headers: { "x-key": "k" },
    body: ReadableStream.from([new Uint8Array(200_000)]),
  }, limits);
  deepEqual([answer.status, answer.headers.get("x-own"), await answer.text()], [
    418,
    "1",
    "POST 200000",
  ]);
  equal(other.asked[0]!.headers.get("x-key"), "k");
  const whole = { method: "POST", url: other.url, body: new Uint8Array(30) } as const;
  equal(await (await relayed.request(id, "provision", whole, limits)).text(), "POST 30");
  const { headers } = other.asked[1]!;
  deepEqual([headers.get("content-length"), headers.get("transfer-encoding")], ["30", null]);
  await rejects(get(relayed, newId(), other.url), fault("closed"));
  await rejects(get(relayed, id, "http://127.0.0.1:1/"), fault("connection"));
  const cut = rawFake("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort");
  await setHosts(owner, id, [{ ...local, port: cut.port }]);
  const short = await get(relayed, id, `http://127.0.0.1:${cut.port}/`);
  await rejects(short.text(), fault("cut"));
  cut.close();
  await server.shutdown();
  await Deno.remove(folder, { recursive: true });
  await rejects(get(relayed, id, other.url), fault("closed"), "no relay runs");
  await rejects(get(noEgress, id, other.url), fault("closed"));
});

Deno.test("a long body leaves nothing behind for each time that it waits", async () => {
  let most = 0;
  let written = 0;
  const slow = new class extends EventEmitter {
    destroyed = false;
    write(piece: Uint8Array): boolean {
      written += piece.length;
      most = Math.max(most, this.listenerCount("close") + this.listenerCount("drain"));
      queueMicrotask(() => this.emit("drain"));
      return false;
    }
    end(): void {}
  }();
  const pieces = Array.from({ length: 50 }, () => new Uint8Array(10));
  await sendBody(slow as never, ReadableStream.from(pieces));
  deepEqual([written, most], [500, 0]);
});
