/** Backups in a bucket: the same as in the folder, no more and no longer, and an installation is restored from them. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { Bucket } from "../db/adapters/s3.ts";
import { s3Storage } from "../db/adapters/s3_storage.ts";
import * as places from "../db/backup_places.ts";
import * as backups from "../db/backups.ts";
import { countFiles } from "../db/backups/files.ts";
import { fetchBackup, namesIn } from "../db/backups/mirrors.ts";
import { setOffset } from "../db/clock.ts";
import { parseConfig } from "../db/config.ts";
import { directEgress, egressByHand } from "../db/egress_direct.ts";
import { NotFound } from "../db/errors.ts";
import * as ledger from "../db/ledger.ts";
import * as connections from "../db/processor_connections.ts";
import * as proofs from "../db/proofs.ts";
import * as restores from "../db/restores.ts";
import { FileBroken } from "../db/seals.ts";
import { copyBackups } from "../jobs/backup_copies.ts";
import { fakeBucket, keys } from "./support/buckets.ts";
import { cast } from "./support/cast.ts";
import { commandFolder, crm } from "./support/commands.ts";
import { database, emptyPlace, secretKey } from "./support/db.ts";
import { openProcessor } from "./support/processors.ts";

const dataDir = commandFolder();

const bucket = fakeBucket();
bucket.pageSize = 100;
const { accessKey, region } = keys;
const place = { endpoint: bucket.url, region, bucket: "crm", accessKey, secretKey: keys.secretKey };
const store = { dataDir, secretKey };

/** What the night does after its backup. */
async function copy(): Promise<boolean> {
  const { owner, ownerUrl } = await database();
  const config = parseConfig(
    { DATABASE_URL: ownerUrl, SECRET_KEY: secretKey, DATA_DIR: dataDir },
    Deno.readTextFileSync,
  );
  return await copyBackups(owner, config, directEgress(owner, config));
}

const noted = async () =>
  (await places.list((await database()).app)).find(({ place }) => place === "bucket");
const held = () => [...bucket.objects.keys()].sort();
const canary = "Kanarienvogelsang";

Deno.test.beforeAll(async () => {
  const { alice } = await cast();
  await alice.post("/contacts/new", { origin: "customer", lastName: canary });
  const { owner } = await database();
  const id = await openProcessor(owner, [], "ionos");
  await connections.update(
    owner,
    secretKey,
    id,
    {
      settings: {
        s3Endpoint: bucket.url,
        region,
        bucket: "crm",
        databaseUrl: bucket.url,
        clusterId: crypto.randomUUID(),
      },
      secrets: { accessKey, secretKey: keys.secretKey, token: "token" },
    },
    [{ host: "127.0.0.1", port: bucket.port }],
  );
});

Deno.test.afterAll(async () => {
  setOffset(undefined);
  await bucket.close();
});

Deno.test("each backup is stored complete and encrypted, and files that several share only once", async () => {
  const { owner } = await database();
  const file = join(dataDir, "files", "record", crypto.randomUUID());
  await Deno.mkdir(join(dataDir, "files", "record"), { recursive: true });
  await Deno.writeTextFile(file, "sealed bytes");
  const first = await backups.make(owner, store);
  ok(await copy());
  const second = await backups.make(owner, store);
  ok(await copy());
  deepEqual(bucket.refusals, [], "signatures");
  for (const { name, tables } of [first, second]) {
    for (
      const part of [
        "about",
        "about.json",
        "contents.txt",
        "key",
        ...tables.map((t) => `tables/${t.name}`),
      ]
    ) {
      ok(bucket.objects.has(`backups/${name}/${part}`), part);
    }
  }
  equal(held().filter((key) => key.startsWith("backups/files/")).length, 1);
  for (const [key, bytes] of bucket.objects) {
    ok(!new TextDecoder("latin1").decode(bytes).includes(canary), key);
  }
  const puts = bucket.asked.filter(({ method }) => method === "PUT").length;
  ok(await copy());
  equal(bucket.asked.filter(({ method }) => method === "PUT").length, puts, "nothing twice");
  const { copies, missing, surplus, errorCode } = (await noted())!;
  deepEqual({ copies, missing, surplus, errorCode }, {
    copies: 2,
    missing: 0,
    surplus: 0,
    errorCode: null,
  });
});

Deno.test("what is missing is stored again, what does not belong there is removed", async () => {
  const [one] = held().filter((key) => key.endsWith("tables/contacts"));
  bucket.objects.delete(one!);
  bucket.objects.set("backups/2020-01-01t000000000z/about.json", new Uint8Array([1]));
  bucket.objects.set("elsewhere/of-somebody-else", new Uint8Array([1]));
  bucket.uploads.set("u0", { key: one!, parts: new Map(), at: "2020-01-01T00:00:00Z" });
  ok(await copy());
  ok(bucket.objects.has(one!));
  ok(!bucket.objects.has("backups/2020-01-01t000000000z/about.json"));
  ok(bucket.objects.has("elsewhere/of-somebody-else"), "only the own area is touched");
  equal(bucket.uploads.size, 0, "broken uploads hold bytes too");
});

Deno.test("an error is recorded and found by the proof; the next run continues where it stopped", async () => {
  const { owner, app } = await database();
  await owner`
    insert into processor_checks (id, processor_id, kind, passed, figures, at)
    select gen_random_uuid(), p.id, k, true, '{}', now()
    from processors p, unnest('{bucket_versions,bucket_uploads,bucket_lock,database_backups}'::text[]) k
    where p.adapter = 'ionos'
  `;
  const green = async () => (await proofs.run(app, "copies_end"))!.passed;
  equal(await green(), true);
  const made = await backups.make(owner, store);
  const whole = () => bucket.objects.has(`backups/${made.name}/about.json`);
  bucket.faults.push(...Array.from({ length: 3 }, () => new Response("busy", { status: 503 })));
  equal(await copy(), false);
  equal((await noted())!.errorCode, "http_503");
  equal(await green(), false, "a copy that failed is red");
  bucket.faults.length = 0;
  // In the middle of the tables.
  const seen = bucket.asked.length;
  const { answer } = bucket;
  bucket.answer = (request, body) =>
    request.method === "PUT" && bucket.asked.length > seen + 40
      ? new Response("full", { status: 507 })
      : answer(request, body);
  equal(await copy(), false);
  equal(whole(), false, "half a backup does not pass for one");
  deepEqual((await namesIn(s3Storage(hand()))).includes(made.name), false);
  bucket.answer = answer;
  ok(await copy());
  equal(whole(), true);
  equal(await green(), true);
});

/** The bucket as the command line reaches it, without any register. */
const hand = () => new Bucket(egressByHand(bucket.url, { appEnv: "development" }), "", place);

Deno.test("an installation is restored from the bucket alone, with its keys and files", async () => {
  const [newest] = await backups.list(store);
  const file = join(await Deno.makeTempDir(), "bucket.json");
  await Deno.writeTextFile(file, JSON.stringify(place));
  const listed = await crm("restore", "--bucket", file);
  equal(listed.code, 0, listed.err);
  equal(listed.out.trim().split("\n")[0], newest!.name);
  match((await crm("restore", "../etc", "--bucket", file)).err, /no backup/);
  await Deno.writeTextFile(file, JSON.stringify({ ...place, secretKey: "wrong" }));
  ok((await crm("restore", newest!.name, "--bucket", file)).code !== 0);

  await Deno.remove(join(dataDir, "backups"), { recursive: true });
  await Deno.remove(join(dataDir, "files"), { recursive: true });
  await Deno.mkdir(join(dataDir, "backups"));
  await ledger.keep((await database()).app, dataDir);
  await fetchBackup(store, s3Storage(hand()), newest!.name);
  await rejects(() => fetchBackup(store, s3Storage(hand()), "2020-01-01t000000000z"), NotFound);
  const { sql: empty } = await emptyPlace();
  await restores.restore(empty, store, newest!.name);
  const [found] = await empty`select count(*)::int as n from contacts where last_name = ${canary}`;
  equal(found!.n, 1);
  const files = await Array.fromAsync(Deno.readDir(join(dataDir, "files", "record")));
  equal(files.length, 1);
  await empty.end();
});

Deno.test("of a copy that lost a file all else comes back, of one that lost their list nothing", async () => {
  const [newest] = await backups.list(store);
  const folder = join(dataDir, "backups", newest!.name);
  const lose = async (pattern: RegExp, meanwhile: () => Promise<void>) => {
    const key = [...bucket.objects.keys()].find((key) => pattern.test(key))!;
    const bytes = bucket.objects.get(key)!;
    bucket.objects.delete(key);
    await Deno.remove(folder, { recursive: true });
    await meanwhile().finally(() => bucket.objects.set(key, bytes));
  };
  const before = await countFiles(join(folder, "files"));
  ok(before > 0);
  const ofRecord = [...bucket.objects.keys()].filter((key) => key.includes("/files/record/"));
  equal(ofRecord.length, 1);
  await lose(/\/files\/record\//, async () => {
    await fetchBackup(store, s3Storage(hand()), newest!.name);
    equal(await countFiles(join(folder, "files")), before - 1);
  });
  await lose(new RegExp(`${newest!.name}/contents\\.txt$`), async () => {
    await rejects(() => fetchBackup(store, s3Storage(hand()), newest!.name), FileBroken);
    const file = join(await Deno.makeTempDir(), "bucket.json");
    await Deno.writeTextFile(file, JSON.stringify(place));
    const refused = await crm("restore", newest!.name, "--bucket", file);
    equal(refused.code, 65);
    match(refused.err, /is broken, or its key is gone\. Nothing was restored/);
  });
  await fetchBackup(store, s3Storage(hand()), newest!.name);
  equal(await countFiles(join(folder, "files")), before);
});

Deno.test("at the window's end a backup leaves the bucket too, with every version, and that is confirmed", async () => {
  bucket.configuration.versioning =
    "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  const { owner } = await database();
  // One backup is enough for it: each object is asked for, and goes, by requests of its own.
  await Deno.remove(join(dataDir, "backups"), { recursive: true });
  await Deno.mkdir(join(dataDir, "backups"));
  for (const key of held()) if (key.startsWith("backups/")) bucket.objects.delete(key);
  await backups.make(owner, store);
  ok(await copy());
  ok(held().length > 50);
  setOffset("P14D");
  await backups.removeOld(store);
  const dropped = bucket.asked.length;
  ok(await copy());
  deepEqual(held(), ["elsewhere/of-somebody-else"]);
  deepEqual(bucket.versions, [], "nor a version, nor its mark");
  const last = bucket.asked.slice(dropped).findLast(({ method }) => method === "DELETE");
  const after = bucket.asked.slice(bucket.asked.indexOf(last!) + 1);
  ok(
    after.some(({ url }) => url.searchParams.has("versions")),
    "looked at again after the last deletion",
  );
  deepEqual([(await noted())!.copies, (await noted())!.oldestAt], [0, null]);
});

Deno.test("a bucket that keeps deleted objects is detected: they are surplus, and red", async () => {
  const { app } = await database();
  bucket.objects.set("backups/2020-01-01t000000000z/about.json", new Uint8Array([1]));
  const { answer } = bucket;
  bucket.answer = (request, body) =>
    request.method === "DELETE" ? new Response(null, { status: 204 }) : answer(request, body);
  equal(await copy(), false);
  equal((await noted())!.surplus, 1);
  equal((await proofs.run(app, "copies_end"))!.passed, false);
  bucket.answer = answer;
  ok(await copy());
});

Deno.test("where the register does not say that backups go there, none do", async () => {
  const { owner } = await database();
  await backups.make(owner, store);
  await owner`update processors set data_categories = '{records}' where adapter = 'ionos'`;
  ok(await copy());
  deepEqual(held(), ["elsewhere/of-somebody-else"]);
  equal(await noted(), undefined);
});
