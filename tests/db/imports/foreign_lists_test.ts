/** Lists that name persons but are no address books: activities, and users of a program. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, sourceOf, table } from "./sources.ts";

const kindOf = async (columns: string, ...cells: string[]) => {
  const names = columns.split("; ");
  const row = Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ""]));
  const { inspection, records } = await importAll(sourceOf(table(names, [row])));
  equal(records.length, 1);
  return { kind: inspection.plan.kind, skipped: records[0]!.skipped };
};
const refused = { kind: "other", skipped: "not_a_contact" };

Deno.test("a list of users of a program makes no persons", async () => {
  for (
    const [columns, ...cells] of [
      [
        "ID; Email; First Name; Last Name; User ID; Created At; Archived; Teams",
        ..."601,anna@firma.example,Anna,Berg,2674,2021-05-01,false,Sales".split(","),
      ],
      [
        "Name; Email; Last active; Primary team; Permission sets; Seat; Super admin",
        ..."Anna Berg,anna@firma.example,2024-05-01,Sales,Manager,Core,true".split(","),
      ],
      [
        "Id; Username; LastName; FirstName; CompanyName; Title; Email; IsActive; TimeZoneSidKey; UserRoleId; ProfileId",
        ..."005,anna@firma.prod,Berg,Anna,Firma GmbH,AE,anna@firma.example,1,Europe/Berlin,00E,00e"
          .split(","),
      ],
      [
        "Full Name; Username; Email; Alias; Role; Active; Profile; Last Login",
        ..."Anna Berg,anna@firma.prod,anna@firma.example,aberg,Sales,True,Standard,".split(","),
      ],
      [
        "ID; Name; Email; Active; Is admin; Role ID",
        ..."1,Anna Berg,anna@firma.example,1,1,1".split(","),
      ],
    ] as [string, ...string[]][]
  ) deepEqual(await kindOf(columns, ...cells), refused, columns);
});

Deno.test("a list of calls, tasks or visits makes no persons and no companies", async () => {
  for (
    const [columns, ...cells] of [
      [
        "Record ID; Call Title; Call outcome; Call duration (HH:mm:ss); Call direction; Activity date; Associated Company",
        ..."123,Erstgespräch,Connected,00:04:12,Outbound,2024-05-01 10:00,Müller GmbH".split(","),
      ],
      [
        "Activity - Done; Activity - Subject; Activity - Contact person; Activity - Email; Activity - Organization; Activity - Due date",
        ..."Done,Anruf,Eva Müller,eva@mueller.example,Müller GmbH,2024-05-01".split(","),
      ],
      [
        "Erledigt; Betreff; Kontaktperson; E-Mail; Organisation; Fälligkeitsdatum; Dauer",
        ..."Nein,Anruf,Eva Müller,eva@mueller.example,Müller GmbH,2024-05-01,00:30".split(","),
      ],
      [
        "Typ; Datum; Name; Rufnummer; Nebenstelle; Eigene Rufnummer; Dauer",
        ..."1,01.05.24 10:11,Eva Müller,0301234567,Telefon,30999,0:05".split(","),
      ],
      [
        "Datum; Kunde; Ansprechpartner; Besuchsart; Thema; Ergebnis",
        ..."01.05.2024,Müller GmbH,Eva Müller,Vor Ort,Angebot,gut".split(","),
      ],
    ] as [string, ...string[]][]
  ) deepEqual(await kindOf(columns, ...cells), refused, columns);
});

Deno.test("people are listed with what was said to them, and with their log-ins to a shop", async () => {
  for (
    const [columns, ...cells] of [
      [
        "Datum; Vorname; Nachname; Firma; E-Mail; Betreff; Nachricht",
        ..."01.05.2024,Eva,Müller,Müller GmbH,eva@mueller.example,Anfrage,Bitte melden".split(","),
      ],
      [
        "Datum; Name; Firma; E-Mail; Telefon; Thema; Priorität; Nächster Schritt; Dauer",
        ..."01.05.2024,Eva Müller,Müller GmbH,eva@mueller.example,030 1234567,Messe,A,Angebot,10"
          .split(","),
      ],
      [
        "Firma; Name; Telefon; Straße; PLZ; Ort; Wiedervorlage am; Erledigt; Ergebnis",
        ..."Müller GmbH,Eva Müller,030 1234567,Ring 1,10115,Berlin,01.05.2024,Nein,Rückruf"
          .split(","),
      ],
      [
        "Firma; Ansprechpartner; Telefon; E-Mail; Status; Wiedervorlage am; Erledigt; Notiz",
        ..."Müller GmbH,Eva Müller,030 1234567,eva@mueller.example,offen,01.05.2024,Nein,x"
          .split(","),
      ],
      [
        "Firma; Ansprechpartner; Telefon; Datum; Ergebnis; Nächster Schritt; Wiedervorlage am",
        ..."Müller GmbH,Eva Müller,030 1234567,01.05.2024,Rückruf,Angebot,08.05.2024".split(","),
      ],
      [
        "Name; Telefon; Betreff; Datum; Typ; Notiz",
        ..."Eva Müller,030 1234567,Angebot,01.05.2024,Kundin,ruft zurück".split(","),
      ],
      [
        "First Name; Last Name; Email; Seat; Seat Type; Ticket",
        ..."Eva,Müller,eva@mueller.example,A12,VIP,Gold".split(","),
      ],
      [
        "User ID; Username; First Name; Last Name; Email; Login; City",
        ..."7,eva,Eva,Müller,eva@mueller.example,eva,Berlin".split(","),
      ],
      [
        "Name; Email; User Type; Username",
        ..."Eva Müller,eva@mueller.example,customer,eva".split(","),
      ],
      [
        "user_id; username; first_name; last_name; email; role; last_login",
        ..."7,eva,Eva,Müller,eva@mueller.example,customer,2024-05-01".split(","),
      ],
    ] as [string, ...string[]][]
  ) deepEqual(await kindOf(columns, ...cells), { kind: "contacts", skipped: null }, columns);
});

Deno.test("a list of bank transactions is no list of companies, customers with an IBAN are one", async () => {
  const statement = await importAll(sourceOf(
    "Account Name,Account Owner,Account IBAN,Transaction Date,Value Date,Name,Amount,Purpose\n" +
      "Girokonto,Eva Groß,DE02120300000000202051,2026-01-02,2026-01-02,AMSEL GMBH,-67.43,Kabel\n",
  ));
  equal(statement.inspection.plan.kind, "other");
  const debtors = await importAll(sourceOf(
    "Firma;Ort;IBAN;BIC;Mandatsreferenz;Betrag\nAmsel GmbH;Ulm;DE02120300000000202051;;M-1;12,50\n",
  ));
  equal(debtors.inspection.plan.kind, "companies");
  const members = await importAll(sourceOf(
    "Vorname;Nachname;E-Mail;IBAN;Mandatsreferenz;Gläubiger-ID;Verwendungszweck;Valuta\n" +
      "Eva;Groß;eva@a.example;DE02120300000000202051;M-1;DE98ZZZ;Beitrag;2026-01-01\n",
  ));
  equal(members.inspection.plan.kind, "contacts");
});
