/** Files of deals, from bytes to records: how they are distinguished from other lists, and what their rows contain. */
import { deepEqual, equal } from "node:assert/strict";
import { placeOf } from "../../../db/imports/deal_places.ts";
import { blankDeal, type ImportedDeal } from "../../../db/imports/records.ts";
import type { Pipeline } from "../../../db/pipelines.ts";
import type { StageKind } from "../../../db/stages.ts";
import { importAll, sourceOf, table } from "./sources.ts";

const headed = (headings: string, row = "") => sourceOf(`${headings}\n${row}\n`);

const lists: Record<string, [headings: string, row: string]> = {
  "HubSpot": [
    "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Associated Company,Associated Contact",
    '1011,Dachsanierung Nord,Proposal sent,2026-12-31 00:00,Eva Berger,"12,500.50",Sales Pipeline,Vogt GmbH,Max Vogt (max@vogt.example)',
  ],
  "Pipedrive": [
    "Deal - ID,Deal - Title,Deal - Organization,Deal - Contact person,Deal - Value,Deal - Currency of Value,Deal - Currency,Deal - Stage,Deal - Status,Deal - Expected close date,Deal - Owner",
    "7,Dachsanierung Nord,Vogt GmbH,Max Vogt,12500.5,EUR,EUR,Proposal sent,Open,2026-12-31,Eva Berger",
  ],
  "Salesforce": [
    "Id,AccountId,OwnerId,Name,StageName,Amount,Probability,CloseDate,IsClosed,IsWon",
    "006000000000001AAA,001000000000001AAA,005000000000001AAA,Dachsanierung Nord,Proposal sent,12500.50,60,2026-12-31,false,false",
  ],
  "a report of Salesforce": [
    "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount Currency,Amount,Close Date",
    'Eva Berger,Vogt GmbH,Dachsanierung Nord,Proposal sent,EUR,"12,500.50",12/31/2026',
  ],
  "Zoho": [
    "Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account Name,Stage,Probability",
    "zcrm_1,zcrm_9,Eva Berger,12500.50,Dachsanierung Nord,2026-12-31,Vogt GmbH,Proposal sent,60",
  ],
  "SuiteCRM": [
    "name,id,date_entered,account_name,opportunity_type,lead_source,amount,currency_id,date_closed,sales_stage,probability,assigned_user_name",
    "Dachsanierung Nord,36a,2026-01-05,Vogt GmbH,New,Web,12500.500000,-99,2026-12-31,Proposal sent,60,eva",
  ],
  "vtiger": [
    "Opportunity Name,Organization Name,Contact Name,Amount,Expected Close Date,Sales Stage,Assigned To,Probability",
    "Dachsanierung Nord,Accounts::::Vogt GmbH,Contacts::::Max Vogt,12500.50000000,2026-12-31,Proposal sent,eva,60.000",
  ],
  "Odoo": [
    "Opportunity,Contact Name,Email,Salesperson,Expected Revenue,Stage,Probability,Expected Closing",
    "Dachsanierung Nord,Max Vogt,max@vogt.example,Eva Berger,12500.5,Proposal sent,60.0,2026-12-31",
  ],
  "Dynamics": [
    "Topic,Potential Customer,Est. Close Date,Est. Revenue,Contact,Probability,Status",
    'Dachsanierung Nord,Vogt GmbH,12/31/2026,"€12,500.50",Max Vogt,60,Open',
  ],
  "a German list": [
    "Bezeichnung;Kunde;Auftragswert;Vertriebsphase;Wahrscheinlichkeit;Abschlussdatum;Zuständig",
    "Dachsanierung Nord;Vogt GmbH;12.500,50 €;Proposal sent;60 %;31.12.2026;Eva Berger",
  ],
  "Salesforce's data loader": [
    "Id,IsDeleted,AccountId,Name,Description,StageName,Amount,Probability,ExpectedRevenue,CloseDate,IsClosed,IsWon,CampaignId,OwnerId,OrderNumber__c",
    "0061,false,0011,Dachsanierung Nord,,Proposal sent,12500.5,10.0,1250.0,2026-12-31,false,false,7011,0051,",
  ],
  "HubSpot's interface": [
    "hs_object_id,dealname,dealstage,amount,closedate,createdate,pipeline,hubspot_owner_id,hs_is_closed",
    "1,Dachsanierung Nord,Proposal sent,12500.50,2026-12-31T00:00:00Z,2026-01-02,default,77,false",
  ],
  "Zoho with campaigns": [
    "Record Id,Deal Owner.id,Deal Owner,Expected Revenue,Amount,Deal Name,Closing Date,Account Name,Stage,Campaign Source,Contact Name",
    "zcrm_1,zcrm_2,Eva Berger,60,12500.50,Dachsanierung Nord,2026-12-31,Vogt GmbH,Proposal sent,,Max Vogt",
  ],
  "SuiteCRM in words": [
    "Opportunity Name,ID,Account Name,Opportunity Amount,Currency,Expected Close Date,Sales Stage,Campaign,Date Created",
    "Dachsanierung Nord,36a,Vogt GmbH,12500.500000,-99,2026-12-31,Proposal sent,,2026-01-02 10:00",
  ],
  "Odoo's own names": [
    "id,name,partner_id/name,email_from,phone,user_id/name,stage_id/name,expected_revenue,probability,date_deadline,campaign_id/name",
    "__export__.crm_lead_1,Dachsanierung Nord,Vogt GmbH,max@x.example,030 1234567,Eva,Proposal sent,12500.5,30.0,2026-12-31,",
  ],
  "HubSpot in German": [
    "Datensatz-ID,Deal-Name,Deal-Phase,Abschlussdatum,Deal-Inhaber,Betrag,Pipeline,Zugeordnete Firma,Ist gewonnen,Ist abgeschlossen",
    '1,Dachsanierung Nord,Proposal sent,2026-12-31,Eva,"12.500,50",Vertrieb,Vogt GmbH,false,false',
  ],
  "Salesforce in German": [
    "Opportunity-Inhaber;Accountname;Opportunity-Name;Phase;Betrag;Wahrscheinlichkeit (%);Schlusstermin;Leadquelle",
    "Eva;Vogt GmbH;Dachsanierung Nord;Proposal sent;12.500,50;60;31.12.2026;Web",
  ],
  "Dynamics in German": [
    "Thema,Potenzieller Kunde,Gesch. Abschlussdatum,Gesch. Umsatz,Kontakt,Wahrscheinlichkeit,Status",
    'Dachsanierung Nord,Vogt GmbH,31.12.2026,"12.500,50 €",Max,60,Offen',
  ],
  "a table with units": [
    "Verkaufschance;Firma;Betrag in EUR;Wahrscheinlichkeit in %;Phase;Abschluss",
    "Dachsanierung Nord;Vogt GmbH;12.500,50;60;Proposal sent;31.12.2026",
  ],
  "our own": [
    "ID;Titel;Firma;Personen;Betrag;Währung;Abschluss;Pipeline;Stufe;Status;Wahrscheinlichkeit;Abgeschlossen;Zuständig",
    "01a2;Dachsanierung Nord;Vogt GmbH;Max Vogt (Bau);12500,50;EUR;31.12.2026;Vertrieb;Proposal sent;offen;50;;Eva Berger",
  ],
};

for (const [name, [headings, row]] of Object.entries(lists)) {
  Deno.test(`the deals of ${name} are deals, each with its worth and its day`, async () => {
    const { inspection: { plan, stages }, records } = await importAll(headed(headings, row));
    equal(plan.kind, "deals");
    const { deal, rejected } = records[0]!;
    equal(rejected, null);
    equal(deal!.name, "Dachsanierung Nord");
    equal(deal!.amountCents, 1_250_050);
    equal(deal!.expectedCloseOn ?? deal!.closedOn, "2026-12-31");
    equal(deal!.stage || "Proposal sent", "Proposal sent");
    if (deal!.stage !== "") deepEqual(stages, ["Proposal sent"]);
  });
}

Deno.test("opportunities of Close are deals, called like the companies that they are with", async () => {
  const files = {
    formatted: [
      "id,lead_name,status_type,status_label,confidence,user_name,value,value_period,value_formatted,value_currency,note,contact_name,date_created,date_won,date_lost",
      'oppo_1,Vogt GmbH,active,Proposal sent,60,Eva Berger,1250050,monthly,"$12,500.50 monthly",USD,Notiz,Max Vogt,2026-01-05T10:00:00,2026-12-31,',
    ],
    plain: [
      "lead_name,status_type,status_label,confidence,user_name,value,value_period,note,date_created,date_updated,date_won",
      "Vogt GmbH,active,Proposal sent,60,Eva Berger,1250050,one_time,Notiz,2026-01-05,2026-01-05,2026-12-31",
    ],
  };
  for (const [name, [headings, row]] of Object.entries(files)) {
    const { inspection: { plan }, records } = await importAll(headed(headings!, row));
    equal(plan.kind, "deals", name);
    const { deal, companies } = records[0]!;
    deepEqual(
      [deal!.name, companies[0]!.name, deal!.amountCents, deal!.stage, deal!.status],
      ["Vogt GmbH", "Vogt GmbH", 1_250_050, "Proposal sent", "open"],
    );
    deepEqual(
      [deal!.probability, deal!.owner, deal!.expectedCloseOn, deal!.createdOn, deal!.notes],
      [60, "Eva Berger", "2026-12-31", "2026-01-05", "Notiz"],
    );
    equal(deal!.currency, name === "plain" ? "" : "USD");
  }
});

const projects: Record<string, [headings: string, row: string]> = {
  "English": [
    "Third-party name,Country,Phone,Project Id,Ref. project,Project label,Follow opportunity,Creation date,Start date,End date,Project status,Lead status,Lead probability,Lead amount,Description,Budget,Note (private)",
    "Vogt GmbH,Germany,030 1234567,7,PJ2601-0001,Dachsanierung Nord,1,2026-01-05,2026-02-01,,1,NEGO,60.00,12500.50000000,Notiz,0,",
  ],
  "German": [
    "Name des Geschäftspartners;Projekt-ID;Projekt-Nr.;Projektbezeichnung;Erstellungsdatum;Projektstatus;Status Lead;Wahrscheinlichkeit Kundeninteresse;Wert/Betrag für Lead;Beschreibung",
    "Vogt GmbH;7;PJ2601-0001;Dachsanierung Nord;2026-01-05;1;NEGO;60,00;12500,50;Notiz",
  ],
};
for (const [language, [headings, row]] of Object.entries(projects)) {
  Deno.test(`projects of Dolibarr that follow an opportunity are deals, in ${language}`, async () => {
    const { inspection: { plan }, records } = await importAll(headed(headings, row));
    equal(plan.kind, "deals");
    const { deal, companies } = records[0]!;
    deepEqual(
      [deal!.name, companies[0]!.name, deal!.amountCents, deal!.stage, deal!.probability],
      ["Dachsanierung Nord", "Vogt GmbH", 1_250_050, "NEGO", 60],
    );
    deepEqual([deal!.uid, deal!.createdOn, deal!.notes], ["7", "2026-01-05", "Notiz"]);
  });
}

const others: Record<string, string> = {
  "leads of a sales team": "Name,Company,Email,Lead Status,Lead Source",
  "companies with a likelihood": "Firma,Ort,Status,Wahrscheinlichkeit",
  "projects of Dolibarr without opportunities":
    "Third-party name,Project Id,Project label,Start date,End date,Project status,Budget",
  "stages of a pipeline":
    "active,closed_won,is_closed,display_order,probability,stage_id,label,pipeline_id",
  "invoices": "Rechnungsnummer,Rechnungsdatum,Kunde,Betrag,Fälligkeitsdatum,Status",
  "orders": "Name,Email,Financial Status,Currency,Total,Created at",
  "tickets": "Ticket name,Ticket status,Pipeline,Ticket owner,Close date",
  "articles": "Artikelnummer,Bezeichnung,Preis,Menge,Phase",
  "projects": "Projektname,Phase,Status,Start,Ende",
  "tasks": "Subject,Status,Priority,Due date,Related to",
  "products of deals":
    "Deal - Title,Product - Name,Product - Quantity,Product - Amount,Deal - Currency,Deal - Value,Deal - Stage",
  "products of opportunities":
    "Id,OpportunityId,Opportunity Name,Product Name,Quantity,Sales Price,Amount,Stage",
  "stages that deals went through":
    "Record ID,Deal Name,Deal Stage,Date entered stage,Date left stage,Amount",
  "a report on stages": "Opportunity Name,From Stage,To Stage,Amount,Probability (%),Close Date",
  "stages with their names": "name,pipeline,probability,is_won,is_closed,color",
  "vacancies": "Title,Status,Stage,Salary,Close Date,Department",
};
for (const [name, headings] of Object.entries(others)) {
  Deno.test(`${name} are no deals`, async () => {
    const row = headings.split(",").map((_, at) => `x${at}`).join(",");
    const { inspection: { plan } } = await importAll(headed(headings, row));
    equal(plan.kind === "deals", false, plan.kind);
  });
}

Deno.test("contacts and companies with columns about deals stay contacts and companies", async () => {
  const contacts = "First Name,Last Name,Email,Recent Deal Amount,Deal Stage,Close Date,Amount";
  const people = await importAll(headed(contacts, "Eva,Berger,eva@x.example,5,Won,2026-01-01,7"));
  equal(people.inspection.plan.kind, "contacts");
  const companies =
    "Name,Phone,Annual Revenue,Number of Employees,Recent Deal Close Date,Total Revenue";
  const firms = await importAll(headed(companies, "Vogt GmbH,030 1234567,5,12,2026-01-01,7"));
  equal(firms.inspection.plan.kind, "companies");
});

Deno.test("persons and companies with a stage and a value stay what they are", async () => {
  const people = "Eva Berger,eva@x.example,Vogt,Neu,5\nPeter Müller,p@x.example,Amt,Neu,7\n";
  const found = await importAll(sourceOf(`Name,Email,Company,Stage,Deal Value\n${people}`));
  equal(found.inspection.plan.kind, "contacts");
  deepEqual(found.records.map(({ contact }) => contact?.lastName), ["Berger", "Müller"]);
  const leads = await importAll(sourceOf(
    "name,company,stage,value,score\nEva Berger,Vogt,new,5,9\nPeter Müller,Amt,new,7,8\n",
  ));
  equal(leads.inspection.plan.kind, "contacts");
  const firms =
    "Vogt GmbH,https://x.example,Solar,20,Seed,5\nAmt AG,https://y.example,Bau,3,Seed,7\n";
  const read = await importAll(sourceOf(`Name,Website,Industry,Employees,Stage,Revenue\n${firms}`));
  equal(read.inspection.plan.kind, "companies");
});

Deno.test("deals that only have a number are called like their companies", async () => {
  const { inspection, records } = await importAll(headed(
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
    "1C1I7A6R,Moses Frase,GTX,Cancity,Won,2016-10-20,2017-03-01,1054",
  ));
  equal(inspection.plan.kind, "deals");
  const { name, amountCents, status, createdOn, owner, uid } = records[0]!.deal!;
  deepEqual([name, amountCents, status, createdOn, owner, uid], [
    "Cancity",
    105_400,
    "won",
    "2016-10-20",
    "Moses Frase",
    "1C1I7A6R",
  ]);
});

Deno.test("of two columns for one thing the usual one counts, wherever it is", async () => {
  const { records } = await importAll(headed(
    "Deal Owner.id,Deal Owner,Expected Revenue,Amount,Deal Name,Stage,Closing Date",
    "9,Eva Berger,60,5000,Dach,Neu,2026-12-31",
  ));
  deepEqual([records[0]!.deal!.owner, records[0]!.deal!.amountCents], ["Eva Berger", 500_000]);
});

const row = async (cells: Record<string, string>) => {
  const { records } = await importAll(sourceOf(table(Object.keys(cells), [cells])));
  return records[0]!;
};
const base = { "Deal Name": "Dach", "Deal Stage": "Offen", "Close Date": "2026-12-31" };
const codes = ({ warnings }: Awaited<ReturnType<typeof row>>) => warnings.map(({ code }) => code);

Deno.test("what is no amount, or in no currency that has cents, goes into the notes", async () => {
  const word = await row({ ...base, Amount: "nach Aufwand" });
  deepEqual([word.deal!.amountCents, word.deal!.notes], [null, "Amount: nach Aufwand"]);
  deepEqual(codes(word), ["amount_invalid"]);
  const yen = await row({ ...base, Amount: "12000", Currency: "JPY" });
  deepEqual([yen.deal!.amountCents, yen.deal!.notes], [null, "Amount: 12000 JPY"]);
  deepEqual(codes(yen), ["currency_unknown"]);
  const none = await row({ ...base, Amount: "12", Currency: "XYZ" });
  deepEqual([none.deal!.amountCents, none.deal!.notes], [null, "Amount: 12 XYZ"]);
  deepEqual(codes(none), ["currency_unknown"]);
  equal((await row({ ...base, Amount: "-5" })).deal!.amountCents, null);
});

Deno.test("amounts of databases and machines are read to the cent", async () => {
  for (
    const [text, cents] of [
      ["125000", 12_500_000],
      ["75000.25", 7_500_025],
      [
        "1.234,5",
        123_450,
      ],
      ["99.90000000", 9_990],
      ["12.500", 1_250_000],
      ["100.000", 10_000_000],
      ["250,000", 25_000_000],
      ["1250.500", 125_050],
      ["7832265.523200001", 783_226_552],
      ["CHF 1'200.–", 120_000],
      ["0", 0],
    ] as const
  ) {
    equal((await row({ ...base, Amount: text })).deal!.amountCents, cents, text);
  }
  const { records } = await importAll(sourceOf(
    JSON.stringify([{ dealName: "Dach", amount: 1234.567, dealStage: "Neu" }]),
  ));
  equal(records[0]!.deal!.amountCents, 123_457);
});

Deno.test("a currency comes from its column, from the amount, or is the tenant's", async () => {
  const currencyOf = async (cells: Record<string, string>) =>
    (await row({ ...base, ...cells })).deal!.currency;
  equal(await currencyOf({ Amount: "5", Currency: "CHF" }), "CHF");
  equal(await currencyOf({ Amount: "5", Currency: "US Dollar (USD)" }), "USD");
  equal(await currencyOf({ Amount: "5", Currency: "EUR (€)" }), "EUR");
  equal(await currencyOf({ Amount: "5", Currency: "-99" }), "");
  equal(await currencyOf({ Amount: "£5" }), "GBP");
  equal(await currencyOf({ "Amount (USD)": "5" }), "USD");
  equal(await currencyOf({ "Amount in €": "5" }), "EUR");
  equal(await currencyOf({ Amount: "5" }), "");
});

Deno.test("a deal without a title is called like its company; without both it is rejected", async () => {
  const named = await row({ ...base, "Deal Name": "", Company: "Vogt GmbH", Amount: "5" });
  equal(named.deal!.name, "Vogt GmbH");
  const none = await row({ ...base, "Deal Name": "", Company: "", Amount: "5" });
  equal(none.rejected!.code, "deal_without_name");
});

Deno.test("won and lost are read from flags, from a status, or from the stage's name", async () => {
  const outcome = async (cells: Record<string, string>) =>
    (await row({ ...base, Amount: "5", ...cells })).deal!.status;
  equal(await outcome({ "Is Won": "true", "Is Closed": "true" }), "won");
  equal(await outcome({ "Is Won": "false", "Is Closed": "true" }), "lost");
  equal(await outcome({ "Is Won": "false", "Is Closed": "false", "Deal Stage": "Angebot" }), "");
  equal(await outcome({ "Deal Stage": "Closed Won" }), "won");
  equal(await outcome({ "Deal Stage": "Closed lost (Sales Pipeline)" }), "lost");
  equal(await outcome({ "Deal Stage": "Closed-Lost to Competition" }), "lost");
  equal(await outcome({ "Deal Stage": "7. Deal won" }), "won");
  equal(await outcome({ "Deal Stage": "Abgeschlossen (gewonnen)" }), "won");
  equal(await outcome({ "Deal Stage": "Angebot", Status: "Verloren" }), "lost");
});

Deno.test("a yes-or-no column about closing is no date", async () => {
  const closed = await row({ ...base, Amount: "5", Closed: "1", Won: "0" });
  deepEqual([closed.deal!.status, closed.deal!.closedOn, codes(closed)], ["lost", null, []]);
  const day = await row({ ...base, Amount: "5", Closed: "2026-02-03" });
  deepEqual([day.deal!.status, day.deal!.closedOn], ["open", "2026-02-03"]);
});

Deno.test("an invalid date causes a warning, a future one is accepted", async () => {
  const odd = await row({ ...base, "Close Date": "31.02.2026", Amount: "5" });
  deepEqual([odd.deal!.expectedCloseOn, codes(odd)], [null, ["date_invalid"]]);
  equal((await row({ ...base, "Close Date": "31.12.2049" })).deal!.expectedCloseOn, "2049-12-31");
});

const stage = (id: string, kind: StageKind, probability: number) => ({
  id,
  pipelineId: "p",
  name: id,
  kind,
  probability,
  colour: "grey" as const,
  rottingDays: null,
});
const line = (name: string, more = ""): Pipeline => ({
  id: name,
  name,
  stages: [
    stage(`Anfrage${more}`, "open", 10),
    stage(`Angebot${more}`, "open", 50),
    stage(`Verhandlung${more}`, "open", 75),
    stage(`Gewonnen${more}`, "won", 100),
    stage(`Verloren${more}`, "lost", 0),
  ],
});
const lines: [Pipeline, Pipeline] = [line("Vertrieb"), line("Service", " S")];
const placed = (deal: Partial<ImportedDeal>, chosen = {}) => {
  const { stage, certain } = placeOf({ ...blankDeal(), ...deal }, lines, chosen);
  return `${stage.name}${certain ? "" : "?"}`;
};

Deno.test("a deal goes to the stage of its name, in the pipeline of its name", () => {
  equal(placed({ stage: "angebot" }), "Angebot");
  equal(placed({ stage: "Angebot S" }), "Angebot S");
  equal(placed({ stage: "Unbekannt", pipeline: "service" }), "Anfrage S?");
});

Deno.test("the chosen stage comes before all others, but what is closed stays closed", () => {
  const chosen = { "Proposal": "Verhandlung S", "Angebot": "Anfrage" };
  equal(placed({ stage: "Proposal" }, chosen), "Verhandlung S");
  equal(placed({ stage: "Angebot" }, chosen), "Anfrage");
  equal(placed({ stage: "Proposal", status: "won" }, chosen), "Gewonnen S");
  equal(placed({ stage: "Angebot", status: "lost" }), "Verloren");
});

Deno.test("an open deal never lands in a closed stage, nor the other way round", () => {
  equal(placed({ stage: "Gewonnen", status: "open", probability: 90 }), "Verhandlung?");
  equal(placed({ stage: "", status: "" }), "Anfrage");
  equal(placed({ stage: "Closed Lost", status: "lost" }), "Verloren");
});

Deno.test("where a word is unknown, the probability or its usual meaning gives the stage", () => {
  equal(placed({ stage: "Stufe 3", probability: 60 }), "Angebot?");
  equal(placed({ stage: "Proposal/Price Quote" }), "Angebot?");
  equal(placed({ stage: "Negotiation/Review" }), "Verhandlung?");
  equal(placed({ stage: "Irgendwas" }), "Anfrage?");
});

Deno.test("names made unreadable on purpose are names, and what is secret stays so", async () => {
  const { records } = await importAll(sourceOf(
    "deal_id,property_dealname,property_amount,property_closedate,session_id\n" +
      "1,1f03614fdf8999728ac2cfeb1c4b3984,100,2026-12-05,9cae9efcc3ed720b21e3e9eac0c20af3\n" +
      "2,1d2a45a7d55ecc5fb7072ed75d8a3afc,200,2026-12-06,3657db95a0167aa409df0adc760f3b07\n",
  ));
  deepEqual(records.map(({ deal }) => deal?.name), [
    "1f03614fdf8999728ac2cfeb1c4b3984",
    "1d2a45a7d55ecc5fb7072ed75d8a3afc",
  ]);
  equal(JSON.stringify(records).includes("9cae9efcc3ed"), false);
});

Deno.test("a connector's heading for the stage is known", async () => {
  const { records } = await importAll(sourceOf(
    "deal_id,deal_pipeline_stage_id,owner_id,property_dealname,property_amount\n" +
      "7,closedwon,44,Dach,12000.50\n",
  ));
  deepEqual([records[0]!.deal!.stage, records[0]!.deal!.status], ["closedwon", "won"]);
});

Deno.test("a lone column Deal or Chance is what its cells hold", async () => {
  const rest = "Firma;Betrag;Phase";
  const read = async (heading: string, ...cells: string[]) => {
    const lines = cells.map((cell, at) => `${cell};Firma ${at} GmbH;${at}500;Angebot`);
    const { records } = await importAll(
      sourceOf([`${heading};${rest}`, ...lines, ""].join("\n")),
    );
    return records.map(({ deal }) => [deal?.name, deal?.probability]);
  };
  const called = [["Firma 0 GmbH", null], ["Firma 1 GmbH", null]];
  deepEqual(await read("Deal", "Website", "Wartung"), [["Website", null], ["Wartung", null]]);
  deepEqual(await read("Chance", "Shop A", "B"), [["Shop A", null], ["B", null]]);
  deepEqual(await read("Deal", "1001", "1002"), [["1001", null], ["1002", null]]);
  deepEqual(await read("Chance", "60 %", "80%"), [["Firma 0 GmbH", 60], ["Firma 1 GmbH", 80]]);
  deepEqual(await read("Chance", "60", "5"), [["Firma 0 GmbH", 60], ["Firma 1 GmbH", 5]]);
  deepEqual(await read("Chance", "hoch", "gering"), called);
  deepEqual(await read("Deal", "ja", "nein"), called);
  const { records } = await importAll(sourceOf(
    "Firma;Deal;Phase;Abschluss\nGroß AG;12.000 €;Angebot;30.09.2026\nKlein AG;4.500 €;Neu;31.10.2026\n",
  ));
  deepEqual(records.map(({ deal }) => [deal?.name, deal?.amountCents]), [
    ["Groß AG", 1_200_000],
    ["Klein AG", 450_000],
  ]);
});

Deno.test("deals of Kommo, Bitrix24, Capsule and SuperOffice are read by their own words", async () => {
  const files: Record<string, string> = {
    kommo:
      "ID,Lead title,Company,Contact,Responsible,Lead stage,Pipeline,Sale,Created at,Lead tags,Closed at,Position,Work phone,Work email,Loss reason\n" +
      "7,Halle,Amsel AG,Ute Amsel,Eva,Closed - lost,Sales,900,03.02.2025 10:11:12,solar,12.03.2025 12:00:00,Chefin,'+49301234567,,Preis\n" +
      "8,Dach,Amsel AG,Ute Amsel,Eva,Negotiation,Sales,500,03.02.2025 10:11:12,,not closed,,,,\n",
    bitrix24:
      "ID;Pipeline;Stage;Deal Name;Company;Contact;Created;Expected close date;Income;Currency;Responsible person;Contact: First name;Contact: Last name\n" +
      "7;Sales;Deal lost;Halle;Amsel AG;Ute Amsel;23/02/2025;12/03/2025;900.00;Euro;Eva;Ute;Amsel\n" +
      "8;Sales;Offer;Dach;Amsel AG;Ute Amsel;23/02/2025;;500.00;Euro;Eva;Ute;Amsel\n",
    capsule:
      "Opportunity,Organisation,Person,Milestone,Pipeline,Probability of Winning,Expected Value,Value,Currency,Expected Close,Actual Close,Lost Reason,Owner\n" +
      "Halle,Amsel AG,Ute Amsel,Lost,Sales,0,0,900,EUR,2025-03-01,2025-03-12,Preis,Eva\n" +
      "Dach,Amsel AG,Ute Amsel,Bid,Sales,20,100,500,EUR,,,,Eva\n",
    superoffice:
      "Verkauf;Firma;Kontakt;Betrag;Währung;Status;Phase;Verkaufsdatum;Wahrscheinlichkeit (%);Verkäufer;Grund\n" +
      "Halle;Amsel AG;Ute Amsel;900,00;EUR;Verloren;;12.03.2025;0;Eva;Preis\n" +
      "Dach;Amsel AG;Ute Amsel;500,00;EUR;Offen;Angebot;;20;Eva;\n",
    salesforce:
      '"Opportunity: Opportunity-Name","Account-Name: Accountname","Betrag Währung","Betrag","Phase","Schlusstermin","Opportunity-Inhaber: Vollständiger Name","Grund"\n' +
      '"Halle","Amsel AG","EUR","900,00","Closed Lost","12.03.2025","Eva","Preis"\n' +
      '"Dach","Amsel AG","EUR","500,00","Angebot","","Eva",""\n\n' +
      '"Gesamtsumme","","EUR","1.400,00"\n',
  };
  for (const [name, text] of Object.entries(files)) {
    const { inspection: { plan }, records } = await importAll(sourceOf(text));
    equal(plan.kind, "deals", name);
    const deals = records.flatMap(({ deal }) => deal ?? []);
    deepEqual(deals.map((deal) => [deal.name, deal.amountCents, deal.status, deal.owner]), [
      ["Halle", 90_000, "lost", "Eva"],
      ["Dach", 50_000, deals[1]!.status && "open", "Eva"],
    ], name);
    equal(deals[0]!.closedOn ?? deals[0]!.expectedCloseOn, "2025-03-12", name);
    deepEqual(
      records.flatMap(({ warnings }) => warnings).map(({ code }) => code),
      name === "salesforce" ? ["too_few_cells"] : [],
      name,
    );
    deepEqual(records.flatMap(({ companies: [company] }) => company?.name ?? []), [
      "Amsel AG",
      "Amsel AG",
    ]);
  }
});

Deno.test("beside the day that was planned, the other one is the day it happened", async () => {
  const { records } = await importAll(sourceOf(
    "Titel;Kunde;Phase;Wert;Voraussichtliches Abschlussdatum;Abschlussdatum;Status\n" +
      "Halle;Amsel AG;Angebot;900;01.06.2025;;Offen\n" +
      "Dach;Amsel AG;Auftrag;500;01.05.2025;03.05.2025;Verkauft\n",
  ));
  deepEqual(records.map(({ deal }) => [deal!.expectedCloseOn, deal!.closedOn, deal!.status]), [
    ["2025-06-01", null, "open"],
    ["2025-05-01", "2025-05-03", "won"],
  ]);
});

Deno.test("Odoo names a contact behind their company, and lost deals by their reason", async () => {
  const { records } = await importAll(sourceOf(
    "Opportunity,Customer,Contact Name,Expected Revenue,Probability,Stage,Active,Lost Reason\n" +
      'Stühle,"Amsel AG, Ute Amsel",Ute Amsel,22500.0,20.0,Qualified,True,\n' +
      "Tische,Bach AG,,100.0,0.0,New,False,Too expensive\n" +
      "Lampen,Bach AG,,100.0,10.0,New,True,Too expensive\n",
  ));
  deepEqual(records.map(({ companies: [company], deal }) => [company?.name, deal?.status]), [
    ["Amsel AG", ""],
    ["Bach AG", "lost"],
    ["Bach AG", ""],
  ]);
});
