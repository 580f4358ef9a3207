/** Searches by words alone have their own query: it finds, orders and counts as the general one does. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as lists from "../db/contact_lists.ts";
import { newId } from "../db/ids.ts";
import type { Tx } from "../db/pool.ts";
import { app } from "./support/app.ts";
import { cast, type Person, person, provider, tenant } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { sight, tenantOfTeams } from "./support/sights.ts";

const none = { tag: null, owner: null, status: null, company: null };
const byName = { sort: "name", descending: false } as const;

/** Persons by their last names, with their search texts; `unsaid` have none yet. */
async function stock(person: Person, names: readonly string[], unsaid = false): Promise<void> {
  await person.scope(async ({ sql, tenantId, now }) => {
    const rows = names.map((name) => ({ id: newId(), name }));
    await sql`
      insert into contacts (
        tenant_id, id, first_name, last_name, source, source_channel, legal_basis, purpose,
        last_touch_at, created_at, updated_at
      )
      select ${tenantId}, p.id, 'Ada', p.name, 'Test', 'sample', 'contract', 'sales',
        ${now}, ${now}, ${now}
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ name }) => name)}::text[])
        as p (id, name)
    `;
    if (unsaid) return;
    await sql`select refresh_contact_search(${rows.map(({ id }) => id)}::uuid[])`;
  });
}

/** What both ways say of a search: the ids of its page, and how many hits there are. */
async function bothWays(person: Person, q: string) {
  return await person.scope(({ sql }) => waysOf(sql, q));
}

async function waysOf(sql: Tx, q: string) {
  const short = await sql<{ id: string; total: number }[]>`
      select id, total
      from search_contacts(${q}, 51, 1001)
    `;
  const long = await sql<{ id: string }[]>`
      select id
      from search_records('contact', ${q}, 'match', false, null, false, 51, null, null, null, null)
    `;
  const [{ count }] = await sql<[{ count: number }]>`
      select count(*)::int
      from search_records('contact', ${q}, 'name', false, null, false, 1001, null, null, null, null)
    `;
  const uncounted = await sql<{ id: string; total: number | null }[]>`
      select id, total
      from search_contacts(${q}, 51, null)
    `;
  deepEqual(uncounted.map(({ id }) => id), short.map(({ id }) => id), q);
  const total = uncounted[0]?.total ?? null;
  equal(total === null || Math.min(total, 1001) === count, true, q);
  return {
    short: [short.map(({ id }) => id), short[0] ? Math.min(short[0].total, 1001) : 0],
    long: [long.map(({ id }) => id), count],
  };
}

Deno.test("a search by words alone finds, orders and counts as the one with filters does", async () => {
  const test = await app();
  await provider(test);
  const alice = await person(test, await tenant(test, "Nordlicht"), "Alice Ahrens", "owner");
  const numbered = (name: string, length: number) =>
    Array.from({ length }, (_, i) => `${name} ${i}`);
  await stock(alice, [
    ...numbered("Aaberg", 300),
    ...numbered("Lindemann", 60),
    ...numbered("Berg Lindemann", 9),
    ...numbered("Groß Uebel", 40),
    ...numbered("Zander", 1100),
    ...numbered("Ünlü-Zobel", 30),
    ...numbered("Ελένη", 3),
    ...numbered("Schwarzbüscher", 20),
    ...numbered("Beim Schwarzbüscher", 5),
    ...numbered("Zum ★", 3),
    ...numbered("Zentrale 4066969", 260),
    ...numbered("Zentrale 77112233", 60),
    // More than the index beside the name holds.
    ...numbered(`Lindemann ${"lang ".repeat(240)}`, 3),
    ...numbered(`Aaberg ${"lang ".repeat(240)}Lindemann`, 3),
    "Zobel Linde Mann",
  ]);
  await stock(alice, numbered("Verborgen", 230), true);
  await stock(alice, ["Verborgen Sichtbar", ...numbered("Unsaid Verborgen", 3)]);
  await test.db.owner`
    update contacts
    set restricted_at = now()
    where tenant_id = ${alice.tenantId}
      and last_name in ('Lindemann 3', 'Zobel 7', 'Aaberg 11')
  `;
  await test.db.owner`
    update contacts
    set deleted_at = now()
    where tenant_id = ${alice.tenantId}
      and last_name in ('Lindemann 5', 'Zander 8', 'Aaberg 12')
  `;
  await test.db.owner`analyze contacts`;
  const queries = [
    "lindemann",
    "Lindemann 3",
    "indemann",
    "ada lindemann",
    "lindemann ada",
    "lindemann lang",
    "ang",
    "ada",
    "a",
    "aa",
    "berg",
    "uebel",
    "übel",
    "groß uebel",
    "ünlü",
    "zobel",
    "zo",
    "zander",
    "ander 10",
    "ada zander 1099",
    "verborgen",
    "12",
    "3",
    "ελένη",
    "linde mann",
    "schwarzbuescher",
    "warzbuescher",
    "ada chwarzbuescher",
    "beimschwarzbuescher",
    "xxhwarzbuschxx",
    "040406696911",
    "4066969",
    "40 66969",
    "7711223",
    "77112234",
    "★",
    "zum ★",
    "★ ada",
    "★ xyzzy",
    "xyzzy",
    "%",
    "_",
    "\\",
    "z%r",
    "",
    "' or true --",
    "$1",
  ];
  for (const beside of [false, true]) {
    // From then on the index holds records of others.
    if (beside) await stock((await cast()).charlie, numbered("Schwarzbüscher", 40));
    for (const q of queries) {
      const { short, long } = await bothWays(alice, q);
      deepEqual(short, long, `${q}, beside another tenant: ${beside}`);
    }
  }
  await test.db.owner.begin(async (sql) => {
    // As in a tenant with very many, whose names are walked through further.
    await sql`update pg_class set reltuples = 8e6 where oid = 'contacts'::regclass`;
    await sql`select set_config('app.tenant_id', ${alice.tenantId}, true)`;
    for (const q of queries) {
      const { short, long } = await waysOf(sql, q);
      deepEqual(short, long, `${q}, in a very large tenant`);
    }
    throw rolledBack;
  }).catch((error: unknown) => equal(error, rolledBack));
});

Deno.test("of a word the index is not asked for letters that very many have", async () => {
  const { db } = await app();
  const among = Array(10).fill("scholz mann schulz anmann").join(" ");
  const asked = async (pattern: string, texts = among) =>
    (await db.owner<[{ asked: string }]>`select without_common(${pattern}, ${texts}) as asked`)[0]
      .asked;
  equal(await asked("%schmid%"), "%chmid%");
  equal(await asked("%hartmann%"), "%hartma%");
  equal(await asked("%mann%"), "%man%");
  equal(await asked("% ka%"), "% ka%");
  equal(await asked("%schmid%", ""), "%schmid%");
});

const rolledBack = new Error("what was written for the test goes");

/**
 * Records of contacts that a search looks at, once all are known to be visible: as long as an older
 * transaction is under way, a clearing cannot say so, and each is looked up whatever the index holds.
 */
async function lookedAt(person: Person, q: string, most: number): Promise<number> {
  for (let tries = 1;; tries++) {
    await (await app()).db.owner`vacuum analyze contacts`;
    const seen = await person.scope(async ({ sql }) => {
      await sql`select id from search_contacts(${q}, 51, 1001)`;
      const [row] = await sql<[{ count: number }]>`
        select pg_stat_get_xact_tuples_fetched('contacts'::regclass)::int as count
      `;
      return row.count;
    });
    if (seen < most || tries === 20) return seen;
    await delay(100);
  }
}

Deno.test("a special character is found without reading all records with the word beside it", async () => {
  const { charlie } = await cast();
  await stock(charlie, [...Array.from({ length: 2000 }, (_, i) => `Aaberg ${i}`), "Zum ★"]);
  const seen = await lookedAt(charlie, "★ aaberg", 500);
  ok(seen < 500, `${seen} records`);
});

Deno.test("names are walked through by their index, their records not looked up", async () => {
  const { bob } = await cast();
  await stock(bob, Array.from({ length: 1200 }, (_, i) => `Aaberg ${i}`));
  const seen = await lookedAt(bob, "aaberg", 100);
  ok(seen < 100, `${seen} records`);
});

Deno.test("the page of a search says how many hits there are, with filters and without", async () => {
  const { bob } = await cast();
  await stock(bob, [...Array(400).fill("Aaberg"), ...Array(60).fill("Lindemann")]);
  const first = (q: string) =>
    bob.scope((scope) => lists.listCounted(scope, { ...none, q }, byName, null));
  equal((await first("lindemann")).total, 60);
  equal((await first("aaberg")).total, 400);
  equal((await first("xyzzy")).total, null);
  for (
    const query of ["q=aaberg", "q=aaberg&status=lead", "q=aaberg&sort=touch", "q=ada+aaberg+"]
  ) {
    match(await text(await bob.get(`/contacts?${query}`)), /400 Einträge/, query);
  }
  const { next } = await first("aaberg");
  match(await text(await bob.get(`/contacts?q=aaberg&after=${next}`)), /400 Einträge/);
  const count = (q: string) => bob.scope((scope) => lists.count(scope, { ...none, q }));
  deepEqual([await count("indemann"), await count("ada"), await count("xyzzy")], [60, 460, 0]);
  await stock(bob, Array(700).fill("Aaberg"));
  equal(await count("aaberg"), 1001);
  match(await text(await bob.get("/contacts?q=aaberg")), /Filter aktiv.*mehr als 1\.000/);
  // Remembered by now, and read all the same.
  match(await text(await bob.get("/contacts?q=aaberg")), /Filter aktiv.*mehr als 1\.000/);
});

Deno.test("hits are counted less far while somebody types", async () => {
  const { bob } = await cast();
  await stock(bob, [...Array(400).fill("Aaberg"), ...Array(60).fill("Lindemann")]);
  const typed = async (q: string) =>
    await text(await bob.get(`/contacts?q=${q}`, { "hx-request-type": "partial" }));
  match(await typed("lindemann"), /60 Einträge/);
  match(await typed("aaberg"), /mehr als 250/);
  match(await typed("aaberg&status=lead"), /400 Einträge/);
  match(await text(await bob.get("/contacts?q=aaberg")), /400 Einträge/);
});

Deno.test("a search by words finds and counts nobody who is hidden from the user", async () => {
  const { alice, bob } = await tenantOfTeams();
  for (const level of ["own", "team", "all"] as const) {
    await sight(alice, level);
    for (const q of ["zeder", "record", "maxrecord", "gmbh"]) {
      const { short, long } = await bothWays(bob, q);
      deepEqual(short, long, `${level}: ${q}`);
    }
  }
  await sight(alice, "own");
  equal((await bothWays(bob, "maxrecord")).short[1], 0);
  equal((await bothWays(alice, "maxrecord")).short[1], 1);
});
