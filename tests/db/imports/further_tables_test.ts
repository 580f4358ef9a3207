/** Reports hold several tables, one below the other: the first list of people is read, no other. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

const outcome = async (text: string) =>
  (await importAll(sourceOf(text))).records.map(({ row, skipped, contact, companies }) => [
    row,
    skipped ?? contact?.lastName ?? companies[0]?.name,
  ]);

Deno.test("a meeting's report gives its participants once, not its summary and its activities", async () => {
  const report = [
    "1. Zusammenfassung",
    "Besprechungstitel\tDatenschutz im Vertrieb",
    "Teilnehmende\t2",
    "",
    "2. Teilnehmende",
    "Name\tErster Beitritt\tDauer der Teilnahme\tE-Mail\tRolle",
    "Gerd Hahn (Gast)\t01.03.26, 10:00:11\t58m 49s\tgerd@hahn.example\tTeilnehmer*in",
    "Fink, Olga\t01.03.26, 10:01:11\t56m 49s\tolga@fink.example\tOrganisator*in",
    "",
    "3. Aktivitäten in der Besprechung",
    "Name\tBeitrittszeit\tAustrittszeit",
    "Gerd Hahn\t01.03.26, 10:00:11\t01.03.26, 10:59:00",
  ].join("\r\n");
  const { inspection, records } = await importAll(sourceOf(report));
  equal(records[0]?.contact?.suffix, "");
  deepEqual([inspection.plan.kind, inspection.plan.header, inspection.records], ["contacts", 6, 5]);
  deepEqual(await outcome(report), [
    [7, "Hahn"],
    [8, "Fink"],
    [10, "other_table"],
    [11, "other_table"],
    [12, "other_table"],
  ]);
});

Deno.test("headings of the same words below a title go on with the list", async () => {
  const list =
    "Host Details\nUser Name (Original Name),Email,Country\nEva Groß,eva@gross.example,DE\n" +
    "Attendee Details\nUser Name (Original Name),Email,Country\nAda Klein,ada@klein.example,DE\n";
  deepEqual(await outcome(list), [
    [3, "Groß"],
    [4, "other_table"],
    [5, "header_repeated"],
    [6, "Klein"],
  ]);
});

Deno.test("other headings of people below the list are another table", async () => {
  const list = "Vorname;Nachname;E-Mail\nEva;Groß;eva@gross.example\nFirmen\n" +
    "Firma;Telefon;E-Mail\nKlein AG;030 5550101;a@klein.example\n";
  deepEqual(await outcome(list), [
    [2, "Groß"],
    [3, "other_table"],
    [4, "other_table"],
    [5, "other_table"],
  ]);
});

Deno.test("marks named like their column, and rows of one cell, end no list", async () => {
  const list = "Firma;Ort;VIP;Status\n1. FC Beispiel;;;\nKlein AG;Ulm;VIP;Status\n" +
    "Groß AG;;VIP;\nFirma;;;\nLang KG;Bonn;;aktiv\n";
  const kept = await outcome(list);
  equal(kept.length, 5);
  deepEqual(kept.map(([, what]) => what), [
    "1. FC Beispiel",
    "Klein AG",
    "Groß AG",
    "Firma",
    "Lang KG",
  ]);
});

Deno.test("groups, marks and pages within a list end nothing and take no row away", async () => {
  const rows = async (text: string) =>
    (await outcome(text)).map(([, what]) => what).filter((what) =>
      what !== "blank" && what !== "group_row"
    );
  deepEqual(
    await rows("VIP;Nachname;Ort\nA;;\nVIP;Adler;Ulm\nB;;\n;Berg;Bonn\nVIP;Bader;Bonn\n"),
    ["Adler", "Berg", "Bader"],
  );
  deepEqual(
    await rows(
      "Nachname;Vorname;Position;Werbung\nAdler;Eva;Inhaberin;Werbung\n;;Inhaber;Werbung\n" +
        "Berg;Ida;;\n",
    ),
    ["Adler", undefined, "Berg"],
  );
  deepEqual(
    await rows("Firma;Telefon;Ort\nAdler AG;;Ulm\nKlein AG;;\nFirma;Telefon;Ort\nLang KG;;Bonn\n"),
    ["Adler AG", "Klein AG", "header_repeated", "Lang KG"],
  );
});

Deno.test("a second table with better known headings takes nothing from the first one", async () => {
  const { inspection, records } = await importAll(sourceOf([
    "Kunden",
    "Nr;Name;E-Mail",
    "1;Eva Groß;eva@gross.example",
    "2;Bernd Schulz;bernd@schulz.example",
    "",
    "Lieferanten",
    "Firma;Ort;Telefon",
    "Stahl GmbH;Essen;0201 1234",
  ].join("\n")));
  equal(inspection.plan.header, 2);
  deepEqual(records.map(({ contact, skipped }) => contact?.lastName ?? skipped), [
    "Groß",
    "Schulz",
    "other_table",
    "other_table",
    "other_table",
  ]);
});
