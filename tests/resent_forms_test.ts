/**
 * Forms that are gone back to: pressed twice they make one thing; changed and sent again they make
 * another, and never say that something was noted which was not.
 */
import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { today } from "../db/clock.ts";
import { formId, madeBy, newId } from "../db/ids.ts";
import { cast, type Person } from "./support/cast.ts";
import { formOf, idOf, values } from "./support/html.ts";

/** The part of a page that is the form for an address, or whose words those are. */
const formAt = (page: string, action: string) => {
  const at = page.indexOf(`action="${action}"`);
  const start = at < 0 ? page.lastIndexOf("<form", page.indexOf('name="id"')) : at;
  return page.slice(start, page.indexOf("</form>", start));
};

interface Tried {
  /** Where the form is, and where it is sent. */
  page: string;
  action?: string;
  table: string;
  fields: Record<string, string | string[]>;
  /** What is changed after going back. */
  change: Record<string, string>;
  /** A mark that rows made by the test hold, in any column. */
  mark: string;
}

/** Sends it twice at once, then changed, twice too; what the table holds after each. */
async function resent(person: Person, { page, action = page, table, mark, ...tried }: Tried) {
  const [id] = values(formAt(await (await person.get(page)).text(), action), "id");
  const made = async () =>
    (await person.test.db.owner`
      select from ${person.test.db.owner(table)} t where t::text like ${`%${mark}%`}
    `).length;
  const press = async (fields: Record<string, string | string[]>) => {
    const presses = [1, 2].map(() => person.post(action, { id: id!, ...fields }));
    for (const answer of await Promise.all(presses)) {
      const shown = answer.status === 303 || answer.status === 200 ? "" : await answer.text();
      equal(shown, "", `${action}: ${answer.status}`);
    }
    return await made();
  };
  return [await press(tried.fields), await press({ ...tried.fields, ...tried.change })];
}

Deno.test("a form's record id depends on all its values, and sorts by time", () => {
  const id = formId();
  equal(madeBy(id, "a"), madeBy(id, "a"));
  notEqual(madeBy(id, "a"), madeBy(id, "b"));
  notEqual(madeBy(id, "a"), madeBy(formId(), "a"));
  notEqual(madeBy(id, "a", Uint8Array.of(1)), madeBy(id, "a", Uint8Array.of(2)));
  equal(madeBy(id, "a").slice(0, 15), id.slice(0, 15));
  match(madeBy(id, "a"), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const other = newId();
  equal(madeBy(other, "a"), other);
});

Deno.test("registers note what was changed in a form that is sent again", async () => {
  const { alice, test } = await cast();
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  const contact = idOf(
    await alice.post("/contacts/new", { origin: "customer", lastName: "Zurück", _anyway: "1" }),
  );
  const mark = `Rück${newId().slice(-12)}`;
  const incident = { title: mark, noticedOn: "2026-03-02", noticedTime: "08:00", nature: "A" };
  const tried: Tried[] = [
    {
      page: "/operator/measures",
      table: "measure_changes",
      fields: { measure: "passwords", note: mark, changedOn: today() },
      change: { note: `${mark} und mehr` },
      mark,
    },
    {
      page: "/operator/records",
      table: "balancing_tests",
      fields: {
        ...{ activity: "security.f", interest: mark, necessity: "N", balance: "B" },
        ...{ reviewer: "Dora", reviewedOn: today() },
      },
      change: { balance: "Anders" },
      mark,
    },
    {
      page: "/operator/incidents/new",
      table: "incidents",
      fields: { ...incident, risk: "none" },
      change: { nature: "B" },
      mark,
    },
    {
      page: `/contacts/${contact}/consents`,
      table: "consents",
      fields: {
        ...{ channels: "email", purpose: "marketing", textVersion: mark, givenOn: "2026-01-05" },
        ...{ givenHow: "form", proof: "Formular 7" },
      },
      change: { proof: "Formular 8" },
      mark,
    },
    {
      page: `/contacts/${contact}/retention`,
      action: `/contacts/${contact}/retention/duties`,
      table: "retention_duties",
      fields: { class: "letter", reference: mark, startsOn: "2026-01-05" },
      change: { reference: `${mark} B` },
      mark,
    },
    {
      page: `/contacts/${contact}/retention`,
      action: `/contacts/${contact}/retention/holds`,
      table: "holds",
      fields: {
        ...{ kind: "dispute", reason: mark },
        reviewOn: Temporal.PlainDate.from(today()).add({ days: 30 }).toString(),
      },
      change: { reason: `${mark} B` },
      mark,
    },
  ];
  for (const each of tried) deepEqual(await resent(alice, each), [1, 2], each.action ?? each.page);
});

Deno.test("records, templates and the like keep what was changed in a form that is sent again", async () => {
  const { alice } = await cast();
  const mark = `Rück${newId().slice(-12)}`;
  const tried: Tried[] = [
    {
      page: "/contacts/new",
      table: "contacts",
      fields: { origin: "customer", firstName: "Eva", lastName: mark, _anyway: "1" },
      change: { firstName: "Ewa" },
      mark,
    },
    {
      page: "/companies/new",
      table: "companies",
      fields: { name: `${mark} GmbH`, _anyway: "1" },
      change: { name: `${mark} AG` },
      mark,
    },
    {
      page: "/activities/new",
      table: "activities",
      fields: { kind: "note", subject: mark },
      change: { body: "Mehr" },
      mark,
    },
    {
      page: "/products/new",
      table: "products",
      fields: { name: mark, price: "1,00", currency: "EUR", vatRate: "19", active: "on" },
      change: { price: "2,00" },
      mark,
    },
    {
      page: "/settings/mail-templates/new",
      table: "mail_templates",
      fields: { name: mark, language: "de", subject: "S", body: "B" },
      change: { body: "C" },
      mark,
    },
  ];
  for (const each of tried) deepEqual(await resent(alice, each), [1, 2], each.page);
});

Deno.test("a person who goes back and claims one more right is heard", async () => {
  const { alice, visitor } = await cast();
  const [row] = await alice.test.db.owner`select slug from tenants where id = ${alice.tenantId}`;
  const mark = `rueck${newId().slice(-12)}`;
  const page = `/p/${row!.slug}/requests/new`;
  const shown = formOf(await (await visitor.get(page)).text());
  const press = (fields: Record<string, string | string[]>) =>
    visitor.post(page, { ...shown, name: "Eva", email: `${mark}@example.org`, ...fields });
  const numbers = async () =>
    (await alice.test.db.owner`
      select number
      from cases
      where tenant_id = ${alice.tenantId}
        and person_email = ${`${mark}@example.org`}
    `).length;
  for (let times = 0; times < 2; times++) equal((await press({ rights: "access" })).status, 200);
  equal(await numbers(), 1);
  const more = { rights: ["access", "erasure"] };
  for (let times = 0; times < 2; times++) equal((await press(more)).status, 200);
  equal(await numbers(), 2);
});
