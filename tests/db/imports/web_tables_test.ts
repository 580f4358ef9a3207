/** What programs write where they promise Excel: tables of a web page, and the XML of 2003. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const code = (text: string) => importAll(sourceOf(text)).then(() => "read", (it) => it.code);

const page = `<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">
<title>Kunden</title><style>td { mso-number-format:"\\@" } table{}</style></head>
<body><!-- <table><tr><td>nichts</td></tr></table> -->
<table><tr><td>Stand</td></tr></table>
<TABLE border=1>
<tr><th colspan="2">Name</th><th rowspan=2>Firma</th><th>Straße</th><th>PLZ</th><th>Ort</th><th>Telefon</th></tr>
<tr><th>Vorname</th><th>Nachname</th><th>Straße</th><th>PLZ</th><th>Ort</th><th>Telefon</th></tr>
<tr><td>Eva<td>Gro&szlig;<td rowspan="2">Groß &amp; Söhne GmbH<td>Ring 1<br>Halle 3<td>01067<td>Dresden<td>0351&nbsp;123456
<tr><td><p>Jan</p></td><td> Lang
 </td><td>Weg 2</td><td>89073</td><td>Ulm</td><td></td></tr>
<tr></tr>
<tr><td>Max</td><td>Klein</td><td></td><td>Gasse 3 &lt; 4</td><td>80331</td><td>München</td><td></td></tr>
</TABLE>
<script>var a = "<table><tr><td>x</td></tr></table>";</script>
</body></html>`;

Deno.test("a table of a web page is read as a sheet, whatever ends its lines and cells", async () => {
  const { inspection, records } = await importAll(sourceOf(latin1(page), 100), {
    fileName: "kunden.xls",
  });
  equal(inspection.plan.format, "html");
  deepEqual(inspection.sheets?.map(({ name }) => name), ["Tabelle 1"]);
  deepEqual(
    records.map(({ row, contact, companies }) => [
      row,
      `${contact?.firstName} ${contact?.lastName}`,
      companies[0]?.name ?? "",
    ]),
    [
      [3, "Eva Groß", "Groß & Söhne GmbH"],
      [4, "Jan Lang", "Groß & Söhne GmbH"],
      [6, "Max Klein", ""],
    ],
  );
  const [eva] = records;
  const [address] = [...eva!.contact!.addresses, ...eva!.companies[0]!.addresses];
  deepEqual([address?.postalCode, address?.city], ["01067", "Dresden"]);
  const phones = [...eva!.contact!.phones, ...eva!.companies[0]!.phones];
  deepEqual(phones.map(({ number }) => number), ["+49351123456"]);
});

Deno.test("of several tables the one that names columns is read, and another when asked for", async () => {
  const table = (...rows: string[][]) =>
    `<table>${
      rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")
    }</table>`;
  const layout = `<html><body><table><tr><td>${table(["x", "y"], ["1", "2"])}</td><td>${
    table(["Vorname", "Nachname", "E-Mail"], ["Eva", "Groß", "eva@gross.example"])
  }</td></tr></table></body></html>`;
  const { inspection, records } = await importAll(sourceOf(layout));
  deepEqual(inspection.sheets?.map(({ name, named }) => [name, named]), [
    ["Tabelle 1", false],
    ["Tabelle 2", true],
  ]);
  equal(records[0]?.contact?.lastName, "Groß");
  const other = await importAll(sourceOf(layout), { sheet: "Tabelle 1" });
  equal(other.inspection.plan.sheet, "Tabelle 1");
});

Deno.test("a page without a table is refused as one, and one made to grow is too large", async () => {
  equal(await code("<!DOCTYPE html><html><body><h1>Anmelden</h1></body></html>"), "html");
  equal(await code("<html><table><tr><td>nur eins</td></tr></table></html>"), "html");
  equal(await code("<html><table><tr><td>a<td>b".repeat(3)), "html");
  const down = `<tr>${'<td rowspan="9999">x'.repeat(999)}`;
  equal(await code(`<table>${down}${"<tr>".repeat(9_000)}</table>`), "xlsx_too_large");
  equal(await code(`<table><tr><td colspan="1001">x<td>y</table>`), "too_many_columns");
  equal(await code(`<table>${"<!--".repeat(100_000)}`), "html");
  equal(await code(`<table>${"<script>".repeat(100_000)}`), "html");
  equal(await code(`<table>${"<".repeat(200_000)}`), "html");
});

Deno.test("a web page shows its numbers as people write them, where spreadsheets keep a point", async () => {
  const deal = (amount: string) => `<tr><td>Dach</td><td>Angebot</td><td>${amount}</td></tr>`;
  const head = "<tr><th>Titel</th><th>Phase</th><th>Betrag</th></tr>";
  const shown = `<table>${head}${["12.345", "1.250,50", "99,5"].map(deal).join("")}</table>`;
  const { records } = await importAll(sourceOf(shown), { fileName: "deals.xls" });
  deepEqual(records.map(({ deal }) => deal?.amountCents), [1_234_500, 125_050, 9_950]);
});

const sheet = (name: string, rows: string, options = "") =>
  `<Worksheet ss:Name="${name}"><Table ss:ExpandedColumnCount="9">${rows}</Table>${options}</Worksheet>`;
const cell = (value: string, type = "String", attributes = "") =>
  `<Cell${attributes}><Data ss:Type="${type}">${value}</Data></Cell>`;
const row = (cells: string, attributes = "") => `<Row${attributes}>${cells}</Row>`;
const workbook = (...sheets: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n` +
  `<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" ` +
  `xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><DocumentProperties><Title>T</Title></DocumentProperties>` +
  `${sheets.join("")}</Workbook>`;
const hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>";

Deno.test("the XML of Excel 2003 is read with merged, moved and dated cells", async () => {
  const head = row(
    ["Firma", "Vorname", "Nachname", "Geburtstag", "PLZ", "Newsletter"]
      .map((each) => cell(each)).join(""),
  );
  const book = workbook(
    sheet("Alt", head + row(cell("x") + cell("Uwe") + cell("Alt")), hidden),
    sheet(
      "Kunden",
      head +
        row(
          cell("Groß GmbH", "String", ' ss:MergeDown="1"') + cell("Eva") + cell("Groß") +
            cell("1980-05-21T00:00:00.000", "DateTime") + cell("89073", "Number") +
            cell("1", "Boolean"),
        ) +
        row(cell("Jan", "String", ' ss:Index="2"') + cell("Lang"), ' ss:Hidden="1"') +
        row(
          cell("Max", "String", ' ss:Index="2"') + cell("Klein") + cell("#N/A", "Error"),
          ' ss:Index="9"',
        ),
    ),
  );
  const { inspection, records } = await importAll(sourceOf(book, 64));
  deepEqual([inspection.plan.format, inspection.plan.sheet, inspection.hiddenRows], [
    "xml",
    "Kunden",
    1,
  ]);
  deepEqual(
    records.map(({ row, contact, companies }) => [
      row,
      contact?.lastName,
      companies[0]?.name ?? "",
    ]),
    [[2, "Groß", "Groß GmbH"], [3, "Lang", "Groß GmbH"], [9, "Klein", ""]],
  );
  equal(records[0]?.contact?.birthday, "1980-05-21");
  deepEqual(records[2]?.warnings.map((it) => it.code), ["cell_error"]);
  const other = await importAll(sourceOf(book), { sheet: "Alt" });
  deepEqual(other.records.map(({ contact }) => contact?.lastName), ["Alt"]);
  await rejects(
    importAll(sourceOf(book), { sheet: "Fehlt" }).then(({ inspection }) => {
      if (inspection.plan.sheet === "Kunden") throw new Error("the preferred one");
    }),
    /the preferred one/,
  );
});

Deno.test("of a cell of the XML of Excel 2003 its text is read, in a section of its own too, and no remark on it", async () => {
  const remark = '<Comment ss:Author="Uwe"><ss:Data><B>Uwe:</B>bitte prüfen</ss:Data></Comment>';
  const remarked = `<Cell><Data ss:Type="String">Eva</Data>${remark}</Cell><Cell>${remark}</Cell>`;
  const head = ["Vorname", "Name", "Nachname"].map((each) => cell(each)).join("");
  const book = workbook(sheet("Kunden", row(head) + row(remarked + cell("<![CDATA[Groß & Co]]>"))));
  const { records } = await importAll(sourceOf(book));
  deepEqual(
    records.map(({ contact }) => [contact?.firstName, contact?.lastName]),
    [["Eva", "Groß & Co"]],
  );
});

Deno.test("broken and endless XML of spreadsheets is refused", async () => {
  equal(await code(workbook(sheet("A", row(cell("a") + cell("b")))).slice(0, -20)), "xlsx_broken");
  const far = row(cell("x", "String", ' ss:Index="2000"'));
  equal(await code(workbook(sheet("A", far))), "too_many_columns");
  const down = row(
    Array.from({ length: 900 }, () => cell("x", "String", ' ss:MergeDown="999999"')).join(""),
  );
  equal(await code(workbook(sheet("A", down + row("").repeat(1_200)))), "xlsx_too_large");
  equal(await code(workbook()), "empty");
});

Deno.test("a link to a mailbox gives the address, and a remark on a cell is not its text", async () => {
  const page = "<table><tr><th>Name</th><th>E-Mail</th></tr>" +
    "<tr><td><comment>schwierig</comment>Ute Adler</td>" +
    '<td><a href="mailto:ute@adler.example?subject=Hallo">E-Mail</a></td></tr>' +
    "<tr><td>Kai Bär</td><td><a href='mailto:kai&#64;baer.example'>kai@baer.example</a></td></tr>" +
    "</table>";
  const { records } = await importAll(sourceOf(page));
  deepEqual(
    records.map(({ contact }) => [contact!.lastName, contact!.emails.map((it) => it.address)]),
    [["Adler", ["ute@adler.example"]], ["Bär", ["kai@baer.example"]]],
  );
});

Deno.test("a page of elements that nobody sees is read in time to its length", async () => {
  const rows = "<tr><td>Name<td>E-Mail<tr><td>Ute Adler<td>ute@adler.example";
  const page = `<table>${rows}${"<script></SCRIPT>".repeat(60_000)}</table>`;
  const from = process.cpuUsage();
  const { records } = await importAll(sourceOf(page));
  const { user, system } = process.cpuUsage(from);
  equal(records.length, 1);
  ok((user + system) / 1_000_000 < 4, "in less than four seconds of processor time");
});

Deno.test("names that are links to mailboxes stay names, and the addresses are theirs", async () => {
  const linked = (name: string, box: string) => `<a href="mailto:${box}@n.example">${name}</a>`;
  const tableOf = (head: string, ...rows: string[]) =>
    `<table><tr><th>${head}<th>Ort</tr>${
      rows.map((row) => `<tr><td>${row}<td>Ulm`).join("")
    }</table>`;
  const pages = [
    tableOf(
      "Name<th>Funktion",
      `Ute Adler<td>${linked("Leitung", "ua")}`,
      `Kai Bär<td>${linked("Einkauf", "kai.baer")}`,
    ),
    tableOf(
      "Name<th>Kontakt",
      `Ute Adler<td>${linked("schreiben", "ua")}`,
      `Kai Bär<td>${linked("schreiben", "kai.baer")}`,
    ),
    tableOf("Name", linked("Ute Adler", "ua"), linked("Kai Bär", "kai.baer")),
    tableOf(
      "Vorname<th>Nachname",
      `Ute<td>${linked("Adler", "ua")}`,
      `Kai<td>${linked("Bär", "kai.baer")}`,
    ),
  ];
  for (const page of pages) {
    const { records } = await importAll(sourceOf(page));
    deepEqual(
      records.map(({ contact }) => [contact?.lastName, contact?.emails.map((it) => it.address)]),
      [["Adler", ["ua@n.example"]], ["Bär", ["kai.baer@n.example"]]],
    );
  }
  const page = tableOf("Firma<th>Ansprechpartner", `${linked("Nest GmbH", "info")}<td>Ute Adler`);
  const { records: [record] } = await importAll(sourceOf(page));
  const [company] = record!.companies;
  deepEqual([company!.name, company!.emails[0]?.address], ["Nest GmbH", "info@n.example"]);
  deepEqual(record!.contact!.emails, []);
});

Deno.test("a link that is a picture, a number or one of several leaves its cell as it reads", async () => {
  const link = (text: string, box = "ua") => `<a href="mailto:${box}@n.example">${text}</a>`;
  const only = async (head: string, row: string) => {
    const page = `<table><tr><th>${head}</tr><tr><td>${row}</tr></table>`;
    const { records } = await importAll(sourceOf(page));
    equal(records.length, 1);
    return records[0]!;
  };
  const pictured = await only("Name<th>Telefon<th>", `Ute Adler<td>030 123456<td>${link("<img>")}`);
  deepEqual([pictured.rejected, pictured.contact!.lastName], [null, "Adler"]);
  const numbered = await only(
    "Vorname<th>Nachname<th>Telefon",
    `Ute<td>Adler<td>${link("030 123456")}`,
  );
  deepEqual(numbered.contact!.phones[0]!.number, "+4930123456");
  const several = `${link("Ute Adler")}, ${link("Kai Bär", "kb")}`;
  const two = await only("Firma<th>Ansprechpartner", `Nest GmbH<td>${several}`);
  deepEqual([two.contact!.lastName, two.others?.[0]?.lastName], ["Adler", "Bär"]);
  const greeted = await only("Firma<th>Ansprechpartner", `Nest GmbH<td>Frau ${link("Ute Adler")}`);
  deepEqual([greeted.contact!.firstName, greeted.contact!.lastName], ["Ute", "Adler"]);
});
