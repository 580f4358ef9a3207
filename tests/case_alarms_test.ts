/** Owners and admins learn in time that a request is unanswered, and nothing of what it asks. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as caseEvents from "../db/case_events.ts";
import { setOffset } from "../db/clock.ts";
import { providerId } from "../db/controllers.ts";
import { newId } from "../db/ids.ts";
import * as officers from "../db/officers.ts";
import { cast, person } from "./support/cast.ts";
import { addressesOf, mailbox } from "./support/mailbox.ts";
import { goTo, plus, post, request, within } from "./support/officers.ts";

const { test, alice, bob, vera, charlie } = await cast();
const ada = await person(test, alice.tenantId, "Ada Adler", "admin");
const box = await mailbox();
const silent = {
  ...{ name: "Stille Stelle", email: "still@example.org", language: "de" } as const,
  ...{ deputyName: "", deputyEmail: "", awayFrom: null, awayUntil: null },
};
await within(test, alice.tenantId, (scope) => officers.update(scope, silent));
await test.db.owner`update identities set locale = 'en' where id = ${ada.identityId}`;

const received = async (to: string, number: string) =>
  (await post(test, box, to, number)).map(({ subject }) => subject!);

Deno.test("owner and admins learn three days and one day before the end, and when it is over", async () => {
  try {
    const { id, number, unshiftedOn, dueOn } = await request(test, alice.tenantId, ["erasure"]);
    const on = async (day: string) => {
      goTo(day);
      const first = await received(alice.email, number);
      deepEqual(await received(alice.email, number), first, "each once");
      return first;
    };
    equal((await on(plus(unshiftedOn, -7))).length, 0, "the officer has time");
    match((await on(plus(unshiftedOn, -3))).at(-1)!, /Antrag noch offen, letzter Tag/);
    equal((await on(plus(unshiftedOn, -1))).length, 2);
    equal((await on(dueOn)).length, 2);
    const over = await on(plus(dueOn, 1));
    equal(over.length, 3);
    match(over.at(-1)!, /Frist abgelaufen/);
    equal((await on(plus(dueOn, 4))).length, 3, "not daily");
    equal((await on(plus(dueOn, 8))).length, 4, "a week later again");
    equal((await received(ada.email, number)).length, 4);
    for (const { email } of [bob, vera, charlie]) equal((await received(email, number)).length, 0);
    const { events } = await within(test, alice.tenantId, (scope) => caseEvents.list(scope, id));
    deepEqual(
      events.map(({ action }) => action).filter((action) => action.startsWith("house_")),
      ["house_alarmed", "house_alarmed", "house_warned", "house_warned"],
    );
    setOffset(undefined);
    const page = await (await alice.get(`/settings/requests/${id}`)).text();
    match(page, /Unternehmen an den offenen Fall erinnert/);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("the letter is in the reader's language and names number and day, never person or right", async () => {
  try {
    const { number, dueOn, personEmail } = await request(test, alice.tenantId, ["erasure"]);
    goTo(plus(dueOn, 1));
    const [german] = await post(test, box, alice.email, number);
    const [english] = await post(test, box, ada.email, number);
    match(german!.text!, /Guten Tag Alice Ahrens/);
    match(german!.text!, /Stille Stelle/);
    match(english!.subject!, /Deadline passed/);
    match(english!.text!, /Stille Stelle/);
    for (const { subject, text, html } of [german!, english!]) {
      for (const part of [subject!, text!, String(html)]) {
        ok(!part.includes("Petra") && !part.includes(personEmail), "no person");
        ok(!/Löschung|erasure|case-links|Code \d/i.test(part), "no right, no key");
      }
      match(text!, /\/settings\/requests\n|\/settings\/requests$/m);
    }
  } finally {
    setOffset(undefined);
  }
});

Deno.test("an owner who stands in for an officer is written to once a day, not twice", async () => {
  try {
    const { number, dueOn } = await request(test, charlie.tenantId, ["access"]);
    goTo(plus(dueOn, 1));
    const letters = await received(charlie.email, number);
    equal(letters.filter((subject) => /Frist abgelaufen/.test(subject)).length, 0);
    equal(letters.filter((subject) => /überfällig/.test(subject)).length, 1);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("operators are notified of the provider's own requests", async () => {
  const email = `betrieb.${newId()}@example.org`;
  await test.db.owner`
    insert into identities (id, email, name, operator, created_at)
    values (${newId()}, ${email}, 'Otto Ober', true, now())
  `;
  try {
    const { number, dueOn } = await request(test, providerId, ["access"]);
    goTo(plus(dueOn, 1));
    const [letter] = await post(test, box, email, number);
    match(letter!.subject!, /Frist abgelaufen/);
    match(letter!.text!, /\/operator\/requests/);
    ok(addressesOf(letter!).includes(email));
  } finally {
    setOffset(undefined);
  }
});
