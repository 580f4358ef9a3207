/** Rows about one person that are apart in their file, or below their person without a name. */

import { deepEqual, equal, ok } from "node:assert/strict";
import * as files from "../../../db/imports/files.ts";
import { joined } from "../../../db/imports/joined_rows.ts";
import { blankContact, type ImportedRecord } from "../../../db/imports/records.ts";
import { sourceOf } from "./sources.ts";

/** Each person of the file with addresses and numbers, and the rows joined to others. */
async function personsOf(rows: readonly string[]) {
  const source = sourceOf(rows.join("\n"));
  const { plan } = await files.inspect(source);
  const records = await Array.fromAsync(joined(files.read(source, plan)));
  deepEqual(records.map(({ row }) => row), rows.slice(1).map((_, at) => at + 2));
  return {
    persons: records.flatMap(({ contact }) =>
      contact
        ? [[
          contact.lastName,
          ...contact.emails.map(({ address }) => address),
          ...contact.phones.map(({ number }) => number),
        ].join(" ")]
        : []
    ),
    joined: records.filter(({ skipped }) => skipped === "row_joined").map(({ row }) => row),
  };
}

Deno.test("rows of one person are joined where other persons are between them", async () => {
  deepEqual(
    await personsOf([
      "Kundennr;Nachname;Vorname;Telefon;E-Mail",
      "1;Groß;Eva;030 23125111;eva@gross.example",
      "2;Schulz;Bernd;089 99998111;bernd@schulz.example",
      "1;Groß;Eva;0171 3920011;",
      "3;Schulz;Bernd;;bernd.zwei@schulz.example",
    ]),
    {
      persons: [
        "Groß eva@gross.example +493023125111 +491713920011",
        "Schulz bernd@schulz.example +498999998111",
        "Schulz bernd.zwei@schulz.example",
      ],
      joined: [4],
    },
  );
});

Deno.test("without numbers the same name and mailbox are one person, a shared telephone is not", async () => {
  deepEqual(
    await personsOf([
      "Nachname;Vorname;Telefon;E-Mail",
      "Groß;Eva;030 23125111;eva@gross.example",
      "Klein;Carla;040 66969011;carla@klein.example",
      "Groß;Eva;0171 3920011;EVA@gross.example",
      "Klein;Carla;040 66969011;anders@klein.example",
      "Klein;Carla;040 66969011, 0171 3920099;",
    ]),
    {
      persons: [
        "Groß eva@gross.example +493023125111 +491713920011",
        "Klein carla@klein.example +494066969011 +491713920099",
        "Klein anders@klein.example +494066969011",
      ],
      joined: [4, 6],
    },
  );
});

Deno.test("a row without a name continues the person above only if it shows that it is theirs", async () => {
  deepEqual(
    await personsOf([
      "Nachname;Vorname;Firma;Telefon;E-Mail",
      "Groß;Eva;Muster GmbH;030 23125111;eva@muster.example",
      ";;;0171 3920011;e.gross@privat.example",
      ";;;0171 3920011, 0171 3920012;",
      ";;;0171 3920013;",
      ";;;;peter@muster.example",
      ";;;030 23125111;",
    ]),
    {
      persons: [
        "Groß eva@muster.example e.gross@privat.example +493023125111 +491713920011 +491713920012",
        "0171 3920013 +491713920013",
        "peter@muster.example peter@muster.example",
        "030 23125111 +493023125111",
      ],
      joined: [3, 4],
    },
  );
});

Deno.test("a row without a name under another number is somebody else", async () => {
  deepEqual(
    await personsOf([
      "Kundennr;Name;Telefon",
      "7;Eva Groß;030 23125111",
      "7;;0171 3920011",
      "8;;0171 3920012",
    ]),
    { persons: ["Groß +493023125111 +491713920011", "0171 3920012 +491713920012"], joined: [3] },
  );
});

Deno.test("rows are joined over a thousand rows, and every row of a long file comes once", async () => {
  const others = (count: number) =>
    Array.from({ length: count }, (_, at) => `${count}-${at};N${at};V;n${at}@x.example`);
  const row = "A;Groß;Eva;";
  const made = await personsOf([
    "Kundennr;Nachname;Vorname;E-Mail",
    `${row}a@gross.example`,
    ...others(900),
    `${row}b@gross.example`,
    ...others(1_200),
    `${row}c@gross.example`,
  ]);
  equal(made.persons[0], "Groß a@gross.example b@gross.example");
  equal(made.persons.at(-1), "Groß c@gross.example");
  deepEqual(made.joined, [903]);
});

const person = (row: number, lastName: string, address: string, more = {}): ImportedRecord => ({
  row,
  contact: { ...blankContact(), lastName, emails: [{ address, kind: "work" }], ...more },
  companies: [],
  warnings: [],
  rejected: null,
  skipped: null,
});

Deno.test("a joined row changes no name, however the two rows divide it", async () => {
  const rows = [
    person(2, "Eva Groß", "eva@gross.example", { uid: "1" }),
    person(3, "Groß", "zwei@gross.example", { uid: "1", firstName: "Eva" }),
  ];
  const [first] = await Array.fromAsync(joined(ReadableStream.from(rows)));
  const { firstName, lastName, emails } = first!.contact!;
  deepEqual([firstName, lastName, emails.length], ["", "Eva Groß", 2]);
});

Deno.test("very many persons of one name take seconds", async () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, at) => person(at + 2, "Muster", `m${at}@x.example`),
  );
  const from = performance.now();
  const made = await Array.fromAsync(joined(ReadableStream.from(rows)));
  const ms = performance.now() - from;
  equal(made.filter(({ contact }) => contact).length, rows.length);
  ok(ms < 5_000, `${ms} ms`);
});

Deno.test("who has the same name and mailbox at another company works for both", async () => {
  const read = async (...rows: string[]) => {
    const source = sourceOf(["Vorname;Nachname;E-Mail;Firma;Position", ...rows].join("\n"));
    const { plan } = await files.inspect(source);
    const records = await Array.fromAsync(joined(files.read(source, plan)));
    return records.map(({ skipped, companies }) =>
      skipped ?? companies.map(({ name, role }) => `${name}: ${role}`).join(", ")
    );
  };
  deepEqual(
    await read(
      "Eva;Groß;eva@gross.example;Nest AG;Chefin",
      "Bernd;Schulz;b@schulz.example;Nest AG;",
      "Eva;Groß;eva@gross.example;Bau KG;Beirätin",
      "Eva;Groß;eva@anders.example;Holz GmbH;",
    ),
    ["Nest AG: Chefin, Bau KG: Beirätin", "Nest AG: ", "row_joined", "Holz GmbH: "],
  );
});

Deno.test("a donor without a mailbox is one person, however many gifts the list has", async () => {
  deepEqual(
    await personsOf([
      "Spender-Nr;Vorname;Nachname;Betrag",
      "1001;Eva;Groß;5",
      "1002;Eva;Groß;6",
      "1001;Eva;Groß;7",
    ]),
    { persons: ["Groß", "Groß"], joined: [4] },
  );
});
