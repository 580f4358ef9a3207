/** Cells with the formula of a link, as web programs write them for a spreadsheet. */

import { deepEqual } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

const link = (address: string, shown?: string, separator = ";") =>
  `=HYPERLINK("${address}"${shown === undefined ? "" : `${separator}"${shown}"`})`;
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

const rows = [
  [link("https://crm.example/1", "Anna Schulz"), "Schulz AG", link("mailto:a@schulz.example")],
  [link("https://crm.example/2", "Bernd Klein"), "Klein GmbH", "b@klein.example"],
];

async function read(text: string, size?: number) {
  const { records } = await importAll(sourceOf(text, size));
  return records.map(({ contact, companies }) => [
    contact?.firstName,
    contact?.lastName,
    companies[0]?.name,
    contact?.emails[0]?.address,
    contact?.website,
  ]);
}

const expected = [
  ["Anna", "Schulz", "Schulz AG", "a@schulz.example", ""],
  ["Bernd", "Klein", "Klein GmbH", "b@klein.example", ""],
];

Deno.test("the formula of a link reads as what it shows, or else as where it leads", async () => {
  const head = "Name;Firma;E-Mail\r\n";
  const lines = rows.map((row) => row.map(quoted).join(";"));
  deepEqual(await read(`${head}${lines.join("\r\n")}\r\n`), expected);
});

Deno.test("a separator within such a formula ends no cell, wherever the text is cut", async () => {
  const text = `Name;Firma;E-Mail\n${rows.map((row) => row.join(";")).join("\n")}\n`;
  for (let size = 1; size < 40; size++) deepEqual(await read(text, size), expected);
});

Deno.test("a link that only calls itself one reads as its address", async () => {
  const text = [
    "Name,E-Mail,Website",
    [
      "Carla Groß",
      quoted(link("mailto:c@gross.example?subject=Hallo", "E-Mail senden", ",")),
      quoted(link("https://gross.example", "Website", ",")),
    ].join(","),
    "",
  ].join("\n");
  deepEqual(await read(text), [
    ["Carla", "Groß", undefined, "c@gross.example", "https://gross.example"],
  ]);
});

Deno.test("a mailbox behind a linked name becomes its address", async () => {
  const text = `Name;Firma\n${link("mailto:d@gross.example", "Dora Groß")};Groß KG\n`;
  deepEqual(await read(text), [["Dora", "Groß", "Groß KG", "d@gross.example", ""]]);
});
