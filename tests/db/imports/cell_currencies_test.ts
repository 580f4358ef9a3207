/** The currency of a spreadsheet's amounts, where only their cells show it. */
import { deepEqual, equal } from "node:assert/strict";
import { currencyOf } from "../../../db/imports/cell_currencies.ts";
import * as files from "../../../db/imports/files.ts";
import * as books from "./books.ts";
import * as openBooks from "./open_books.ts";
import { importAll, sourceOf } from "./sources.ts";

const formats: Record<string, string> = {
  "#,##0.00 [$€-407]": "EUR",
  '#,##0.00\\ "€"': "EUR",
  "#,##0.00 €;[Red]-#,##0.00 €": "EUR",
  "[$CHF-807] #,##0.00": "CHF",
  "[$Fr.-807] #,##0.00": "CHF",
  '"$"#,##0.00': "USD",
  "[$$-409]#,##0.00": "USD",
  "[$$-1009]#,##0.00": "CAD",
  "[$£-809]#,##0.00": "GBP",
  "#,##0.00 [$kr-41D]": "SEK",
  "#,##0.00 [$kr.-406]": "DKK",
  "#,##0.00 [$kr]": "kr",
  "#,##0.00\\ [$zł-415]": "PLN",
  "[$USD] #,##0": "USD",
  '0 "EUR"': "EUR",
  "#,##0.00 [$₺-41F]": "₺",
  // The blank of a sign, a language, units.
  '_-* #,##0.00\\ _€_-;-* #,##0.00\\ _€_-;_-* "-"??\\ _€_-;_-@_-': "",
  "[$-407]dd.mm.yyyy": "",
  '0 "Stück"': "",
  "0.00": "",
};

Deno.test("a format gives its currency by symbol, code and language", () => {
  deepEqual(
    Object.fromEntries(Object.keys(formats).map((format) => [format, currencyOf(format)])),
    formats,
  );
  equal(currencyOf(undefined), "");
});

const headings = ["Titel", "Betrag", "Stufe", "Abschluss"];

Deno.test("deals of a workbook are worth what their cells show", async () => {
  const amount = (row: number, value: number, style: number) =>
    `<row r="${row}"><c r="A${row}" t="inlineStr"><is><t>Dach ${row}</t></is></c>` +
    `<c r="B${row}" s="${style}"><v>${value}</v></c></row>`;
  const bytes = await books.workbook({
    sheets: {
      Deals: books.row(1, headings) + amount(2, 1234.5, 1) + amount(3, 7, 2) + amount(4, 8, 0) +
        amount(5, 9, 3),
    },
    formats: ["#,##0.00 [$CHF-807]", '#,##0.00 "€"', "#,##0.00 [$₺-41F]"],
  });
  const { inspection, records } = await importAll(sourceOf(bytes));
  equal(inspection.plan.kind, "deals");
  const worth = records.map(({ deal }) => [deal!.amountCents, deal!.currency]);
  deepEqual(worth, [[123_450, "CHF"], [700, "EUR"], [800, ""], [null, ""]]);
  equal(records[3]!.deal!.notes, "Betrag: 9 ₺");
  deepEqual(
    files.preview(inspection, inspection.plan).map(({ deal }) => [
      deal!.amountCents,
      deal!.currency,
    ]),
    worth,
  );
});

Deno.test("deals of an OpenDocument sheet are worth what their cells show; a column for it counts more", async () => {
  const money = (currency: string) =>
    openBooks.cell(
      "1.234,50",
      `office:value-type="currency" office:currency="${currency}" office:value="1234.5"`,
    );
  const row = (currency: string, ...more: string[]) =>
    openBooks.rowOf(
      openBooks.cell("Dach") + money(currency) +
        ["Angebot", "", ...more].map((text) => openBooks.cell(text)).join(""),
    );
  const plain = await openBooks.openBook({ Deals: openBooks.line(headings) + row("CHF") });
  const [shown] = (await importAll(sourceOf(plain))).records;
  deepEqual([shown!.deal!.amountCents, shown!.deal!.currency], [123_450, "CHF"]);
  const book = await openBooks.openBook({
    Deals: openBooks.line([...headings, "Währung"]) + row("CHF", "SEK"),
  });
  const [said] = (await importAll(sourceOf(book))).records;
  deepEqual([said!.deal!.amountCents, said!.deal!.currency], [123_450, "SEK"]);
});
