/** Records merged and separated again: nothing is lost, nothing is left over, the stricter right wins. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { formId, newId } from "../db/ids.ts";
import { moves, stays } from "../db/merge_rules.ts";
import { tables as recordTables } from "../db/record_kinds.ts";
import type { Scope } from "../db/scope.ts";
import { errors } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { newDeal } from "./support/deals.ts";
import { formOf as sent, idOf, text } from "./support/html.ts";
import { formOf, type Kind, merge } from "./support/merging.ts";
import { newMark, type Stock, stock } from "./support/stock.ts";

/** The rows of every table of the tenant, but versions and what is only ever added. */
async function rowsOf(
  { tenantId, test: { db: { owner } } }: Person,
): Promise<Record<string, string[]>> {
  const tables = await owner<{ name: string }[]>`
    select c.relname as name
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace
      and c.relkind = 'r'
      and c.relname not in ('changes', 'sessions', 'merges', 'ledger_entries', 'webhook_deliveries')
    order by c.relname
  `;
  const rows: Record<string, string[]> = {};
  for (const { name } of tables) {
    const found = await owner<{ row: string }[]>`
      select (to_jsonb(t) - ${
      made.includes(name) ? ["version", "id"] : ["version"]
    }::text[])::text as row
      from ${owner(name)} t
      where t.tenant_id = ${tenantId}
      order by 1
    `;
    rows[name] = found.map(({ row }) => unordered(row));
  }
  return rows;
}

/** Tables that a merge rewrites. */
const made = ["stat_facts"];

/** Several companies' words are in a search text in whatever order the plan brings them. */
const unordered = (row: string): string =>
  row.replace(/"search": "([^"]*)"/, (_, words: string) => `"search": ${words.split(" ").sort()}`);

const counts = (rows: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(rows).filter(([name]) => !["merge_rows", "former_ids"].includes(name))
      .map(([name, { length }]) => [name, length]),
  );

/** Links some rows of the first record to the second as well. */
async function share(
  { tenantId, test: { db: { owner } } }: Person,
  kind: Kind,
  [one, other]: [string, string],
  tables: readonly string[],
): Promise<void> {
  for (const table of tables) {
    const rule = moves[kind].find((each) => each.table === table)!;
    const rows = await owner`
      select *
      from ${owner(table)}
      where tenant_id = ${tenantId}
        and ${owner(rule.column)} = ${one}
    `;
    for (const row of rows) {
      const camel = (name: string) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
      const copy: Record<string, unknown> = { ...row, [camel(rule.column)]: other };
      if ("id" in copy) copy.id = newId();
      if (rule.copied) copy[camel(rule.copied)] = other;
      for (const generated of ["addressKey", "domain", "cityKey"]) delete copy[generated];
      await owner`insert into ${owner(table)} ${owner(copy as never)} on conflict do nothing`;
    }
  }
}

const shareable = {
  contact: [
    ...["emails", "phones", "addresses", "contact_tags", "affiliations", "activity_links"],
    ...["message_links", "file_links", "objections", "deal_contacts", "visits", "looks"],
    ...["activity_participants", "consents"],
  ],
  company: [
    ...["emails", "phones", "addresses", "company_tags", "affiliations", "activity_links"],
    ...["message_links", "file_links"],
  ],
  deal: [
    ...["deal_tags", "deal_contacts", "activity_links", "message_links", "file_links", "visits"],
    "deal_stage_changes",
  ],
};

for (const kind of ["contact", "company", "deal"] as const) {
  Deno.test(`merging two of ${kind} and undoing it leaves every table as it was, whatever they share`, async () => {
    const { alice } = await cast();
    await fc.assert(
      fc.asyncProperty(fc.subarray(shareable[kind]), fc.boolean(), async (tables, second) => {
        const [a, b] = [await stock(alice, newMark()), await stock(alice, newMark())];
        const ids: [string, string] = [a[kind], b[kind]];
        await share(alice, kind, ids, tables);
        await alice.scope(renewSearch);
        const before = await rowsOf(alice);
        const id = await merge(alice, kind, ids, ids[second ? 1 : 0]);
        const merged = await rowsOf(alice);
        deepEqual(counts(merged), counts(before), "no row is lost, none is made");
        await nothingLeft(alice, kind, ids);
        equal((await alice.post(`/merges/${id}/undo`)).status, 303);
        const after = await rowsOf(alice);
        for (const name of Object.keys(before)) deepEqual(after[name], before[name], name);
      }),
      { numRuns: 3, examples: [[shareable[kind], true], [[], false]] },
    );
    deepEqual(errors, []);
  });
}

/** Search texts as the product writes them: the stock's are made by hand. */
async function renewSearch({ sql, tenantId }: Scope): Promise<void> {
  await sql`
    select refresh_contact_search(array(select id from contacts where tenant_id = ${tenantId})),
      refresh_company_search(array(select id from companies where tenant_id = ${tenantId})),
      refresh_deal_search(array(select id from deals where tenant_id = ${tenantId}))
  `;
}

/** The hidden record keeps only what the survivor has as well, or what a rule leaves there. */
async function nothingLeft(
  { tenantId, test: { db: { owner } } }: Person,
  kind: Kind,
  ids: readonly string[],
): Promise<void> {
  const [hidden] = await owner<{ id: string; mergedInto: string }[]>`
    select id, merged_into
    from ${owner(recordTables[kind])}
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
      and merged_into is not null
  `;
  ok(hidden);
  for (const { table, column, same, alike } of moves[kind]) {
    const [row]: { n: number }[] = await owner<{ n: number }[]>`
      select count(*)::int as n
      from ${owner(table)} t
      where t.tenant_id = ${tenantId}
        and t.${owner(column)} = ${hidden.id}
        ${
      (same ?? []).length === 0 ? owner`` : owner`and not exists (
          select
          from ${owner(table)} s
          where s.tenant_id = t.tenant_id
            and s.${owner(column)} = ${hidden.mergedInto}
            and to_jsonb(s) @> (
              select jsonb_object_agg(k, to_jsonb(t) -> k)
              from unnest(${[...same!]}::text[]) k
            )
        )`
    }
    `;
    if (!alike) equal(row!.n, 0, `${table}.${column}`);
  }
  ok(stays[kind].length > 0);
}

async function two(person: Person): Promise<[Stock, Stock]> {
  return [await stock(person, newMark()), await stock(person, newMark())];
}

Deno.test("the old address leads to the survivor, which shows what both had; the list shows one", async () => {
  const { alice, charlie } = await cast();
  const [a, b] = await two(alice);
  const { owner } = alice.test.db;
  await owner`update contacts set name_prefix = 'van der' where id in (${a.contact}, ${b.contact})`;
  const id = await merge(alice, "contact", [a.contact, b.contact]);
  const answer = await alice.get(`/contacts/${b.contact}`);
  equal(answer.headers.get("Location"), `/contacts/${a.contact}`);
  equal((await charlie.get(`/contacts/${b.contact}`)).status, 404);
  const [, mark] = /(m[0-9a-fx]{12}) contact/.exec(
    await text(await alice.get(`/contacts/${a.contact}`)),
  )!;
  ok(mark);
  ok(!(await text(await alice.get("/trash"))).includes("Zusammengef"), "not in the trash");
  const list = await text(await alice.get("/merges"));
  match(list, /Rückgängig/);
  match(list, /van der m\w+ contact van der m\w+ contact/, "both with their whole names");
  equal((await charlie.post(`/merges/${id}/undo`)).status, 404);
  await alice.post(`/merges/${id}/undo`);
  equal((await alice.get(`/contacts/${b.contact}`)).status, 200);
});

Deno.test("the survivor's history shows what happened to the other, marked and a page at a time", async () => {
  const { alice } = await cast();
  const [a, b] = await two(alice);
  const { owner } = alice.test.db;
  await alice.post(`/contacts/${b.contact}/objections`, { channels: "post" });
  const before = await text(await alice.get(`/contacts/${a.contact}`));
  ok(!before.includes("Widerspruch vermerkt"));
  const id = await merge(alice, "contact", [a.contact, b.contact]);
  const page = (of = "changes") => alice.get(`/contacts/${a.contact}?timeline=${of}`);
  const after = await text(await page());
  match(await text(await page("privacy")), /Widerspruch vermerkt \(zusammengeführter Eintrag\)/);
  match(after, /zusammengeführt(?! Eintrag)/, "what was done to the survivor itself is not marked");
  await owner`
    insert into changes (tenant_id, id, record_kind, record_id, action, actor_kind, at)
    select ${alice.tenantId}, gen_random_uuid(), 'contact', ${b.contact}, 'updated', 'system',
      now() - (k || ' hours')::interval
    from generate_series(1, 40) as k
  `;
  const first = await (await page()).text();
  const older = /href="([^"]*before=[^"]*)"/.exec(first)![1]!.replaceAll("&amp;", "&");
  const second = await (await alice.get(older)).text();
  const shown = [first, second].map((html) => html.split("(zusammengeführter Eintrag)").length - 1);
  ok(shown[0]! <= 30, "no more than a page");
  equal(shown[0]! + shown[1]!, after.split("(zusammengeführter Eintrag)").length - 1 + 40);
  await alice.post(`/merges/${id}/undo`);
  ok(!(await text(await page())).includes("(zusammengeführter Eintrag)"));
});

Deno.test("three become one by what is chosen of each of them, and are three again", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  const stocks = [...await two(alice), await stock(alice, newMark())];
  const ids = stocks.map(({ contact }) => contact) as [string, string, string];
  for (const [at, id] of ids.entries()) {
    await owner`update contacts set first_name = ${`Vorname ${at}`} where id = ${id}`;
    if (at === 0) continue;
    // The second and the third share what the first does not have.
    await owner`
      insert into emails (tenant_id, id, contact_id, kind, address, position)
      values (${alice.tenantId}, gen_random_uuid(), ${id}, 'work', 'eine@dreier.example', 9)
    `;
  }
  await alice.scope(renewSearch);
  const before = await rowsOf(alice);
  const form = await formOf(alice, "contact", ids, ids[2]);
  const chosen = { ...form, "choice.first_name": ids[1] };
  equal((await alice.post("/merges/new", chosen)).status, 303);
  deepEqual(counts(await rowsOf(alice)), counts(before), "no row is lost, none is made");
  const [row] = await owner`
    select c.first_name, t.last_name = c.last_name as of_third, (
        select count(*)::int from emails
        where contact_id = c.id and address = 'eine@dreier.example'
      ) as addresses
    from contacts c, contacts t
    where c.id = ${ids[0]} and t.id = ${ids[2]}
  `;
  deepEqual(row, { firstName: "Vorname 1", ofThird: true, addresses: 1 });
  for (const id of ids.slice(1)) {
    const to = (await alice.get(`/contacts/${id}`)).headers.get("Location");
    equal(to, `/contacts/${ids[0]}`);
  }
  equal((await alice.post(`/merges/${form.id}/undo`)).status, 303);
  const after = await rowsOf(alice);
  for (const name of Object.keys(before)) deepEqual(after[name], before[name], name);
});

Deno.test("where records differ nothing is preselected: each field asks for a choice", async () => {
  const { alice } = await cast();
  const [a, b] = await two(alice);
  const fields = await formOf(alice, "contact", [a.contact, b.contact], "");
  const answer = await alice.post("/merges/new", fields);
  equal(answer.status, 422);
  const page = await text(answer);
  match(page, /Nachname: Bitte wählen Sie, was gelten soll/);
  match(page, /Notizen: Bitte wählen Sie/);
  const noted = {
    ...await formOf(alice, "contact", [a.contact, b.contact], b.contact),
    id: fields.id!,
  };
  equal((await alice.post("/merges/new", { ...noted, "choice.notes": "all" })).status, 303);
  const [row] = await alice.test.db.owner`
    select notes, last_name from contacts where id = ${a.contact}
  `;
  equal(row!.notes.split("\n\n").length, 2);
  const [loser] = await alice.test.db.owner`select last_name from contacts where id = ${b.contact}`;
  equal(row!.lastName, loser!.lastName, "the oldest is left, the other one's name was chosen");
});

Deno.test("a record whose notes a merge made long can be saved again, but grows no longer", async () => {
  const { alice } = await cast();
  const paths = [];
  for (const letter of ["a", "b"]) {
    const notes = letter.repeat(12_000);
    const person = { origin: "customer", lastName: "Lang", notes, _anyway: "1" };
    paths.push((await alice.post("/contacts/new", person)).headers.get("Location")!);
  }
  const ids = paths.map((path) => path.split("/").at(-1)!);
  const merging = await formOf(alice, "contact", ids, ids[0]!);
  equal((await alice.post("/merges/new", { ...merging, "choice.notes": "all" })).status, 303);
  const company = await alice.post("/companies/new", { name: "Lang", _anyway: "1" });
  const deal = `/deals/${await newDeal(alice, { title: "Lang" })}`;
  for (const table of ["companies", "deals"]) {
    await alice.test.db.owner`
      update ${alice.test.db.owner(table)}
      set notes = repeat('x', 24002)
      where tenant_id = ${alice.tenantId}
    `;
  }
  for (const path of [paths[0]!, company.headers.get("Location")!, deal]) {
    const form = sent(await (await alice.get(`${path}/edit`)).text());
    equal(form.notes!.length, 24_002, path);
    equal((await alice.post(`${path}/edit`, { ...form, notes: `${form.notes}x` })).status, 422);
    equal((await alice.post(`${path}/edit`, form)).status, 303, path);
  }
});

Deno.test("where only the e-mail addresses differ, which comes first is asked for too", async () => {
  const { alice } = await cast();
  const ids = [];
  for (const address of ["ute@kupferhof.example", "meyer@kupferhof.example"]) {
    const person = { lastName: "Meyer", origin: "card", _anyway: "1" };
    ids.push(idOf(await alice.post("/contacts/new", { ...person, "emails.0.address": address })));
  }
  const fields = await formOf(alice, "contact", ids, "");
  const answer = await alice.post("/merges/new", fields);
  equal(answer.status, 422);
  match(await text(answer), /E-Mail[^:]*: Bitte wählen Sie/);
  const chosen = { ...fields, "choice.emails": ids[1]! };
  equal((await alice.post("/merges/new", chosen)).status, 303);
  const rows = await alice.test.db.owner`
    select address from emails where contact_id = ${ids[0]!} order by position
  `;
  equal(rows[0]!.address, "meyer@kupferhof.example");
});

Deno.test("a company is shown by its name, with its legal form where the name lacks it", async () => {
  const { alice } = await cast();
  const ids = [];
  for (const name of ["Kern GmbH", "Kern Bau GmbH", "Kern Holz"]) {
    const legalForm = name === "Kern Holz" ? "KG" : "";
    ids.push(idOf(await alice.post("/companies/new", { name, legalForm, _anyway: "1" })));
  }
  const asked = new URLSearchParams([["kind", "company"], ...ids.map((id) => ["ids", id])]);
  const page = await text(await alice.get(`/merges/new?${asked}`));
  for (const name of ["Kern GmbH", "Kern Bau GmbH", "Kern Holz KG"]) ok(page.includes(name), name);
  equal(/GmbH GmbH/.test(page), false);
});

Deno.test("two who merge at once, and a form that is sent twice, merge once", async () => {
  const { alice, bob } = await cast();
  const [a, b] = await two(alice);
  const ids = [a.contact, b.contact];
  const [hers, his] = [
    await formOf(alice, "contact", ids, ids[0]!),
    await formOf(bob, "contact", ids, ids[1]!),
  ];
  const answers = await Promise.all([
    alice.post("/merges/new", hers),
    bob.post("/merges/new", his),
    alice.post("/merges/new", hers),
  ]);
  for (const { status, headers } of answers) {
    equal(status, 303);
    equal(headers.get("Location"), `/contacts/${a.contact}`);
  }
  const [made] = await alice.test.db.owner`
    select count(*)::int as n from merges where tenant_id = ${alice.tenantId} and id in (${hers
    .id as string}, ${his.id as string})
  `;
  equal(made!.n, 1);
  deepEqual(errors, []);
});

Deno.test("a merge that was gone back to, changed and sent again is not reported as done", async () => {
  const { alice } = await cast();
  const [a, b] = await two(alice);
  const fields = await formOf(alice, "contact", [a.contact, b.contact], a.contact);
  const form = { ...fields, id: formId() };
  equal((await alice.post("/merges/new", form)).headers.get("Location"), `/contacts/${a.contact}`);
  equal((await alice.post("/merges/new", form)).status, 303);
  match(await text(await alice.get(`/contacts/${a.contact}`)), /Die Einträge sind jetzt einer/);
  const changed = { ...form, "choice.last_name": b.contact };
  equal((await alice.post("/merges/new", changed)).status, 303);
  match(await text(await alice.get(`/contacts/${a.contact}`)), /inzwischen zusammengeführt/);
});

Deno.test("a record that was changed since it was compared is shown again, with what was chosen", async () => {
  const { alice, test } = await cast();
  const [a, b] = await two(alice);
  const fields = await formOf(alice, "contact", [a.contact, b.contact], a.contact);
  await test.db.owner`update contacts set version = version + 1 where id = ${b.contact}`;
  const answer = await alice.post("/merges/new", fields);
  equal(answer.status, 409);
  match(await text(answer), /inzwischen geändert/);
});

Deno.test("restricted and trashed records cannot be merged, nor those of another tenant", async () => {
  const { alice, charlie, vera, test } = await cast();
  const [a, b] = await two(alice);
  const asked = (id: string) => `/merges/new?kind=contact&ids=${a.contact}&ids=${id}`;
  equal((await alice.get(asked(b["trashed contact"]))).status, 404);
  equal((await charlie.get(asked(b.contact))).status, 404);
  equal((await vera.get(asked(b.contact))).status, 403);
  const fields = await formOf(alice, "contact", [a.contact, b.contact], a.contact);
  await test.db.owner`update contacts set restricted_at = now() where id = ${b.contact}`;
  equal((await alice.get(asked(b.contact))).status, 404);
  equal((await alice.post("/merges/new", fields)).status, 404);
  for (const bad of ["/merges/new", "/merges/new?ids=x&ids=y", "/merges/new?kind=offer&ids=1"]) {
    equal((await alice.get(bad)).headers.get("Location"), "/duplicates");
  }
});
