/** Two transactions that check first and write accordingly, at the same time. */
import { deepEqual, equal, match } from "node:assert/strict";
import * as customFields from "../db/custom_fields.ts";
import * as customValues from "../db/custom_values.ts";
import * as invitations from "../db/invitations.ts";
import * as recoveryCodes from "../db/recovery_codes.ts";
import * as tags from "../db/tags.ts";
import { errors } from "./support/app.ts";
import { isBlocked } from "./support/blocking.ts";
import { cast, type Person } from "./support/cast.ts";
import { define, fieldName, newContact, valuesIn } from "./support/custom_fields.ts";
import { secretKey } from "./support/db.ts";
import { idOf, text } from "./support/html.ts";

Deno.test("a record is saved though its new tag is deleted at that moment", async () => {
  const { alice, test } = await cast();
  const fields = { firstName: "Ida", lastName: "Kern", origin: "card", newTags: "Alt" };
  const id = idOf(await alice.post("/contacts/new", fields));
  const [messe] = await alice.scope((scope) => tags.ensure(scope, ["Messe"]));
  const { saving } = await test.db.owner.begin(async (sql) => {
    await sql`select from contact_tags where contact_id = ${id} for update`;
    const saving = alice.scope((scope) => tags.assign(scope, "contact", id, ["Messe"]));
    await isBlocked(test.db.owner, sql);
    equal((await alice.post(`/tags/${messe}/deletion`)).status, 303);
    return { saving };
  });
  await saving;
  deepEqual((await alice.scope(tags.list)).rows.map(({ name, contacts }) => [name, contacts]), [
    ["Alt", 0],
  ]);
});

Deno.test("recovery codes made twice at once are those of the later one", async () => {
  const { alice, test } = await cast();
  const { identityId } = alice;
  const { later } = await test.db.owner.begin(async (sql) => {
    await recoveryCodes.renew({ sql, secretKey }, identityId);
    const later = test.db.owner.begin((other) =>
      recoveryCodes.renew({ sql: other, secretKey }, identityId)
    );
    await isBlocked(test.db.owner, sql);
    return { later };
  });
  const codes = await later;
  const kept = await test.db.owner`select from recovery_codes where identity_id = ${identityId}`;
  equal(kept.length, codes.length);
});

Deno.test("of two invitations of one address at once, one works", async () => {
  const { alice, test } = await cast();
  const invite = () =>
    alice.scope(async (scope) => {
      await invitations.create(scope, { email: "neu@house.example", role: "member" }, "owner");
      await scope.sql`select pg_sleep(0.2)`;
    });
  await Promise.all([invite(), invite()]);
  const open = await test.db.owner`
    select
    from tokens
    where tenant_id = ${alice.tenantId}
      and kind = 'invitation'
  `;
  equal(open.length, 1);
});

/** A field with two choices, and the form that removes the first of them. */
async function twoChoices(alice: Person) {
  const id = await define(alice, {
    labelDe: "Status",
    kind: "choice",
    "choices.0.labelDe": "Gold",
    "choices.1.labelDe": "Silber",
  });
  const field = await alice.scope((scope) => customFields.find(scope, id));
  const [gold, silver] = field.choices;
  const without = {
    labelDe: "Status",
    category: "classification",
    purpose: "sales",
    legalBasis: "contract",
    "choices.0.id": silver!.id,
    "choices.0.labelDe": "Silber",
  };
  return { id, field, gold: gold!.id, silver: silver!, without };
}

Deno.test("a choice is not removed unasked while a record is being saved with it", async () => {
  const { alice, bob, test } = await cast();
  const { id, gold, without } = await twoChoices(alice);
  const contact = await newContact(bob);
  const { removing } = await bob.scope(async (scope) => {
    await customValues.assign(scope, "contact", [{ id: contact, custom: { [id]: [gold] } }]);
    const removing = alice.post(`/settings/fields/${id}`, without);
    await isBlocked(test.db.owner, scope.sql);
    return { removing };
  });
  const answer = await removing;
  equal(answer.status, 422);
  match(await text(answer), /1 Mal gewählt/);
  deepEqual(await valuesIn(bob, "contact", contact), { [id]: [gold] });
});

Deno.test("whoever saves with a choice that is being removed gets a message, and loses nothing", async () => {
  const { alice, bob, test } = await cast();
  const { id, field, gold, silver } = await twoChoices(alice);
  const contact = { lastName: "Kern", origin: "card", [fieldName(id)]: gold };
  bob.mayMeet = true;
  const { saving } = await alice.scope(async (scope) => {
    await customFields.update(scope, id, { ...field, choices: [silver] }, false);
    const saving = bob.post("/contacts/new", contact);
    await isBlocked(test.db.owner, scope.sql);
    return { saving };
  });
  const answer = await saving;
  const page = await answer.text();
  deepEqual([answer.status, page.includes("Gleichzeitig gespeichert")], [409, true]);
  match(page, /name="lastName" value="Kern"/);
  errors.length = 0;
  equal((await bob.post("/contacts/new", contact)).status, 422);
});
