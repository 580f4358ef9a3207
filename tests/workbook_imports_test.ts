/** Excel and LibreOffice files through the pages of an import: the sheet is shown and can be changed. */
import { deepEqual, equal, match } from "node:assert/strict";
import * as imports from "../db/imports.ts";
import { escaped, row, workbook } from "./db/imports/books.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { flatBook, line, openBook } from "./db/imports/open_books.ts";
import { check, fileOf, importAll, upload } from "./support/imports.ts";

const people = (...names: string[]) =>
  row(1, ["Kundenliste"]) + row(3, ["Vorname", "Nachname", "E-Mail"]) +
  names.map((name, at) => row(4 + at, ["Eva", name, `${at}@${name.toLowerCase()}.example`])).join(
    "",
  );

async function namesOf(who: Person): Promise<string[]> {
  const rows = await who.test.db.owner<{ lastName: string }[]>`
    select last_name
    from contacts
    where tenant_id = ${who.tenantId}
    order by last_name
  `;
  return rows.map(({ lastName }) => lastName);
}

Deno.test("an Excel file is imported like any other, and undone rows keep their numbers", async () => {
  const { bob } = await cast();
  const rows = people("Adler", "Bär") + row(6, ["", "", "", "überzählig"]);
  const id = await importAll(bob, fileOf(await workbook({ sheets: { Kunden: rows } }), "k.xlsx"));
  deepEqual(await namesOf(bob), ["Adler", "Bär"]);
  const run = await bob.scope((scope) => imports.find(scope, id));
  deepEqual([run.counts.contacts, run.counts.rejected, run.counts.records], [2, 1, 3]);
  const rejected = await (await bob.get(`/imports/${id}/rejected.csv`)).text();
  match(rejected, /^Zeile,Grund,Vorname,Nachname,E-Mail\r\n6,.*,überzählig\r\n$/);
});

Deno.test("a LibreOffice file is imported like any other, by another sheet where one is chosen", async () => {
  const { bob } = await cast();
  const list = (name: string, phone: string) =>
    line(["Kundenliste"]) + line(["Vorname", "Nachname", "E-Mail"]) +
    line(["Eva", name, `${name.toLowerCase()}@a.example`]) + line(["", "", "", phone]);
  const tables = { Kunden: list("Adler", "überzählig"), Archiv: list("Specht", "zu viel") };
  const page = await text(await bob.get("/imports/new"));
  match(page, /LibreOffice/);
  const id = await importAll(bob, fileOf(await openBook(tables), "k.ods"));
  deepEqual(await namesOf(bob), ["Adler"]);
  const rejected = await (await bob.get(`/imports/${id}/rejected.csv`)).text();
  match(rejected, /^Zeile,Grund,Vorname,Nachname,E-Mail\r\n4,.*,überzählig\r\n$/);
  const next = await upload(bob, fileOf(new TextEncoder().encode(flatBook(tables)), "k.fods"));
  match(await (await bob.get(`/imports/${next}`)).text(), /<option value="Archiv" *>Archiv</);
  equal((await bob.post(`/imports/${next}/reading`, { sheet: "Archiv", header: "2" })).status, 303);
  await check(bob, next);
  const run = await bob.scope((scope) => imports.find(scope, next));
  deepEqual([run.options?.plan.format, run.options?.plan.sheet, run.counts.contacts], [
    "ods",
    "Archiv",
    1,
  ]);
});

Deno.test("another sheet is chosen, its own header is found", async () => {
  const { bob } = await cast();
  const old = row(1, ["Nachname", "E-Mail"]) + row(2, ["Specht", "a@specht.example"], 'hidden="1"');
  const file = await workbook({ sheets: { Kunden: people("Adler"), [escaped("Alt & neu")]: old } });
  const id = await upload(bob, fileOf(file, "k.xlsx"));
  const page = await (await bob.get(`/imports/${id}`)).text();
  match(page, /<option value="Kunden" selected>Kunden<\/option>/);
  match(page, /<option value="Alt &amp; neu"/);
  equal(
    (await bob.post(`/imports/${id}/reading`, { sheet: "Alt & neu", header: "3" })).status,
    303,
  );
  match(await text(await bob.get(`/imports/${id}`)), /1 ausgeblendete Zeile wird mit gelesen/);
  const run = await bob.scope((scope) => imports.find(scope, id));
  deepEqual([run.options?.plan.sheet, run.options?.plan.header], ["Alt & neu", 1]);
  await check(bob, id);
  const { counts } = await bob.scope((scope) => imports.find(scope, id));
  equal(counts.contacts, 1);
});

Deno.test("a broken Excel file is refused with a sentence", async () => {
  const { bob } = await cast();
  const file = (await workbook({ sheets: { Kunden: people("Adler") } })).slice(0, -20);
  const answer = await bob.post("/imports/new", { file: fileOf(file, "k.xlsx") });
  equal(answer.status, 422);
  match(await text(answer), /Die Tabelle ist beschädigt oder unvollständig/);
});
