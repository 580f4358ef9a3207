/** Sample data: drawn by seed, harmless, and removed by one click. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as samples from "../db/samples.ts";
import { lookup as lookupPhone } from "../db/phones.ts";
import { allTags, batches } from "../db/samples/stock.ts";
import { newId } from "../db/ids.ts";
import * as vatIds from "../db/vat_ids.ts";
import { cast } from "./support/cast.ts";

const plan = {
  tenantId: newId(),
  importId: newId(),
  seed: 7,
  contacts: 1_000,
  companies: 200,
  now: new Date("2026-05-04T10:00:00Z"),
  owners: [newId()],
  tags: new Map(allTags.map((name) => [name, newId()])),
};
const drawn = [...batches(plan)];
const rows = (table: keyof typeof drawn[0]) => drawn.flatMap((batch) => batch[table]);
const names = (all = rows("contacts")) => all.map((row) => `${row.first_name} ${row.last_name}`);

Deno.test("the same seed draws the same people, another seed others", () => {
  equal(rows("contacts").length, 1_000);
  equal(rows("companies").length, 200);
  const again = [...batches(plan)].flatMap((batch) => batch.contacts);
  deepEqual(names(again), names());
  const others = [...batches({ ...plan, seed: 8 })].flatMap((batch) => batch.contacts);
  ok(names(others).filter((name, index) => name === names()[index]).length < 20);
});

Deno.test("nobody can be reached: addresses, phones and numbers are kept free or never given", () => {
  for (const { address } of rows("emails")) match(String(address), /(\.example|@example\.org)$/);
  for (const { website } of rows("companies")) match(String(website), /\.example$/);
  const free = /^\+49(4066969|3023125|2214710|6990009|8999998)\d{3}|^\+49(17139200|176040690)\d\d$/;
  for (const { number } of rows("phones")) {
    match(String(number), free);
    equal(lookupPhone(String(number), "DE")?.number, number);
  }
  const vat = rows("companies").map((row) => String(row.vat_id)).filter(Boolean);
  ok(vat.length > 50);
  for (const number of vat) ok(number.startsWith("DE999") && vatIds.lookup(number)?.valid, number);
});

Deno.test("every person has a source, a basis that fits the status, and no day in the future", () => {
  const now = plan.now.toISOString();
  const bases = new Map<unknown, Set<unknown>>();
  for (const row of rows("contacts")) {
    ok(row.source && row.legal_basis && row.purpose);
    const { created_at: created, last_touch_at: touched } = row as Record<string, string>;
    ok(created! <= touched! && touched! <= now, `${created} ${touched}`);
    bases.set(row.status, (bases.get(row.status) ?? new Set()).add(row.legal_basis));
    equal(row.status === "former", row.retain_until !== null);
  }
  deepEqual(bases.get("customer"), new Set(["contract"]));
  deepEqual(bases.get("lead"), new Set(["consent", "legitimate_interest"]));
  const consenting = rows("contacts").filter((row) => row.legal_basis === "consent");
  deepEqual(rows("consents").map((row) => row.contact_id), consenting.map((row) => row.id));
});

Deno.test("names are as mixed as an address book: umlauts, hyphens, prefixes, other alphabets", () => {
  const all = names();
  for (const wanted of [/[äöüß]/, /-/, /[şğı]/, /[łńę]/, /é/]) {
    ok(all.some((name) => wanted.test(name)), String(wanted));
  }
  ok(rows("contacts").some((row) => row.name_prefix !== ""));
  ok(rows("contacts").some((row) => row.title !== ""));
  const twins = rows("emails").length - new Set(rows("emails").map((row) => row.address)).size;
  ok(twins > 3 && twins < 20, `${twins} are there twice, as in every company`);
});

Deno.test("samples are made once, are found, and go at one click with nothing left", async () => {
  const { alice, bob, charlie, test } = await cast();
  const made = await alice.scope((scope) => samples.create(scope, samples.few));
  deepEqual(await alice.scope((scope) => samples.create(scope, samples.many)), made);
  const [found] = await test.db.owner`
    select count(*)::int as contacts, count(*) filter (where search <> '')::int as searchable
    from contacts
    where tenant_id = ${alice.tenantId}
  `;
  deepEqual({ ...found }, { contacts: 25, searchable: 25 });

  equal((await bob.post("/samples/removal")).status, 403);
  equal((await charlie.post("/samples/removal")).status, 303);
  ok(await alice.scope(samples.lookup));

  await test.db.owner`
    update contacts
    set restricted_at = now()
    where id in (select id from contacts where tenant_id = ${alice.tenantId} limit 1)
  `;
  equal((await alice.post("/samples/removal")).headers.get("Location"), "/contacts");
  equal(await alice.scope(samples.lookup), null);
  const [left] = await test.db.owner`
    select
      (select count(*)::int from contacts where tenant_id = ${alice.tenantId}) as contacts,
      (select count(*)::int from companies where tenant_id = ${alice.tenantId}) as companies,
      (select count(*)::int from emails where tenant_id = ${alice.tenantId}) as emails,
      (select count(*)::int from tags where tenant_id = ${alice.tenantId}) as tags
  `;
  deepEqual({ ...left }, { contacts: 0, companies: 0, emails: 0, tags: 0 });
});
