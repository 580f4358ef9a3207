/** Deals of a file through the whole import: who and what they belong to, repeated, and undone. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as imports from "../db/imports.ts";
import { cast, type Person } from "./support/cast.ts";
import { define, valuesIn } from "./support/custom_fields.ts";
import { newDeal, stagesOf } from "./support/deals.ts";
import { settle } from "./support/field_rights.ts";
import { idOf, text } from "./support/html.ts";
import { check, fileOf, importAll, run, upload } from "./support/imports.ts";
import { sight, tenantOfTeams } from "./support/sights.ts";
import { drain } from "./support/worker.ts";

const head = "ID;Titel;Firma;Personen;Betrag;Währung;Abschluss;Stufe;Status;Abgeschlossen am;" +
  "Verlustgrund;Zuständig;Schlagwörter;Notizen";
const file = (...rows: string[]) => fileOf([head, ...rows].join("\n"), "deals.csv");

const countsOf = async (who: Person, id: string) =>
  (await who.scope((scope) => imports.find(scope, id))).counts;

/** A tenant's deals by title, with what they are linked to. */
async function dealsOf({ test, tenantId }: Person) {
  const rows = await test.db.owner`
    select d.title, o.name as company, d.amount_cents::float8 as cents, d.currency,
      d.expected_close_on as close, s.name as stage, d.status, d.notes,
      to_char(d.closed_at at time zone 'Europe/Berlin', 'YYYY-MM-DD') as closed,
      r.name as reason, i.name as owner, d.source,
      array(
        select concat_ws(' ', c.last_name, nullif(x.role, '')) from deal_contacts x join contacts c on c.id = x.contact_id
        where x.deal_id = d.id order by c.last_name
      ) as persons,
      array(
        select t.name from deal_tags x join tags t on t.id = x.tag_id
        where x.deal_id = d.id order by t.name_key
      ) as tags
    from deals d
    join stages s on s.tenant_id = d.tenant_id and s.id = d.stage_id
    left join companies o on o.tenant_id = d.tenant_id and o.id = d.company_id
    left join lost_reasons r on r.tenant_id = d.tenant_id and r.id = d.lost_reason_id
    left join users u on u.tenant_id = d.tenant_id and u.id = d.owner_id
    left join identities i on i.id = u.identity_id
    where d.tenant_id = ${tenantId}
    order by d.title
  `;
  return rows.map((row) => ({ ...row }));
}

const contact = async (who: Person, lastName: string, email = "") =>
  idOf(
    await who.post("/contacts/new", {
      lastName,
      origin: "card",
      _anyway: "1",
      "emails.0.address": email,
    }),
  );

Deno.test("deals come with company, persons, stage, owner, tags and the day they were closed", async () => {
  const { alice } = await cast();
  await contact(alice, "Amsel");
  await contact(alice, "Bussard", "bussard@x.example");
  idOf(await alice.post("/companies/new", { name: "Haselbrook GmbH" }));
  const id = await importAll(
    alice,
    file(
      "A1;Regale;haselbrook gmbh;Amsel (Einkauf);1.234,50;EUR;31.12.2027;Angebot;;;;Bob Brandt;Eilig;Eine Notiz",
      "A2;Dach;Neu AG;bussard@x.example;5000;CHF;;Won;Gewonnen;03.02.2026;;bob@x;;",
      "A3;Keller;;Wer Niemand;;;;Sondierung;;;;;;",
      "A4;Boden;;;10;;01.03.2026;;Verloren;;Preis;;;",
    ),
  );
  const { deals, companies, contacts, warnings, rejected } = await countsOf(alice, id);
  deepEqual([deals, companies, contacts, rejected], [4, 1, 0, 0]);
  equal(warnings, 2);
  const [boden, dach, keller, regale] = await dealsOf(alice);
  deepEqual(regale, {
    title: "Regale",
    company: "Haselbrook GmbH",
    cents: 123_450,
    currency: "EUR",
    close: "2027-12-31",
    stage: "Angebot",
    status: "open",
    notes: "Eine Notiz",
    closed: null,
    reason: null,
    owner: "Bob Brandt",
    source: "",
    persons: ["Amsel Einkauf"],
    tags: ["Eilig"],
  });
  deepEqual(
    [dach!.company, dach!.currency, dach!.stage, dach!.closed, dach!.persons, dach!.notes],
    ["Neu AG", "CHF", "Gewonnen", "2026-02-03", ["Bussard"], "Zuständig: bob@x"],
  );
  deepEqual([keller!.stage, keller!.notes], ["Anfrage", ""]);
  deepEqual([boden!.stage, boden!.reason, boden!.closed], ["Verloren", "Preis", "2026-03-01"]);
  match(await text(await alice.get("/deals?q=Haselbrook")), /Regale/);
  match(await text(await alice.get(`/imports/${id}?rows=warning`)), /kein Kontakt oder mehrere/);
});

Deno.test("deals go to the owner in their row, else to the owner in the form, and so do new companies", async () => {
  const { alice, bob } = await cast();
  const rows = file("1;Eins;;;1;;;;;;;Alice Ahrens;;", "2;Zwei;Neu AG;;1;;;;;;;;;");
  await importAll(alice, rows, { ownerId: bob.userId });
  deepEqual((await dealsOf(alice)).map(({ owner }) => owner), ["Alice Ahrens", "Bob Brandt"]);
  const [company] = await alice.test.db.owner`
    select owner_id from companies where name = 'Neu AG' and tenant_id = ${alice.tenantId}
  `;
  equal(company!.ownerId, bob.userId);
});

Deno.test("an instant with a time zone means the tenant's local day", async () => {
  const { alice } = await cast();
  const written = [
    "2026-02-03T23:30:00.000Z",
    "2026-02-03 23:30:00+00:00",
    "2026-02-04T01:30:00+0200",
    "2026-02-03T23:30:00-08:00",
    "2026-02-03T23:30:00",
    "2026-02-03T12:00Z",
  ];
  const rows = written.map((at, n) => `${n};Deal ${n};;;1;;;;Gewonnen;${at};;;;`);
  await importAll(alice, file(...rows));
  deepEqual((await dealsOf(alice)).map(({ closed }) => closed), [
    ...["2026-02-04", "2026-02-04", "2026-02-04", "2026-02-04", "2026-02-03", "2026-02-03"],
  ]);
});

Deno.test("the list of deals leads to the import, for those who may", async () => {
  const { alice, vera } = await cast();
  for (const [who, offered] of [[alice, true], [vera, false]] as const) {
    const page = await (await who.get("/deals")).text();
    equal(page.includes('href="/imports/new"'), offered);
  }
});

Deno.test("the settings show the file's stages, and the one chosen for each is used", async () => {
  const { alice } = await cast();
  const { Verhandlung, Angebot } = await stagesOf(alice);
  const id = await upload(
    alice,
    file("1;Eins;;;1;;;Proposal/Price Quote;;;;;;", "2;Zwei;;;1;;;Id. Decision Makers;;;;;;"),
  );
  const page = await (await alice.get(`/imports/${id}`)).text();
  const guessed = page.slice(page.indexOf('name="stage.s0"'));
  match(guessed, new RegExp(`value="${Angebot!.id}" selected`));
  match(page, /Proposal\/Price Quote/);
  match(page, /name="stage\.s1"/);
  await check(alice, id, { "stage.s0": Verhandlung!.id, "stage.s1": Angebot!.id });
  await run(alice, id);
  deepEqual((await dealsOf(alice)).map(({ stage }) => stage), ["Verhandlung", "Angebot"]);
  equal((await countsOf(alice, id)).warnings, 0);
});

Deno.test("the same file again makes nothing; a row can be made all the same", async () => {
  const { alice } = await cast();
  const rows = ["A1;Regale;Haselbrook GmbH;;10;;;Angebot;;;;;;", ";Dach;Neu AG;;20;;;;;;;;;"];
  await importAll(alice, file(...rows, ";Dach;Neu AG;;20;;;;;;;;;"));
  const again = await upload(alice, file(...rows, ";Dach;Neu AG;;21;;;;;;;;;"));
  await check(alice, again);
  const { deals, duplicates, companies } = await countsOf(alice, again);
  deepEqual([deals, duplicates, companies], [1, 2, 0]);
  const report = await alice.get(`/imports/${again}?rows=duplicate`);
  match(await text(report), /„Regale“ ist schon als Deal vorhanden/);
  const kept = await alice.post(`/imports/${again}/choices`, { "choice.r2": "create" });
  equal(kept.status, 303);
  await run(alice, again);
  deepEqual((await dealsOf(alice)).map(({ title }) => title), ["Dach", "Dach", "Regale", "Regale"]);
});

Deno.test("the number of a row in another list is no deal of the stock", async () => {
  const { alice } = await cast();
  const long = "0061t00000Ab1cDAAR";
  await importAll(
    alice,
    file("1;Dach;;;10;;;;;;;;;", "2;Flur;;;10;;;;;;;;;", `${long};Tor;;;10;;;;;;;;;`),
  );
  const again = await importAll(
    alice,
    file("1;Keller;;;20;;;;;;;;;", "2;FLUR;;;30;;;;;;;;;", `${long};Tore;;;10;;;;;;;;;`),
  );
  const { deals, duplicates } = await countsOf(alice, again);
  deepEqual([deals, duplicates], [1, 2]);
  deepEqual((await dealsOf(alice)).map(({ title }) => title), ["Dach", "Flur", "Keller", "Tor"]);
});

Deno.test("an undo takes the deals, their company and their figures, and nothing else", async () => {
  const { alice } = await cast();
  const own = await newDeal(alice, { title: "Eigener", companyName: "Alt AG" });
  const id = await importAll(
    alice,
    file(
      "1;Dach;Neu AG;;5000;;;;Gewonnen;03.02.2026;;;Eilig;",
      "2;Keller;Alt AG;;10;;;;;;;;;",
    ),
  );
  const asked = await text(await alice.get(`/imports/${id}/undo`));
  match(asked, /2 Deals werden gelöscht/);
  match(asked, /1 Firma wird gelöscht/);
  await alice.post(`/imports/${id}/undo`);
  await drain(alice.test);
  deepEqual((await dealsOf(alice)).map(({ title }) => title), ["Eigener"]);
  const { owner } = alice.test.db;
  const left = await owner`
    select name from companies where tenant_id = ${alice.tenantId}
    union all select name from tags where tenant_id = ${alice.tenantId}
    union all select kind from stat_facts where tenant_id = ${alice.tenantId}
  `;
  deepEqual(left.map(({ name }) => name), ["Alt AG"]);
  equal((await alice.get(`/deals/${own}`)).status, 200);
});

Deno.test("deals that were exported come back the same, from every format", async () => {
  for (const format of ["csv", "excel_de", "xlsx", "json"]) {
    const { alice, charlie } = await cast();
    await contact(alice, "Amsel", "amsel@x.example");
    await contact(charlie, "Amsel", "amsel@x.example");
    const { Gewonnen, Verloren, Angebot } = await stagesOf(alice);
    await stagesOf(charlie);
    await newDeal(alice, {
      title: "=1+1 Regale",
      companyName: "Haselbrook GmbH",
      amount: "1.234,50",
      expectedCloseOn: "2027-03-31",
      stageId: Angebot!.id,
      newTags: "Eilig, Messe",
      source: "Empfehlung",
      notes: "Zeile 1\nZeile 2; mit, Komma",
      contactIds: [idOf(await alice.post("/contacts/new", { lastName: "Berg", origin: "card" }))],
    });
    await contact(charlie, "Berg");
    await alice.test.db.owner`
      update deal_contacts set role = 'Einkauf (Nord)' where tenant_id = ${alice.tenantId}
    `;
    await newDeal(alice, { title: "Zweiter", amount: "7", currency: "CHF", stageId: Gewonnen!.id });
    await newDeal(alice, { title: "Dritter", stageId: Verloren!.id });
    const answer = await alice.post("/exports", { kind: "deals", format, purpose: "backup" });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const ending = format === "xlsx" ? "xlsx" : format === "json" ? "json" : "csv";
    await importAll(charlie, fileOf(bytes, `deals.${ending}`));
    deepEqual(await dealsOf(charlie), await dealsOf(alice), format);
  }
});

Deno.test("custom fields of deals are filled in from the file", async () => {
  const { alice } = await cast();
  const field = await define(alice, { labelDe: "Kennfarbe", recordKind: "deal" });
  const id = await importAll(
    alice,
    fileOf("Titel;Betrag;Stufe;Abschluss;Kennfarbe\nDach;5;Angebot;;blau\n", "deals.csv"),
  );
  equal((await countsOf(alice, id)).deals, 1);
  const [deal] = await alice.test.db
    .owner`select id from deals where tenant_id = ${alice.tenantId}`;
  deepEqual(await valuesIn(alice, "deal", deal!.id), { [field]: ["blau"] });
});

Deno.test("what a role may not write of deals is left out", async () => {
  const { alice, bob } = await cast();
  await settle(alice, "deal", { amount: { member: "read_only" }, notes: { member: "hidden" } });
  await importAll(bob, file("1;Dach;;;5000;CHF;;Angebot;;;;Alice Ahrens;;geheim"));
  const [deal] = await dealsOf(alice);
  deepEqual(
    [deal!.cents, deal!.currency, deal!.notes, deal!.stage],
    [null, "EUR", "", "Angebot"],
  );
});

Deno.test("a report of duplicates confirms no guess of an amount that is hidden", async () => {
  const { alice, bob } = await cast();
  await newDeal(alice, { title: "Dach", amount: "5000" });
  await settle(alice, "deal", { amount: { member: "hidden" } });
  for (const guess of ["5000", "4000"]) {
    const id = await upload(bob, file(`;Dach;;;${guess};;;Angebot;;;;;;`));
    await check(bob, id);
    const { deals, duplicates } = await countsOf(bob, id);
    deepEqual([deals, duplicates], [0, 1], guess);
  }
});

Deno.test("a user limited to their own records keeps what they import, and learns of no other's", async () => {
  const { alice, bob, companies } = await tenantOfTeams();
  await sight(alice, "own");
  const id = await importAll(
    bob,
    file("1;Neues;Zeder evarecord GmbH;Zeder evarecord;5;;;Angebot;;;;;;"),
  );
  const page = await text(await bob.get(`/imports/${id}?rows=warning`));
  equal(page.includes("evarecord@"), false);
  const { owner } = alice.test.db;
  const [deal] = await owner`
    select owner_id, company_id from deals where tenant_id = ${alice.tenantId} and title = 'Neues'
  `;
  equal(deal!.ownerId, bob.userId);
  ok(deal!.companyId !== companies.evarecord);
  match(await text(await bob.get("/deals")), /Neues/);
});

Deno.test("a restricted or erased person is neither linked nor created again (Art. 17, 18)", async () => {
  const { alice } = await cast();
  const id = await contact(alice, "Amsel", "amsel@x.example");
  await alice.test.db.owner`update contacts set restricted_at = now() where id = ${id}`;
  const run = await importAll(
    alice,
    file("1;Dach;;amsel@x.example;5;;;Angebot;;;;;;", "2;Boden;;Eva <weg@x.example>;5;;;;;;;;;"),
  );
  deepEqual((await dealsOf(alice)).map(({ persons, notes }) => [persons, notes]), [
    [[], ""],
    [[], ""],
  ]);
  const report = JSON.stringify(
    await alice.test.db.owner`select problems, cells from import_rows where import_id = ${run}`,
  );
  match(report, /deal_address_unknown/);
  equal(/amsel@|weg@|Eva/.test(report), false, report);
});

Deno.test("a sheet of persons, companies and deals can be imported as contacts and as deals", async () => {
  const { alice } = await cast();
  const combined = () =>
    fileOf(
      [
        "Person - Name*,Person - Email (Work),Organization - Name*,Deal - Title,Deal - Value",
        "Eva Amsel,eva@amsel.example,Amsel GmbH,Wartung 2027,2500.0",
        "Uwe Horst,uwe@horst.example,Horst AG,,",
      ].join("\n"),
      "pipedrive.csv",
    );
  const first = await upload(alice, combined());
  match(await text(await alice.get(`/imports/${first}`)), /Die Datei nennt auch Deals/);
  await check(alice, first);
  await run(alice, first);
  const second = await upload(alice, combined());
  await check(alice, second, { kind: "deals" });
  await run(alice, second);
  const { deals, contacts, companies } = await countsOf(alice, second);
  deepEqual([deals, contacts, companies], [1, 0, 0]);
  const [deal] = await dealsOf(alice);
  deepEqual([deal!.title, deal!.company, deal!.cents], ["Wartung 2027", "Amsel GmbH", 250_000]);
  deepEqual(deal!.persons, ["Amsel"]);
});

Deno.test("persons and owners are recognised with their addresses behind their names", async () => {
  const { alice, bob } = await cast();
  await contact(alice, "Amsel", "eva@amsel.example");
  await contact(alice, "Horst", "uwe@horst.example");
  await importAll(
    alice,
    fileOf(
      "Dealname;Betrag;Deal-Phase;Deal-Inhaber;Zugehöriger Kontakt;Zugehöriges Unternehmen (Primär)\n" +
        `Regale;10;Angebot;Bob Brandt (${bob.email});` +
        `"Eva Amsel (eva@amsel.example);Uwe Horst (uwe@horst.example)";Amsel GmbH`,
      "deals.csv",
    ),
  );
  const [deal] = await dealsOf(alice);
  deepEqual([deal!.company, deal!.owner, deal!.persons], [
    "Amsel GmbH",
    "Bob Brandt",
    ["Amsel", "Horst"],
  ]);
});
