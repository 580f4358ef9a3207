/** What an import reads grows with its rows, not with their square: each look takes its own index. */
import { ok } from "node:assert/strict";
import * as imports from "../db/imports.ts";
import * as runs from "../db/imports/runs.ts";
import { endPool, openPool } from "../db/pool.ts";
import * as vault from "../db/vault.ts";
import { type Cast, cast } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { check, fileOf, importAll, upload } from "./support/imports.ts";

const rows = 6_000;
/** Ids of a new record and of what hangs on it, that the database compares by itself. */
const mostIds = 20;

const heading = "Vorname;Nachname;E-Mail;Telefon;Firma;Kundennummer;PLZ;Ort;ID";
const known = "Jan;Alt;jan@example.com;040 345670;Altfirma;A1;24103;Kiel;a-1";
const file = [heading, ...Array.from({ length: rows }, (_, n) => rowOf(n))].join("\n");

/** Rows that are looked for in every way, some of which are about who is there already. */
function rowOf(n: number): string {
  const phone = `040 23${String(n).padStart(6, "0")}`;
  const firm = n % 40 === 0 ? "Altfirma" : `Firma ${n % 700}`;
  if (n % 390 === 0) return known;
  if (n % 3 === 0) {
    return `Eva ${n};Muster;e${n}@example.org;${phone};${firm};K${n};20457;Hamburg;b-${n}`;
  }
  if (n % 3 === 1) return `Eva ${n};Muster;;${phone};${firm};;20457;Hamburg;`;
  return `Eva ${n};Muster;;;${firm};;;;`;
}

/** Makes the tables of records as new: nothing is in them, and nothing known of them. */
async function empty({ test }: Cast): Promise<void> {
  await test.db.owner`truncate contacts, companies cascade`;
  await test.db.owner`
    delete from pg_statistic
    where starelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
  `;
}

/** Entries of indexes that were read so far, by index. */
async function read({ test }: Cast): Promise<Map<string, number>> {
  const found = await test.db.owner<{ name: string; entries: number }[]>`
    select indexrelname as name, idx_tup_read::float8 as entries
    from pg_stat_user_indexes
    where idx_tup_read > 0
  `;
  return new Map(found.map(({ name, entries }) => [name, entries]));
}

/** Imports the file by connections of its own, whose counts are whole once they have ended. */
async function assertGrowsWithRows(all: Cast): Promise<void> {
  const { test, alice } = all;
  const id = await upload(alice, fileOf(file));
  await check(alice, id);
  await alice.post(`/imports/${id}/run`);
  const before = await read(all);
  const pool = openPool(test.db.appUrl, { max: 2 });
  const source = () => vault.open(test.services.config, imports.objectOf(id));
  const who = { tenantId: alice.tenantId, actor: { kind: "user", userId: alice.userId } } as const;
  await runs.run({ pool, secretKey, source }, who, id);
  await endPool(pool);
  const { counts } = await alice.scope((scope) => imports.find(scope, id));
  ok((counts.contacts ?? 0) > rows * 0.95, `${counts.contacts} came in`);
  for (const [name, entries] of await read(all)) {
    const more = entries - (before.get(name) ?? 0);
    const most = /_pkey$|^imports_/.test(name) ? mostIds : 1;
    ok(more <= rows * most, `${more} entries of ${name} were read for ${rows} rows`);
  }
  const [table] = await test.db.owner<{ rows: number }[]>`
    select reltuples::float8 as rows
    from pg_class
    where oid = 'contacts'::regclass
  `;
  ok(table!.rows > rows * 0.9, "the planner knows what came in");
}

Deno.test("an import into an empty house reads as much for each row as for the first", async () => {
  const all = await cast();
  await empty(all);
  await assertGrowsWithRows(all);
});

Deno.test("so does one into a house with a single contact, of whom nothing is known", async () => {
  const all = await cast();
  await empty(all);
  await importAll(all.alice, fileOf(`${heading}\n${known}`));
  await assertGrowsWithRows(all);
});
