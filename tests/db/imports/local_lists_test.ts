/** Lists as clubs, shops and databases of the neighbourhood write them. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { unwrapped } from "../../../db/imports/wrapped_lines.ts";
import { importAll, only, sourceOf } from "./sources.ts";

const lines = (...rows: string[]) => sourceOf(`${rows.join("\r\n")}\r\n`);

Deno.test("letters before a heading distinguish private from office columns", async () => {
  const { contact, company } = await only({
    "vorname": "Eva",
    "nachname": "Groß",
    "firma": "Groß GmbH",
    "p_strasse": "Ring 1",
    "p_plz": "89073",
    "p_ort": "Ulm",
    "p_telefon": "0731 123456",
    "p_email": "eva@privat.example",
    "g_strasse": "Am Markt 2",
    "g_plz": "80331",
    "g_ort": "München",
    "g_email": "eva@gross.example",
  }, ";");
  const places = [...contact.addresses, ...company!.addresses];
  deepEqual(places.map(({ kind, street, city }) => [kind, street, city]).sort(), [
    ["home", "Ring 1", "Ulm"],
    ["work", "Am Markt 2", "München"],
  ]);
  deepEqual(contact.emails.map(({ kind, address }) => [kind, address]), [
    ["work", "eva@gross.example"],
    ["home", "eva@privat.example"],
  ]);
  deepEqual(contact.phones.map(({ kind, number }) => [kind, number]), [["home", "+49731123456"]]);
});

Deno.test("a database's prefix before all headings is no part of them", async () => {
  const { contact, company } = await only({
    "kun_id": "17",
    "kun_firma": "Groß GmbH",
    "kun_vorname": "Eva",
    "kun_nachname": "Groß",
    "kun_telefon": "0043 732 123456",
    "kun_plz": "4020",
    "kun_ort": "Linz",
    "kun_land": "Austria",
  }, ";");
  deepEqual([contact.firstName, contact.lastName, company?.name], ["Eva", "Groß", "Groß GmbH"]);
  const [phone] = [...contact.phones, ...company!.phones];
  const [place] = [...contact.addresses, ...company!.addresses];
  deepEqual([phone?.number, place?.city, place?.country], ["+43732123456", "Linz", "AT"]);
});

Deno.test("a refusal of advertising in words is an objection, whatever the column is called", async () => {
  const name = { "Vorname": "Max", "Nachname": "Klein", "E-Mail": "max@klein.example" };
  for (
    const [heading, text, objections] of [
      ["E-Mail an", "keine E-Mails", ["email"]],
      ["Post an", "keine Post", ["post"]],
      ["Kennzeichen", "Bitte keine Werbung!", ["all"]],
      ["Notizen", "Bitte nicht anrufen!", ["phone"]],
      ["Newsletter", "abbestellt", ["email"]],
      ["Einwilligung Newsletter", "widerrufen", ["email"]],
      ["Einwilligung Telefon", "Widerspruch", ["phone"]],
      ["Werbung per E-Mail", "nicht erlaubt", ["email"]],
      ["Werbung per Post", "nein", ["post"]],
      ["Marketing erlaubt", "nein", ["all"]],
      ["Newsletter gewünscht", "Nein", ["email"]],
      ["Marketing erlaubt", "ja", []],
      ["Newsletter nicht gewünscht", "ja", ["email"]],
      ["Newsletter nicht gewünscht", "nein", []],
      ["Werbung unerwünscht", "ja", ["all"]],
      ["Marketing not allowed", "false", []],
      ["Sperrvermerk", "Werbesperre", ["all"]],
      ["Status", "Unerwünscht", ["email"]],
      ["Newsletter", "ja", []],
      ["Newsletter", "nein", []],
      ["Einwilligung Newsletter", "nein", []],
      ["Werbung per Post", "ja", []],
      ["Gesperrt", "gesperrt", []],
      ["Notizen", "Fragt, ob das keine Werbung sei.", []],
    ] as const
  ) {
    const { contact } = await only({ ...name, [heading]: text }, ";");
    deepEqual(contact.objections, objections, `${heading}: ${text}`);
  }
});

Deno.test("of a column in which somebody refuses, all other words are no refusal", async () => {
  const { records } = await importAll(lines(
    "Vorname;Nachname;E-Mail;Post an;Newsletter;Abgemeldet am",
    "Eva;Groß;eva@gross.example;privat;ja;",
    "Ida;Kurz;ida@kurz.example;ja;bestellt;0000-00-00 00:00:00",
    "Max;Klein;max@klein.example;keine Post;abgemeldet;2021-06-05 11:12:13",
  ));
  deepEqual(records.map(({ contact }) => contact?.objections), [[], [], ["email", "post"]]);
});

Deno.test("Odoo's further contacts of a company are in rows of their own", async () => {
  const { records } = await importAll(lines(
    "Name,Is a Company,Zip,City,Street,Email,Contacts/Name,Contacts/Email,Contacts/Job Position",
    "Groß GmbH,TRUE,89073,Ulm,Ring 1,info@gross.example,Eva Groß,eva@gross.example,Leiterin",
    ",,,,,,Jan Lang,jan@gross.example,Meister",
    "Klein KG,TRUE,80331,München,Weg 2,info@klein.example,,,",
  ));
  deepEqual(
    records.map(({ contact, companies }) => [contact?.lastName ?? "", companies[0]?.name]),
    [["Groß", "Groß GmbH"], ["Lang", "Groß GmbH"], ["", "Klein KG"]],
  );
  deepEqual(records[0]?.contact?.emails.map(({ address }) => address), ["eva@gross.example"]);
});

Deno.test("Lexware's, microtech's and SAP's own words for columns are read", async () => {
  for (
    const row of [
      {
        "AdrNr": "10000",
        "SuchBeg": "GROSS",
        "Na1": "Groß GmbH",
        "Str": "Ring 1",
        "PLZ": "89073",
        "Ort": "Ulm",
        "Tel": "0731 1234",
      },
      {
        "KUNNR": "10000",
        "NAME1": "Groß GmbH",
        "STRAS": "Ring 1",
        "PSTLZ": "89073",
        "ORT01": "Ulm",
        "TELF1": "0731 1234",
        "SORTL": "GROSS",
      },
      {
        "Adresse": "10000",
        "Matchcode": "GROSS",
        "Name1": "Groß GmbH",
        "PostStrasse": "Ring 1",
        "PostPLZ": "89073",
        "PostOrt": "Ulm",
        "Telefon": "0731 1234",
      },
    ] as Record<string, string>[]
  ) {
    const { company } = await only(row, ";");
    deepEqual([company?.name, company?.customerNumber], ["Groß GmbH", "10000"]);
    const [address] = company!.addresses;
    deepEqual(
      [company!.addresses.length, address?.street, address?.postalCode, address?.city],
      [1, "Ring 1", "89073", "Ulm"],
    );
    deepEqual(company!.phones.map(({ number }) => number), ["+497311234"]);
  }
});

Deno.test("an account at the bank is no customer's number, and a directory's sn a last name", async () => {
  const { contact } = await only({
    "Kundennummer": "7",
    "givenName": "Eva",
    "sn": "Groß",
    "KontoNr": "7823212",
    "BLZ": "69271723",
  }, ";");
  deepEqual([contact.lastName, contact.customerNumber], ["Groß", "7"]);
});

Deno.test("names in the column of the other kind are what they are", async () => {
  const { records } = await importAll(lines(
    "KTONR;NAME;VORNAME;ANREDE;ORT",
    "1;Gross GmbH;;;Wien",
    "2;Klein;Max;Herr;Graz",
  ));
  deepEqual(
    records.map(({ contact, companies }) => [contact?.lastName ?? "", companies[0]?.name ?? ""]),
    [["", "Gross GmbH"], ["Klein", ""]],
  );
  const bexio = await importAll(lines(
    "Kontakt-Nr.;Kontakttyp;Name 1;Name 2;Anrede;Geburtstag",
    "1;Firma;Gross AG;Handel;;",
    "2;Privat;Klein;Max;Herr;03.04.1975",
  ));
  deepEqual(
    bexio.records.map(({ contact, companies }) => [
      `${contact?.firstName ?? ""} ${contact?.lastName ?? ""}`.trim(),
      companies[0]?.name ?? "",
    ]),
    [["", "Gross AG Handel"], ["Max Klein", ""]],
  );
  equal(bexio.records[1]?.contact?.birthday, "1975-04-03");
  const { contact } = await only({ "Ansprechpartner": "Familie Klein", "Ort": "Ulm" }, ";");
  deepEqual([contact.firstName, contact.lastName], ["", "Familie Klein"]);
});

Deno.test("countries in brackets, codes before a slash and lost zeros of a land are read", async () => {
  const { records } = await importAll(lines(
    "Firma;Straße;PLZ/Ort;Bundesland;Land",
    "Groß GmbH;Ring 1;89073/Ulm;;[DE] Deutschland",
    "Klein OG;Weg 2;6900 Bregenz;;[AT] Österreich",
    "Kurz AG;Gasse 3;9514 Lengefeld;Sachsen;",
  ));
  deepEqual(
    records.map(({ companies: [company] }) => {
      const { postalCode, city, country } = company!.addresses[0]!;
      return [postalCode, city, country];
    }),
    [["89073", "Ulm", "DE"], ["6900", "Bregenz", "AT"], ["09514", "Lengefeld", ""]],
  );
});

Deno.test("numbers parted by od., birthdays without a year and e-mails of work and home are read", async () => {
  const { contact } = await only({
    "Vorname": "Eva",
    "Nachname": "Groß",
    "Tel.": "0821/5555-0 od. 0171/2345678",
    "Geburtstag": "5. Mai",
    "E-Mail G": "eva@gross.example",
    "E-Mail P": "eva@privat.example",
  }, ";");
  deepEqual(contact.phones.map(({ number }) => number), ["+4982155550", "+491712345678"]);
  equal(contact.birthday, "--05-05");
  deepEqual(contact.emails.map(({ kind }) => kind), ["work", "home"]);
  const spelled = { "Vorname": "Kim", "Nachname": "Juni", "Geburtstag": "24.Dez.1960" };
  equal((await only(spelled, ";")).contact.birthday, "1960-12-24");
});

Deno.test("leaving a mailing list, by date or mark in its export, is an objection", async () => {
  const name = { "Vorname": "Max", "Nachname": "Klein", "E-Mail": "max@klein.example" };
  for (
    const [heading, yes, no] of [
      ["BLOCKLISTED", "Yes", "No"],
      ["Abgemeldet am", "05.06.2021 11:12", ""],
      ["E-Mail nicht zulassen", "Nicht zulassen", "Zulassen"],
      ["No Bulk Emails (User Opt Out)", "1", "0"],
    ] as const
  ) {
    deepEqual(
      (await only({ ...name, [heading]: yes }, ";")).contact.objections,
      ["email"],
      heading,
    );
    deepEqual((await only({ ...name, [heading]: no }, ";")).contact.objections, [], heading);
  }
});

Deno.test("lines that a spreadsheet put into quotes as a whole are rows again", async () => {
  const text = [
    '"Kundennummer;Vorname;Nachname;Firma;Ort"',
    '"1;Eva;Groß;""Groß; Söhne GmbH"";Ulm"',
    '"2;Max;Klein;;München"',
    '""',
  ].join("\r\n");
  for (const size of [7, 65_536]) {
    const { inspection, records } = await importAll(sourceOf(`\ufeff${text}\r\n`, size));
    equal(inspection.records, 2);
    deepEqual(records.map(({ contact }) => contact?.lastName), ["Groß", "Klein"]);
  }
  const { records } = await importAll(lines('"Name"', '"Groß, Eva"', '"Klein, Max"'));
  deepEqual(records.map(({ contact }) => contact?.firstName), ["Eva", "Max"]);
});

Deno.test("of lines in quotes one without an end is refused before it is all in memory", async () => {
  let read = 0;
  const pieces = async function* () {
    yield '"Vorname;Nachname;Ort"\n"Eva;Groß;Ulm"\n';
    while (read++ < 200) yield "x".repeat(64 * 1024);
  };
  const lines = unwrapped(pieces(), { wrapped: true, separator: ";" });
  equal((await lines.next()).value, "Vorname;Nachname;Ort\nEva;Groß;Ulm\n");
  await lines.next();
  ok(read < 50, `${read} pieces were held`);
  await lines.return(undefined);
  const endless = `"Vorname;Nachname;Ort"\n${'"Eva;Groß;Ulm"\n'.repeat(60)}"${
    "x".repeat(6_000_000)
  }`;
  const code = await importAll(sourceOf(endless)).then(() => "read", (it) => it.code);
  equal(code, "record_too_long");
});

Deno.test("cards on which somebody refuses advertising carry the objection", async () => {
  const { records } = await importAll(lines(
    "BEGIN:VCARD",
    "VERSION:3.0",
    "N:Klein;Max;;;",
    "CATEGORIES:Kunden,Keine Werbung",
    "NOTE:Bitte nicht anrufen!",
    "END:VCARD",
  ));
  deepEqual(records[0]?.contact?.objections, ["all", "phone"]);
});

Deno.test("German lists of opportunities are deals, with the full amount and the expected close date", async () => {
  const { records } = await importAll(lines(
    "Bezeichnung;Kunde;Hauptansprechpartner;Verkaufsphase;Umsatz;Chance in %;Erwarteter Umsatz;Entscheidungsdatum",
    "Neue Anlage;Groß GmbH;Eva Groß;Angebot;12500,00;50 %;6250,00;30.06.2024",
  ));
  const deal = records[0]?.deal;
  deepEqual(
    [deal?.name, deal?.amountCents, deal?.probability, deal?.expectedCloseOn, deal?.persons],
    ["Neue Anlage", 1_250_000, 50, "2024-06-30", ["Eva Groß"]],
  );
});
