/** What an export of any format holds makes the same records in another tenant, whatever was typed. */

import { assertEquals } from "deno-std/assert/mod.js";
import { formats } from "../db/exports.ts";
import { cast, type Person } from "./support/cast.ts";
import { fileOf, importAll } from "./support/imports.ts";

type Exported = Record<string, unknown>;

const typed: Record<string, readonly string[]> = {
  "Salutation": ["Ms", "Mr", ""],
  "Title": ["Dr.", "", ""],
  "First name": ["Eva-María", "李", ""],
  "Last name": ["van der Groß", "O'Brien 😀", "Single"],
  "Company": ['Groß & Söhne "Nest"; Bau GmbH', "-Minus AG", ""],
  "Position": ["Leiterin, Einkauf; Süd", "+Plus", ""],
  "Department": ["Einkauf/Süd", "", ""],
  "Email": ["eva@gross.example", "o'brien+test@x.example", "single@x.example"],
  "Email (private)": ["eva.privat@gross.example", "", ""],
  "Phone (work)": ["+49 30 123456", "", ""],
  "Phone 2": ["+49 30 123456 ext. 12", "", ""],
  "Phone (mobile)": ["+49 171 1234567", "+353 85 1234567", ""],
  "Street": ["Weg 1", "Rue de l’Église 5 bis", ""],
  "Address line 2": ["c/o Müller, 2. Stock", "", ""],
  "Postal code": ["10115", "75001", "01067"],
  "City": ["Berlin", "Paris", "Dresden"],
  "Country": ["Deutschland", "France", "Deutschland"],
  "Website": ['https://gross.example/a?b=c&d="e"', "", ""],
  "Birthday": ["1980-02-29", "1975-12-01", ""],
  "Notes": [
    "=SUM(A1)\nZeile 2; mit, Zeichen \\ und \\n kein Umbruch\n\n- Liste\n@wer",
    "'quoted' \"double\" ''twice''\tTab",
    "BEGIN:VCARD\nEND:VCARD\nN:a;b",
  ],
  "Tags": ["VIP;Kunde, alt", "=Formel", ""],
  "Customer number": ["007", "00123-A", ""],
};

function list(): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const columns = Object.values(typed);
  const rows = [0, 1, 2].map((at) => columns.map((column) => quoted(column[at]!)).join(","));
  return [Object.keys(typed).join(","), ...rows, ""].join("\r\n");
}

/** The records of a tenant without what each tenant adds itself, in the order of their names. */
async function held(person: Person, kind: string): Promise<Exported[]> {
  const answer = await person.post("/exports", { kind, format: "json", purpose: "move" });
  const own = /^id$|_u?id$|_at$|_on$|^created|^updated/;
  const records: Exported[] = JSON.parse(
    await answer.text(),
    (key, value) => own.test(key) ? undefined : value,
  );
  const nameOf = (record: Exported) => String(record.last_name ?? record.name);
  return records.sort((one, two) => nameOf(one) < nameOf(two) ? -1 : 1);
}

Deno.test("an export of any format makes the same persons and companies in another tenant", async () => {
  const { alice, charlie } = await cast();
  await importAll(alice, fileOf(list(), "k.csv"));
  for (const kind of ["contacts", "companies"]) {
    const wanted = await held(alice, kind);
    assertEquals(wanted.length, kind === "contacts" ? 3 : 2);
    for (const format of formats) {
      if (kind === "companies" && format.startsWith("vcf")) continue;
      const answer = await alice.post("/exports", { kind, format, purpose: "move" });
      assertEquals(answer.status, 200);
      const end = format.startsWith("vcf") ? "vcf" : format === "excel_de" ? "csv" : format;
      const bytes = new Uint8Array(await answer.arrayBuffer());
      await importAll(charlie, fileOf(bytes, `k.${end}`));
      assertEquals(await held(charlie, kind), wanted, `${kind} ${format}`);
      await charlie.scope(({ sql, tenantId }) =>
        sql`delete from contacts where tenant_id = ${tenantId}`
      );
      await charlie.scope(({ sql, tenantId }) =>
        sql`delete from companies where tenant_id = ${tenantId}`
      );
    }
  }
});
