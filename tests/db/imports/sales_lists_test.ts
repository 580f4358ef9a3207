/** Lists of deals, offers and appointments as sales people keep them, by the columns that they really have. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, only, sourceOf, table } from "./sources.ts";

const rows = async (...all: Record<string, string>[]) => {
  const { records, inspection } = await importAll(sourceOf(table(Object.keys(all[0]!), all)));
  return { records, inspection };
};

Deno.test("a list of offers is one of deals, with its prices as people write them", async () => {
  const { records, inspection } = await rows(
    {
      "Angebots-Nr.": "2024-001",
      "Datum": "01.01.2024",
      "Kunde": "Müller GmbH",
      "Projekt": "Website",
      "Angebotssumme netto": "12.500,00 €",
      "Chance": "40 %",
      "Status": "offen",
    },
    {
      "Angebots-Nr.": "2024-002",
      "Datum": "02.01.2024",
      "Kunde": "Lang KG",
      "Projekt": "Shop",
      "Angebotssumme netto": "8.000,- €",
      "Chance": "60 %",
      "Status": "gewonnen",
    },
  );
  equal(inspection.plan.kind, "deals");
  deepEqual(
    records.map(({ deal, companies }) => [
      deal?.name,
      deal?.amountCents,
      deal?.status,
      companies[0]?.name,
      deal?.uid,
    ]),
    [
      ["Website", 1_250_000, "open", "Müller GmbH", "2024-001"],
      ["Shop", 800_000, "won", "Lang KG", "2024-002"],
    ],
  );
});

Deno.test("a status that names stages is the stage where no other column is", async () => {
  const deal = {
    "Opportunity name": "Website",
    "Account": "Müller GmbH",
    "Estimated value": "€12,500.00",
    "Expected close date": "2024-05-31",
  };
  const { records, inspection } = await rows(
    { ...deal, "Status": "Proposal" },
    { ...deal, "Status": "Closed Won" },
  );
  deepEqual(inspection.stages, ["Proposal", "Closed Won"]);
  deepEqual(records.map(({ deal }) => [deal?.stage, deal?.status]), [
    ["Proposal", ""],
    ["Closed Won", "won"],
  ]);
  const plain = await rows({ ...deal, "Status": "Won" });
  deepEqual([plain.records[0]?.deal?.stage, plain.records[0]?.deal?.status], ["", "won"]);
});

Deno.test("HubSpot's domain after a company's name is no part of it", async () => {
  const { records } = await rows({
    "Record ID": "1",
    "Deal Name": "Website",
    "Deal Stage": "Angebot",
    "Amount": "12500.5",
    "Associated Company": "Müller GmbH (mueller.example)",
    "Associated Contact": "Eva Müller (eva@mueller.example)",
  });
  deepEqual(records[0]?.companies.map(({ name, website }) => [name, website]), [
    ["Müller GmbH", "mueller.example"],
  ]);
  const firm = await rows({
    "Record ID": "7",
    "Company name": "Müller GmbH",
    "Industry": "Bau",
    "Associated Contact": "Eva Müller (eva@mueller.example)",
  });
  deepEqual(firm.records[0]?.companies[0]?.emails, []);
});

Deno.test("the contact is the person who books an appointment, not the calendar's owner", async () => {
  const { contact } = await only({
    "Team": "",
    "User Name": "Anna Berg",
    "User Email": "anna@firma.example",
    "Invitee Name": "Eva Müller",
    "Invitee Email": "eva@mueller.example",
    "Event Type Name": "Erstgespräch",
    "Location": "Zoom",
  });
  deepEqual([contact.firstName, contact.lastName], ["Eva", "Müller"]);
  deepEqual(contact.emails.map(({ address }) => address), ["eva@mueller.example"]);
  deepEqual(contact.addresses, []);
});

Deno.test("a column for a company's name or a person's is what its row is", async () => {
  const { records } = await rows(
    { "Typ": "Firma", "Firma / Name": "Muster AG", "Zusatz / Vorname": "", "Land": "Schweiz" },
    { "Typ": "Privatperson", "Firma / Name": "Meier", "Zusatz / Vorname": "Hans", "Land": "" },
  );
  equal(records[0]?.companies[0]?.name, "Muster AG");
  deepEqual([records[1]?.contact?.firstName, records[1]?.contact?.lastName], ["Hans", "Meier"]);
  deepEqual(records[1]?.companies, []);
});

Deno.test("a bare code beside a postal code is no postal code, and a country's car code is a country", async () => {
  const { company } = await only({
    "Company": "Müller GmbH",
    "Code": "X1",
    "Postal address: Address": "Ring 1",
    "Postal address: Postcode": "10115",
    "Postal address: City": "Berlin",
    "Länderkennzeichen": "D",
    "Last name": "Müller",
    "Mrs/Mr": "Frau",
  });
  deepEqual(company?.addresses.map((it) => [it.street, it.postalCode, it.city, it.country]), [
    ["Ring 1", "10115", "Berlin", "DE"],
  ]);
});
