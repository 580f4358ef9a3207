/** Backups: all that was there comes back, sealed meanwhile, and not for longer than their days. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import * as backups from "../db/backups.ts";
import { setOffset } from "../db/clock.ts";
import * as keys from "../db/key_store.ts";
import { openPool, type Sql } from "../db/pool.ts";
import { prepareDatabase } from "../db/prepare.ts";
import * as restores from "../db/restores.ts";
import { FileBroken } from "../db/seals.ts";
import { cast } from "./support/cast.ts";
import { crm, dataDir } from "./support/commands.ts";
import { database, secretKey } from "./support/db.ts";

const store = { dataDir, secretKey };
const canary = "Kanarienvogelsang";

/** An empty database beside the one of this file. */
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

Deno.test("what was there comes back, row by row, and nobody is signed in", async () => {
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
  delete before.schema_migrations, delete after.schema_migrations;
  deepEqual(after, before);
  equal(await Deno.readTextFile(join(dataDir, "files", "record", "sealed")), "sealed");
  deepEqual(
    (await backups.foreignKeys(place.sql)).length,
    (await backups.foreignKeys(owner)).length,
  );
  // It is a house again: roles, queue and map are there, and a second restore is refused.
  await prepareDatabase(place.url, { secretKey });
  await rejects(() => restores.restore(place.sql, store, made.name), /not_empty/);
  await place.sql.end();
});

Deno.test("nothing of it can be read without its key, or when a byte was changed", async () => {
  const { owner } = await database();
  const made = await backups.make(owner, store);
  const path = backups.pathOf(store, made.name);
  for await (const { name } of Deno.readDir(join(path, "tables"))) {
    const bytes = await Deno.readFile(join(path, "tables", name));
    ok(!new TextDecoder("latin1").decode(bytes).includes(canary), name);
  }
  const place = await empty();
  const victim = join(path, "tables", "contacts");
  const bytes = await Deno.readFile(victim);
  bytes[bytes.length - 20]! ^= 1;
  await Deno.writeFile(victim, bytes);
  await rejects(() => restores.restore(place.sql, store, made.name), FileBroken);
  const [found] = await place.sql`select count(*)::int as n from identities`;
  equal(found!.n, 0, "half a house");
  await keys.destroy(store, made.keyId);
  await rejects(() => restores.restore(place.sql, store, made.name), FileBroken);
  await place.sql.end();
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
    setOffset("PT0S");
  }
});

Deno.test("the command line makes one, lists it, and refuses a place that is not empty", async () => {
  const made = await crm("backup");
  equal(made.code, 0, made.err);
  const [name] = made.out.split("\t");
  match((await crm("backup", "--list")).out, new RegExp(`^${name}\t`));
  const refused = await crm("restore", name!);
  equal(refused.code, 2);
  match(refused.err, /set up here already/);
  match((await crm("restore", "../../etc")).err, /no backup/);
});
