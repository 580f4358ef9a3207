/** Imports of many batches: what the first rows say counts for the last, and the stock for all. */
import assert, { deepEqual, equal, match, ok } from "node:assert/strict";
import * as imports from "../db/imports.ts";
import { lookup } from "../db/imports/matches.ts";
import { blankCompany, blankContact, type ImportedRecord } from "../db/imports/records.ts";
import { PendingNames } from "../db/imports/pending_names.ts";
import * as reports from "../db/imports/reports.ts";
import type { Outcome } from "../db/imports/findings.ts";
import type { Sql } from "../db/pool.ts";
import { cards } from "../db/imports/card_files.ts";
import type { Plan } from "../db/imports/plans.ts";
import { cast, type Person } from "./support/cast.ts";
import { fileOf, importAll } from "./support/imports.ts";

const head = "ID;Vorname;Nachname;E-Mail;Telefon;Firma;PLZ;Ort";

/** So many rows of persons who are nobody else. */
const filling = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => {
    const number = from + n;
    return `id-${number};Vor${number};Nach${number};p${number}@example.org;;;;`;
  });

const rowsWith = async (who: Person, id: string, outcome: Outcome) => {
  const { rows } = await who.scope((scope) => reports.list(scope, id, outcome));
  return rows.map(({ row, problems, cells }) => ({
    row,
    code: problems[0]!.code,
    names: cells.map(({ name }) => name),
    params: problems[0]!.params,
  }));
};

Deno.test("a row repeats one that was read thousands of rows before, and joins its company", async () => {
  const { bob, test } = await cast();
  const first = [
    "id-a;Anna;Anders;anna@example.org;;Ärzte Süd GmbH;;",
    "id-b;Bernd;Berger;;030 1234567;;;",
    "id-c;Carla;Conrad;carla@example.org;;;;",
  ];
  const last = [
    ";Anna M.;Anders;ANNA@example.org;;;;",
    ";Bernd;Berger;;+49 30 1234567;;;",
    "id-c;Karla;Konrad;karla@example.org;;;;",
    "id-d;Dora;Dorn;dora@example.org;;Aerzte Sued GmbH;;",
    "id-e;;;;;;;;;zu viel",
  ];
  const rows = [head, ...first, ...filling(0, 4_400), ...last];
  const id = await importAll(bob, fileOf(rows.join("\n")));

  const { counts } = await bob.scope((scope) => imports.find(scope, id));
  deepEqual(
    [counts.records, counts.contacts, counts.companies, counts.duplicates, counts.rejected],
    [4_408, 4_404, 1, 3, 1],
  );
  deepEqual(await rowsWith(bob, id, "duplicate"), [
    {
      row: 4_405,
      code: "duplicate_in_file",
      names: ["Anna M. Anders", "Anna Anders"],
      params: { row: 2 },
    },
    {
      row: 4_406,
      code: "duplicate_in_file",
      names: ["Bernd Berger", "Bernd Berger"],
      params: { row: 3 },
    },
    {
      row: 4_407,
      code: "duplicate_in_file",
      names: ["Karla Konrad", "Carla Conrad"],
      params: { row: 4 },
    },
  ]);
  deepEqual((await rowsWith(bob, id, "rejected")).map(({ row, code }) => [row, code]), [
    [4_409, "too_many_cells"],
  ]);
  const joined = await test.db.owner<{ name: string }[]>`
    select c.last_name as name
    from contacts c
    join affiliations a on a.tenant_id = c.tenant_id and a.contact_id = c.id
    where c.tenant_id = ${bob.tenantId}
      and c.import_id = ${id}
    order by c.last_name
  `;
  deepEqual(joined.map(({ name }) => name), ["Anders", "Dorn"]);
});

Deno.test("a row of the stock is found by the last rows as by the first", async () => {
  const { bob } = await cast();
  await importAll(bob, fileOf(`${head}\n;Eva;Ernst;eva@example.org;;Ernst AG;20457;Hamburg`));
  const rows = [head, ";Eva;Ernst;EVA@example.org;;;;", ...filling(0, 1_000)];
  rows.push(";Eva;E.;eva@example.org;;;;", ";Finn;Fink;finn@example.org;;Ernst AG;;");
  const id = await importAll(bob, fileOf(rows.join("\n")));
  const { counts } = await bob.scope((scope) => imports.find(scope, id));
  deepEqual([counts.contacts, counts.companies, counts.duplicates], [1_001, 0, 2]);
  deepEqual((await rowsWith(bob, id, "duplicate")).map(({ row, code }) => [row, code]), [
    [2, "duplicate_in_stock"],
    [1_003, "duplicate_in_stock"],
  ]);
});

Deno.test("records created before or during the run are looked up, in an empty tenant nobody", async () => {
  const { alice, bob, charlie } = await cast();
  await importAll(bob, fileOf(`${head}\n;Eva;Ernst;eva@example.org;;Ernst AG;20457;Hamburg`));
  const record: ImportedRecord = {
    row: 2,
    contact: { ...blankContact(), emails: [{ address: "eva@example.org", kind: "work" }] },
    companies: [{ ...blankCompany(), name: "Ernst AG" }],
    warnings: [],
    rejected: null,
    skipped: null,
  };
  for (const now of ["2000-01-01", "2100-01-01"]) {
    await alice.scope(async (scope) => {
      const found = await lookup(
        { ...scope, now: new Date(now) },
        imports.fileId(),
        [record],
        null,
      );
      deepEqual([found.emails.size, found.companies.size], [1, 1], now);
    });
  }
  await charlie.scope(async (scope) => {
    const found = await lookup(scope, imports.fileId(), [record], null);
    deepEqual([found.emails.size, found.companies.size], [0, 0]);
    equal(found.folded.get("Ernst AG"), "ernst ag");
  });
});

/** Pages of records that still have to enter the index of names. */
async function waiting(owner: Sql): Promise<number> {
  await owner`create extension if not exists pageinspect`;
  const [{ pages }] = await owner<[{ pages: number }]>`
    select n_pending_pages::int as pages
    from gin_metapage_info(get_raw_page('contacts_search', 0))
  `;
  return pages;
}

Deno.test("no more waits for the index of names after an import than else", async () => {
  const { alice, test } = await cast();
  const [{ bound }] = await alice.scope(({ sql }) =>
    sql<[{ bound: string }]>`select current_setting('gin_pending_list_limit') as bound`
  );
  equal(bound, "1MB");
  await importAll(alice, fileOf([head, ...filling(0, 3_900)].join("\n")));
  const pages = await waiting(test.db.owner);
  assert(pages <= 1024 * 1024 / 8192 + 1, `${pages} pages`);
});

Deno.test("what waits for the index of names enters it on another connection", async () => {
  const { alice, test: { db } } = await cast();
  await importAll(alice, fileOf([head, ...filling(5_000, 500)].join("\n")));
  const pending = new PendingNames(db.app);
  await alice.scope(async ({ sql, tenantId }) => {
    await sql`
      update contacts
      set search = ' wartezimmer '
      where tenant_id = ${tenantId}
        and last_name = 'Nach5001'
    `;
    assert(await waiting(db.owner) > 0);
    // Nobody waits for the transaction that wrote what waits.
    pending.enter();
    pending.enter();
    await pending.settled();
    equal(await waiting(db.owner), 0);
  });
  const found = await db.owner.begin(async (sql) => {
    await sql`set local enable_seqscan = off`;
    return await sql`
      select last_name
      from contacts
      where tenant_id = ${alice.tenantId}
        and search like '%wartezimmer%'
    `;
  });
  deepEqual(found.map(({ lastName }) => lastName), ["Nach5001"]);
});

Deno.test("an import goes on if what waits cannot be entered beside it", async () => {
  const pending = new PendingNames((() => Promise.reject(new Error("away"))) as unknown as Sql);
  pending.enter();
  await pending.settled();
});

Deno.test("others get their turn while a long book of cards in JSON is read", async () => {
  const card = ["vcard", [["fn", {}, "text", "Eva Muster"], ["note", {}, "text", "Ü".repeat(300)]]];
  const bytes = new TextEncoder().encode(
    JSON.stringify(Array.from({ length: 20_000 }, () => card)),
  );
  let turns = 0;
  let length = 0;
  const others = setInterval(() => turns++, 0);
  const plan = { format: "vcard", encoding: "utf-8" } as Plan;
  let before = 0;
  for await (const { properties } of cards(() => new Blob([bytes]).stream(), plan)) {
    if (length++ === 0) before = turns;
    equal(properties.at(-1)!.name, "NOTE");
  }
  clearInterval(others);
  equal(length, 20_000);
  ok(turns - before >= 2, `${turns - before} turns`);
});

Deno.test("a card in JSON with lists in lists where a word belongs is read without it", async () => {
  const { alice } = await cast();
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  for (const fn of [`{"type":${deep}},"text"`, `{},${deep}`, `{"group":${deep}},"text"`]) {
    const file = fileOf(`["vcard",[["fn",${fn},"Eva Muster"]]]`, "eva.json");
    const answer = await alice.post("/imports/new", { file });
    equal(answer.status, 303);
    const page = await alice.get(answer.headers.get("Location")!);
    match(await page.text(), /Eva Muster/);
  }
});
