/** An erasure reaches the texts by which other records are found: they repeat masked words. */
import { deepEqual, equal } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import * as findings from "../db/findings.ts";
import { newId } from "../db/ids.ts";
import * as ledger from "../db/ledger.ts";
import { replay } from "../db/ledger_replays.ts";
import * as copies from "../db/masked_copies.ts";
import { cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { newDeal } from "./support/deals.ts";
import { idOf } from "./support/html.ts";
import { drain } from "./support/worker.ts";

const officer = { kind: "officer", id: null } as const;
const email = "erika.wegener@example.org";

/** Erika Wegener's request, all that was found being hers; carried out. Returns the item's status. */
async function erase(person: Person, contactId: string): Promise<string> {
  const id = newId();
  await person.scope((scope) =>
    cases.create(scope, secretKey, {
      id,
      channel: "form",
      language: "de",
      personName: "Erika Wegener",
      personEmail: email,
      personAddress: "",
      body: "Bitte löschen.",
      claims: [{ right: "erasure", sentence: "Bitte löschen." }],
    }, { kind: "system", id: null })
  );
  await drain(person.test);
  await person.scope(async (scope) => {
    const { searchedAt, hits } = (await findings.lookup(scope, id))!;
    await findings.confirm(scope, id, {
      searchedAt: searchedAt!.toISOString(),
      ids: [contactId],
      hits: hits.map((_, place) => place),
    }, { kind: "user", id: person.userId });
    const [item] = await caseItems.list(scope, id);
    await caseItems.decide(scope, id, item!.id, { kind: "approve" }, officer);
  });
  deepEqual((await drain(person.test)).failed, []);
  const [item] = await person.scope((scope) => caseItems.list(scope, id));
  return item!.status;
}

/** The records of others by whose search text or summary the person is still found. */
const naming = async ({ tenantId, test }: Person) =>
  (await test.db.owner<{ kind: string }[]>`
    select kind
    from (
      select 'contact' as kind, search, summary from contacts where tenant_id = ${tenantId}
      union all
      select 'company', search, summary from companies where tenant_id = ${tenantId}
      union all
      select 'deal', search, summary from deals where tenant_id = ${tenantId}
    ) p
    where search like '%wegener%' or summary::text ilike '%wegener%'
    order by kind
  `).map(({ kind }) => kind);

/** Erika, whose name and address are a company's, a tag's and a choice's, and who has these. */
async function named(person: Person) {
  const { tenantId, test: { db: { owner } } } = person;
  const make = async (lastName: string, more = {}) =>
    idOf(await person.post("/contacts/new", { origin: "card", lastName, _anyway: "1", ...more }));
  const erika = await make("Wegener", { firstName: "Erika", "emails.0.address": email });
  const company = idOf(
    await person.post("/companies/new", { name: `Erika Wegener Bau, ${email}`, tags: "Messe" }),
  );
  const name = `Erika Wegener Bau, ${email}`;
  const worker = await make("Quast", { "companies.0.name": name, "companies.0.id": company });
  const deal = await newDeal(person, { title: "Halle", companyName: name, companyId: company });
  const tags = "Bekannt von Erika Wegener, Bekannt von Wegener";
  const tagged = await make("Anders", { tags, source: "Empfehlung von Erika Wegener" });
  return { erika, company, worker, deal, tagged, owner, tenantId };
}

Deno.test("who is erased from a company's name or a tag leaves the texts of its records too", async () => {
  const { alice } = await cast();
  const { erika } = await named(alice);
  deepEqual(await naming(alice), ["company", "contact", "contact", "contact", "deal"]);
  equal(await erase(alice, erika), "done");
  deepEqual(await naming(alice), []);
});

Deno.test("a backup brought back is relieved of a person in the texts of other records too", async () => {
  const { alice } = await cast();
  const { erika, owner, tenantId } = await named(alice);
  const before = await Promise.all([
    owner`select id, name from companies where tenant_id = ${tenantId}`,
    owner`select id, name from tags where tenant_id = ${tenantId}`,
    owner`select id, search, summary from contacts where tenant_id = ${tenantId} and id <> ${erika}`,
    owner`select id, search, summary from deals where tenant_id = ${tenantId}`,
  ]);
  const { config } = alice.test.services;
  const head = await ledger.head(config.dataDir);
  equal(await erase(alice, erika), "done");
  const [companies, tags, contacts, deals] = before;
  for (const { id, name } of companies) {
    await owner`update companies set name = ${name} where id = ${id}`;
  }
  for (const { id, name } of tags) await owner`update tags set name = ${name} where id = ${id}`;
  for (const { id, search, summary } of contacts) {
    await owner`update contacts set search = ${search}, summary = ${
      owner.json(summary)
    } where id = ${id}`;
  }
  for (const { id, search, summary } of deals) {
    await owner`update deals set search = ${search}, summary = ${
      owner.json(summary)
    } where id = ${id}`;
  }
  deepEqual(await naming(alice), ["contact", "contact", "deal"]);
  await owner.begin((sql) => replay(sql, config, head?.seq));
  deepEqual(await naming(alice), []);
});

Deno.test("a text that no longer agrees with its record gives nobody away, and namesakes stay", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  const { erika, worker } = await named(alice);
  const namesake = idOf(
    await alice.post("/contacts/new", {
      ...{ origin: "card", firstName: "Erika", lastName: "Wegener", _anyway: "1" },
      "emails.0.address": "namesake@example.org",
    }),
  );
  // As somebody leaves it who saves while the company is being masked.
  const stale = () =>
    owner`
      update contacts
      set search = ${` erika wegener bau ${email.replace(/[.@]/g, " ")} `}
      where id = ${worker}
    `;
  await stale();
  equal(await alice.scope((scope) => copies.renewNaming(scope, ["Erika Wegener"])), 1);
  equal(await erase(alice, erika), "done");
  await stale();
  equal(await alice.scope((scope) => copies.renewNaming(scope, ["Erika Wegener", "Wegener"])), 1);
  const [left] = await owner`select search from contacts where id = ${namesake}`;
  equal(left!.search.includes("erika wegener"), true);
});
