/** Latenode, Documentero and IONOS against servers that behave as documented, errors included. */
import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { AdapterError } from "../db/adapters/answers.ts";
import * as documentero from "../db/adapters/documentero.ts";
import { check, type IonosConnection } from "../db/adapters/ionos.ts";
import { deliver, Payload, signatureOf } from "../db/adapters/latenode.ts";
import { now, setOffset } from "../db/clock.ts";
import { directEgress } from "../db/egress_direct.ts";
import { newId } from "../db/ids.ts";
import * as deliveries from "../db/latenode_deliveries.ts";
import * as checks from "../db/processor_checks.ts";
import * as connections from "../db/processor_connections.ts";
import { Client, origin } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { fakeBucket, keys } from "./support/buckets.ts";
import { database } from "./support/db.ts";
import { fake, openProcessor, rawFake } from "./support/processors.ts";
import { drain } from "./support/worker.ts";

async function way() {
  const { app, owner } = await database();
  return { app, owner, egress: directEgress(app, { appEnv: "development" }) };
}

const local = (port: number) => [{ host: "127.0.0.1", port }];

Deno.test("Latenode receives only an event, a meaningless number and a time: all else is refused", () => {
  const payload = { event: "test", id: newId(), at: "2026-05-06T10:00:00.000Z" };
  deepEqual(Payload.parse(payload), payload);
  const smuggled: Record<string, unknown>[] = [
    { ...payload, email: "max@example.org" },
    { ...payload, event: "max@example.org" },
    { ...payload, event: "Kontakt Max Mustermann angelegt" },
    { ...payload, id: "Max Mustermann" },
    { ...payload, at: "geboren am 6. Mai" },
    { ...payload, at: { name: "Max" } },
    { ...payload, id: [payload.id, "Max"] },
    { event: "test", id: payload.id },
  ];
  for (const each of smuggled) throws(() => Payload.parse(each), JSON.stringify(each));
});

Deno.test("the table of events accepts only names of events", async () => {
  const { owner } = await way();
  for (const event of ["max@example.org", "Max Mustermann", "test\nmax"]) {
    await rejects(owner`
      insert into latenode_deliveries (id, event, created_at) values (${newId()}, ${event}, now())
    `);
  }
});

Deno.test("a call is signed over time, nonce and body, and never the same twice", async () => {
  const { owner, egress } = await way();
  await using server = fake(() => new Response("200 OK"));
  const id = await openProcessor(owner, local(server.port));
  const connection = { webhookUrl: `${server.url}/1/prod/x`, signingSecret: "s".repeat(32) };
  const payload = { event: "test", id: newId(), at: "2026-05-06T10:00:00.000Z" } as const;
  for (let n = 0; n < 2; n++) {
    equal(await deliver(egress, id, connection, payload, "https://crm.example/cb"), 200);
  }
  const [first, second] = server.asked;
  deepEqual(JSON.parse(new TextDecoder().decode(first!.body)), payload);
  const header = (name: string) => first!.headers.get(name)!;
  equal(
    header("x-signature"),
    `sha256=${
      signatureOf(connection.signingSecret, header("x-timestamp"), header("x-nonce"), first!.body)
    }`,
  );
  equal(header("x-callback-url"), "https://crm.example/cb");
  ok(header("x-nonce") !== second!.headers.get("x-nonce"));
  const sent = [...first!.headers.keys()].filter((name) => name.startsWith("x-")).sort();
  deepEqual(sent, ["x-callback-url", "x-nonce", "x-signature", "x-timestamp"]);
});

const latenodeId = "019a0000-0000-7000-8000-000000000002";

async function connected(person: Person, url: string, port: number): Promise<void> {
  const { owner } = person.test.db;
  await openProcessor(owner, local(port), "latenode");
  await connections.update(
    owner as never,
    person.test.services.config.secretKey,
    latenodeId,
    {
      settings: { webhookHost: url },
      secrets: { webhookPath: "/1/prod/x", signingSecret: "s".repeat(32) },
    },
    local(port),
  );
}

const state = async (person: Person, id: string) =>
  (await deliveries.list(person.test.db.app)).find((each) => each.id === id)!;

Deno.test("an answer of 200 is no success: only the scenario's own call confirms, and only with our address", async () => {
  const { alice, visitor } = await cast();
  await using server = fake(() => new Response("200 OK"));
  await connected(alice, server.url, server.port);
  const id = (await deliveries.create(alice.test.db.app, "test"))!;
  await drain(alice.test);
  equal((await state(alice, id)).status, "sent");

  // No browser, no origin: as a program elsewhere calls.
  const stranger = new Client(alice.test);
  const post = (path: string) => stranger.send(path, { method: "POST" });
  const url = new URL(server.asked[0]!.headers.get("x-callback-url")!);
  equal(url.origin, origin);
  equal((await post(`/latenode/callbacks/${id}/${"x".repeat(43)}`)).status, 404);
  equal((await post(url.pathname.replace(id, newId()))).status, 404);
  equal((await visitor.get(url.pathname)).status, 405, "looking at the address confirms nothing");
  equal((await state(alice, id)).status, "sent");
  equal((await post(url.pathname)).status, 200);
  equal((await state(alice, id)).status, "confirmed");
  equal((await post(url.pathname)).status, 200, "a second call changes nothing");
  try {
    setOffset("P2D");
    equal((await post(url.pathname)).status, 404);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("an event without confirmation is sent again, and given up in the end", async () => {
  const { alice } = await cast();
  await using server = fake(() => new Response("200 OK"));
  await connected(alice, server.url, server.port);
  const id = (await deliveries.create(alice.test.db.app, "test"))!;
  for (let n = 0; n < 8; n++) {
    await drain(alice.test);
    await alice.test.db.owner`update jobs.job set start_after = now() where name = 'deliver_event'`;
  }
  const given = await state(alice, id);
  deepEqual([given.status, given.errorCode], ["failed", "unconfirmed"]);
  equal(server.asked.length, deliveries.mostAttempts);
});

Deno.test("Latenode's errors are kept as codes, and a closed Latenode receives nothing", async () => {
  const { alice } = await cast();
  const { owner, app } = alice.test.db;
  const faults: [string, () => Response][] = [
    ["http_429", () => new Response("slow", { status: 429, headers: { "retry-after": "5" } })],
    ["http_500", () => new Response("Max Mustermann", { status: 500 })],
    ["redirect", () => Response.redirect("https://evil.example/", 302)],
    ["too_large", () => new Response("x".repeat(100_000))],
  ];
  await using server = fake();
  await connected(alice, server.url, server.port);
  for (const [code, answer] of faults) {
    server.answer = answer;
    const id = (await deliveries.create(app, "test"))!;
    await drain(alice.test);
    const found = await state(alice, id);
    deepEqual([found.status, found.errorCode], ["queued", code]);
  }
  const waiting = (await deliveries.create(app, "test"))!;
  await owner`update processors set enabled = false, enabled_from = null where id = ${latenodeId}`;
  const before = server.asked.length;
  await drain(alice.test);
  deepEqual((await state(alice, waiting)).errorCode, "closed");
  equal(server.asked.length, before);
  equal(await deliveries.create(app, "test"), null);
});

const made = (content = "%PDF-1.7 x") => ({
  status: 200,
  message: "",
  data: { fileName: "a", fileContent: btoa(content), fileExtension: "pdf", contentType: "" },
});

const request = { templateId: "t1", format: "pdf", data: { name: "Nora" } } as const;

Deno.test("Documentero makes a document of a template, and is never asked to mail it to anybody", async () => {
  const { owner, egress } = await way();
  await using server = fake(() => Response.json(made()));
  const id = await openProcessor(owner, local(server.port));
  const connection = { baseUrl: `${server.url}/api`, apiKey: "k1" };
  const smuggled = { ...request, email: "max@example.org", emailCC: "x@example.org", embed: false };
  const document = await documentero.generate(egress, id, connection, smuggled as never);
  equal(new TextDecoder().decode(document.content), "%PDF-1.7 x");
  const [asked] = server.asked;
  equal(asked!.url.pathname, "/api/generate");
  equal(asked!.headers.get("authorization"), "apiKey k1");
  deepEqual(JSON.parse(new TextDecoder().decode(asked!.body)), {
    document: "t1",
    format: "pdf",
    embed: true,
    data: { name: "Nora" },
  });
});

Deno.test("Documentero's errors are distinguished, those in an answer of 200 too", async () => {
  const { owner, egress } = await way();
  await using server = fake();
  const id = await openProcessor(owner, local(server.port));
  const connection = { baseUrl: server.url, apiKey: "k1" };
  const faults: [string, () => Response][] = [
    ["http_401", () => new Response("{}", { status: 401 })],
    ["http_402", () => Response.json({ message: "quota" }, { status: 402 })],
    ["http_429", () => new Response("", { status: 429 })],
    ["http_503", () => new Response("", { status: 503 })],
    ["refused", () => Response.json({ ...made(), status: 500 })],
    ["malformed", () => Response.json({ status: 200, message: "quota exceeded", data: null })],
    ["malformed", () => Response.json(made("<html>no pdf</html>"))],
    ["malformed", () => Response.json({ ...made(), data: { fileContent: "%%%" } })],
    ["malformed", () => new Response("<html>")],
    ["redirect", () => Response.redirect("https://evil.example/", 303)],
    ["too_large", () => new Response("x".repeat(17 * 1024 * 1024))],
  ];
  for (const [code, answer] of faults) {
    server.answer = answer;
    await rejects(documentero.generate(egress, id, connection, request), { code });
  }
  const before = server.asked.length;
  const huge = { ...request, data: { text: "x".repeat(11 * 1024 * 1024) } };
  await rejects(documentero.generate(egress, id, connection, huge), new AdapterError("too_large"));
  equal(server.asked.length, before, "what is too large is not sent at all");
  const silent = rawFake("");
  const other = await openProcessor(owner, local(silent.port));
  const away = { baseUrl: `http://127.0.0.1:${silent.port}`, apiKey: "k" };
  await rejects(documentero.generate(egress, other, away, request), { code: "cut" });
  silent.close();
});

const clusterId = "0194b1c2-0000-7000-8000-00000000abcd";
const day = 86_400_000;

/** Bucket and database as they should be. */
async function ionos() {
  const { app, owner, egress } = await way();
  const bucket = fakeBucket();
  bucket.configuration = {
    location: "<LocationConstraint>eu-central-3</LocationConstraint>",
    versioning: "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
    lifecycle: `<LifecycleConfiguration><Rule><Status>Enabled</Status><Filter><Prefix/></Filter>
      <NoncurrentVersionExpiration><NoncurrentDays>7</NoncurrentDays></NoncurrentVersionExpiration>
      <AbortIncompleteMultipartUpload><DaysAfterInitiation>3</DaysAfterInitiation></AbortIncompleteMultipartUpload>
      </Rule></LifecycleConfiguration>`,
  };
  const cluster = { backup: { location: "eu-central-3", retentionDays: 7 } };
  const backups = [{
    clusterId,
    earliestRecoveryTargetTime: new Date(now().getTime() - 6 * day).toISOString(),
  }];
  const api = fake((asked) => {
    if (asked.headers.get("authorization") !== "Bearer t") return new Response("", { status: 401 });
    const { pathname, searchParams } = new URL(asked.url);
    if (pathname === `/clusters/${clusterId}`) {
      return Response.json({ id: clusterId, properties: cluster });
    }
    if (pathname === "/backups" && searchParams.get("filter.clusterId") === clusterId) {
      return Response.json({ items: backups.map((properties) => ({ properties })) });
    }
    return new Response("{}", { status: 404 });
  });
  const id = await openProcessor(owner, [...local(bucket.port), ...local(api.port)], "ionos");
  const connection: IonosConnection = {
    s3Endpoint: bucket.url,
    ...keys,
    bucket: "crm",
    databaseUrl: api.url,
    clusterId,
    token: "t",
  };
  const failed = async (more: Partial<IonosConnection> = {}) =>
    (await check(egress, id, { ...connection, ...more })).filter(({ passed }) => !passed)
      .map(({ kind }) => kind);
  return { app, owner, egress, id, bucket, api, cluster, backups, connection, failed };
}

Deno.test("a bucket and a database that are in order pass every check, with figures", async () => {
  const { egress, id, connection, bucket, api } = await ionos();
  const results = await check(egress, id, connection);
  deepEqual(results.filter(({ passed }) => !passed), []);
  deepEqual(results.map(({ kind }) => kind), [
    "bucket_location",
    "bucket_versions",
    "bucket_uploads",
    "bucket_lock",
    "database_location",
    "database_backups",
  ]);
  deepEqual(results[0]!.figures, { location: "eu-central-3", country: "DE" });
  equal(results[5]!.figures.retentionDays, 7);
  await bucket.close();
  await api.close();
});

Deno.test("each check turns red when what it checks breaks", async () => {
  const here = await ionos();
  const { bucket, cluster, backups, failed } = here;
  const original = { ...bucket.configuration };
  const broken: [string[], () => void][] = [
    [
      ["bucket_location"],
      () => bucket.configuration.location = "<LocationConstraint>us-central-1</LocationConstraint>",
    ],
    [
      ["bucket_location"],
      () => bucket.configuration.location = "<LocationConstraint>mars</LocationConstraint>",
    ],
    [["bucket_versions", "bucket_uploads"], () => delete bucket.configuration.lifecycle],
    [
      ["bucket_versions"],
      () => bucket.configuration.lifecycle = original.lifecycle!.replace(">7<", ">15<"),
    ],
    [
      ["bucket_uploads"],
      () => bucket.configuration.lifecycle = original.lifecycle!.replace(">3<", ">20<"),
    ],
    [
      ["bucket_versions", "bucket_uploads"],
      () => bucket.configuration.lifecycle = original.lifecycle!.replace("Enabled", "Disabled"),
    ],
    [
      ["bucket_versions", "bucket_uploads"],
      () =>
        bucket.configuration.lifecycle = original.lifecycle!.replace(
          "<Prefix/>",
          "<Prefix>a/</Prefix>",
        ),
    ],
    [
      ["bucket_lock"],
      () =>
        bucket.configuration["object-lock"] =
          "<ObjectLockConfiguration><Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>",
    ],
    [["database_location"], () => cluster.backup.location = "us-central-1"],
    [["database_backups"], () => cluster.backup.retentionDays = 30],
    [
      ["database_backups"],
      () =>
        backups[0]!.earliestRecoveryTargetTime = new Date(now().getTime() - 20 * day).toISOString(),
    ],
  ];
  for (const [kinds, action] of broken) {
    action();
    deepEqual(await failed(), kinds, action.toString());
    bucket.configuration = { ...original };
    cluster.backup = { location: "eu-central-3", retentionDays: 7 };
    backups[0]!.earliestRecoveryTargetTime = new Date(now().getTime() - 6 * day).toISOString();
  }
  deepEqual(await failed({ token: "falsch" }), ["database_location", "database_backups"]);
  equal((await failed({ secretKey: "falsch" })).length, 4);
  here.api.answer = () => new Response("kein JSON");
  deepEqual(await failed(), ["database_location", "database_backups"]);
  await bucket.close();
  await here.api.close();
});

Deno.test("the daily job keeps what it saw, and the operator sees it", async () => {
  const { alice } = await cast();
  const here = await ionos();
  await alice.test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  const { s3Endpoint, region, bucket, databaseUrl, accessKey, secretKey, token } = here.connection;
  await connections.update(alice.test.db.app, alice.test.services.config.secretKey, here.id, {
    settings: { s3Endpoint, region, bucket, databaseUrl, clusterId },
    secrets: { accessKey, secretKey, token },
  }, [...local(here.bucket.port), ...local(here.api.port)]);
  here.cluster.backup.retentionDays = 30;
  await alice.post(`/operator/processors/${here.id}/checks`);
  await drain(alice.test);
  const latest = await checks.latest(here.app, here.id);
  equal(latest.length, 6);
  equal(latest.find(({ kind }) => kind === "database_backups")!.passed, false);
  const html = await (await alice.get(`/operator/processors/${here.id}`)).text();
  match(html, /nicht in Ordnung/);
  match(html, /retentionDays: 30/);
  await here.bucket.close();
  await here.api.close();
});
