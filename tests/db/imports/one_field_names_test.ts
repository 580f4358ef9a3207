/** First and last names in files that have both in one field, or more than names in them. */

import { deepEqual } from "node:assert/strict";
import { importAll, sourceOf, table } from "./sources.ts";

const partsOf = ({ salutation, title, firstName, namePrefix, lastName }: Record<string, unknown>) =>
  [salutation, title, firstName, namePrefix, lastName].filter(Boolean).join(" | ");

const cases: [last: string, first: string, parts: string][] = [
  ["", "Eva Müller", "Eva | Müller"],
  ["Eva Müller", "", "Eva | Müller"],
  ["Müller, Eva", "", "Eva | Müller"],
  ["", "Dr. Udo Lang", "Dr. | Udo | Lang"],
  ["", "Dr. Udo", "Dr. | Udo"],
  ["", "Eva Maria", "Eva Maria"],
  ["García Márquez", "", "García Márquez"],
  ["von der Heide", "", "von der | Heide"],
  ["Heide", "Anna von der", "Anna | von der | Heide"],
  ["Müller", "Herr", "mr | Müller"],
  ["Müller", "Frau Dr. Eva", "ms | Dr. | Eva | Müller"],
  ["", "Frau Müller", "ms | Müller"],
  ["Lang, MBA", "Dr. Udo", "Dr. | Udo | Lang"],
  ["Müller", "Eva", "Eva | Müller"],
];

Deno.test("a whole name in one field, and what is around a first name, is split", async () => {
  const rows = cases.map(([last, first], at) => ({
    "Vorname": first,
    "Nachname": last,
    "E-Mail": `p${at}@x.example`,
  }));
  const { records } = await importAll(sourceOf(table(["Vorname", "Nachname", "E-Mail"], rows)));
  deepEqual(records.map(({ contact }) => partsOf({ ...contact })), cases.map(([, , it]) => it));
});

Deno.test("cards are read in the same way, and a company among first names is one", async () => {
  const card = (n: string, fn: string) =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\nN:${n}\r\nFN:${fn}\r\nEND:VCARD\r\n`;
  const book = cases.map(([last, first]) =>
    card(`${last.replaceAll(",", "\\,")};${first};;;`, `${first} ${last}`.trim())
  );
  const { records } = await importAll(sourceOf(
    book.join("") + card(";Lang GmbH;;;", "Lang GmbH") + card("Groß;Ida;;;", "Dr. Ida Groß"),
  ));
  deepEqual(records.slice(0, -2).map(({ contact }) => partsOf({ ...contact })), [
    ...cases.map(([, , it]) => it),
  ]);
  deepEqual(records.at(-2)!.companies.map(({ name }) => name), ["Lang GmbH"]);
  deepEqual(partsOf({ ...records.at(-1)!.contact }), "Dr. | Ida | Groß");
});

Deno.test("titles at the end of a name that is turned are titles", async () => {
  const names = ["Müller, Eva, Dr.", "Koch, Jan Dipl.-Ing.", "Koch, Prof. Dr. Jan", "Lang, Udo Ra"];
  const rows = names.map((name) => ({ "Name": name, "E-Mail": "a@x.example" }));
  const { records } = await importAll(sourceOf(table(["Name", "E-Mail"], rows)));
  deepEqual(records.map(({ contact }) => partsOf({ ...contact })), [
    "Dr. | Eva | Müller",
    "Dipl.-Ing. | Jan | Koch",
    "Prof. Dr. | Jan | Koch",
    "Udo Ra | Lang",
  ]);
});
