/** What is hidden from a role: it is on no page, in no file, answer or search. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as accessPackages from "../db/access_packages.ts";
import * as fieldLevels from "../db/field_levels.ts";
import { newId } from "../db/ids.ts";
import { type Kind, kinds } from "../db/record_kinds.ts";
import * as rectificationCustoms from "../db/rectification_customs.ts";
import * as rectifications from "../db/rectifications.ts";
import { program } from "./support/api.ts";
import type { Person } from "./support/cast.ts";
import { person } from "./support/cast.ts";
import { define, newContact } from "./support/custom_fields.ts";
import { each, marks, rightsForm, settle, type Stock, stockOf } from "./support/field_rights.ts";
import { decode, formOf, text } from "./support/html.ts";
import { newOffer } from "./support/offers.ts";
import { readZip } from "./support/zips.ts";

type Path = (who: Person, here: Stock) => Promise<string>;

const nouns = { contact: "contacts", company: "companies", deal: "deals" } as const;

const page = (address: (here: Stock) => string): Path => async (who, here) =>
  decode(await (await who.get(address(here))).text());
const record = (kind: Kind, more = ""): Path =>
  page(({ ids }) => `/${nouns[kind]}/${ids[kind]}${more}`);
const listed = (kind: Kind, columns: string): Path =>
  page(({ own }) => `/${nouns[kind]}?view=all&cols=${columns}custom:${own[kind]}`);
const exported = (kind: Kind, format: string): Path => async (who) => {
  const wanted = { kind: nouns[kind], format, purpose: "backup" };
  const answer = await who.post("/exports", wanted);
  if (format !== "xlsx") return (await answer.text()).replace(/\r\n /g, "");
  return [...(await readZip(answer)).values()].join("\n");
};
const fromApi = (kind: Kind, one: boolean): Path => async (who, { ids }) =>
  (await (await program(who)).get(`/${nouns[kind]}${one ? `/${ids[kind]}` : ""}`)).text;
const letter = (kind: Kind): Path => async (who, { alice, ids }) => {
  const id = newId();
  await alice.post("/settings/letter-templates/new", {
    id,
    name: `Alles ${id}`,
    language: "de",
    subject: "{position}{betrag}",
    body: "{kontakt.kennwort}{firma.kennzahl}{deal.kennfarbe}",
  });
  const query = `${kind}=${ids[kind]}&template=${id}`;
  return decode(await (await who.get(`/letters/new?${query}`)).text());
};

/** Every path to a record, with the fields that a permitted user finds there. */
const paths: Record<Kind, Record<string, [string[], Path]>> = {
  contact: {
    "its page": [["position", "birthday", "website", "notes", "own"], record("contact")],
    "its form": [["position", "birthday", "website", "notes", "own"], record("contact", "/edit")],
    "its card": [["position", "birthday", "website", "notes"], record("contact", ".vcf")],
    "the list": [["own"], listed("contact", "")],
    "a letter": [["position", "own"], letter("contact")],
    "csv": [["position", "birthday", "website", "notes", "own"], exported("contact", "csv")],
    "xlsx": [["position", "website", "notes", "own"], exported("contact", "xlsx")],
    "json": [["position", "birthday", "website", "notes", "own"], exported("contact", "json")],
    "vcf": [["position", "birthday", "website", "notes", "own"], exported("contact", "vcf")],
    "the API": [["position", "birthday", "website", "notes", "own"], fromApi("contact", true)],
    "its merge": [
      ["position", "birthday", "website", "notes", "own"],
      async (who, { alice, ids }) => {
        const other = await newContact(alice, { lastName: "Offenbar" });
        const at = `/merges/new?kind=contact&ids=${ids.contact}&ids=${other}`;
        return decode(await (await who.get(at)).text());
      },
    ],
  },
  company: {
    "its page": [["taxNumber", "register", "notes", "own"], record("company")],
    "its form": [["taxNumber", "register", "notes", "own"], record("company", "/edit")],
    "the list": [["own"], listed("company", "")],
    "a letter": [["own"], letter("company")],
    "csv": [["taxNumber", "register", "notes", "own"], exported("company", "csv")],
    "json": [["taxNumber", "register", "notes", "own"], exported("company", "json")],
    "vcf": [["notes", "own"], exported("company", "vcf3")],
    "the API": [["taxNumber", "register", "notes", "own"], fromApi("company", true)],
  },
  deal: {
    "its page": [["amount", "expectedCloseOn", "notes", "own"], record("deal")],
    "its form": [["amount", "expectedCloseOn", "notes", "own"], record("deal", "/edit")],
    "the list": [["amount", "expectedCloseOn", "own"], listed("deal", "amount,close,")],
    "the search": [["amount"], page(() => "/search?q=Offenbarer")],
    "its person's page": [["amount", "expectedCloseOn"], record("contact")],
    "the board": [["amount", "expectedCloseOn"], page(() => "/deals/board")],
    "the report": [["amount"], page(() => "/reports")],
    "the report's file": [["amount"], page(() => "/reports/csv?of=pipeline")],
    "a letter": [["amount", "own"], letter("deal")],
    "csv": [["amount", "expectedCloseOn", "notes", "own"], exported("deal", "csv")],
    "json": [["amount", "expectedCloseOn", "notes", "own"], exported("deal", "json")],
    "the API": [["amount", "expectedCloseOn", "notes", "own"], fromApi("deal", true)],
    "the API's list": [["amount", "expectedCloseOn"], fromApi("deal", false)],
  },
};

Deno.test("what is hidden is on no page, in no file and no answer; what is not hidden stays there", async () => {
  const here = await stockOf();
  const { alice, bob, ids } = here;
  // Its old and new value are in the history, until they are hidden.
  await alice.post(`/deals/${ids.deal}/edit`, {
    ...{ title: "Offenbarer Deal", amount: "98765,44", version: "1", currency: "EUR" },
    ...{ expectedCloseOn: "2031-03-05", notes: "Dealnotiz", companyName: "Offenbar GmbH" },
    stageId: (await (await program(alice)).get(`/deals/${ids.deal}`)).json.stageId,
    [`custom.f${here.own.deal.replaceAll("-", "")}`]: "Dealquasar",
  });
  for (const kind of kinds) {
    for (const [name, [fields, path]] of Object.entries(paths[kind])) {
      const found = await path(bob, here);
      for (const field of fields) match(found, marks[kind][field]!, `${kind}: ${name}, ${field}`);
    }
  }
  for (const kind of kinds) await settle(alice, kind, each(here.fields(kind), "member", "hidden"));
  for (const kind of kinds) {
    for (const [name, [, path]] of Object.entries(paths[kind])) {
      const found = await path(bob, here);
      match(found, /Offenbar|Pipeline|Stufe|2026/, `${kind}: ${name} is still there`);
      for (const [field, mark] of Object.entries(marks[kind])) {
        ok(!mark.test(found), `${kind}: ${name} shows ${field}: ${mark.exec(found)?.[0]}`);
      }
    }
  }
  // Nobody else loses anything by it, and an owner never does.
  for (const who of [alice, here.vera]) {
    match(await text(await who.get(`/contacts/${ids.contact}`)), marks.contact.own!);
  }
});

Deno.test("hidden fields are neither filtered nor sorted by, and the page says what is left out", async () => {
  const here = await stockOf();
  const { alice, bob, own } = here;
  await newContact(alice, { lastName: "Zweitens" });
  for (const kind of kinds) await settle(alice, kind, each(here.fields(kind), "member", "hidden"));
  const notice = /Ein Teil dieser Ansicht entfällt/;
  const asked = [
    `/contacts?custom.${own.contact}.like=Quasar`,
    `/contacts?custom.${own.contact}.empty=1`,
    `/contacts?sort=custom:${own.contact}`,
    "/deals?amount_from=1000000",
    "/deals?close_to=2020-01-01",
    "/deals?empty=amount",
    "/deals?sort=amount",
    "/deals?cols=amount,stage",
  ];
  for (const address of asked) {
    const shown = await text(await bob.get(address));
    match(shown, notice, address);
    // The condition does not decide any more: nothing of its field can be inferred from the rows.
    const rows = address.startsWith("/deals") ? [/Offenbarer Deal/] : [/Offenbar,/, /Zweitens/];
    for (const row of rows) match(shown, row, address);
    ok(!notice.test(await text(await alice.get(address))), address);
  }
  const sent = await program(bob);
  for (const query of ["amount_from=1", "close_to=2020-01-01", "empty=amount", "sort=amount"]) {
    const { status, json } = await sent.get(`/deals?${query}`);
    deepEqual([status, json.errors[0].code], [400, "field_rights.hidden"], query);
    deepEqual(json.errors[0].pointer, query.split("=")[0]);
  }
  // The search text is one for all: users who may see the field find nothing by it either.
  for (const who of [bob, alice]) {
    ok(!/Offenbar/.test(await text(await who.get("/contacts?q=Quasarmarke"))), "found by it");
    match(await text(await who.get("/contacts?q=Offenbar")), /Offenbar/);
  }
  await settle(alice, "contact", {});
  match(await text(await bob.get("/contacts?q=Quasarmarke")), /Offenbar/);
});

Deno.test("where amounts are hidden, so are lines, offers and sums", async () => {
  const here = await stockOf();
  const { alice, bob, ids } = here;
  await alice.post(`/deals/${ids.deal}/items`, {
    "items.0.name": "Regal",
    "items.0.price": "98765",
  });
  const offer = await newOffer(alice, ids.deal);
  const open = await text(await bob.get(`/deals/${ids.deal}`));
  match(open, /Regal/);
  match(await text(await bob.get("/offers")), /Offenbarer Deal/);
  await settle(alice, "deal", each(["amount"], "member", "hidden"));
  ok(!/Regal|id="(items|offers)"/.test(await (await bob.get(`/deals/${ids.deal}`)).text()));
  ok(!/Offenbarer Deal/.test(await text(await bob.get("/offers"))));
  ok(!/Offenbarer Deal/.test(await (await bob.get("/offers/export")).text()));
  for (const way of ["", "/paper", "/edit"]) {
    equal((await bob.get(`/offers/${offer}${way}`)).status, 404, way);
  }
  const sent = await program(bob);
  deepEqual((await sent.get("/offers")).json.data, []);
  for (const way of ["", "/paper"]) equal((await sent.get(`/offers/${offer}${way}`)).status, 404);
  equal((await bob.get(`/deals/${ids.deal}/items`)).status, 403);
  equal((await bob.get(`/deals/${ids.deal}/offers/new`)).status, 403);
  ok(!/Gewichtet|Erwarteter Umsatz/.test(await text(await bob.get("/reports"))));
});

Deno.test("required fields, names and what search needs stay visible; only owners limit admins", async () => {
  const { alice, bob, own } = await stockOf();
  const at = "/settings/field-rights?kind=contact";
  const required = await define(alice, { labelDe: "Pflichtangabe", required: "on" });
  const refused: [Record<string, Record<string, string>>, RegExp][] = [
    [{ status: { member: "hidden" } }, /lässt sich nicht verbergen/],
    [{ tags: { read_only: "hidden" } }, /lässt sich nicht verbergen/],
    [{ [required]: { member: "hidden" } }, /muss Pflichtfelder bearbeiten können/],
    [{ [required]: { admin: "read_only" } }, /muss Pflichtfelder bearbeiten können/],
    [{ position: { read_only: "read_only" } }, /Wählen Sie/],
    [{ position: { member: "alles" } }, /Wählen Sie/],
  ];
  for (const [rights, words] of refused) {
    const answer = await alice.post(at, rightsForm(rights));
    equal(answer.status, 422, JSON.stringify(rights));
    match(await text(answer), words);
  }
  await settle(alice, "contact", {
    [required]: { read_only: "hidden" },
    [own.contact]: { member: "hidden" },
  });
  const demanded = await alice.post(`/settings/fields/${own.contact}`, {
    ...{ labelDe: "Kennwort", required: "on", category: "classification" },
    ...{ purpose: "sales", legalBasis: "contract" },
  });
  equal(demanded.status, 422);
  match(await text(demanded), /muss Pflichtfelder bearbeiten können/);
  const anton = await person(alice.test, alice.tenantId, "Anton Admin", "admin");
  await settle(alice, "contact", { position: { admin: "hidden" }, notes: { member: "read_only" } });
  // An admin settles the others, never admins; whatever is sent, that stays.
  await settle(anton, "contact", { position: { admin: "write" }, notes: { member: "hidden" } });
  const { owner } = alice.test.db;
  const rows = await owner`
    select field, role, level from field_rights where tenant_id = ${alice.tenantId} order by field
  `;
  deepEqual(rows.map(({ field, role, level }) => [field, role, level].join()), [
    "notes,member,hidden",
    "position,admin,hidden",
  ]);
  equal((await bob.get(at)).status, 403);
  const [change] = await owner`
    select action, fields from changes
    where tenant_id = ${alice.tenantId} and record_kind = 'tenant' order by at desc, id desc limit 1
  `;
  deepEqual([change!.action, change!.fields], ["field_rights_changed", [{
    name: "field_right",
    from: "member: contact.notes = read_only",
    to: "member: contact.notes = hidden",
  }]]);
});

Deno.test("who answers requests for the tenant reads and corrects everything, whatever the role may see", async () => {
  const here = await stockOf();
  const { alice, ids, own } = here;
  await settle(alice, "contact", each(here.fields("contact"), "admin", "hidden"));
  const anton = await person(alice.test, alice.tenantId, "Anton Admin", "admin");
  ok(!/Quasarmarke|Prokuristmarke/.test(await text(await anton.get(`/contacts/${ids.contact}`))));
  const [access, standing] = await anton.scope(async (plain) => {
    const scope = { ...plain, limits: await fieldLevels.limitsOf(plain) };
    const found = await accessPackages.findPerson(scope, ids.contact);
    const answer = await accessPackages.read(scope, alice.test.services.config, found);
    return [JSON.stringify(answer), JSON.stringify(await rectifications.standing(scope, found))];
  });
  for (const [field, mark] of Object.entries(marks.contact)) {
    match(access, mark, field);
    if (field !== "notes") match(standing, mark, field);
  }
  await anton.scope((scope) =>
    rectificationCustoms.write(scope.sql, scope.tenantId, {
      contactId: ids.contact,
      field: `custom.${own.contact}`,
      to: "Berichtigt",
    })
  );
  match(await text(await alice.get(`/contacts/${ids.contact}`)), /Berichtigt/);
});

Deno.test("a conflict shows what differs, and nothing that is hidden or closed", async () => {
  const here = await stockOf();
  const { alice, bob, ids } = here;
  await settle(alice, "contact", {
    ...each(["notes", here.own.contact], "member", "hidden"),
    ...each(["position"], "member", "read_only"),
  });
  const at = `/contacts/${ids.contact}/edit`;
  const [mine, theirs] = await Promise.all(
    [bob, alice].map(async (who) => formOf(await (await who.get(at)).text())),
  );
  await alice.post(at, {
    ...theirs,
    lastName: "Schneller",
    position: "Neue Position",
    notes: "Neue Notiz",
  });
  const answer = await bob.post(at, { ...mine, lastName: "Langsamer" });
  equal(answer.status, 409);
  const html = await answer.text();
  match(html, /Schneller/);
  ok(!/Neue Notiz|Notizmarke|Quasarmarke|Neue Position/.test(html));
});
