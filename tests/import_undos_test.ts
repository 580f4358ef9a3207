/** A large import undone in batches: shown as running until the last, continued after a kill. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import { today } from "../db/clock.ts";
import * as holds from "../db/holds.ts";
import { newId } from "../db/ids.ts";
import * as imports from "../db/imports.ts";
import * as extents from "../db/imports/extents.ts";
import * as states from "../db/imports/states.ts";
import * as undos from "../db/imports/undos.ts";
import type { Scope } from "../db/scope.ts";
import { cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { text } from "./support/html.ts";
import { fileOf, importAll } from "./support/imports.ts";
import { plus, request } from "./support/officers.ts";
import { drain } from "./support/worker.ts";

const find = (who: Person, id: string) => who.scope((scope) => imports.find(scope, id));

/** The import's persons and companies that are there. */
const left = (who: Person, id: string) =>
  who.scope(async ({ sql, tenantId }) => {
    const [row] = await sql<{ contacts: number; companies: number }[]>`
      select
        (select count(*)::int from contacts where tenant_id = ${tenantId} and import_id = ${id}) as contacts,
        (select count(*)::int from companies where tenant_id = ${tenantId} and import_id = ${id}) as companies
    `;
    return [row!.contacts, row!.companies];
  });

/** More persons than a batch, each fifth in a company of its own, and one that was there before. */
async function large(who: Person): Promise<string> {
  await importAll(who, fileOf("Vorname;Nachname;E-Mail;Ort\nAlt;Bestand;alt@example.org;\n"));
  const rows = Array.from(
    { length: undos.batch + 200 },
    (_, i) => `P;Person ${i};p${i}@example.org;${i % 5 ? "" : `Firma ${i}`};Kiel`,
  );
  rows.push("Alt;Bestand;alt@example.org;;Bonn");
  const file = fileOf(["Vorname;Nachname;E-Mail;Firma;Ort", ...rows].join("\n"));
  return await importAll(who, file, { existing: "fill" });
}

/** Runs the undo's transactions, as its job does, until so many persons at most are left. */
async function halfway(who: Person, id: string, most: number): Promise<void> {
  let place: undos.Place | null = undos.outset;
  while (place && (await left(who, id))[0]! > most) {
    const from: undos.Place = place;
    place = await who.scope((scope) => undos.work(scope, secretKey, id, from));
  }
}

Deno.test("a half-undone import is shown as such, and the undo continues after a kill", async () => {
  const { alice, test } = await cast();
  const id = await large(alice);
  const whole = undos.batch + 200;
  equal((await left(alice, id))[0], whole);
  equal((await find(alice, id)).counts.updated, 1);
  await alice.post(`/imports/${id}/undo`);
  await halfway(alice, id, whole - 1);
  // The process that did this much has ended.
  equal((await left(alice, id))[0], 200);
  equal((await find(alice, id)).status, "undoing");
  const page = await text(await alice.get(`/imports/${id}`));
  match(page, /Import wird rückgängig gemacht/);
  match(page, /1\.001 von 1\.441/);
  const again = await alice.post(`/imports/${id}/undo`);
  match(
    await text(await alice.get(again.headers.get("location")!)),
    /Dieser Import wird schon rückgängig gemacht\./,
  );
  equal((await drain(test)).failed.length, 0);
  equal(String(await left(alice, id)), "0,0");
  const { status, progress, undoneAt } = await find(alice, id);
  ok(undoneAt);
  equal(`${status} ${progress}`, "undone 0");
  const notified = await alice.scope(({ sql, tenantId }) =>
    sql`
      select record_kind, count(*)::int as count
      from changes
      where tenant_id = ${tenantId}
        and action = 'undone'
      group by 1
      order by 1
    `
  );
  equal(
    notified.map(({ recordKind, count }) => `${recordKind} ${count}`).join(),
    `company 240,contact ${whole + 1},import 1`,
  );
  ok(!(await text(await alice.get("/contacts?q=Bestand"))).includes("Bonn"));
});

Deno.test("an interrupted undo shows how far it came, and can be continued", async () => {
  const { alice, test } = await cast();
  const id = await large(alice);
  await alice.post(`/imports/${id}/undo`);
  await halfway(alice, id, undos.batch);
  await alice.scope((scope) => states.fail(scope, id, "internal"));
  const page = await text(await alice.get(`/imports/${id}`));
  match(page, /abgebrochen: 1\.001 von 1\.441 Einträgen sind zurückgenommen/);
  match(await text(await alice.get(`/imports/${id}/undo`)), /200 Kontakte werden gelöscht/);
  await alice.post(`/imports/${id}/undo`);
  match(await text(await alice.get(`/imports/${id}`)), /Import wird rückgängig gemacht/);
  equal((await drain(test)).failed.length, 0);
  equal(String(await left(alice, id)), "0,0");
  equal((await find(alice, id)).status, "undone");
});

/** Rows of a table that this transaction has looked at. */
async function looked({ sql }: Scope, table: string): Promise<number> {
  const [row] = await sql<[{ rows: number }]>`
    select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
    from pg_stat_xact_user_tables
    where relname = ${table}
  `;
  return row.rows;
}

Deno.test("before an undo of very much it is counted up to a bound, and no further", async () => {
  const { alice, test } = await cast();
  const id = await large(alice);
  await alice.scope(({ sql, tenantId }) =>
    sql`
      update contacts
      set version = version + 1
      where tenant_id = ${tenantId}
        and import_id = ${id}
        and last_name in ('Person 7', 'Person 700')
    `
  );
  // As after each import of so many: another file may have left what it knew of its own rows.
  await test.db.owner`analyze contacts`;
  await alice.scope(async (scope) => {
    const exact = await extents.measure(scope, id);
    deepEqual({ ...exact }, {
      bound: 10_000,
      contacts: undos.batch + 200,
      companies: 240,
      deals: 0,
      changed: 2,
      kept: 0,
      reverted: 1,
      left: 0,
    });
    const before = await looked(scope, "contacts");
    const bounded = await extents.measure(scope, id, 100);
    const rows = await looked(scope, "contacts") - before;
    ok(rows < 200, `${rows} contacts were looked at`);
    deepEqual(
      { ...bounded },
      { ...exact, bound: 100, contacts: 101, companies: 101, kept: null },
    );
  });
});

Deno.test("the page of a very large import shows what it made, and that some records may stay", async () => {
  const { alice } = await cast();
  const id = await importAll(alice, fileOf("Nachname;Firma\nEins;Werft\nZwei;Hafen\n"));
  await alice.scope(({ sql, tenantId, now }) =>
    sql`
      insert into contacts (
        tenant_id, id, last_name, source, source_channel, legal_basis, purpose, import_id, version,
        last_touch_at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Person', 'Test', 'import', 'contract', 'sales', ${id}, 2,
        ${now}, ${now}, ${now}
      from generate_series(1, 10001)
    `
  );
  await alice.scope(({ sql, tenantId }) =>
    sql`
      update imports
      set counts = counts || '{"contacts": 10003}'
      where tenant_id = ${tenantId}
        and id = ${id}
    `
  );
  const page = await text(await alice.get(`/imports/${id}/undo`));
  match(page, /Bis zu 10\.003 Kontakte werden gelöscht\./);
  match(page, /Bis zu 2 Firmen werden gelöscht\./);
  match(page, /Mehr als 10\.000 davon wurden seit dem Import geändert/);
  match(page, /Firmen, zu denen inzwischen andere Kontakte oder Deals gehören, bleiben\./);
});

Deno.test("a person who is restricted, held or has an open request stays when the import is undone (Art. 18, 15)", async () => {
  const { alice, test } = await cast();
  const names = ["Frei", "Gesperrt", "Gehalten", "Fragend", "Erledigt"];
  const rows = names.map((name) => `P;${name};${name}.${alice.userId}@example.org`.toLowerCase());
  const id = await importAll(alice, fileOf(["Vorname;Nachname;E-Mail", ...rows].join("\n")));
  const { owner } = test.db;
  const ids = new Map(
    (await owner<{ id: string; lastName: string }[]>`
      select id, last_name from contacts where tenant_id = ${alice.tenantId}
    `).map((row) => [row.lastName, row.id]),
  );
  equal(ids.size, names.length);
  await owner`update contacts set restricted_at = now() where id = ${ids.get("gesperrt")!}`;
  const hold = { kind: "law", reason: "Streit um die Rechnung", reviewOn: plus(today(), 30) };
  await alice.scope((scope) =>
    holds.create(scope, "contact", ids.get("gehalten")!, { id: newId(), ...hold } as never)
  );
  const ask = (name: string, right: "access" | "erasure") =>
    request(test, alice.tenantId, [right], {
      personEmail: `${name}.${alice.userId}@example.org`,
      claims: [{ right, sentence: "" }],
    });
  await ask("fragend", "access");
  // No undo brings back a person who was erased on request.
  const { id: caseId } = await ask("erledigt", "erasure");
  await drain(test);
  await alice.scope(async (scope) => {
    const [item] = await caseItems.list(scope, caseId);
    const by = { kind: "officer", id: null } as const;
    await caseItems.decide(scope, caseId, item!.id, { kind: "approve" } as never, by);
  });
  await drain(test);
  const there = async () =>
    (await owner<{ lastName: string }[]>`
      select last_name from contacts where tenant_id = ${alice.tenantId} order by 1
    `).map(({ lastName }) => lastName);
  deepEqual(await there(), ["fragend", "frei", "gehalten", "gesperrt"]);
  equal((await alice.post(`/imports/${id}/undo`)).status, 303);
  await drain(test);
  deepEqual(await there(), ["fragend", "gehalten", "gesperrt"]);
  equal((await find(alice, id)).status, "undone");
  match(await text(await alice.get(`/imports/${id}`)), /3 Personen bleiben, weil ihre Löschung/);
});

Deno.test("what an import changed of such persons stays, and the deals that it brought with them (Art. 18, 15)", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const names = ["frei", "gehalten", "fragend", "gesperrt"];
  const address = (name: string) => `${name}.${alice.userId}@example.org`;
  await importAll(
    alice,
    fileOf(["Nachname;E-Mail", ...names.map((name) => `${name};${address(name)}`)].join("\n")),
  );
  const ids = new Map(
    (await owner<{ id: string; lastName: string }[]>`
      select id, last_name from contacts where tenant_id = ${alice.tenantId}
    `).map((row) => [row.lastName, row.id]),
  );
  const rows = names.map((name) => `${name};${address(name)};Bonn`);
  const changing = fileOf(["Nachname;E-Mail;Ort", ...rows].join("\n"));
  const contacts = await importAll(alice, changing, { existing: "fill" });
  equal((await find(alice, contacts)).counts.updated, 4);
  const brought = fileOf(
    [
      "ID;Titel;Personen;Betrag;Abschluss;Stufe",
      ...names.map((name, at) => `A${at};Deal ${name};${address(name)};10;;Angebot`),
    ].join("\n"),
    "deals.csv",
  );
  const deals = await importAll(alice, brought);
  equal((await find(alice, deals)).counts.deals, 4);
  const hold = { kind: "dispute", reason: "Streit um die Rechnung", reviewOn: plus(today(), 30) };
  await alice.scope((scope) =>
    holds.create(scope, "contact", ids.get("gehalten")!, { id: newId(), ...hold } as never)
  );
  await owner`update contacts set restricted_at = now() where id = ${ids.get("gesperrt")!}`;
  await request(test, alice.tenantId, ["access"], {
    personEmail: address("fragend"),
    claims: [{ right: "access", sentence: "" }],
  });
  const undo = await text(await alice.get(`/imports/${contacts}/undo`));
  match(undo, /Personen, deren Löschung ausgesetzt, .* bleiben mit ihren Deals, wie sie sind/);
  for (const id of [contacts, deals]) {
    equal((await alice.post(`/imports/${id}/undo`)).status, 303);
    equal((await drain(test)).failed.length, 0);
    equal((await find(alice, id)).status, "undone");
  }
  const towns = await owner<{ lastName: string }[]>`
    select c.last_name
    from contacts c
    join addresses a on a.tenant_id = c.tenant_id and a.contact_id = c.id
    where c.tenant_id = ${alice.tenantId}
      and a.city = 'Bonn'
    order by 1
  `;
  deepEqual(towns.map(({ lastName }) => lastName), ["fragend", "gehalten", "gesperrt"]);
  const titles = await owner<{ title: string }[]>`
    select title from deals where tenant_id = ${alice.tenantId} order by 1
  `;
  deepEqual(titles.map(({ title }) => title), ["Deal fragend", "Deal gehalten", "Deal gesperrt"]);
  match(await text(await alice.get(`/imports/${contacts}`)), /3 Personen bleiben, weil ihre Lösch/);
});
