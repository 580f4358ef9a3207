/** Merging while somebody else saves what belongs to the merged records. */
import { equal, match } from "node:assert/strict";
import * as bulkChanges from "../db/bulk_changes.ts";
import { newId } from "../db/ids.ts";
import * as tags from "../db/tags.ts";
import { isBlocked } from "./support/blocking.ts";
import { cast, type Person } from "./support/cast.ts";
import { newDeal, stagesOf } from "./support/deals.ts";
import { idOf, text, values } from "./support/html.ts";
import { arrive, letter } from "./support/letters.ts";
import { formOf, merge } from "./support/merging.ts";
import { addressOf, contactOf, send } from "./support/messages.ts";

async function company(who: Person, name: string, parentName = ""): Promise<string> {
  const answer = await who.post("/companies/new", { _anyway: "1", name, parentName });
  equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  return idOf(answer);
}

const parents = async ({ tenantId, test }: Person) =>
  Object.fromEntries(
    (await test.db.owner<{ name: string; parent: string | null }[]>`
      select c.name, p.name as parent
      from companies c
      left join companies p on p.tenant_id = c.tenant_id and p.id = c.parent_id
      where c.tenant_id = ${tenantId}
        and c.deleted_at is null
    `).map(({ name, parent }) => [name, parent]),
  );

for (const what of ["contact", "deal"] as const) {
  Deno.test(`companies are merged while a ${what} of one is saved: neither has to try again`, async () => {
    const { alice, test } = await cast();
    const [one, other] = [await company(alice, "Zinn AG"), await company(alice, "Zinn & Co.")];
    const id = what === "deal" ? await newDeal(alice, { companyName: "Zinn & Co." }) : idOf(
      await alice.post("/contacts/new", {
        ...{ lastName: "Kern", origin: "card", _anyway: "1" },
        "companies.0.name": "Zinn & Co.",
      }),
    );
    const form = await formOf(alice, "company", [one, other], one);
    const merging = await test.db.owner.begin(async (sql) => {
      // As saving it does: first the record, then its reference to the company.
      await sql`select from ${
        sql(`${what === "deal" ? "deal" : "contact"}s`)
      } where id = ${id} for no key update`;
      const merging = alice.post("/merges/new", form);
      await isBlocked(test.db.owner, sql);
      await sql`select from companies where id = ${other} for key share`;
      return { merging };
    });
    equal((await merging.merging).status, 303);
  });
}

Deno.test("a merge is undone while its deals are being saved: neither has to try again", async () => {
  const { alice, test } = await cast();
  const older = await newDeal(alice, { amount: "100" });
  const kept = await newDeal(alice, { amount: "200" });
  const id = await merge(alice, "deal", [older, kept], kept);
  const { undoing } = await test.db.owner.begin(async (sql) => {
    // As a change of many does: one after the other, in the order of their ids.
    await sql`select from deals where id = ${older} for no key update`;
    const undoing = alice.post(`/merges/${id}/undo`);
    await isBlocked(test.db.owner, sql);
    await sql`select from deals where id = ${kept} for no key update`;
    return { undoing: [undoing] };
  });
  equal((await undoing[0]!).status, 303);
});

/** What is added to a person of a company, and which of the two is merged meanwhile. */
const additions: [
  what: string,
  merged: "contacts" | "companies",
  add: (who: Person, contactId: string) => Promise<Response | void>,
][] = [
  ["note", "companies", (who, id) => {
    const note = { id: newId(), kind: "note", subject: "Rückruf", ownerId: who.userId };
    return who.post("/activities/new", { ...note, about: `contact:${id}` });
  }],
  ["mail sent", "contacts", async (who, id) => {
    await send(who, { to: addressOf(id) });
  }],
  ["mail received", "contacts", async (who, id) => {
    await arrive(who, letter({ from: addressOf(id), to: "wir@haus.example" }));
  }],
];

for (const [what, merged, add] of additions) {
  Deno.test(`${merged} are merged while a ${what} is added: neither has to try again`, async () => {
    const { alice, test } = await cast();
    const contactId = await contactOf(alice, { "companies.0.name": "Zinn AG" });
    await test.db.owner`update contacts set last_touch_at = created_at - interval '1 day'`;
    const { adding } = await test.db.owner.begin(async (sql) => {
      // As a merge does: others may refer to its records until it has all that belongs to them.
      const of = sql`${sql(merged)} where tenant_id = ${alice.tenantId}`;
      await sql`select from ${of} for no key update`;
      const adding = add(alice, contactId);
      await isBlocked(test.db.owner, sql);
      await sql`select from ${of} for update`;
      return { adding: [adding] };
    });
    equal((await adding[0])?.status ?? 303, 303);
  });
}

/** Two contacts or deals, and a tag that the first contact carries. */
async function pair(who: Person, kind: "contact" | "deal"): Promise<string[]> {
  if (kind === "deal") return [await newDeal(who), await newDeal(who)];
  const named = (lastName: string, more = {}) =>
    who.post("/contacts/new", { lastName, origin: "card", _anyway: "1", ...more });
  return [idOf(await named("Kern", { newTags: "Messe" })), idOf(await named("Lang"))];
}

/** What is done with many, and the value of each. */
const changes: ["contact" | "deal", bulkChanges.Action, (who: Person) => Promise<string>][] = [
  ["contact", "tag", async (who) => (await who.scope(tags.list)).rows[0]!.id],
  ["contact", "untag", async (who) => (await who.scope(tags.list)).rows[0]!.id],
  ["contact", "status", () => Promise.resolve("customer")],
  ["contact", "delete", () => Promise.resolve("")],
  ["deal", "owner", (who) => Promise.resolve(who.userId)],
  ["deal", "stage", async (who) => (await stagesOf(who)).Angebot!.id],
];

for (const [kind, action, valueFor] of changes) {
  Deno.test(`${kind}s are merged while many change by ${action}: neither has to try again`, async () => {
    const { alice, test } = await cast();
    const ids = await pair(alice, kind);
    const wish = { kind, action, value: await valueFor(alice) };
    const { changing } = await test.db.owner.begin(async (sql) => {
      // As a merge does: what belongs to its records first, then nobody may refer to them.
      const of = sql`${sql(`${kind}s`)} where id = any (${ids}::uuid[]) order by id`;
      await sql`select from ${of} for no key update`;
      const changing = alice.scope((scope) => bulkChanges.create(scope, newId(), wish, { ids }, 2));
      changing.catch(() => {});
      await isBlocked(test.db.owner, sql);
      await sql`select from ${of} for update`;
      return { changing: [changing] };
    });
    equal((await changing[0]!).status, "done");
  });
}

Deno.test("a contact saved with a company that is being merged belongs to what is left", async () => {
  const { alice, bob, test } = await cast();
  const [one, other] = [await company(alice, "Zinn AG"), await company(alice, "Blech KG")];
  const form = await formOf(alice, "company", [one, other], one);
  const fields = {
    ...{ lastName: "Kern", origin: "card", _anyway: "1", id: newId() },
    ...{ "companies.0.name": "Blech KG", "companies.0.id": other },
  };
  const { merging } = await test.db.owner.begin(async (sql) => {
    // The merge waits, holding the companies, for the row it writes at its end.
    await sql`select from companies where id = ${one} for no key update`;
    const merging = alice.post("/merges/new", form);
    await isBlocked(test.db.owner, sql);
    return { merging: [merging] };
  });
  equal((await merging[0]!).status, 303);
  equal((await bob.post("/contacts/new", fields)).status, 303);
  const names =
    (await test.db.owner`select name from companies where tenant_id = ${alice.tenantId}`)
      .map(({ name }) => name).sort();
  equal(names.join(), "Blech KG,Zinn AG", "none was made");
  match(await text(await bob.get(`/companies/${one}`)), /Kern/);
});

Deno.test("a merge and an edit at once close no circle of companies", async () => {
  const { alice, bob, test } = await cast();
  const top = await company(alice, "Oben AG");
  await company(alice, "Mitte AG", "Oben AG");
  const [one, other] = [await company(alice, "Werk AG"), await company(alice, "Werk II AG")];
  // Merged, the works belong to the one in the middle; edited, the top belongs to the works.
  const workForm = await (await alice.get(`/companies/${other}/edit`)).text();
  equal(
    (await alice.post(`/companies/${other}/edit`, {
      name: "Werk II AG",
      version: values(workForm, "version")[0]!,
      parentName: "Mitte AG",
    })).status,
    303,
  );
  const merged = await formOf(alice, "company", [one, other], other);
  const topForm = await (await bob.get(`/companies/${top}/edit`)).text();
  const edit = { name: "Oben AG", version: values(topForm, "version")[0]!, parentName: "Werk AG" };
  const { answers } = await test.db.owner.begin(async (sql) => {
    await sql`select from companies where id = ${top} for update`;
    const editing = bob.post(`/companies/${top}/edit`, edit);
    await isBlocked(test.db.owner, sql);
    const merging = alice.post("/merges/new", merged);
    await new Promise((done) => setTimeout(done, 300));
    return { answers: [editing, merging] };
  });
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  equal(statuses[0], 303);
  equal(statuses[1], 422, "the merge is told that its parent would belong to it");
  equal((await parents(alice))["Oben AG"], "Werk AG");
});

Deno.test("undoing a merge closes no circle with a parent chosen since", async () => {
  const { alice } = await cast();
  const old = await company(alice, "Alt AG");
  await company(alice, "Neu AG");
  const one = await company(alice, "Werk AG", "Alt AG");
  const other = await company(alice, "Werk II AG", "Neu AG");
  const id = await merge(alice, "company", [one, other], other);
  const name = await parents(alice);
  const form = await (await alice.get(`/companies/${old}/edit`)).text();
  const survivor = Object.keys(name).find((each) => each.startsWith("Werk"))!;
  const edit = { name: "Alt AG", version: values(form, "version")[0]!, parentName: survivor };
  equal((await alice.post(`/companies/${old}/edit`, edit)).status, 303);
  equal((await alice.post(`/merges/${id}/undo`)).status, 303);
  const after = await parents(alice);
  equal(after["Alt AG"], "Werk AG");
  equal(after["Werk AG"], null);
  equal(after["Werk II AG"], "Neu AG");
});
