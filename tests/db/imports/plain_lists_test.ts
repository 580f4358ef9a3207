/** Lists that say little: names beside numbers only, deals without a name, no headings at all. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, only, sourceOf } from "./sources.ts";

const read = (...lines: string[]) => importAll(sourceOf(`${lines.join("\r\n")}\r\n`));
const people = async (...lines: string[]) =>
  (await read(...lines)).records.map(({ contact, companies }) =>
    [contact?.firstName, contact?.lastName, companies[0]?.name].filter(Boolean).join(" ")
  );

Deno.test("names with a salutation are persons, whatever is beside them", async () => {
  const { records } = await read(
    "ID,NAME,PROFIL,ZEITRAUM",
    "100,Herr Müller,1,1.9.2020-31.12.2020",
    "101,Frau Posemuckel,2,1.8.2020-31.12.2021",
    "104,Hans Hartmann,5,1.8.2020-30.9.2025",
  );
  deepEqual(records.map(({ contact }) => [contact?.salutation, contact?.lastName]), [
    ["mr", "Müller"],
    ["ms", "Posemuckel"],
    ["", "Hartmann"],
  ]);
  const things = await read("id,name,profile,score", "1,Herrenhaus,2,5", "2,Fraunhofer,3,6");
  equal(things.inspection.plan.kind, "other");
});

Deno.test("customers with a turnover are persons if their names are", async () => {
  const head = "kunden_id,name,umsatz,region";
  const rows = ["1,Max Mustermann,1500.50,Bayern", "2,Anna Schmidt,2300.75,Hessen"];
  deepEqual(await people(head, ...rows, "3,Peter Müller,1800.00,Bayern"), [
    "Max Mustermann",
    "Anna Schmidt",
    "Peter Müller",
  ]);
  const { inspection } = await read(head, "1,Groß GmbH,5,Bayern", ...rows, "4,Peter Hahn,1,Berlin");
  equal(inspection.plan.kind, "companies");
});

Deno.test("deals known only by a number are called by it, with a warning", async () => {
  const { records } = await read(
    "deal_id,contact_id,stage,amount,close_date",
    "D0000,C0033,Negotiation,3192,2024-12-23",
  );
  const [record] = records;
  deepEqual([record?.deal?.name, record?.deal?.amountCents], ["D0000", 319200]);
  deepEqual(record?.warnings.map(({ code }) => code), ["name_from_number"]);
});

Deno.test("a deal whose name is its number as well is not told to have none", async () => {
  const { records: [record] } = await read(
    "deal_id,deal_name,stage,amount,close_date",
    "A-100,A-100,Negotiation,3192,2024-12-23",
  );
  deepEqual([record?.deal?.name, record?.warnings], ["A-100", []]);
});

Deno.test("a contact's deal with a value and a stage is called like its company", async () => {
  const { records: [record] } = await read(
    "contact_name,contact_email,company,deal_value,deal_stage",
    "Ann Lee,ann@acme.example,Acme Inc,5000,Proposal",
  );
  deepEqual([record?.deal?.name, record?.deal?.stage, record?.deal?.persons.at(-1)], [
    "Acme Inc",
    "Proposal",
    "Ann Lee",
  ]);
});

Deno.test("the first of numbered tenants is the one of the row", async () => {
  deepEqual(
    await people(
      "Objekt;Mieter 1;Straße;PLZ;Ort",
      "W1;Adler, Ute;Weg 1;89073;Ulm",
      "W2;Groß GmbH;Weg 2;89073;Ulm",
    ),
    ["Ute Adler", "Groß GmbH"],
  );
});

Deno.test("without headings, words for a state are nobody's name, and Firma is a salutation", async () => {
  const { records } = await read(
    '"38","Kunde","Frau",NULL,"Wüste","Annelie","44892","Bochum","0234-283227"',
    '"88","C-Kunde","Firma","Reiter GmbH","Reiter","Josef","83390","Melk",NULL',
    '"99","C-Kunde","Firma","Natur GmbH",NULL,NULL,"37589","Kalefeld","05553 919560"',
  );
  deepEqual(
    records.map(({ contact, companies }) => [
      contact?.salutation ?? "",
      [contact?.firstName, contact?.lastName].filter(Boolean).join(" "),
      companies[0]?.name ?? "",
    ]),
    [["ms", "Annelie Wüste", ""], ["", "Josef Reiter", "Reiter GmbH"], ["", "", "Natur GmbH"]],
  );
  const lost = await people(
    '"100","179500.00","2015-08-14","Closed Lost"',
    '"108","800.00","2015-10-08","Closed Won"',
  );
  deepEqual(lost, ["", ""]);
});

Deno.test("the holder of a bank account is no further person, an owner of a company is one", async () => {
  const member = { Vorname: "Ute", Name: "Adler", IBAN: "DE02", Inhaber: "Jan Adler" };
  equal((await only(member, ";")).others, undefined);
  const { contact } = await only({ Firma: "Groß GmbH", Inhaber: "Eva Groß", IBAN: "DE02" }, ";");
  equal(contact.lastName, "Groß");
});

Deno.test("a place that is only a town and its country is no street", async () => {
  const { company } = await only({ Company: "Acme Labs", Location: "Berlin, Germany" });
  const { street, city, country } = company!.addresses[0]!;
  deepEqual([street, city, country], ["", "Berlin", "DE"]);
  const { company: court } = await only(
    { Firma: "Groß GmbH", Adresse: "Am Hof, Deutschland" },
    ";",
  );
  equal(court!.addresses[0]!.city, "");
});

Deno.test("customers are persons and companies, whatever a craftsman's list calls them", async () => {
  for (const heading of ["Kunde", "Auftraggeber", "Rechnungsempfänger"]) {
    const { inspection, records } = await importAll(sourceOf(
      `Nr.;${heading};Anschrift;Telefon\n` +
        "1;Amsel, Anna;Weg 3, 10115 Berlin;030/1234567\n" +
        "2;Bach GmbH;Ring 5, 50667 Köln;0221/123456\n" +
        "3;Bert Dohle;Ring 7, 50667 Köln;0221/123457\n",
    ));
    equal(inspection.plan.kind, "mixed", heading);
    deepEqual(
      records.map(({ contact, companies: [company] }) => contact?.lastName ?? company?.name),
      ["Amsel", "Bach GmbH", "Dohle"],
      heading,
    );
  }
});

Deno.test("a number headed by whom it numbers is theirs, and nobody else's", async () => {
  const numbers = async (heading: string, names: string, ...cells: string[]) => {
    const { records } = await importAll(sourceOf(
      `${heading};${names};Ort\n${cells.map((cell) => `${cell};Bonn`).join("\n")}\n`,
    ));
    return records.map(({ contact, companies: [company] }) =>
      (contact ?? company)!.customerNumber || (contact ?? company)!.uid
    );
  };
  const persons = ["1001;Ute;Adler", "1002;Kai;Bär"];
  for (const heading of ["Spender-Nr", "Patienten-Nr.", "Mieter-ID", "Kunde"]) {
    const found = await numbers(heading, "Vorname;Nachname", ...persons);
    deepEqual(found, ["1001", "1002"], heading);
  }
  deepEqual(
    await numbers("Kunde", "Name 1", "0000010001;Nest GmbH", "0000010002;Bau KG"),
    ["0000010001", "0000010002"],
  );
  const both = "Kundennr.;Vorname;Nachname;Vermieter-Nr.";
  const { records } = await importAll(sourceOf(`${both}\n7;Ute;Adler;1001\n`));
  equal(records[0]!.contact!.customerNumber, "7");
});

Deno.test("a landlord's number is not the tenant's, nor the other way round", async () => {
  const { records } = await importAll(sourceOf(
    "Objekt;Eigentümer;Eigentümer Telefon;Mieter;Mieter Telefon\n" +
      "Whg 1;Anna Amsel;030 1234567;Bert Bach;030 7654321\n" +
      "Whg 2;Anna Amsel;030 1234567;Cora Dohle;030 7654322\n",
  ));
  const numbers = records.map(({ contact }) => contact!.phones.map(({ number }) => number));
  const tenants = records[0]!.contact!.lastName === "Bach";
  deepEqual(
    numbers,
    tenants ? [["+49307654321"], ["+49307654322"]] : [["+49301234567"], ["+49301234567"]],
  );
});

Deno.test("how many rows PostgreSQL has shown is no record", async () => {
  const { records } = await importAll(sourceOf(
    "vorname|nachname|email\nUte|Adler|ute@nest.example\nKai|Bär|kai@nest.example\n(2 Zeilen)\n",
  ));
  deepEqual(records.map(({ skipped }) => skipped), [null, null, "total_row"]);
});

Deno.test("telephone and mailbox of the same number are both the parent's", async () => {
  const { records } = await importAll(sourceOf(
    "Schüler;Klasse;Erziehungsberechtigte 1;Telefon 1;E-Mail 1;Erziehungsberechtigte 2;Telefon 2;E-Mail 2\n" +
      "Adler, Mia;3a;Ute Adler;0171 2345678;ute@adler.example;Kai Adler;0171 2345679;kai@adler.example\n",
  ));
  const { contact, others } = records[0]!;
  deepEqual(contact!.emails, []);
  deepEqual(others!.map(({ firstName, emails }) => [firstName, emails[0]?.address]), [
    ["Ute", "ute@adler.example"],
    ["Kai", "kai@adler.example"],
  ]);
});
