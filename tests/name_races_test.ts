/** Saving a record with new names while others hold those names and come to the record: one order. */
import { equal } from "node:assert/strict";
import * as companyNames from "../db/company_names.ts";
import { hold } from "../db/held_records.ts";
import { newId } from "../db/ids.ts";
import type { Kind } from "../db/record_kinds.ts";
import { tables } from "../db/record_kinds.ts";
import * as subsidiaries from "../db/subsidiaries.ts";
import * as tags from "../db/tags.ts";
import { isBlocked } from "./support/blocking.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { newDeal } from "./support/deals.ts";
import { formOf, idOf } from "./support/html.ts";
import { contactOf } from "./support/messages.ts";

/** A record with these tags, and its place. */
async function recordOf(who: Person, kind: Kind, newTags: string): Promise<string> {
  if (kind === "contact") return await contactOf(who, { newTags });
  if (kind === "deal") return await newDeal(who, { newTags });
  return idOf(await who.post("/companies/new", { name: "Kern AG", newTags, _anyway: "1" }));
}

/** Sends a record's form as it stands, with these fields changed. */
async function edit(who: Person, kind: Kind, id: string, fields: Record<string, string>) {
  const path = `/${tables[kind]}/${id}/edit`;
  const form = formOf(await (await who.get(path)).text());
  return await who.post(path, { ...form, ...fields });
}

const tagsOf = async ({ alice, test }: Cast, kind: Kind, id: string) =>
  (await test.db.owner<{ name: string }[]>`
    select t.name
    from tags t
    join ${test.db.owner(`${kind}_tags`)} x on x.tenant_id = t.tenant_id and x.tag_id = t.id
    where t.tenant_id = ${alice.tenantId}
      and x.${test.db.owner(`${kind}_id`)} = ${id}
    order by t.name
  `).map(({ name }) => name);

for (const kind of ["contact", "company", "deal"] as const) {
  Deno.test(`a ${kind} is saved with a new tag that many get at the same time`, async () => {
    const all = await cast();
    const { alice, bob, test } = all;
    const id = await recordOf(alice, kind, "");
    const { saving } = await alice.scope(async (scope) => {
      await tags.ensure(scope, ["Messe"]);
      const saving = edit(bob, kind, id, { newTags: "messe" });
      await isBlocked(test.db.owner, scope.sql);
      await hold(scope, tables[kind], id);
      return { saving: [saving] };
    });
    equal((await saving[0]!).status, 303);
    equal((await tagsOf(all, kind, id)).join(), "Messe");
  });

  Deno.test(`a ${kind} is saved with one more tag while the one it has is renamed`, async () => {
    const all = await cast();
    const { alice, bob, test } = all;
    const id = await recordOf(alice, kind, "Messe");
    const { rows: [tag] } = await alice.scope(tags.list);
    const { saving } = await alice.scope(async (scope) => {
      await tags.find(scope, tag!.id);
      await scope.sql`update tags set name = 'Hannover' where id = ${tag!.id}`;
      const saving = edit(bob, kind, id, { newTags: "Neu" });
      await isBlocked(test.db.owner, scope.sql);
      await hold(scope, tables[kind], id);
      return { saving: [saving] };
    });
    equal((await saving[0]!).status, 303);
  });
}

for (const kind of ["contact", "deal"] as const) {
  Deno.test(`a ${kind} is saved with a new company that another is put below`, async () => {
    const { alice, bob, test } = await cast();
    const id = await recordOf(alice, kind, "");
    const name = kind === "contact" ? "companies.0.name" : "companyName";
    const { saving } = await alice.scope(async (scope) => {
      await subsidiaries.lock(scope);
      await companyNames.ensure(scope, "Dach AG");
      const saving = edit(bob, kind, id, { [name]: "dach ag" });
      await isBlocked(test.db.owner, scope.sql);
      // As renaming a company does, for the search texts of its persons and deals.
      await hold(scope, tables[kind], id);
      return { saving: [saving] };
    });
    equal((await saving[0]!).status, 303);
    const made = await test.db.owner`select from companies where tenant_id = ${alice.tenantId}`;
    equal(made.length, 1);
  });
}

/** Two persons that are being merged, and an open task about the first. */
async function task(alice: Person) {
  const [one, other] = [await contactOf(alice), await contactOf(alice)];
  const fields = { id: newId(), kind: "task", subject: "Anruf", ownerId: alice.userId };
  const answer = await alice.post("/activities/new", { ...fields, about: `contact:${one}` });
  return { one, other, id: idOf(answer) };
}

const uses: [string, "for update" | "for no key update", string, (id: string) => object][] = [
  ["moved from one to the other", "for update", "edit", (other) => ({ about: `contact:${other}` })],
  ["done", "for no key update", "completion", () => ({})],
];

for (const [what, lock, path, fieldsOf] of uses) {
  Deno.test(`persons are merged while an entry is ${what}: neither has to try again`, async () => {
    const { alice, bob, test } = await cast();
    const { one, other, id } = await task(alice);
    await test.db.owner`
      update contacts set last_touch_at = now() - interval '1 day' where tenant_id = ${alice.tenantId}
    `;
    const form = path === "edit"
      ? formOf(await (await bob.get(`/activities/${id}/edit`)).text())
      : {};
    const { saving } = await test.db.owner.begin(async (sql) => {
      // As a merge does: first its records, then what is linked to them.
      await sql`
        select from contacts
        where id in (${one}, ${other})
        order by id
        ${lock === "for update" ? sql`for update` : sql`for no key update`}
      `;
      const saving = bob.post(`/activities/${id}/${path}`, { ...form, ...fieldsOf(other) });
      await isBlocked(test.db.owner, sql);
      await sql`update activity_participants set person_id = person_id where contact_id = ${one}`;
      await sql`update activity_links set at = at where contact_id = ${one}`;
      return { saving: [saving] };
    });
    equal((await saving[0]!).status, 303);
  });
}
