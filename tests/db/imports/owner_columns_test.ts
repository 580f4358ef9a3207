/** Columns of owners, under the headings of other programs, and the users their cells mean. */
import { deepEqual, equal } from "node:assert/strict";
import { Assignees } from "../../../db/imports/assignees.ts";
import { importAll, sourceOf } from "./sources.ts";

const read = (...lines: string[]) => importAll(sourceOf(`${lines.join("\n")}\n`));

const persons: Record<string, [headings: string, row: string]> = {
  "HubSpot": [
    "Record ID,First Name,Last Name,Email,Contact owner,Create Date",
    "51,Nina,Vogt,nina@vogt.example,Eva Berger,2026-01-01 10:00",
  ],
  "HubSpot in German": [
    "Datensatz-ID,Vorname,Nachname,E-Mail,Für den Kontakt zuständiger Mitarbeiter",
    "51,Nina,Vogt,nina@vogt.example,Eva Berger",
  ],
  "HubSpot's interface": [
    "id,properties.firstname,properties.lastname,properties.hubspot_owner_id",
    "51,Nina,Vogt,Eva Berger",
  ],
  "a report of Salesforce": [
    "Contact Owner: Full Name,First Name,Last Name,Account Name,Email",
    "Eva Berger,Nina,Vogt,Vogt GmbH,nina@vogt.example",
  ],
  "Salesforce with accounts": [
    "First Name,Last Name,Account Name,Account Owner",
    "Nina,Vogt,Vogt GmbH,Eva Berger",
  ],
  "Pipedrive": [
    "Person - Name,Person - Organization,Person - Email - Work,Person - Owner",
    "Nina Vogt,Vogt GmbH,nina@vogt.example,Eva Berger",
  ],
  "Zoho": [
    "Record Id,Contact Owner.id,Contact Owner,First Name,Last Name,Email",
    "zcrm_1,zcrm_9,Eva Berger,Nina,Vogt,nina@vogt.example",
  ],
  "EspoCRM": [
    "First Name,Last Name,Email,Assigned User,Teams",
    "Nina,Vogt,nina@vogt.example,Eva Berger,Vertrieb",
  ],
  "EspoCRM in German": [
    "Vorname,Nachname,E-Mail,Zugewiesener Benutzer",
    "Nina,Vogt,nina@vogt.example,Eva Berger",
  ],
  "vtiger": [
    "First Name,Last Name,Organization Name,Assigned To",
    "Nina,Vogt,Accounts::::Vogt GmbH,Users::::Eva Berger",
  ],
  "SuiteCRM": [
    "first_name,last_name,id,assigned_user_name,assigned_user_id",
    "Nina,Vogt,36a,Eva Berger,8c1b9c6e-5b3f-4a57-9f6f-0a6c3b7b1d11",
  ],
  "Odoo": [
    "id,name,company_name,user_id/name,user_id/id",
    "7,Nina Vogt,Vogt GmbH,Eva Berger,base.user_admin",
  ],
  "Dynamics in German": [
    "Vorname;Nachname;E-Mail;Besitzer",
    "Nina;Vogt;nina@vogt.example;Eva Berger",
  ],
  "Copper": [
    "First Name,Last Name,Email,Owned By,Owned By Id",
    "Nina,Vogt,nina@vogt.example,Eva Berger,77",
  ],
  "a company's own list": [
    "Nachname;Vorname;Firma;Zuständig;Ort",
    "Vogt;Nina;Vogt GmbH;Eva Berger;Köln",
  ],
};

for (const [program, [headings, row]] of Object.entries(persons)) {
  Deno.test(`persons of ${program} come with their owners`, async () => {
    const { inspection, records } = await read(headings, row);
    const [record] = records;
    equal(record?.contact?.lastName, "Vogt");
    equal(record?.contact?.owner, "Eva Berger");
    equal(record?.companies[0]?.owner ?? "Eva Berger", "Eva Berger");
    deepEqual(inspection.owners?.names, [{ name: "Eva Berger", rows: 1 }]);
  });
}

const companies: Record<string, [headings: string, row: string]> = {
  "HubSpot": ["Record ID,Company name,Company owner,City", "7,Vogt GmbH,Eva Berger,Köln"],
  "Pipedrive": ["Organization - Name,Organization - Owner", "Vogt GmbH,Eva Berger"],
  "Salesforce": [
    "Account Owner,Account Name,Billing City,Industry",
    "Eva Berger,Vogt GmbH,Köln,Bau",
  ],
  "Salesforce in German": [
    "Account-Inhaber;Accountname;Rechnungsort;Branche",
    "Eva Berger;Vogt GmbH;Köln;Bau",
  ],
  "a company's own list": ["Firma;Ort;Kundenbetreuer", "Vogt GmbH;Köln;Eva Berger"],
};

for (const [program, [headings, row]] of Object.entries(companies)) {
  Deno.test(`companies of ${program} come with their owners`, async () => {
    const { records: [record] } = await read(headings, row);
    equal(record?.contact, null);
    deepEqual([record?.companies[0]?.name, record?.companies[0]?.owner], [
      "Vogt GmbH",
      "Eva Berger",
    ]);
  });
}

Deno.test("persons and their companies may have different owners", async () => {
  const { records: [both] } = await read(
    "First Name,Last Name,Company,Contact owner,Company owner",
    "Nina,Vogt,Vogt GmbH,Eva Berger,Max Haas",
  );
  deepEqual([both?.contact?.owner, both?.companies[0]?.owner], ["Eva Berger", "Max Haas"]);
});

Deno.test("among owner columns, addresses count more than names, and names more than keys", async () => {
  const { records, inspection } = await read(
    "Owner ID,Nachname,Owner,Owner Email",
    "5,Vogt,Eva Berger,eva@house.example",
  );
  equal(records[0]?.contact?.owner, "eva@house.example");
  deepEqual(inspection.plan.columns.map(({ target }) => target), [
    "ignore",
    "lastName",
    "ignore",
    "owner",
  ]);
  const keys = await read("Nachname,HubSpot Owner ID", "Vogt,12345678");
  equal(keys.records[0]?.contact?.owner, "12345678");
});

Deno.test("owners that differ in every row are no colleagues", async () => {
  const rows = Array.from({ length: 80 }, (_, at) => `Bello ${at};Tier;Eva Halterin${at}`);
  const { inspection } = await read("Nachname;Vorname;Besitzer", ...rows);
  equal(inspection.plan.columns[2]?.target, "ignore");
  equal(inspection.owners, undefined);
});

Deno.test("owners of companies are no contacts, even if each has only one company", async () => {
  const { inspection, records } = await read(
    "Firma;Telefon;Ort;Besitzer",
    "Vogt GmbH;030 5551234;Berlin;Eva Berger",
    "Adler AG;040 5551234;Hamburg;Max Haas",
    "Brandt KG;089 5551234;München;Uwe Wolf",
  );
  equal(inspection.plan.columns[3]?.target, "owner");
  deepEqual(records.map(({ contact }) => contact), [null, null, null]);
});

Deno.test("all rows of the file are counted, and a row of nothing else is blank", async () => {
  const rows = Array.from({ length: 700 }, (_, at) => `Vogt ${at};${at % 7 ? "Eva" : "Max"}`);
  const { inspection, records } = await read("Nachname;Zuständig", ...rows, ";Max");
  deepEqual(inspection.owners?.names, [{ name: "Eva", rows: 600 }, { name: "Max", rows: 101 }]);
  equal(records.at(-1)?.skipped, "blank");
});

Deno.test("a name means a user by address, name, turned name, or who was chosen", () => {
  const users = [
    { id: "1", name: "Eva Berger", email: "eva@house.example" },
    { id: "2", name: "Max  Haas", email: "max@house.example" },
    { id: "3", name: "Kim Lang", email: "kim1@house.example" },
    { id: "4", name: "Kim Lang", email: "kim2@house.example" },
  ];
  const owners = new Assignees(users, { "Uwe Alt": "1", "Ina Weg": null, "Jo Fort": "9" }, "2");
  const found = [
    "EVA BERGER",
    "Berger, Eva",
    "Eva Berger (Deactivated User)",
    "Eva <Eva@house.example>",
    "eva@elsewhere.example",
    "Max Haas",
    "Kim Lang",
    "kim2@house.example",
    "Uwe Alt",
    "Ina Weg",
    "Jo Fort",
    "constructor",
  ];
  deepEqual(found.map((name) => owners.find(name)), [
    "1",
    "1",
    "1",
    "1",
    undefined,
    "2",
    undefined,
    "4",
    "1",
    null,
    undefined,
    undefined,
  ]);
  deepEqual(["", "Jo Fort", "Ina Weg", "Uwe Alt"].map((name) => owners.ownerOf(name)), [
    "2",
    "2",
    null,
    "1",
  ]);
});
