/** Products from tables: what is new, what is known, and that a faulty file changes nothing. */
import { deepEqual, equal, match } from "node:assert/strict";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";

const at = "/products/imports/new";
const send = (person: Person, content: string | Uint8Array<ArrayBuffer>, name = "produkte.csv") =>
  person.post(at, { file: new File([content], name) });

const shelf = async ({ test, tenantId }: Person) =>
  (await test.db.owner`
    select number, name, description, unit, price_cents::int, currency, vat_rate, active, version
    from products
    where tenant_id = ${tenantId}
    order by number collate "C", name
  `).map((row) => Object.values(row));

Deno.test("a table of products is imported, known ones are changed, the rest stays", async () => {
  const { alice } = await cast();
  const first = "Art.-Nr.;Bezeichnung;Preis;USt. in %;Einheit;Aktiv\r\n" +
    "R-1;Regal Ä;1.234,50;19;Stück;ja\r\n" +
    "R-2;Regal B;9,99 €;7 %;;nein\r\n" +
    ";Montage;68,50;;Std.;\r\n";
  equal((await send(alice, first)).status, 303);
  match(await text(await alice.get("/products")), /3 Produkte sind neu, 0 geändert/);
  deepEqual(await shelf(alice), [
    ["", "Montage", "", "Std.", 6_850, "EUR", 1_900, true, 1],
    ["R-1", "Regal Ä", "", "Stück", 123_450, "EUR", 1_900, true, 1],
    ["R-2", "Regal B", "", "", 999, "EUR", 700, false, 1],
  ]);
  const second = "number,name,price,description\nr-1,Regal Ä,1300.00,verzinkt\n,montage,68.50,\n" +
    "R-3,'=1+1,5.00,\n";
  equal((await send(alice, second)).status, 303);
  deepEqual(await shelf(alice), [
    ["", "montage", "", "Std.", 6_850, "EUR", 1_900, true, 2],
    ["R-2", "Regal B", "", "", 999, "EUR", 700, false, 1],
    ["R-3", "=1+1", "", "", 500, "EUR", 1_900, true, 1],
    ["r-1", "Regal Ä", "verzinkt", "Stück", 130_000, "EUR", 1_900, true, 2],
  ]);
  const own = new Uint8Array(await (await alice.get("/products/export")).arrayBuffer());
  equal((await send(alice, own)).status, 303);
  match(await text(await alice.get("/products")), /0 Produkte sind neu, 0 geändert, 4 waren/);
});

Deno.test("of columns of one meaning the better name counts, and no number of a sheet grows", async () => {
  const { alice } = await cast();
  await send(alice, "Nr.;Artikel;Artikelnummer;Bezeichnung;Preis\n1;X7;R-1;Regal;5\n");
  deepEqual((await shelf(alice)).map(([number, name]) => [number, name]), [["R-1", "Regal"]]);
  match(await text(await alice.get("/products")), /1 Produkt ist neu, 0 geändert, 0 waren/);
  const cell = (type: string, value: string) =>
    `<Cell><Data ss:Type="${type}">${value}</Data></Cell>`;
  const row = (...cells: string[]) => `<Row>${cells.join("")}</Row>`;
  const sheet = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>' +
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" ' +
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>' +
    row(cell("String", "Name"), cell("String", "Preis")) +
    row(cell("String", "Schraube"), cell("Number", "1.234")) +
    row(cell("String", "Mutter"), cell("Number", "1.5")) +
    "</Table></Worksheet></Workbook>";
  const refused = await send(alice, sheet, "produkte.xml");
  equal(refused.status, 422);
  match(await text(refused), /Preis: Kein gültiger Betrag/);
  equal((await shelf(alice)).length, 1);
});

Deno.test("a file with faults changes nothing, and each fault is reported with its row", async () => {
  const { alice, bob } = await cast();
  const faulty = "Nummer;Name;Preis;MwSt;Währung\nA;;10;19;\nB;Bohrer;-1;19;\nC;Zange;1;0,19;\n" +
    "D;Säge;1;19;ZZZ\nE;Feile;1;19;\ne;Feile;1;19;\n";
  const answer = await send(alice, faulty);
  equal(answer.status, 422);
  const page = await text(answer);
  match(page, /Zeile 2: Name: /);
  match(page, /Zeile 3: Preis: Kein gültiger Betrag/);
  match(page, /Zeile 4: USt\. in %: Das ist kein Satz/);
  match(page, /Zeile 5: Währung: /);
  match(page, /Zeile 7: Dasselbe Produkt steht schon in Zeile 6/);
  deepEqual(await shelf(alice), []);
  for (
    const [content, fault] of [
      ["", /Wählen Sie eine Datei/],
      ["Vorname;Nachname\nA;B\n", /Es fehlen Spalten/],
      ["Name;Preis\n", /steht kein Produkt/],
      [new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), /keine lesbare Tabelle|Es fehlen Spalten/],
      [`Name;Preis\n${"A;1\n".repeat(5_001)}`, /Höchstens 5000 Produkte|Höchstens 5\.000/],
    ] as const
  ) {
    const refused = await send(alice, content);
    equal(refused.status, 422, String(fault));
    match(await text(refused), fault);
  }
  equal((await send(bob, "Name;Preis\nA;1\n")).status, 403, "who may not keep products");
});

Deno.test("a file far too large is refused on the page, however large it is", async () => {
  const { alice } = await cast();
  const answer = await send(alice, new Uint8Array(8_000_000));
  equal(answer.status, 422);
  match(await text(answer), /größer als 5 MB/);
});

Deno.test("tables of shops and billing programs are read by their own words", async () => {
  const files = [
    "Artikelnummer;Bezeichnung;Beschreibung;Artikeltyp;Einheit;Netto;Brutto;Führender Preis;USt. in %\n" +
    "A1;Beratung;vor Ort;Dienst;Stunde;95,00;113,05;Netto;19\n",
    "Art.-Nr.;Name;Kategorie;Bestand;Einheit;Verkaufspreis netto;Einkaufspreis netto;Umsatzsteuer\n" +
    "B1;Schraube;Material;1200;Stk.;0,35;0,12;19\n",
    "ID,Type,SKU,Name,Published,Short description,Description,Tax status,Sale price,Regular price\n" +
    "44,simple,C1,Hemd,1,kurz,lang,taxable,18.50,20\n",
    "Handle,Title,Body (HTML),Variant SKU,Variant Price,Image Src\n" +
    "hut,Hut,rund,D1,12.00,a.png\nhut,,,,,b.png\n",
    "Product - Name*,Product - Product Code,Product - Unit,Product - Price,Product - Currency\n" +
    "Dach,E1,m²,30.5,CHF\n",
    "Internal Reference,Name,Sales Price,Unit of Measure,Customer Taxes\nF1,Tür,80,Units,7% USt\n",
  ];
  const { alice } = await cast();
  for (const file of files) equal((await send(alice, file)).status, 303, file);
  deepEqual((await shelf(alice)).map((row) => row.slice(0, 7)), [
    ["A1", "Beratung", "vor Ort", "Stunde", 9_500, "EUR", 1_900],
    ["B1", "Schraube", "", "Stk.", 35, "EUR", 1_900],
    ["C1", "Hemd", "lang", "", 2_000, "EUR", 1_900],
    ["D1", "Hut", "rund", "", 1_200, "EUR", 1_900],
    ["E1", "Dach", "", "m²", 3_050, "CHF", 1_900],
    ["F1", "Tür", "", "Units", 8_000, "EUR", 700],
  ]);
});

Deno.test("products of shops and other programs come in by their own headings", async () => {
  const files: [name: string, text: string, ...shelves: (string | number | boolean)[][]][] = [
    [
      "Shopify",
      "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Status\n" +
      "regal,Regal,Größe,S,R-1,19.90,https://x.example/a.jpg,active\n" +
      "regal,,,M,R-2,24.90,,\nregal,,,,,,https://x.example/b.jpg,\n" +
      "tisch,Tisch,Title,Default Title,T-1,99.00,,draft\n",
      ["R-1", "Regal, S", "", 1990, "EUR", true],
      ["R-2", "Regal, M", "", 2490, "EUR", true],
      ["T-1", "Tisch", "", 9900, "EUR", false],
    ],
    [
      "JTL",
      "Artikelnummer;Artikelname;Std. VK Netto;Std. VK Brutto;VK Einheit;Aktiv\nJ1;Kabel;4,16;4,95;Stk;Y\n",
      ["J1", "Kabel", "Stk", 416, "EUR", true],
    ],
    [
      "Pipedrive",
      "Product - Name,Product - Product code,Product - Unit,Product - Unit prices,Product - Tax %\n" +
      "Lizenz,L-1,Monat,49.00 USD,19\n",
      ["L-1", "Lizenz", "Monat", 4900, "USD", true],
    ],
    [
      "vtiger",
      "Product Name,Product Number,Product Active,Unit Price,Currency\nPumpe,P-1,0,300.00,Euro\n",
      ["P-1", "Pumpe", "", 30_000, "EUR", false],
    ],
    [
      "Magento",
      "sku,name,product_online,price\nM1,Hemd,1,29.000000\n",
      ["M1", "Hemd", "", 2900, "EUR", true],
    ],
    [
      "a price list",
      'Preisliste 2025;;;\n;;;\nArt.Nr.;Artikel;ME;Preis/ME €\n4711;"Mutter\nverzinkt";100 St;8,-\n',
      ["4711", "Mutter verzinkt", "100 St", 800, "EUR", true],
    ],
    [
      "a list with descriptions alone",
      "Item No.;Description;Sales Price;UoM\nI-1;Cable 5 m;12.50;pcs\n",
      ["I-1", "Cable 5 m", "pcs", 1250, "EUR", true],
    ],
    [
      "Dolibarr",
      "Ref.;Bezeichnung;Verkaufspreis (netto);Zum Verkauf\nPINK;Kleid;100.00;0\n",
      ["PINK", "Kleid", "", 10_000, "EUR", false],
    ],
  ];
  for (const [name, content, ...wanted] of files) {
    const { alice } = await cast();
    equal((await send(alice, content)).status, 303, name);
    const made = (await shelf(alice)).map(([number, name, , unit, cents, currency, , active]) => [
      ...[number, name, unit, cents, currency, active],
    ]);
    deepEqual(made, wanted, name);
  }
});
