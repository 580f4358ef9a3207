/** Changes of related records at the same time wait for each other without deadlocks. */
import { deepEqual, equal, ok } from "node:assert/strict";
import * as links from "../db/activity_links.ts";
import * as affiliations from "../db/affiliations.ts";
import * as people from "../db/arrivals/people.ts";
import * as caseEvents from "../db/case_events.ts";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import * as clocks from "../db/case_clocks.ts";
import * as bulkChanges from "../db/bulk_changes.ts";
import * as companies from "../db/companies.ts";
import * as companyNames from "../db/company_names.ts";
import * as contacts from "../db/contacts.ts";
import * as customFields from "../db/custom_fields.ts";
import * as customSettling from "../db/custom_settling.ts";
import * as customValues from "../db/custom_values.ts";
import * as consents from "../db/consents.ts";
import { hold } from "../db/held_records.ts";
import type { Scope } from "../db/scope.ts";
import * as halts from "../db/halts.ts";
import { newId } from "../db/ids.ts";
import * as restrictions from "../db/restrictions.ts";
import * as searchTexts from "../db/search_texts.ts";
import * as tags from "../db/tags.ts";
import { secretKey } from "./support/db.ts";
import { isBlocked } from "./support/blocking.ts";
import { cast, type Person } from "./support/cast.ts";
import { define, fieldName } from "./support/custom_fields.ts";
import { idOf, text, values } from "./support/html.ts";

const person = (lastName: string) => ({ lastName, origin: "card", _anyway: "1" });

/** Sends the edit form of a company as it stands, with these fields changed. */
async function edit(by: Person, id: string, fields: Record<string, string>): Promise<Response> {
  const html = await (await by.get(`/companies/${id}/edit`)).text();
  const form = { name: values(html, "name")[0]!, version: values(html, "version")[0]! };
  return await by.post(`/companies/${id}/edit`, { ...form, ...fields });
}

Deno.test("a contact's positions are saved while its company is renamed", async () => {
  const { alice, bob, test } = await cast();
  const place = { "companies.0.name": "Altwerk GmbH" };
  const contact = idOf(await alice.post("/contacts/new", { ...person("Kern"), ...place }));
  const [{ companyId }] = (await alice.scope((scope) => contacts.find(scope, contact)))
    .companies as [affiliations.Affiliation];
  let renamed: Promise<Response>;
  await alice.scope(async (scope) => {
    await hold(scope, "contacts", contact);
    const { companies: places } = await contacts.find(scope, contact);
    renamed = edit(bob, companyId, { name: "Neuwerk GmbH" });
    await isBlocked(test.db.owner, scope.sql);
    await affiliations.assign(scope, contact, [{ ...places[0]!, role: "Leitung" }]);
  });
  equal((await renamed!).status, 303);
  ok((await text(await alice.get("/contacts?q=neuwerk"))).includes("Kern"));
});

Deno.test("a tag is given to many while it is renamed", async () => {
  const { alice, bob, test } = await cast();
  const carrier = idOf(await alice.post("/contacts/new", { ...person("Kern"), newTags: "Messe" }));
  const other = idOf(await alice.post("/contacts/new", person("Lang")));
  const { rows: [tag] } = await alice.scope(tags.list);
  let given: Promise<unknown>;
  await alice.scope(async (scope) => {
    await tags.find(scope, tag!.id);
    given = bob.scope((their) =>
      bulkChanges.create(
        their,
        newId(),
        { kind: "contact", action: "tag", value: tag!.id },
        { ids: [carrier, other] },
        2,
      )
    );
    given.catch(() => {});
    await isBlocked(test.db.owner, scope.sql);
    await scope.sql`update tags set name = 'Hannover' where id = ${tag!.id}`;
    await scope.sql`update contacts set version = version + 1 where id = ${carrier}`;
    await searchTexts.refresh(scope, "contact", [carrier]);
  });
  await given!;
  const { rows: [after] } = await alice.scope(tags.list);
  deepEqual([after!.name, after!.contacts], ["Hannover", 2]);
});

Deno.test("of two companies put below each other at once one is refused", async () => {
  const { alice, bob, test } = await cast();
  const [alpha, beta] = [
    idOf(await alice.post("/companies/new", { name: "Alpha AG" })),
    idOf(await alice.post("/companies/new", { name: "Beta AG" })),
  ];
  let answer: Promise<Response>;
  await alice.scope(async (scope) => {
    const { custom: _, ...company } = await companies.find(scope, alpha);
    await companies.update(scope, alpha, company.version, { ...company, parentName: "Beta AG" });
    answer = edit(bob, beta, { parentName: "Alpha AG" });
    await isBlocked(test.db.owner, scope.sql);
  });
  equal((await answer!).status, 422);
});

Deno.test("a value is saved while the search follows a choice's new label", async () => {
  const { alice, test } = await cast();
  const choices = { "choices.0.labelDe": "Gold", "choices.1.labelDe": "Silber" };
  const field = await define(alice, { kind: "choice", labelDe: "Stufe", ...choices });
  const [gold, silver] = (await alice.scope((scope) => customFields.find(scope, field))).choices;
  const contact = idOf(
    await alice.post("/contacts/new", { ...person("Kern"), [fieldName(field)]: gold!.id }),
  );
  await alice.scope(({ sql }) =>
    sql`update custom_choices set label_de = 'Platin' where id = ${gold!.id}`
  );
  let followed: Promise<string | null>;
  await alice.scope(async (scope) => {
    await hold(scope, "contacts", contact);
    followed = alice.scope((other) => customSettling.work(other, { fieldId: field }, null));
    followed.catch(() => {});
    await isBlocked(test.db.owner, scope.sql);
    const custom = { [field]: [silver!.id] };
    await customValues.assign(scope, "contact", [{ id: contact, custom }]);
  });
  equal(await followed!, null);
});

Deno.test("a new company that two name at once is created once", async () => {
  const { alice, bob, test } = await cast();
  let answer: Promise<Response>;
  await alice.scope(async (scope) => {
    await companyNames.ensure(scope, "Neuwerk GmbH");
    const place = { "companies.0.name": "neuwerk gmbh" };
    answer = bob.post("/contacts/new", { ...person("Kern"), ...place });
    await isBlocked(test.db.owner, scope.sql);
  });
  equal((await answer!).status, 303);
  const rows = await test.db.owner`select from companies where tenant_id = ${alice.tenantId}`;
  equal(rows.length, 1);
});

const touches: [string, (scope: Scope, ids: string[], activityId: string) => Promise<unknown>][] = [
  ["a mail", (scope, ids) => people.touch(scope, ids, scope.now)],
  ["an activity", (scope, _, activityId) => links.touch(scope, activityId)],
];

for (const [what, touch] of touches) {
  Deno.test(`records that ${what} names are touched in the order of their ids`, async () => {
    const { alice, test } = await cast();
    const ids = [
      idOf(await alice.post("/contacts/new", person("Kern"))),
      idOf(await alice.post("/contacts/new", person("Lang"))),
    ].sort();
    const activity = idOf(
      await alice.post("/activities/new", {
        kind: "task",
        subject: "Anruf",
        about: ids.map((id) => `contact:${id}`),
      }),
    );
    // Rewritten in reverse: on disk the later one comes first now.
    for (const id of ids.toReversed()) {
      await test.db.owner`update contacts set last_touch_at = '2026-01-01' where id = ${id}`;
    }
    let touched: Promise<unknown>;
    await alice.scope(async (scope) => {
      await hold(scope, "contacts", ids[0]!);
      touched = alice.scope(async (other) => {
        await other.sql`set local enable_indexscan = off`;
        await other.sql`set local enable_bitmapscan = off`;
        await touch(other, ids, activity);
      });
      touched.catch(() => {});
      await isBlocked(test.db.owner, scope.sql);
      await hold(scope, "contacts", ids[1]!);
    });
    await touched!;
  });
}

for (const place of [0, 1]) {
  Deno.test(`overdue restrictions are lifted while somebody works on case ${place + 1} of two`, async () => {
    const { alice, test } = await cast();
    const by = { kind: "user", id: alice.userId } as const;
    const caseIds: string[] = [];
    for (const lastName of ["Kern", "Lang"]) {
      const contactIds = [idOf(await alice.post("/contacts/new", person(lastName)))];
      await alice.scope(async (scope) => {
        const found = await cases.create(scope, secretKey, {
          ...{ id: newId(), channel: "form", language: "de", body: "Bitte." },
          ...{ personName: lastName, personEmail: `${lastName}@example.org`, personAddress: "" },
          claims: [{ right: "restriction", sentence: "" }],
        }, by);
        const [item] = await caseItems.list(scope, found!.id);
        await restrictions.impose(scope, { contactIds, ground: "accuracy", itemId: item!.id });
        caseIds.push(found!.id);
      });
    }
    await test.db.owner`
    update restrictions set lift_on = '2026-01-01', told_at = '2025-12-01'
    where tenant_id = ${alice.tenantId}
  `;
    const caseId = caseIds[place]!;
    let lifted: Promise<void>;
    await alice.scope(async (scope) => {
      await clocks.lock(scope, caseId);
      lifted = alice.scope(halts.liftDue);
      lifted.catch(() => {});
      await isBlocked(test.db.owner, scope.sql);
      await caseEvents.append(scope, { caseId, action: "noted", reason: "Rückfrage", by });
    });
    await lifted!;
    const left = await test.db.owner`
    select from restrictions where tenant_id = ${alice.tenantId} and lifted_at is null
  `;
    equal(left.length, 0);
  });
}

Deno.test("a consent is withdrawn on its page while a request withdraws all", async () => {
  const { alice, test } = await cast();
  const contact = idOf(await alice.post("/contacts/new", person("Kern")));
  const [consent, caseId] = [newId(), newId()];
  const itemId = await alice.scope(async (scope) => {
    await consents.create(scope, contact, consent, {
      ...{ channels: ["email"], purpose: "marketing", textVersion: "1" },
      ...{ givenOn: "2026-01-02", givenHow: "paper", proof: "" },
    });
    const { id } = (await cases.create(scope, secretKey, {
      ...{ id: caseId, channel: "form", language: "de", body: "Ich widerrufe." },
      ...{ personName: "Kern", personEmail: "", personAddress: "" },
      claims: [{ right: "withdrawal", sentence: "" }],
    }, { kind: "user", id: alice.userId }))!;
    return (await caseItems.list(scope, id))[0]!.id;
  });
  const all = {
    contactIds: [contact],
    identityIds: [],
    emails: [],
    phones: [],
    names: [],
    numbers: [],
  };
  let requested: Promise<void>;
  await alice.scope(async (scope) => {
    await hold(scope, "contacts", contact);
    requested = alice.scope((other) => halts.run(other, secretKey, itemId, all));
    requested.catch(() => {});
    await isBlocked(test.db.owner, scope.sql);
    await consents.withdraw(scope, contact, consent);
  });
  await requested!;
  const standing = await test.db.owner`
    select from consents where contact_id = ${contact} and withdrawn_at is null
  `;
  equal(standing.length, 0);
});
