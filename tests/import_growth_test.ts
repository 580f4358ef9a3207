/** What an import reads grows with its rows, not with their square: each look-up uses its index. */
import { ok } from "node:assert/strict";
import * as imports from "../db/imports.ts";
import * as runs from "../db/imports/runs.ts";
import { endPool, openPool } from "../db/pool.ts";
import * as vault from "../db/vault.ts";
import { type Cast, cast } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { check, fileOf, importAll, upload } from "./support/imports.ts";

/** In several batches of 2,000. */
const rows = 4_500;
/** Ids of a new record and its dependent rows, which the database compares by itself. */
const mostIds = 20;
/** Indexes that it uses; all of a tenant's tags may be read for each row, as they are few. */
const references = /_pkey$|^imports_|^tags_/;

const heading = "Vorname;Nachname;E-Mail;Telefon;Firma;Kundennummer;PLZ;Ort;ID;Schlagwörter";
const known = "Jan;Alt;jan@example.com;040 345670;Altfirma;A1;24103;Kiel;a-1;Messe";
const file = [heading, ...Array.from({ length: rows }, (_, n) => rowOf(n))].join("\n");

/** Rows that are looked for in every way, some of which are about who is there already. */
function rowOf(n: number): string {
  const phone = `040 23${String(n).padStart(6, "0")}`;
  const firm = n % 40 === 0 ? "Altfirma" : `Firma ${n % 700}`;
  if (n % 390 === 0) return known;
  const tags = `Messe,Jahr ${n % 9}`;
  if (n % 3 === 0) {
    return `Eva ${n};Muster;e${n}@example.org;${phone};${firm};K${n};20457;Hamburg;b-${n};"${tags}"`;
  }
  if (n % 3 === 1) return `Eva ${n};Muster;;${phone};${firm};;20457;Hamburg;;"${tags}"`;
  return `Eva ${n};Muster;;;${firm};;;;;`;
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
async function assertGrowsWithRows(all: Cast, text = file, mostLooks = 1): Promise<void> {
  const { test, alice } = all;
  const id = await upload(alice, fileOf(text));
  await check(alice, id);
  await alice.post(`/imports/${id}/run`);
  const before = await read(all);
  const pool = openPool(test.db.appUrl, { max: 2 });
  const source = () => vault.open(test.services.config, imports.objectOf(id));
  const who = { tenantId: alice.tenantId, actor: { kind: "user", userId: alice.userId } } as const;
  await runs.run({ pool, secretKey, source }, who, id);
  await endPool(pool);
  const { counts } = await alice.scope((scope) => imports.find(scope, id));
  const made = Math.max(counts.contacts ?? 0, counts.companies ?? 0);
  ok(made > rows * 0.95, `${made} came in`);
  for (const [name, entries] of await read(all)) {
    const more = entries - (before.get(name) ?? 0);
    const most = references.test(name) ? mostIds : mostLooks;
    ok(more <= rows * most, `${more} entries of ${name} were read for ${rows} rows`);
  }
  const [table] = await test.db.owner<{ rows: number }[]>`
    select greatest(max(reltuples), 0)::float8 as rows
    from pg_class
    where oid in ('contacts'::regclass, 'companies'::regclass)
  `;
  ok(table!.rows > rows * 0.9, "the planner knows what came in");
}

Deno.test("an import into an empty tenant reads no more for later rows than for the first", async () => {
  const all = await cast();
  await empty(all);
  await assertGrowsWithRows(all);
});

Deno.test("an import into a tenant with one contact and no statistics reads no more for later rows", async () => {
  const all = await cast();
  await empty(all);
  await importAll(all.alice, fileOf(`${heading}\n${known}`));
  await assertGrowsWithRows(all);
});

Deno.test("companies are put under others without reading all of them", async () => {
  const all = await cast();
  await empty(all);
  const heading = "Firma;Übergeordnete Firma;PLZ;Ort";
  await importAll(all.alice, fileOf(`${heading}\nAltfirma;;24103;Kiel`), { kind: "companies" });
  const companies = Array.from(
    { length: rows },
    (_, n) =>
      `Firma ${n};${
        n % 3 ? `Firma ${n >> 1}` : n % 2 ? "Altfirma" : `Holding ${n % 90}`
      };20457;Hamburg`,
  );
  await assertGrowsWithRows(all, [heading, ...companies].join("\n"), 3);
});
