/** Words that every object of the language has a member for: as headings, cells and names of parts. */

import { deepEqual, equal } from "node:assert/strict";
import { currencyOf } from "../../../db/imports/cell_currencies.ts";
import { importAll, sourceOf } from "./sources.ts";

const words = ["constructor", "Constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"];
const headings = [
  ...["Anrede", "Titel", "Vorname", "Geschlecht", "Briefanrede", "Sprache", "Firma", "Branche"],
  ...["Rechtsform", "USt-IdNr", "Registergericht", "Land", "Ort", "Straße", "Schlagwörter"],
  ...["E-Mail Typ", "Telefon Typ", "Adresstyp", "Status", "Rechtsgrundlage", "Zuständig"],
  ...["Betrag", "Währung", "Phase", "Pipeline"],
];

/** Places that hold something else than data. */
const oddIn = (value: unknown, path = ""): string[] =>
  typeof value === "function" || value === Object.prototype
    ? [path]
    : value && typeof value === "object"
    ? Object.entries(value).flatMap(([name, each]) => oddIn(each, `${path}.${name}`))
    : [];

const read = async (content: string) => oddIn(await importAll(sourceOf(content)));

Deno.test("a cell with such a word is a text under every heading, and so is a heading", async () => {
  for (const word of words) {
    for (const heading of [...headings, word]) {
      const rows = ["Lind;lind@lind.example", "Meier;meier@lind.example"];
      const table = [`Nachname;E-Mail;${heading}`, ...rows.map((row) => `${row};${word}`), ""];
      deepEqual(await read(table.join("\n")), [], `${heading}: ${word}`);
    }
  }
});

Deno.test("a card, a directory or a phone book with such words holds data alone", async () => {
  for (const word of words) {
    const card = [
      ...["BEGIN:VCARD", "VERSION:3.0", `FN:${word}`, `N:Lind;${word};;${word};${word}`],
      ...[`GENDER:${word}`, `LANG:${word}`, `TEL;TYPE=${word}:030 1234567`, `${word}:x`],
      ...[`ADR;TYPE=${word}:;;${word};${word};${word};1;${word}`, "END:VCARD", ""],
    ];
    deepEqual(await read(card.join("\r\n")), [], word);
    const entry = ["dn: cn=Lind", "objectclass: person", "cn: Ada Lind", "sn: Lind"];
    const own = ["mail: lind@lind.example", `${word}: ${word}`, `preferredLanguage: ${word}`, ""];
    deepEqual(await read([...entry, ...own].join("\n")), [], word);
    const book = `<AddressBook><Contact><LastName>Lind</LastName><${word}>x</${word}>` +
      `<Phone type="${word}"><phonenumber>0301234567</phonenumber></Phone></Contact></AddressBook>`;
    deepEqual(await read(`<?xml version="1.0"?>${book}`), [], word);
    equal(currencyOf(`#,##0.00 "${word}"`), "");
  }
});
