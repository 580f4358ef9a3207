/** Workbooks in which a cell's text differs from the mailbox to which it is a link. */

import { deepEqual } from "node:assert/strict";
import { archive, parts, row } from "./books.ts";
import { importAll, sourceOf } from "./sources.ts";

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

async function linked(rows: string[][], links: Record<string, string>): Promise<Uint8Array> {
  const found = Object.entries(links);
  const behind = `<mergeCells/><hyperlinks>${
    found.map(([cell], at) => `<hyperlink ref="${cell}" r:id="rId${at + 1}" display="x"/>`).join("")
  }</hyperlinks>`;
  const all = parts({
    sheets: { Liste: rows.map((cells, at) => row(at + 1, cells)).join("") },
    behind,
  });
  all["xl/worksheets/_rels/sheet1.xml.rels"] = `<Relationships>${
    found.map(([, target], at) =>
      `<Relationship Id="rId${
        at + 1
      }" Type="${office}/hyperlink" Target="${target}" TargetMode="External"/>`
    ).join("")
  }</Relationships>`;
  return await archive(all);
}

Deno.test("a cell that is a link to a mailbox has its address beside its words", async () => {
  const { records } = await importAll(sourceOf(
    await linked([
      ["Vorname", "Nachname", "E-Mail", "Webseite"],
      ["Ute", "Adler", "E-Mail schreiben", "www.adler.example"],
      ["Tom", "Bär", "tom@baer.example", ""],
      ["Ina", "Groß", "", ""],
    ], {
      C2: "mailto:ute@adler.example?subject=Hallo",
      D2: "https://www.adler.example/",
      C3: "mailto:alt@baer.example",
      B4: "mailto:ina@gross.example",
    }),
  ));
  deepEqual(
    records.map(({ contact }) => [
      contact?.firstName,
      contact?.lastName,
      ...contact!.emails.map(({ address }) => address),
      contact?.website,
    ]),
    [
      ["Ute", "Adler", "ute@adler.example", "www.adler.example"],
      ["Tom", "Bär", "tom@baer.example", ""],
      ["Ina", "Groß", "ina@gross.example", ""],
    ],
  );
});
