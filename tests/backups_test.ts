/** Backups: everything is restored, encrypted until then, and kept no longer than allowed. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import * as backups from "../db/backups.ts";
import { setOffset, today } from "../db/clock.ts";
import { parseConfig } from "../db/config.ts";
import * as consents from "../db/consents.ts";
import * as keys from "../db/key_store.ts";
import * as ledger from "../db/ledger.ts";
import { catchUp, LedgerForeign } from "../db/ledger_gates.ts";
import { assertErased } from "../db/ledger_replays.ts";
import { checkMeasures } from "../db/measures.ts";
import * as objections from "../db/objections.ts";
import { openPool, type Sql } from "../db/pool.ts";
import { prepareDatabase } from "../db/prepare.ts";
import * as restores from "../db/restores.ts";
import { FileBroken, seal } from "../db/seals.ts";
import { backUp, drill } from "../jobs/backups.ts";
import { dueAtStart, nightAfter } from "../jobs/watches.ts";
import { run } from "../jobs/commands.ts";
import { upgrade } from "../jobs/upgrades.ts";
import { cast } from "./support/cast.ts";
import { commandFolder, crm } from "./support/commands.ts";
import { database, emptyPlace, secretKey } from "./support/db.ts";
import { idOf } from "./support/html.ts";

const dataDir = commandFolder();

const store = { dataDir, secretKey };
const canary = "Kanarienvogelsang";

/** A database without any table beside the one of this file: a restore makes them. */
async function empty(): Promise<{ url: string; sql: Sql }> {
  const { owner, ownerUrl } = await database();
  const name = `restored_${crypto.randomUUID().replaceAll("-", "")}`;
  await owner.unsafe(`create database ${name}`);
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  return { url: url.href, sql: openPool(url.href, { max: 2 }) };
}

/** Every row of every table, as text. */
async function everything(sql: Sql): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const { name } of await backups.tables(sql)) {
    const rows = await sql<{ line: string }[]>`select t::text as line from ${
      sql(name)
    } t order by 1`;
    all[name] = rows.map(({ line }) => line);
  }
  return all;
}

Deno.test("everything is restored, row by row, and nobody is signed in", async () => {
  const { alice, test } = await cast();
  await alice.post("/contacts/new", {
    origin: "customer",
    lastName: canary,
    "emails.0.address": "vogel@example.org",
    notes: "Zeile\nzwei\tTab \\ Ende",
  });
  const { owner } = test.db;
  await owner`
    insert into mails (id, kind, purpose, recipient, subject, body_text, body_html, created_at)
    values (gen_random_uuid(), 'invitation', 'provision', 'a@example.org', 'x', 'x', 'x', now())
  `;
  // More than the driver buffers at once.
  await owner`
    insert into companies (tenant_id, id, name, notes, last_touch_at, created_at, updated_at)
    select ${alice.tenantId}, gen_random_uuid(), 'Firma ' || n, repeat('Notiz ', 200), now(), now(), now()
    from generate_series(1, 3000) as n
  `;
  await Deno.mkdir(join(dataDir, "files", "record"), { recursive: true });
  await Deno.writeTextFile(join(dataDir, "files", "record", "sealed"), "sealed");
  const made = await backups.make(owner, store);
  ok(made.tables.some(({ name, rows }) => name === "contacts" && rows > 0));
  equal(made.files, 1);

  const before = await everything(owner);
  const place = await empty();
  await Deno.remove(join(dataDir, "files", "record", "sealed"));
  await restores.restore(place.sql, store, made.name);
  const after = await everything(place.sql);
  for (const name of ["sessions", "tokens"]) {
    deepEqual(after[name], []);
    delete before[name], delete after[name];
  }
  match(after.mails!.join("\n"), /failed/);
  delete before.mails, delete after.mails;
  for (const name of ["schema_migrations", "ledger_heads"]) {
    delete before[name], delete after[name];
  }
  deepEqual(after, before);
  equal(await Deno.readTextFile(join(dataDir, "files", "record", "sealed")), "sealed");
  deepEqual(
    (await backups.foreignKeys(place.sql)).length,
    (await backups.foreignKeys(owner)).length,
  );
  // The installation is complete again: roles, queue and map are there, and a second restore is refused.
  await prepareDatabase(place.url, { secretKey });
  await rejects(() => restores.restore(place.sql, store, made.name), /not_empty/);
  await place.sql.end();
});

Deno.test("a restore brings back nobody who was erased since, lifts no restriction, loses no objection and no withdrawal", async () => {
  const { alice, test } = await cast();
  const { owner, app } = test.db;
  const made = async (lastName: string) =>
    idOf(await alice.post("/contacts/new", { origin: "customer", lastName, _anyway: "1" }));
  const [gone, hidden, silent] = [await made("Weg"), await made("Sperre"), await made("Stumm")];
  const agree = (channels: string) =>
    alice.post(`/contacts/${hidden}/consents`, {
      ...{ channels, purpose: "marketing", textVersion: "1", givenOn: today(), givenHow: "paper" },
    });
  equal((await agree("email")).status, 303);
  equal((await agree("phone")).status, 303);
  const { name } = await backups.make(owner, store);
  const agreed = await alice.scope((scope) => consents.list(scope, hidden));
  const withdrawn = agreed.find(({ channel }) => channel === "email")!.id;
  await alice.scope((scope) => consents.withdraw(scope, hidden, withdrawn));
  await owner`delete from contacts where id = ${gone}`;
  await owner`update contacts set restricted_at = now() where id = ${hidden}`;
  await alice.scope((scope) => objections.add(scope, silent, "email"));
  await alice.scope((scope) =>
    scope.sql`
      insert into suppressions (tenant_id, address_hash, channel, reason, created_at)
      values (${alice.tenantId}, '\\x00ff', 'all', 'erasure', ${scope.now})
    `
  );
  await ledger.keep(app, dataDir);
  equal((await owner`select from ledger_entries`).length, 0);

  const place = await emptyPlace();
  const { erasedAgain } = await restores.restore(place.sql, store, name);
  equal(erasedAgain, 1);
  const rows = await place.sql`
    select id, restricted_at is not null as restricted,
      array(select channel from objections b where b.contact_id = c.id) as objections
    from contacts c
    where id in (${gone}, ${hidden}, ${silent})
    order by id
  `;
  deepEqual(rows.map((row) => ({ ...row })), [
    { id: hidden, restricted: true, objections: [] },
    { id: silent, restricted: false, objections: ["email"] },
  ]);
  equal((await place.sql`select from suppressions where reason = 'erasure'`).length, 1);
  const standing = await place.sql`
    select channel
    from consents
    where contact_id = ${hidden}
      and withdrawn_at is null
  `;
  deepEqual(standing.map(({ channel }) => channel), ["phone"]);
  // What is there again in spite of it does not open.
  await assertErased(place.sql, dataDir);
  await place.sql`
    insert into contacts (
      tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
      created_at, updated_at
    )
    values (${alice.tenantId}, ${gone}, 'Weg', 'x', 'manual', 'contract', 'sales', now(), now(), now())
  `;
  await rejects(assertErased(place.sql, dataDir), /is there again/);
  await place.sql.end();
});

Deno.test("a database that somebody else set back in time is brought to the ledger's end before it serves", async () => {
  const { alice, test } = await cast();
  const { owner, app } = test.db;
  const made = async (lastName: string) =>
    idOf(await alice.post("/contacts/new", { origin: "customer", lastName, _anyway: "1" }));
  const [gone, hidden, silent] = [await made("Fort"), await made("Zu"), await made("Still")];
  await ledger.keep(app, dataDir);
  // The first start records the database's position; every later ledger entry advances it.
  equal(await catchUp(owner, store), null);
  await owner`delete from contacts where id = ${await made("Davor")}`;
  await ledger.keep(app, dataDir);
  equal(await catchUp(owner, store), null);
  const { name } = await backups.make(owner, store);
  const place = await emptyPlace();
  await restores.restore(place.sql, store, name);
  const seen = async () =>
    (await place.sql`
      select id, restricted_at is not null as restricted,
        exists (select from objections b where b.contact_id = c.id) as objected
      from contacts c
      where id in (${gone}, ${hidden}, ${silent})
      order by id
    `).map((row) => ({ ...row }));

  await owner`delete from contacts where id = ${gone}`;
  await owner`update contacts set restricted_at = now() where id = ${hidden}`;
  await alice.scope((scope) => objections.add(scope, silent, "email"));
  await ledger.keep(app, dataDir);
  const open = { restricted: false, objected: false };
  deepEqual(await seen(), [gone, hidden, silent].map((id) => ({ id, ...open })), "set back");
  const config = parseConfig(
    { DATABASE_URL: place.url, SECRET_KEY: secretKey, DATA_DIR: dataDir },
    Deno.readTextFileSync,
  );
  await upgrade(place.url, config);
  deepEqual(await seen(), [
    { id: hidden, ...open, restricted: true },
    { id: silent, ...open, objected: true },
  ]);
  equal(await catchUp(place.sql, store), null, "once");
  await place.sql.end();

  // Killed between the ledger and the database: no line is doubled, nothing is done again.
  const [head] = await owner`select * from ledger_heads`;
  await owner`update contacts set restricted_at = null where id = ${hidden}`;
  const entries = await owner`select * from ledger_entries`;
  await ledger.keep(app, dataDir);
  const { seq } = (await ledger.head(dataDir))!;
  for (const { seq: _, ...entry } of entries) {
    await owner`insert into ledger_entries ${owner(entry)}`;
  }
  await owner`update ledger_heads set ${owner(head!)}`;
  equal(await catchUp(owner, store), null);
  deepEqual([(await ledger.head(dataDir))!.seq, [...await owner`select from ledger_entries`]], [
    seq,
    [],
  ]);
});

Deno.test("the ledger is a chain: a changed line and a torn end are detected", async () => {
  const dir = await Deno.makeTempDir();
  const { owner, app } = await database();
  const note = () =>
    owner`
      insert into ledger_entries (kind, table_name, record_ids)
      values ('deleted', 'tenants', array[gen_random_uuid()])
    `;
  await note();
  await note();
  equal(await ledger.keep(app, dir), 2);
  const path = join(dir, "ledger", "chain.jsonl");
  await Deno.writeTextFile(path, '{"seq":3,"at"', { append: true });
  await note();
  await ledger.keep(app, dir);
  const lines = await Array.fromAsync(ledger.read(dir));
  deepEqual(lines.map(({ seq }) => seq), [1, 2, 3]);
  setOffset("P22D");
  try {
    equal(await ledger.trim(dir), 3);
  } finally {
    setOffset(undefined);
  }
  equal(await ledger.contentOfLine(dir, lines[0]!), null);
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text.replace('"count":1', '"count":2'));
  await rejects(() => Array.fromAsync(ledger.read(dir)), ledger.LedgerBroken);
});

Deno.test("nothing of it can be read without its key, or when a byte was changed", async () => {
  const { owner } = await database();
  const made = await backups.make(owner, store);
  const path = backups.pathOf(store, made.name);
  for await (const { name } of Deno.readDir(join(path, "tables"))) {
    const bytes = await Deno.readFile(join(path, "tables", name));
    ok(!new TextDecoder("latin1").decode(bytes).includes(canary), name);
  }
  const place = await emptyPlace();
  const victim = join(path, "tables", "contacts");
  const bytes = await Deno.readFile(victim);
  bytes[bytes.length - 20]! ^= 1;
  await Deno.writeFile(victim, bytes);
  await rejects(() => restores.restore(place.sql, store, made.name), FileBroken);
  const [found] = await place.sql`select count(*)::int as n from identities`;
  equal(found!.n, 0, "half an installation");
  await keys.destroy(store, made.keyId);
  await rejects(() => restores.restore(place.sql, store, made.name), FileBroken);
  await place.sql.end();
});

Deno.test("a backup restored without a ledger does not open until the operator allows it", async () => {
  const { alice, test } = await cast();
  const { owner, app } = test.db;
  const id = idOf(
    await alice.post("/contacts/new", { origin: "customer", lastName: "Weg", _anyway: "1" }),
  );
  await owner`delete from contacts where id = ${id}`;
  await ledger.keep(app, dataDir);
  await catchUp(owner, store);
  const { name } = await backups.make(owner, store);
  await Deno.rename(join(dataDir, "ledger"), join(dataDir, "ledger.elsewhere"));
  const place = await emptyPlace();
  try {
    const { ledgerKnown } = await restores.restore(place.sql, store, name);
    equal(ledgerKnown, false);
    await rejects(() => catchUp(place.sql, store), LedgerForeign);
  } finally {
    await Deno.remove(join(dataDir, "ledger"), { recursive: true }).catch(() => {});
    await Deno.rename(join(dataDir, "ledger.elsewhere"), join(dataDir, "ledger"));
  }
  equal(await catchUp(place.sql, store), null);
  await place.sql.end();
});

Deno.test("a restore reports how many stored files the backup lacks, and a rehearsal fails on them", async () => {
  const { owner, ownerUrl } = await database();
  const folder = join(dataDir, "files", "records");
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "lost"), "sealed");
  const { name } = await backups.make(owner, store);
  await Deno.remove(join(backups.pathOf(store, name), "files", "records", "lost"));
  await rejects(() => restores.rehearse(owner, ownerUrl, store, name), /files_missing/);
  const place = await emptyPlace();
  const { missingFiles } = await restores.restore(place.sql, store, name);
  equal(missingFiles, 1);
  await place.sql.end();
});

Deno.test("a restore opens each stored file, and a rehearsal fails on one whose seal is broken", async () => {
  const { alice, test } = await cast();
  const { owner, ownerUrl } = test.db;
  const contact = idOf(
    await alice.post("/contacts/new", { origin: "customer", lastName: "Akte", _anyway: "1" }),
  );
  const config = { ...test.services.config };
  const objects: string[] = [];
  for (const content of ["eins", "zwei"]) {
    const file = new File([`${content} `.repeat(50_000)], `${content}.txt`);
    equal((await alice.post(`/contacts/${contact}/files`, { files: file })).status, 303);
  }
  const rows = await owner`
    select tenant_id, object_id
    from files
    where contact_id = ${contact}
  `;
  objects.push(...rows.map((row) => `records/${row.tenantId}/${row.objectId}`));
  equal(objects.length, 2);
  const { name } = await backups.make(owner, config);
  const path = join(backups.pathOf(config, name), "files", objects[1]!);
  const bytes = await Deno.readFile(path);
  // A bit in its last piece; the file in use has the same bytes by another name.
  await Deno.remove(path);
  bytes[bytes.length - 20]! ^= 1;
  await Deno.writeFile(path, bytes);
  await rejects(() => restores.rehearse(owner, ownerUrl, config, name), /files_broken/);
});

Deno.test("a backup of an earlier version that counted files since deleted is not reported as lacking them", async () => {
  const { test } = await cast();
  const { owner, ownerUrl } = test.db;
  const config = test.services.config;
  const made = await backups.make(owner, config);
  const earlier = { ...made, files: made.files + 3, exact: undefined };
  const key = { id: made.keyId, bytes: await keys.read(config, made.keyId) };
  const text = new TextEncoder().encode(JSON.stringify(earlier));
  const about = join(backups.pathOf(config, made.name), "about");
  await Deno.writeFile(
    about,
    ReadableStream.from(seal(key, `backup ${made.name} about`, ReadableStream.from([text]))),
  );
  const restored = await restores.rehearse(owner, ownerUrl, config, made.name);
  equal(restored.files, earlier.files);
});

Deno.test("after 14 days a backup goes, its key first (clause 5.2)", async () => {
  const { owner } = await database();
  const made = await backups.make(owner, store);
  try {
    setOffset("P13D");
    await backups.removeOld(store);
    ok((await backups.list(store)).some(({ name }) => name === made.name));
    setOffset("P14DT1S");
    ok(await backups.removeOld(store) >= 1);
    deepEqual(await backups.list(store), []);
    await rejects(() => keys.read(store, made.keyId), FileBroken);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("even when a night's backup fails, what is too old is removed (clause 5.2)", async () => {
  const { owner, ownerUrl } = await database();
  const folder = await Deno.makeTempDir();
  const config = parseConfig(
    { DATABASE_URL: ownerUrl, SECRET_KEY: secretKey, DATA_DIR: folder },
    Deno.readTextFileSync,
  );
  const { keyId } = await backups.make(owner, config);
  try {
    setOffset("P14D");
    equal(await backUp(owner, config, AbortSignal.abort()), false);
  } finally {
    setOffset(undefined);
  }
  deepEqual(await backups.list(config), []);
  ok(!(await keys.list(config)).includes(keyId));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("an interrupted backup is removed with its key, a day later", async () => {
  const { owner } = await database();
  const before = new Set(await keys.list(store));
  const made = await backups.make(owner, store);
  const path = backups.pathOf(store, made.name);
  await Deno.rename(path, `${path}.draft`);
  await backups.removeOld(store);
  ok((await keys.list(store)).includes(made.keyId));
  try {
    setOffset("P1DT1S");
    await backups.removeOld(store);
  } finally {
    setOffset(undefined);
  }
  equal(await Deno.stat(`${path}.draft`).then(() => true, () => false), false);
  deepEqual(new Set(await keys.list(store)), before);
  // Stopped in the middle, it leaves nothing.
  await rejects(() => backups.make(owner, store, AbortSignal.abort()));
  deepEqual(new Set(await keys.list(store)), before);
});

Deno.test("the command line makes one, lists it, and refuses a place that is not empty", async () => {
  const made = await crm("backup");
  equal(made.code, 0, made.err);
  const [name] = made.out.split("\t");
  match((await crm("backup", "--list")).out, new RegExp(`^${name}\t`));
  const refused = await crm("restore", name!);
  equal(refused.code, 2);
  match(refused.err, /already been set up here/);
  match((await crm("restore", "../../etc")).err, /no backup/);
  match((await crm("restore")).err, /NAME is missing; deno task crm backup --list shows them/);
});

Deno.test("a restore without the right keys says so before it makes a database", async () => {
  const { owner } = await database();
  const { name } = await backups.make(owner, store);
  const folder = await Deno.makeTempDir({ prefix: "kompaktcrm-keyless-" });
  await new Deno.Command("cp", { args: ["-a", `${dataDir}/backups`, folder] }).output();
  const settings = { DATA_DIR: folder, SECRET_KEY: secretKey };
  equal(await run(["restore", name], () => parseConfig(settings, Deno.readTextFileSync)), 65);
  deepEqual([...Deno.readDirSync(folder)].map((entry) => entry.name), ["backups"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a rehearsal restores the newest backup and discards it, and the measures report it", async () => {
  const { owner, ownerUrl, app } = await database();
  const config = parseConfig(
    { DATABASE_URL: ownerUrl, SECRET_KEY: secretKey, DATA_DIR: dataDir },
    Deno.readTextFileSync,
  );
  const state = async () =>
    Object.fromEntries(
      (await checkMeasures(app)).map(({ name, passed }) => [name, passed]),
    );
  try {
    setOffset("P40D");
    deepEqual([(await state()).backups, (await state()).restore_drill], [false, false]);
    ok(await backUp(owner, config));
    ok(await drill(owner, ownerUrl, config));
    deepEqual([(await state()).backups, (await state()).restore_drill], [true, true]);
    setOffset("P43D");
    deepEqual([(await state()).backups, (await state()).restore_drill], [false, true]);
  } finally {
    setOffset(undefined);
  }
  const drills = async () => {
    const [{ number }] = await owner<[{ number: string }]>`
      select oid::text as number from pg_database where datname = current_database()
    `;
    return `kompaktcrm_drill_${number}_`;
  };
  const left = async () =>
    (await owner`select from pg_database where starts_with(datname, ${await drills()})`).length;
  equal(await left(), 0);
  // A rehearsal that was killed leaves a copy of everything: the next night throws it away.
  await owner`create database ${owner(`${await drills()}killed`)}`;
  equal(await restores.removeBrokenOff(owner), 1);
  equal(await left(), 0);
});

Deno.test("the night's hour is Berlin's, also when the clocks change", () => {
  const after = (iso: string) => nightAfter(new Date(iso)).toISOString();
  equal(after("2026-07-01T12:00:00Z"), "2026-07-01T23:30:00.000Z");
  equal(after("2026-10-24T23:30:00Z"), "2026-10-26T00:30:00.000Z");
  equal(after("2026-01-01T00:29:59Z"), "2026-01-01T00:30:00.000Z");
});

Deno.test("a machine that is off each night is backed up each day, the first time too", () => {
  const due = (newest: string | null, at: string) =>
    dueAtStart(newest === null ? null : new Date(newest), new Date(at)).toISOString();
  const morning = "2026-12-02T07:00:00Z";
  const soon = "2026-12-02T08:00:00.000Z";
  const night = "2026-12-03T00:30:00.000Z";
  equal(due(null, morning), soon, "an installation without any waits for no night");
  equal(due("2026-12-01T08:00:00Z", morning), soon, "made up for yesterday, 23 hours ago");
  equal(due("2026-12-02T00:30:00.004Z", morning), night, "the night brought one");
  equal(due("2026-12-02T06:00:00Z", morning), night);
  equal(due(null, "2026-12-02T23:59:00Z"), night, "the night is nearer");
  // Night of 25 October, when the clocks go back, and of 28 March, when they go on.
  equal(due("2026-10-24T23:30:00Z", "2026-10-25T07:00:00Z"), "2026-10-26T00:30:00.000Z");
  equal(due("2026-10-24T23:29:00Z", "2026-10-25T07:00:00Z"), "2026-10-25T08:00:00.000Z");
  equal(due("2027-03-28T00:30:00Z", "2027-03-28T07:00:00Z"), "2027-03-28T23:30:00.000Z");
});

Deno.test("an incomplete backup, copied by hand, does not replace the nightly one", async () => {
  const { test } = await cast();
  const folders = ["2026-01-02t030405678z", "2026-01-03t030405678z"];
  const days = backups.folderOf(store);
  await Deno.mkdir(join(days, folders[0]!, "tables"), { recursive: true });
  await Deno.mkdir(join(days, folders[1]!), { recursive: true });
  await Deno.writeTextFile(join(days, folders[1]!, "about.json"), '{"format": 1, "name": "20');
  try {
    equal((await backups.list(store)).filter(({ name }) => folders.includes(name)).length, 0);
    const { name } = await backups.make(test.db.owner, store);
    ok((await backups.list(store)).some((each) => each.name === name));
    // The certificate that nothing is left counts them.
    deepEqual(
      (await backups.listBefore(store, new Date("2026-01-04T00:00:00Z"))).map((at) =>
        at.toISOString()
      ),
      ["2026-01-03T03:04:05.000Z", "2026-01-02T03:04:05.000Z"],
    );
    // What is older than the window goes all the same.
    await backups.removeOld(store);
    for (const each of folders) await rejects(Deno.stat(join(days, each)));
  } finally {
    for (const each of folders) {
      await Deno.remove(join(days, each), { recursive: true }).catch(() => {});
    }
  }
});
