/** Exports of activities: in every format that holds them, safe in spreadsheets, without restricted persons. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import * as xlsx from "hucre/xlsx";
import { newId } from "../db/ids.ts";
import { cast, type Person } from "./support/cast.ts";
import { idOf } from "./support/html.ts";

const send = (person: Person, format: string, more: Record<string, string> = {}) =>
  person.post("/exports", { kind: "activities", format, purpose: "analysis", ...more });

const download = async (person: Person, format: string) => {
  const answer = await send(person, format);
  assertEquals(answer.status, 200);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer());
};

/** A call about somebody who may be named, and one about somebody who may not. */
async function two(alice: Person): Promise<void> {
  const contact = async (lastName: string) =>
    idOf(
      await alice.post("/contacts/new", {
        lastName,
        origin: "card",
        "companies.0.name": "Haselbrook GmbH",
        "companies.0.isPrimary": "on",
      }),
    );
  const [seen, hidden] = [await contact("Amsel"), await contact("Bussard")];
  const call = {
    kind: "call",
    dueDay: "2026-10-26",
    dueTime: "09:00",
    minutes: "30",
    ownerId: alice.userId,
  };
  await alice.post("/activities/new", {
    id: newId(),
    ...call,
    subject: "=1+1 Preise",
    body: "Zeile 1\nZeile 2; mit, Komma",
    about: `contact:${seen}`,
    repeatCycle: "week",
  });
  await alice.post("/activities/new", {
    id: newId(),
    ...call,
    subject: "Gespräch mit Bussard",
    about: `contact:${hidden}`,
  });
  await alice.test.db.owner`update contacts set restricted_at = now() where id = ${hidden}`;
}

Deno.test("activities are exported as CSV, for a German Excel, as JSON and as a workbook", async () => {
  const { alice } = await cast();
  await two(alice);
  const machine = await download(alice, "csv");
  assert(machine.startsWith("ID,Kind,Subject,Due,End,All day,Completed,Priority,Owner,"), machine);
  assertStringIncludes(machine, ",call,'=1+1 Preise,2026-10-26T08:00:00");
  assertStringIncludes(machine, "FREQ=WEEKLY;BYDAY=MO;WKST=MO,Amsel,Haselbrook GmbH,");
  const german = await download(alice, "excel_de");
  assertStringIncludes(german, ";Anruf;'=1+1 Preise;26.10.2026 09:00");
  const [row] = JSON.parse(await download(alice, "json"));
  assertEquals([row.kind, row.contacts, row.all_day], ["call", ["Amsel"], false]);
  const answer = await send(alice, "xlsx");
  const book = await xlsx.readXlsx(new Uint8Array(await answer.arrayBuffer()));
  assertEquals(book.sheets[0]!.name, "Aktivitäten");
  for (const file of [machine, german, JSON.stringify(row)]) {
    assert(!file.includes("Bussard"), "nothing about a restricted person");
  }
});

Deno.test("there are no vCards of activities, vera exports none, charlie only his own", async () => {
  const { alice, vera, charlie } = await cast();
  await two(alice);
  for (const format of ["vcf", "vcf3"]) assertEquals((await send(alice, format)).status, 422);
  assertEquals((await send(vera, "csv")).status, 403);
  assert(!(await download(charlie, "csv")).includes("Preise"));
  const forged = await send(alice, "csv", { ids: newId(), all: "1", list: "q=x" });
  assertEquals(forged.status, 200);
  await forged.body?.cancel();
});
