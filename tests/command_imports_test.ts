/** `crm import` and `crm export`: the pages' actions for scripts, with exit codes to rely on. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { cast, provider, tenant } from "./support/cast.ts";
import { app } from "./support/app.ts";
import { commandFolder, crm, crmProcess, file } from "./support/commands.ts";
import * as books from "./db/imports/books.ts";
import * as openBooks from "./db/imports/open_books.ts";
import { database } from "./support/db.ts";

const dataDir = commandFolder();

const grounds = ["--source", "Altsystem", "--legal-basis", "contract"];
const list = "Vorname,Nachname,E-Mail,Firma\nErika,Röder,erika@example.org,Röder GmbH\n";

async function counts(): Promise<number[]> {
  const { owner } = await database();
  const [row] = await owner<{ contacts: number; companies: number }[]>`
    select (select count(*)::int from contacts) as contacts,
      (select count(*)::int from companies) as companies
  `;
  return [row!.contacts, row!.companies];
}

Deno.test("a file is tried, imported, found twice and exported from the command line", async () => {
  const test = await app();
  await provider(test);
  await tenant(test, "Nordlicht Handel");
  const path = await file("kontakte.csv", list);

  const dry = await crm("import", path, ...grounds, "--dry-run", "--json");
  equal(dry.code, 0, dry.err);
  equal(JSON.parse(dry.out).dryRun, true);
  deepEqual(await counts(), [0, 0]);

  const { importId, ...report } = JSON.parse(
    (await crmProcess("import", path, ...grounds, "--json")).out,
  );
  match(importId, /^[0-9a-f-]{36}$/);
  deepEqual(report, {
    created: 2,
    updated: 0,
    duplicates: 0,
    skipped: 0,
    rejected: [],
    warnings: [],
    skippedRows: [],
    ignoredColumns: [],
    unreadSheets: [],
    persons: 1,
    companies: 1,
    deals: 0,
    records: 1,
    dryRun: false,
  });
  deepEqual(await counts(), [1, 1]);

  const again = await crm("import", path, ...grounds);
  equal(again.code, 0);
  match(again.out, /0 contacts\n.*0 companies\n.*0 deals\n.*\n.*0 records\n.*\n.*1 duplicates/);
  deepEqual(await counts(), [1, 1]);

  const more = await file(
    "mehr.csv",
    "Vorname,Nachname,E-Mail,Telefon\nE,R,erika@example.org,0301\n",
  );
  const filled = await crm("import", more, ...grounds, "--existing", "fill", "--json");
  deepEqual([JSON.parse(filled.out).updated, JSON.parse(filled.out).created], [1, 0]);
  equal((await crm("import", more, ...grounds, "--existing", "maybe")).code, 2);

  const book = await file(
    "adressen.ldif",
    "dn: cn=E\nobjectclass: person\nsn: R\nmail: erika@example.org\n\n" +
      "dn: cn=Alle\nobjectclass: groupOfNames\ncn: Alle\n",
  );
  const entries = JSON.parse((await crm("import", book, ...grounds, "--dry-run", "--json")).out);
  deepEqual([entries.records, entries.duplicates, entries.skipped], [2, 1, 1]);
  deepEqual(entries.skippedRows.map(({ code }: { code: string }) => code), ["group_card"]);

  const out = `${dataDir}/export.csv`;
  equal((await crm("export", "--kind", "contacts", "--format", "csv", "--out", out)).code, 0);
  match(await Deno.readTextFile(out), /^ID,.*\r\n.*,Erika,,Röder,/);
  equal((await Deno.stat(out)).mode! & 0o777, 0o600);
  // Recreated, as others could read the file that was there before.
  await Deno.chmod(out, 0o644);
  equal((await crm("export", "--kind", "contacts", "--format", "csv", "--out", out)).code, 0);
  equal((await Deno.stat(out)).mode! & 0o777, 0o600);
  const json = await crmProcess("export", "--kind", "companies", "--format", "json");
  deepEqual(JSON.parse(json.out).map(({ name }: { name: string }) => name), ["Röder GmbH"]);
});

Deno.test("exit codes distinguish rejected rows, misuse and unreadable files", async () => {
  const broken = await file(
    "broken.csv",
    "Nachname,E-Mail\nBerg,berg@example.org\nTal,t@example.org,x\n",
  );
  const bills = await file(
    "rechnungen.csv",
    "Rechnungsnummer;Betrag;Rechnungsdatum;Status\nR-1;100;2026-01-01;offen\n",
  );
  const deals = await file(
    "deals.csv",
    "Dealname;Betrag;Pipeline;Dealphase;Abschlussdatum\nAuftrag;100;Vertrieb;Angebot;2026-01-01\n",
  );
  const image = await file("image.csv", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 1, 2]));
  const rejected = await crmProcess("import", broken, ...grounds, "--json");
  const unreadable = await crm("import", image, ...grounds, "--json");
  equal(rejected.code, 1);
  equal(unreadable.code, 65);
  for (
    const misuse of [
      ["import", broken, "--source", "x"],
      ["import", broken, "--source", "x", "--legal-basis", "whim"],
      ["import", `${dataDir}/none.csv`, ...grounds],
      ["export", "--kind", "tags", "--format", "csv"],
    ]
  ) equal((await crm(...misuse)).code, 2, misuse.join(" "));
  const [row] = JSON.parse(rejected.out).rejected;
  deepEqual([row.row, row.code], [3, "too_many_cells"]);
  match(row.reason, /3 cells/);
  match(unreadable.err, /picture/);
  const one = JSON.parse((await crm("import", deals, ...grounds, "--json")).out);
  deepEqual([one.created, one.deals, one.persons, one.skipped], [1, 1, 0, 0]);
  const none = JSON.parse((await crm("import", bills, ...grounds, "--json")).out);
  deepEqual([none.created, none.skipped], [0, 1]);
  deepEqual(none.skippedRows.map(({ row, code }: { row: number; code: string }) => [row, code]), [
    [2, "not_a_contact"],
  ]);
  match((await crm("import", bills, ...grounds)).out, /1 × The file contains no contacts/);
  const book = await file(
    "book.xlsx",
    await books.workbook({
      sheets: {
        Personen: books.row(1, ["Vorname", "Nachname"]) + books.row(2, ["Eva", "Beispiel"]),
        Firmen: books.row(1, ["Firma", "Farbe"]) + books.row(2, ["Beispiel GmbH", "blau"]),
      },
    }),
  );
  const named = await crm("import", book, ...grounds, "--sheet", "Firmen", "--json");
  const { companies, ignoredColumns, unreadSheets } = JSON.parse(named.out);
  deepEqual([companies, ignoredColumns, unreadSheets], [1, ["Farbe"], ["Personen"]]);
  equal((await crm("import", book, ...grounds, "--sheet", "Orte")).code, 65);
  const folder = await crm("import", dataDir, ...grounds);
  deepEqual([folder.code, folder.err.split("\n")[0]], [2, `cannot read the file ${dataDir}.`]);
  const tables = {
    Personen: openBooks.line(["Vorname", "Nachname"]) + openBooks.line(["Ida", "Beispiel"]),
    Firmen: openBooks.line(["Firma", "Farbe"]) + openBooks.line(["Andere GmbH", "blau"]),
    Deals: openBooks.line(["Titel", "Betrag", "Stufe"]) + openBooks.line(["Tor", "7", "Angebot"]),
  };
  const open = await file("book.ods", await openBooks.openBook(tables));
  for (
    const [sheet, kind] of [["Personen", "persons"], ["Firmen", "companies"], ["Deals", "deals"]]
  ) {
    const { out } = await crm("import", open, ...grounds, "--sheet", sheet!, "--json");
    const found = JSON.parse(out);
    deepEqual([found.created, found[kind!], found.unreadSheets.length], [1, 1, 2], sheet);
  }
  const files = [...Deno.readDirSync(`${dataDir}/files/imports`)].length;
  const { owner } = await database();
  const [known] = await owner<{ n: number }[]>`select count(*)::int as n from imports`;
  ok(files === known!.n, "no file stays without its import");
});

Deno.test("rows go to the owner they name, all others to the owner the command names, and it says so", async () => {
  const { alice, bob } = await cast();
  const { owner } = await database();
  const [tenant] = await owner`select slug from tenants where id = ${alice.tenantId}`;
  const path = await file(
    "owners.csv",
    "Nachname,Firma,Owner\nAmsel,Nest GmbH,Bob Brandt\nBussard,,Jo Fort\nFalke,,\n",
  );
  const args = ["import", path, ...grounds, "--tenant", tenant!.slug];
  equal((await crm(...args, "--owner", "jo@fort.example")).code, 2);
  const dry = await crm(...args, "--dry-run");
  match(
    dry.out,
    /Owners:\n +1 rows name an active user\n +1 rows name nobody here:\n {2}1 × Jo Fort\n/,
  );
  const done = JSON.parse((await crm(...args, "--owner", "Alice Ahrens", "--json")).out);
  deepEqual(done.owners, { given: 1, unknown: [{ name: "Jo Fort", rows: 1 }] });
  deepEqual(done.ignoredColumns, []);
  const rows = await owner`
    select last_name as name, owner_id from contacts where import_id = ${done.importId}
    union all select name, owner_id from companies where import_id = ${done.importId}
    order by 1
  `;
  deepEqual(rows.map(({ name, ownerId }) => [name, ownerId]), [
    ["Amsel", bob.userId],
    ["Bussard", alice.userId],
    ["Falke", alice.userId],
    ["Nest GmbH", bob.userId],
  ]);
});

Deno.test("thousands of faults are reported row by row, as JSON and as text", async () => {
  const test = await app();
  const slug = `faults-${crypto.randomUUID().slice(0, 8)}`;
  await test.db.owner`
    insert into tenants (id, slug, name, created_at)
    values (gen_random_uuid(), ${slug}, 'Faults', now())
  `;
  const rows = Array.from(
    { length: 3_600 },
    (_, n) =>
      n % 3 === 0
        ? `V${n},N${n},n${n}@example.org,12x`
        : n % 3 === 1
        ? `V${n},N${n},n${n}@example.org,,zu viel`
        : "-,,,",
  );
  const path = await file("faults.csv", `Vorname,Nachname,E-Mail,Telefon\n${rows.join("\n")}\n`);
  const dry = ["import", path, ...grounds, "--tenant", slug, "--dry-run"];
  const json = await crm(...dry, "--json");
  equal(json.code, 1, json.err);
  const report = JSON.parse(json.out);
  const numbers = (list: { row: number }[]) => list.map(({ row }) => row);
  const every = (from: number) => Array.from({ length: 1_200 }, (_, n) => from + n * 3);
  deepEqual(numbers(report.warnings), every(2));
  deepEqual(numbers(report.rejected), every(3));
  deepEqual(numbers(report.skippedRows), every(4));
  deepEqual([report.persons, report.skipped, report.records], [1_200, 1_200, 3_600]);
  const text = await crm(...dry);
  equal(text.code, 1);
  match(text.out, /1200 contacts\n.*0 companies\n/);
  match(text.out, /1200 skipped\n {2}1200 × .+\n {4}1200 rejected\n {2}row 3: .+\n {2}row 6: /);
  match(text.out, /row 3600: .+\n1200 warnings; --json lists them\n$/);
});
