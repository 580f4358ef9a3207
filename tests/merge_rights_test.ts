/** Persons' rights when their records are merged: the stricter wins, and nothing outlives erasure. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as packages from "../db/access_packages.ts";
import { personOf } from "../db/candidates.ts";
import * as changes from "../db/changes.ts";
import { now } from "../db/clock.ts";
import * as fields from "../db/merge_fields.ts";
import * as mergeEnds from "../db/merge_ends.ts";
import * as merges from "../db/merges.ts";
import { newId } from "../db/ids.ts";
import type { Scope } from "../db/scope.ts";
import { jobs } from "../jobs/jobs.ts";
import type { Fields } from "./support/app.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { idOf, text } from "./support/html.ts";
import { newDeal } from "./support/deals.ts";
import { fileOf, importAll } from "./support/imports.ts";
import { merge } from "./support/merging.ts";
import { drain } from "./support/worker.ts";

async function made(client: Person, lastName: string, more: Fields = {}): Promise<string> {
  const answer = await client.post("/contacts/new", {
    _anyway: "1",
    origin: "card",
    firstName: "Ute",
    lastName,
    ...more,
  });
  equal(answer.status, 303);
  return idOf(answer);
}

const mail = (address: string): Fields => ({ "emails.0.address": address });

async function pair(alice: Person): Promise<[string, string]> {
  return [
    await made(alice, "Meyer", mail("meyer@a.example")),
    await made(alice, "Maier", mail("maier@b.example")),
  ];
}

const emails = async ({ test }: Cast, id: string) =>
  (await test.db.owner<{ address: string }[]>`
    select address from emails where contact_id = ${id} order by position
  `).map(({ address }) => address);

Deno.test("an objection of either applies, with the earlier date; a withdrawn consent stays withdrawn", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const [a, b] = await pair(alice);
  const row = { tenantId: alice.tenantId, contactId: a };
  const objected = (contactId: string, channel: string, objectedAt: string) =>
    owner`insert into objections ${owner({ ...row, contactId, id: newId(), channel, objectedAt })}`;
  await objected(a, "email", "2026-05-01");
  await objected(b, "email", "2026-03-01");
  await objected(b, "phone", "2026-04-01");
  const consent = {
    ...row,
    channel: "email",
    purpose: "newsletter",
    textVersion: "1",
    givenHow: "x",
  };
  const open = newId();
  const later = newId();
  await owner`insert into consents ${owner({ ...consent, id: open, givenAt: "2026-01-01" })}`;
  await owner`insert into consents ${owner({ ...consent, id: later, givenAt: "2026-08-01" })}`;
  await owner`insert into consents ${
    owner({
      ...{ ...consent, contactId: b, id: newId() },
      ...{ givenAt: "2025-01-01", withdrawnAt: "2026-02-01" },
    })
  }`;
  const id = await merge(alice, "contact", [a, b]);
  const objections = await owner`
    select channel, objected_at::date::text as day from objections where contact_id = ${a} order by channel
  `;
  deepEqual(objections.map(({ channel, day }) => [channel, day]), [
    ["email", "2026-03-01"],
    ["phone", "2026-04-01"],
  ]);
  const withdrawn = async (id: string) =>
    (await owner`select withdrawn_at from consents where id = ${id}`)[0]!.withdrawnAt !== null;
  deepEqual(
    [await withdrawn(open), await withdrawn(later)],
    [true, false],
    "given again, it holds",
  );
  await alice.post(`/merges/${id}/undo`);
  equal(await withdrawn(open), false);
});

Deno.test("an objection made while two were merged holds for both after the undo", async () => {
  const { alice, test } = await cast();
  const [a, b] = await pair(alice);
  const id = await merge(alice, "contact", [a, b]);
  await alice.post(`/contacts/${a}/objections`, { channels: ["post"] });
  await alice.post(`/merges/${id}/undo`);
  const rows = await test.db
    .owner`select contact_id from objections where tenant_id = ${alice.tenantId}`;
  deepEqual(rows.map(({ contactId }) => contactId).sort(), [a, b].sort());
});

Deno.test("a restriction, the longest retention and a hold of any of them are the survivor's", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const [a, b] = await pair(alice);
  await owner`
    update contacts
    set restricted_at = '2026-05-01', restricted_reason = 'claims', retain_until = '2031-12-31',
      retain_reason = 'voucher'
    where id = ${b}
  `;
  await owner`update contacts set retain_until = '2029-12-31', retain_reason = 'letter' where id = ${a}`;
  await owner`insert into holds ${
    owner({
      ...{ tenantId: alice.tenantId, id: newId(), contactId: b, kind: "dispute" },
      ...{ reason: "Streit", reviewOn: "2027-01-01", createdAt: now() },
    })
  }`;
  // Nobody is offered a restricted one: only who answers persons could merge it.
  await alice.scope(async (scope: Scope) => {
    await scope.sql`set local app.sees_restricted = 'on'`;
    const candidates = await fields.find(scope, "contact", [a, b]);
    const records = candidates.map(({ id, version }) => ({ id, version }));
    const open = fields.openChoices(scope, "contact", candidates);
    const choices = Object.fromEntries(open.map((name) => [name, a]));
    await merges.create(scope, { id: newId(), kind: "contact", records, choices });
  });
  const [row] = await owner`
    select restricted_reason, retain_until::text, retain_reason,
      (select count(*)::int from holds h where h.contact_id = c.id) as holds
    from contacts c where id = ${a}
  `;
  deepEqual({ ...row }, {
    restrictedReason: "claims",
    retainUntil: "2031-12-31",
    retainReason: "voucher",
    holds: 1,
  });
  equal((await alice.get(`/contacts/${a}`)).status, 404, "hidden like any restricted person");
});

Deno.test("places of work keep role and period; a bare one goes into the one that says more", async () => {
  const { alice, test } = await cast();
  const place = (role: string, since = "") => ({
    "companies.0.name": "Kupferhof",
    "companies.0.role": role,
    "companies.0.since": since,
  });
  const a = await made(alice, "Meyer", place(""));
  const b = await made(alice, "Meyer", place("Einkauf", "2024-01-01"));
  const c = await made(alice, "Meyer", place("Vertrieb", "2025-01-01"));
  const id = await merge(alice, "contact", [a, b, c], b);
  const rows = async (id: string) =>
    (await test.db.owner`
      select role, since_on::text as since, is_primary
      from affiliations where contact_id = ${id} order by role
    `).map(({ role, since, isPrimary }) => [role, since, isPrimary]);
  deepEqual(await rows(a), [["Einkauf", "2024-01-01", true], ["Vertrieb", "2025-01-01", false]]);
  await alice.post(`/merges/${id}/undo`);
  deepEqual(await rows(a), [["", null, true]]);
  deepEqual(await rows(c), [["Vertrieb", "2025-01-01", true]]);
});

Deno.test("an undo restores what the survivor's form rewrote, and leaves what was changed since", async () => {
  const here = await cast();
  const { alice, test } = here;
  const [a, b] = await pair(alice);
  const id = await merge(alice, "contact", [a, b], b);
  deepEqual(
    await emails(here, a),
    ["maier@b.example", "meyer@a.example"],
    "the chosen one's first",
  );
  const [{ version }] = await test.db.owner<
    [{ version: number }]
  >`select version from contacts where id = ${a}`;
  const edited = await alice.post(`/contacts/${a}/edit`, {
    version: String(version),
    ...{ firstName: "Ute", lastName: "Neu", position: "Leitung", ...mail("neu@a.example") },
    ...{ status: "lead", language: "de", addressForm: "formal", source: "Karte" },
    ...{ legalBasis: "legitimate_interest", purpose: "sales" },
  });
  equal(edited.status, 303, edited.status === 422 ? await text(edited) : "");
  await alice.post(`/merges/${id}/undo`);
  deepEqual(await emails(here, b), ["maier@b.example"]);
  deepEqual(await emails(here, a), ["neu@a.example"]);
  const [row] = await test.db.owner`select last_name, position from contacts where id = ${a}`;
  deepEqual({ ...row }, { lastName: "Neu", position: "Leitung" });
});

Deno.test("merges are undone the last one first, and not after 30 days: then what was hidden is erased", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const [a, b] = await pair(alice);
  const c = await made(alice, "Mayer");
  const first = await merge(alice, "contact", [a, b]);
  const second = await merge(alice, "contact", [a, c]);
  await alice.post(`/merges/${first}/undo`);
  match(await text(await alice.get("/merges")), /erst nach der späteren Zusammenführung/);
  await alice.post(`/merges/${second}/undo`);
  await alice.post(`/merges/${first}/undo`);
  const [open] = await owner`
    select count(*)::int as n from contacts
    where tenant_id = ${alice.tenantId} and deleted_at is null
  `;
  equal(open!.n, 3);
  const third = await merge(alice, "contact", [a, b]);
  await owner`update merges set undo_until = '2026-01-01' where id = ${third}`;
  await alice.post(`/merges/${third}/undo`);
  match(await text(await alice.get("/merges")), /nicht mehr rückgängig/);
  await erase(test);
  const [left] = await owner`
    select (select count(*)::int from contacts where id = ${b}) as hidden,
      (select count(*)::int from merge_rows where merge_id = ${third}) as copies
  `;
  deepEqual({ ...left }, { hidden: 0, copies: 0 });
  equal((await alice.get(`/contacts/${b}`)).headers.get("Location"), `/contacts/${a}`, "still");
});

async function erase({ db, services }: Cast["test"]): Promise<void> {
  const job = jobs.find(({ name }) => name === "erase_trash")!;
  const tools = { ...services, pool: db.app, signal: new AbortController().signal };
  await job.run(tools as never, { tenantId: null } as never);
}

Deno.test("a search for the person finds what was merged, and its erasure takes the undo copy along", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const [a, b] = await pair(alice);
  const id = await merge(alice, "contact", [a, b]);
  const person = await alice.scope((scope) => personOf(scope, [b]));
  deepEqual([...person.contactIds].sort(), [a, b].sort());
  deepEqual([...person.names].sort(), ["Ute Maier", "Ute Meyer"]);
  deepEqual([...person.emails].sort(), ["maier@b.example", "meyer@a.example"]);
  await alice.scope((scope) => mergeEnds.forget(scope, [a]));
  const [left] = await owner`
    select (select count(*)::int from contacts where id = ${b}) as hidden,
      (select count(*)::int from merges where id = ${id}) as merges,
      (select count(*)::int from merge_rows where merge_id = ${id}) as copies
  `;
  deepEqual({ ...left }, { hidden: 0, merges: 0, copies: 0 });
});

Deno.test("an answer shows the state before a merge, and of no employee an identifier (C-579/21)", async () => {
  const { alice, test } = await cast();
  const [a, b] = await pair(alice);
  await test.db.owner`
    update contacts set updated_by = ${alice.userId}, owner_id = ${alice.userId} where id in (${a}, ${b})
  `;
  await merge(alice, "contact", [a, b]);
  const { tables } = await alice.scope(async (scope) =>
    packages.read(scope, test.services.config, await personOf(scope, [a]))
  );
  const rows = tables.find(({ table }) => table === "merge_rows")!.rows;
  const told = JSON.stringify(rows);
  match(told, /"last_name":"Meyer"/);
  match(told, /"updated_by":"staff"/);
  ok(!told.includes(alice.userId));
});

Deno.test("an answer names no employee as a former or new owner either (C-579/21)", async () => {
  const { alice, bob, test } = await cast();
  const [id] = await pair(alice);
  await alice.scope(async (scope) => {
    const fields = [{ name: "owner_id", from: alice.userId, to: bob.userId }];
    await changes.record(scope, { kind: "contact", id: id!, action: "updated", fields });
    const bulk = { tenantId: alice.tenantId, id: newId(), kind: "contact", action: "owner" };
    const more = { value: bob.userId, status: "done", total: 1, createdBy: alice.userId };
    const at = { createdAt: scope.now, undoUntil: scope.now };
    await scope.sql`insert into bulk_changes ${scope.sql({ ...bulk, ...more, ...at })}`;
    await scope.sql`
      insert into bulk_change_rows (tenant_id, bulk_change_id, contact_id, state, old)
      values (${alice.tenantId}, ${bulk.id}, ${id!}, 'changed', ${alice.userId})
    `;
  });
  const { tables } = await alice.scope(async (scope) =>
    packages.read(scope, test.services.config, await personOf(scope, [id!]))
  );
  const rows = (name: string) => JSON.stringify(tables.find(({ table }) => table === name)?.rows);
  match(rows("changes"), /"to":"staff","from":"staff","name":"owner_id"/);
  match(rows("bulk_change_rows"), /"old":"staff"/);
  const all = JSON.stringify(tables);
  ok(!all.includes(alice.userId) && !all.includes(bob.userId));
});

Deno.test("a survivor that is erased from the trash takes hidden records and copies with it", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const [a, b] = await pair(alice);
  await merge(alice, "contact", [a, b]);
  await alice.post(`/contacts/${a}/deletion`);
  await owner`update contacts set erase_after = '2026-01-01' where id = ${a}`;
  await erase(test);
  const rows = await owner`select id from contacts where id in (${a}, ${b})`;
  const copies = await owner`select from merge_rows where tenant_id = ${alice.tenantId}`;
  deepEqual([rows.length, copies.length], [0, 0]);
});

Deno.test("a person erased from the trash, by retention or with an import leaves no role in an undo copy", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const { tenantId } = alice;
  const importId = await importAll(alice, fileOf("Vorname;Nachname\nUte;Einfuhr\n"));
  const [imported] = await owner`select id from contacts where import_id = ${importId}`;
  const trashed = await made(alice, "Papierkorb");
  const retained = await made(alice, "Frist");
  const twin = await made(alice, "Doppelt");
  const people = [trashed, twin, retained, imported!.id as string, await made(alice, "Bleibt")];
  const companies: string[] = [];
  const deals: string[] = [];
  for (const title of ["Kern Bau", "Kern Holz"]) {
    companies.push(idOf(await alice.post("/companies/new", { _anyway: "1", name: title })));
    deals.push(await newDeal(alice, { title }));
  }
  await owner`insert into affiliations ${
    owner(people.flatMap((contactId) =>
      companies.map((companyId, at) => ({
        ...{ tenantId, id: newId(), contactId, companyId },
        role: at === 0 ? "" : `Polier ${contactId}`,
      }))
    ))
  }`;
  await owner`insert into deal_contacts ${
    owner(people.flatMap((contactId) =>
      deals.map((dealId) => ({
        ...{ tenantId, dealId, contactId, addedAt: now(), role: `Bauherr ${dealId} ${contactId}` },
      }))
    ))
  }`;
  await merge(alice, "company", companies);
  await merge(alice, "deal", deals);
  const named = async () => {
    const rows = await owner<{ text: string }[]>`
      select r::text as text from merge_rows r where tenant_id = ${tenantId}
    `;
    return people.map((id) =>
      ["Polier", "Bauherr"].filter((role) =>
        rows.some(({ text }) => new RegExp(`${role}[^"]* ${id}`).test(text))
      ).length
    );
  };
  deepEqual(await named(), [2, 2, 2, 2, 2]);
  await merge(alice, "contact", [trashed, twin]);
  await alice.post(`/contacts/${trashed}/deletion`);
  await owner`update contacts set erase_after = '2026-01-01' where id = ${trashed}`;
  await owner`
    update contacts
    set restricted_at = '2020-01-01', restricted_reason = 'retention', restricted_until = '2025-12-31'
    where id = ${retained}
  `;
  await erase(test);
  equal((await alice.post(`/imports/${importId}/undo`)).status, 303);
  deepEqual((await drain(test)).failed, []);
  deepEqual(await named(), [0, 0, 0, 0, 2]);
});

Deno.test("a company goes into its parent without belonging to itself, its subsidiaries along", async () => {
  const { alice, test } = await cast();
  const company = async (name: string, parentName = "") =>
    idOf(await alice.post("/companies/new", { _anyway: "1", name, parentName }));
  const parent = await company("Kupferhof Gruppe");
  const child = await company("Kupferhof", "Kupferhof Gruppe");
  const grandchild = await company("Kupferhof Nord", "Kupferhof");
  const id = await merge(alice, "company", [parent, child]);
  const parentOf = async (id: string) =>
    (await test.db.owner`select parent_id from companies where id = ${id}`)[0]!.parentId;
  deepEqual([await parentOf(parent), await parentOf(grandchild)], [null, parent]);
  await alice.post(`/merges/${id}/undo`);
  deepEqual([await parentOf(child), await parentOf(grandchild)], [parent, child]);
  ok(id);
});

Deno.test("custom fields are chosen like the others, several values together, and split again by the undo", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const { tenantId } = alice;
  const ids = await pair(alice);
  const field = newId();
  await owner`insert into custom_fields ${
    owner({
      ...{ tenantId, id: field, recordKind: "contact", kind: "text", name: "hobby", position: 0 },
      ...{ labelDe: "Steckenpferd", category: "content", purpose: "sales", legalBasis: "contract" },
      ...{ createdAt: now(), updatedAt: now() },
    })
  }`;
  const values = [[ids[0], 0, "Rudern"], [ids[1], 0, "Segeln"], [ids[1], 1, "Schach"]] as const;
  for (const [contactId, item, value] of values) {
    await owner`insert into custom_values ${
      owner({ tenantId, id: newId(), fieldId: field, kind: "text", contactId, item, value })
    }`;
  }
  const valuesOf = async (id: string) =>
    (await owner`select value from custom_values where contact_id = ${id} order by item`)
      .map(({ value }) => value);
  const page = await text(
    await alice.get(`/merges/new?kind=contact&ids=${ids[0]}&ids=${ids[1]}`),
  );
  match(page, /Steckenpferd/);
  const id = await merge(alice, "contact", ids, ids[1]);
  deepEqual(await valuesOf(ids[0]), ["Segeln", "Schach"]);
  await alice.post(`/merges/${id}/undo`);
  deepEqual([await valuesOf(ids[0]), await valuesOf(ids[1])], [["Rudern"], ["Segeln", "Schach"]]);
});
