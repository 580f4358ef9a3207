/** Exports of deals: in every format that holds them, safe in spreadsheets, recorded, without restricted persons. */
import { deepEqual, equal, ok } from "node:assert/strict";
import * as xlsx from "hucre/xlsx";
import * as exports from "../db/exports.ts";
import { cast, type Person } from "./support/cast.ts";
import { newDeal, stagesOf } from "./support/deals.ts";
import { idOf, text } from "./support/html.ts";

const send = (person: Person, format: string) =>
  person.post("/exports", { kind: "deals", format, purpose: "analysis" });

async function download(person: Person, format: string): Promise<string> {
  const answer = await send(person, format);
  equal(answer.status, 200);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer());
}

/** Two deals, one of them with a person who may be named and one who may not. */
async function two(alice: Person): Promise<void> {
  const { Gewonnen } = await stagesOf(alice);
  const contact = async (lastName: string) =>
    idOf(await alice.post("/contacts/new", { lastName, origin: "card", _anyway: "1" }));
  const [seen, hidden] = [await contact("Amsel"), await contact("Bussard")];
  const id = await newDeal(alice, {
    title: "=1+1 Regale",
    companyName: "Haselbrook GmbH",
    amount: "1.234,50",
    expectedCloseOn: "2027-03-31",
    newTags: "Eilig",
    notes: "Zeile 1\nZeile 2; mit, Komma",
    contactIds: [seen, hidden],
  });
  await alice.post(`/deals/${id}/contacts`, { contactId: seen, role: "Einkauf" });
  await newDeal(alice, { title: "Zweiter", stageId: Gewonnen!.id });
  await alice.test.db.owner`update contacts set restricted_at = now() where id = ${hidden}`;
}

Deno.test("deals are exported as CSV for programs and for a German Excel", async () => {
  const { alice } = await cast();
  await two(alice);
  const machine = await download(alice, "csv");
  ok(machine.startsWith("ID,Title,Company,Persons,Amount,Currency,Expected close,"));
  ok(
    machine.includes(
      ",'=1+1 Regale,Haselbrook GmbH,Amsel (Einkauf),1234.5,EUR,2027-03-31,Vertrieb,Anfrage,open,10,",
    ),
    machine,
  );
  ok(machine.includes('"Zeile 1\nZeile 2; mit, Komma"'));
  equal(machine.includes("Bussard"), false);
  const german = await download(alice, "excel_de");
  ok(german.startsWith("\ufeffID;Titel;Firma;Personen;Betrag;Währung;Abschluss;"));
  ok(
    german.includes(
      ";'=1+1 Regale;Haselbrook GmbH;Amsel (Einkauf);1234,5;EUR;31.03.2027;Vertrieb;Anfrage;offen;10;",
    ),
  );
  ok(german.includes(";Zweiter;;;;EUR;;Vertrieb;Gewonnen;gewonnen;100;"));
});

Deno.test("deals are exported as JSON and as a workbook with real numbers", async () => {
  const { alice } = await cast();
  await two(alice);
  const [first, second] = JSON.parse(await download(alice, "json"));
  deepEqual([first.amount, first.currency, first.expected_close_on], [1234.5, "EUR", "2027-03-31"]);
  deepEqual(first.contacts, [{ name: "Amsel", role: "Einkauf" }]);
  deepEqual([second.status, second.amount, second.company], ["won", null, null]);
  const answer = await send(alice, "xlsx");
  const book = await xlsx.readXlsx(new Uint8Array(await answer.arrayBuffer()));
  const [head, row] = book.sheets[0]!.rows;
  const cell = (name: string) => row![head!.indexOf(name)];
  deepEqual([cell("Titel"), cell("Betrag")], ["=1+1 Regale", 1234.5]);
});

Deno.test("the export is recorded, has a safe name, and is not for those who only read", async () => {
  const { alice, vera, charlie } = await cast();
  await two(alice);
  const answer = await send(alice, "csv");
  await answer.body?.cancel();
  ok(/filename=deals-\d{4}-\d\d-\d\d\.csv$/.test(answer.headers.get("Content-Disposition")!));
  equal((await send(vera, "csv")).status, 403);
  equal((await download(charlie, "csv")).includes("Regale"), false);
  await download(alice, "csv");
  const { exports: [last] } = await alice.scope((scope) => exports.list(scope));
  deepEqual([last!.kind, last!.rows, last!.status], ["deals", 2, "done"]);
  ok((await text(await alice.get("/exports"))).includes("Deals, CSV"));
});

Deno.test("a deal has no vCard, and the form says so beside the format", async () => {
  const { alice } = await cast();
  for (const format of ["vcf", "vcf3"]) {
    const answer = await send(alice, format);
    equal(answer.status, 422);
    ok((await text(answer)).includes("Format: Deals gibt es nicht als vCard."));
  }
});
