/** Files in the bucket: the same pages, moved there and back by a command, erased with every version. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import * as backups from "../db/backups.ts";
import { now, setOffset } from "../db/clock.ts";
import { move } from "../db/file_moves.ts";
import * as places from "../db/file_places.ts";
import { bucketOf, type ProcessStorage, processStorage } from "../db/file_storages.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import * as checks from "../db/processor_checks.ts";
import * as proofs from "../db/proofs.ts";
import { localStorage, StorageAway } from "../db/storage.ts";
import { eraseFiles } from "../db/tenant_erasures/live.ts";
import { lookAround } from "../jobs/inspections.ts";
import { app as makeApp, type TestApp } from "./support/app.ts";
import { connectBucket, crm, ofBucket } from "./support/bucket_installations.ts";
import { fakeBucket } from "./support/buckets.ts";
import { type Cast, cast } from "./support/cast.ts";
import { fileOf, pdf, put, send, stored } from "./support/files.ts";
import { idOf, text } from "./support/html.ts";
import { drain } from "./support/worker.ts";
import { secretKey } from "./support/db.ts";

const s3 = fakeBucket();
s3.pageSize = 100;
s3.configuration.versioning =
  "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
let test: TestApp;
let all: Cast;
let storage: ProcessStorage;
let ionos: string;
let home: string;
const inBucket = () => [...s3.objects.keys()].filter((key) => key.startsWith("records/")).sort();
const inFolder = () => stored(test, all.alice.tenantId);
const bucket = async () =>
  (await bucketOf(test.db.app, secretKey, test.services.egress, "files", 3))!;
const folder = () => localStorage(test.services.config.dataDir);
const downloaded = async (id: string) => await (await all.vera.get(`/files/${id}`)).text();

Deno.test.beforeAll(async () => {
  test = await makeApp();
  all = await cast();
  const { services, db } = test;
  storage = processStorage(services.config, db.appUrl, services.egress);
  Object.assign(services, { config: { ...services.config, storage } });
  await db.owner`update identities set operator = true where id = ${all.alice.identityId}`;
  ionos = await connectBucket(db.owner, s3);
  const made = await all.alice.post("/contacts/new", { lastName: "Weißhaupt", origin: "card" });
  home = `/contacts/${idOf(made)}`;
});

Deno.test.afterAll(async () => {
  setOffset(undefined);
  await storage.end();
  await s3.close();
});

Deno.test("where no bucket may hold files, none is moved", async () => {
  const { owner } = test.db;
  await owner`update processors set data_categories = '{backups}' where id = ${ionos}`;
  const { code, out } = await crm(test, "files", "move", "--to", "bucket");
  equal(code, 69);
  match(out, /No bucket can take files/);
  equal((await places.find(owner)).place, "folder");
  await owner`update processors set data_categories = '{files,backups}' where id = ${ionos}`;
  for (const wrong of [["move"], ["move", "--to", "moon"], ["count"], ["--to", "bucket"]]) {
    equal((await crm(test, "files", ...wrong)).code, 2, wrong.join(" "));
  }
});

Deno.test("whoever stops reading after the first piece leaves no file open", async () => {
  const name = `records/${newId()}/${newId()}`;
  await storage.put(name, ReadableStream.from([new Uint8Array(600_000)]));
  for await (const piece of storage.get(name)) {
    ok(piece.length < 600_000);
    break;
  }
  const open = [...Deno.readDirSync("/proc/self/fd")].flatMap(({ name }) => {
    try {
      return [Deno.readLinkSync(`/proc/self/fd/${name}`)];
    } catch {
      return [];
    }
  });
  deepEqual(open.filter((path) => path.endsWith(name)), []);
  await storage.remove(name);
});

Deno.test("files move to the bucket, are read there, and new ones are put there", async () => {
  const first = await put(all.alice, home, fileOf(pdf("Erstes"), "erstes.pdf"));
  const second = await put(all.alice, home, fileOf(pdf("Zweites"), "zweites.pdf"));
  equal(inFolder().length, 2);
  const { code, out } = await crm(test, "files", "move", "--to", "bucket");
  equal(code, 0, out);
  match(out, /2 files moved/);
  deepEqual(inFolder(), []);
  equal(inBucket().length, 2);
  deepEqual(s3.refusals, [], "every signature holds");
  equal(await downloaded(first), pdf("Erstes"));
  equal(await downloaded(second), pdf("Zweites"));
  for (const bytes of s3.objects.values()) {
    ok(!new TextDecoder("latin1").decode(bytes).includes("%PDF"), "sealed");
  }
  const third = await put(all.alice, home, fileOf(pdf("Drittes"), "drittes.pdf"));
  equal(inBucket().length, 3);
  deepEqual(inFolder(), []);
  equal(await downloaded(third), pdf("Drittes"));
  match((await crm(test, "files")).out, /put into the bucket.\n0 files in the folder.\n3 files in/);
});

Deno.test("an interrupted move continues, and what is erased meanwhile stays erased", async () => {
  const { owner } = test.db;
  await owner`update file_places set place = 'folder', settled_at = null`;
  await storage.exists(`records/${all.alice.tenantId}/${newId()}`);
  const [one, two] = inBucket();
  // As a kill leaves it: arrived, and not yet removed where it came from.
  await folder().put(one!, (await bucket()).get(one!));
  const erasing = {
    ...folder(),
    async put(name: string, bytes: AsyncIterable<Uint8Array>) {
      await folder().put(name, bytes);
      if (name !== two) return;
      await (await bucket()).remove(name);
      await folder().remove(name);
      await folder().put(
        name,
        (async function* () {
          yield new Uint8Array([1]);
        })(),
      );
    },
  };
  const moved = await move(await bucket(), erasing);
  deepEqual(moved, { files: 2, gone: 1 });
  equal(inFolder().length, 2);
  ok(!inFolder().includes(two!.split("/").at(-1)!), "the erased one does not come back");
  deepEqual(inBucket(), []);
  deepEqual(s3.versions, [], "nor does the bucket keep a version of what left it");
  equal((await crm(test, "files", "move", "--to", "bucket")).code, 0);
  equal(inBucket().length, 2);
});

Deno.test("a put that ends after all files were moved follows them", async () => {
  await test.db.owner`update file_places set place = 'folder', settled_at = now()`;
  const late = processStorage(test.services.config, test.db.appUrl, test.services.egress);
  const name = `records/${all.alice.tenantId}/${newId()}`;
  await late.put(
    name,
    (async function* () {
      yield new Uint8Array([1, 2]);
      await test.db.owner`update file_places set place = 'bucket', settled_at = now()`;
      yield new Uint8Array([3]);
    })(),
  );
  deepEqual([...s3.objects.get(name)!], [1, 2, 3]);
  equal(await folder().exists(name), false);
  await late.remove(name);
  await late.end();
});

Deno.test("what is erased leaves the bucket with every version, and old versions are found", async () => {
  const { owner } = test.db;
  const id = await put(all.alice, home, fileOf(pdf("Weg"), "weg.pdf"));
  const [name] = s3.asked.filter(({ method }) => method === "PUT").slice(-1)
    .map(({ url }) => url.pathname.slice("/crm/".length));
  await all.alice.post(`/files/${id}/deletion`);
  await owner`update files set erase_after = now() - interval '1 day' where id = ${id}`;
  await enqueue(owner, "erase_trash", all.alice.tenantId, {});
  setOffset("PT2H");
  await drain(test);
  equal(s3.objects.has(name!), false);
  equal(s3.versions.length, 0);
  // Another program overwrote one, and somebody deleted by hand.
  s3.versions.push({ key: inBucket()[0]!, versionId: "v-old", marker: false });
  s3.versions.push({ key: name!, versionId: "v-mark", marker: true });
  await enqueue(owner, "sweep_files", null, {});
  await drain(test);
  equal(s3.versions.length, 0);
  equal((await places.find(owner)).surplus, 0);
  equal(inBucket().length, 2, "what is in use stays");
  setOffset(undefined);
});

Deno.test("a bucket that keeps old versions, or cannot be looked at, turns 5.2 red", async () => {
  const { owner, app } = test.db;
  const kinds = ["bucket_versions", "bucket_uploads", "bucket_lock", "database_backups"];
  await checks.record(owner, ionos, kinds.map((kind) => ({ kind, passed: true, figures: {} })));
  const green = async () => (await proofs.run(app, "copies_end"))!.passed;
  const sweep = async () => {
    await enqueue(owner, "sweep_files", null, {});
    await drain(test);
  };
  await sweep();
  equal(await green(), true);
  const { answer } = s3;
  s3.versions.push({ key: inBucket()[0]!, versionId: "v-old", marker: false });
  s3.answer = (request, body) =>
    request.method === "DELETE" ? new Response(null, { status: 204 }) : answer(request, body);
  await sweep();
  equal((await places.find(owner)).surplus, 1);
  equal(await green(), false);
  s3.answer = () => new Response("no", { status: 403 });
  await sweep();
  equal((await places.find(owner)).errorCode, "http_403");
  equal(await green(), false);
  s3.answer = answer;
  await sweep();
  equal(await green(), true);
  await owner`update file_places set looked_at = ${new Date(now().getTime() - 3 * 86_400_000)}`;
  equal(await green(), false, "not looked at for days");
  await sweep();
});

Deno.test("while a bucket is unavailable a page says so; a short outage is waited for", async () => {
  const id = await put(all.alice, home, fileOf(pdf("Da"), "da.pdf"));
  s3.faults.push(new Response("slow down", { status: 429 }));
  equal(await downloaded(id), pdf("Da"), "asked again");
  const { answer } = s3;
  const bad: [string, () => Response][] = [
    ["503", () => new Response("busy", { status: 503 })],
    ["403", () => new Response("<Error/>", { status: 403 })],
    ["redirect", () => Response.redirect("http://127.0.0.1:1/elsewhere", 307)],
  ];
  for (const [name, fault] of bad) {
    s3.answer = fault;
    const read = await all.vera.get(`/files/${id}`);
    equal(read.status, 503, name);
    equal(read.headers.get("Retry-After"), "10");
    match(await text(read), /Der Dateispeicher ist gerade nicht erreichbar/);
    const sent = await send(all.alice, home, [fileOf(pdf(), "neu.pdf")]);
    equal(sent.status, 503, name);
  }
  s3.answer = answer;
  const [{ count } = { count: 0 }] = await test.db.owner`
    select count(*)::int as count from files where name = 'neu.pdf'
  `;
  equal(count, 0, "nothing half");
  equal(await downloaded(id), pdf("Da"));
});

Deno.test("listings that are malformed or endless are refused, not believed", async () => {
  const { answer } = s3;
  const list = async () => {
    for await (const _ of storage.list(`records/${all.alice.tenantId}`)) { /* names */ }
  };
  for (
    const body of ["{}", "<ListBucketResult><Contents><Key>x</Key></Contents></ListBucketResult>"]
  ) {
    s3.answer = () => new Response(body);
    await rejects(list, StorageAway);
  }
  s3.answer = () => new Response(new Uint8Array(5 * 1024 * 1024));
  await rejects(list, StorageAway);
  s3.answer = answer;
});

Deno.test("files in the bucket are in the backup, fetched once", async () => {
  const { owner } = test.db;
  const { config } = test.services;
  const count = inBucket().length;
  const first = await backups.make(owner, config);
  equal(first.files, count);
  const gets = () =>
    s3.asked.filter(({ method, url }) => method === "GET" && url.pathname.length > 20).length;
  const before = gets();
  equal((await backups.make(owner, config)).files, count);
  equal(gets(), before, "the second one has them from the first");
  await lookAround(config, owner);
  const [look] = await owner`
    select figures from measure_looks where name = 'file_encryption' order by at desc limit 1
  `;
  deepEqual(look!.figures, { files: count, open: 0 });
});

Deno.test("the files of a tenant that is erased leave the bucket, others stay", async () => {
  const tenantId = newId();
  const [before, pieces] = [inBucket(), async function* () {
    yield new Uint8Array([1]);
  }];
  for (const area of ["records", "deliveries"]) {
    await storage.put(`${area}/${tenantId}/${newId()}`, pieces());
  }
  equal(await eraseFiles(test.db.owner, test.services.config, tenantId), 2);
  deepEqual([...s3.objects.keys()].filter((key) => key.includes(tenantId)), []);
  deepEqual(inBucket(), before);
});

Deno.test("while it holds files the bucket cannot be switched off, changed or removed", async () => {
  const { owner } = test.db;
  const page = `/operator/processors/${ionos}`;
  for (const action of ["deactivation", "connection/removal"]) {
    const answer = await all.alice.post(`${page}/${action}`);
    equal(answer.status, 303, action);
    match(await text(await all.alice.get(page)), /liegen Dateien/);
  }
  const moved = await all.alice.post(`${page}/connection`, {
    ...ofBucket(s3).settings,
    ...ofBucket(s3).secrets,
    bucket: "other",
  });
  equal(moved.status, 422);
  match(await text(moved), /liegen Dateien/);
  const [found] = await owner`select enabled from processors where id = ${ionos}`;
  equal(found!.enabled, true);
});

Deno.test("the files come back into the folder, and then the bucket may go", async () => {
  const count = inBucket().length;
  const { code, out } = await crm(test, "files", "move", "--to", "folder");
  equal(code, 0, out);
  equal(inFolder().length, count);
  deepEqual(inBucket(), []);
  deepEqual(s3.versions, []);
  await all.alice.post(`/operator/processors/${ionos}/deactivation`);
  const [found] = await test.db.owner`select enabled from processors where id = ${ionos}`;
  equal(found!.enabled, false);
});
