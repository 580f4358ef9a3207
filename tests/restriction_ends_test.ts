/** The end of a restriction waits for its notice, on paper and by mail, and for the days after it (Art. 18(3) GDPR). */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import { setOffset, today } from "../db/clock.ts";
import { enqueue } from "../db/jobs.ts";
import * as personLetters from "../db/person_letters.ts";
import * as restrictions from "../db/restrictions.ts";
import { dayOf } from "../db/local_times.ts";
import { cast } from "./support/cast.ts";
import { mailbox } from "./support/mailbox.ts";
import { contactOf } from "./support/messages.ts";
import { goTo, plus, post, request } from "./support/officers.ts";
import { newMark } from "./support/stock.ts";
import { drain } from "./support/worker.ts";

const { test } = await cast();
const { owner } = test.db;
const box = await mailbox();
const by = { kind: "officer", id: null } as const;

Deno.test.afterAll(async () => {
  setOffset(undefined);
  await box.close();
});

/** A request that restricts a contact, and what to do about it. */
async function restricted(personEmail: string, rights: readonly ["restriction", "rectification"?]) {
  const { alice } = await cast();
  const contact = await contactOf(alice, { "emails.0.address": `${newMark()}@person.example` });
  const claimed = rights.flatMap((right) => right ?? []);
  const { id } = await request(test, alice.tenantId, claimed, { channel: "post", personEmail });
  const items = await alice.scope((scope) => caseItems.list(scope, id));
  const itemIds = claimed.map((right) => items.find((item) => item.right === right)!.id);
  for (const itemId of itemIds) {
    await alice.scope((scope) =>
      restrictions.impose(scope, { contactIds: [contact], ground: "accuracy", itemId })
    );
  }
  const at = (itemId: string) => `/settings/requests/items/${itemId}/restriction`;
  return {
    alice,
    id,
    itemIds,
    end: async (itemId: string, on: string) => {
      const { status } = await alice.post(`${at(itemId)}/end`, { on });
      await drain(test, { smtpUrl: box.smtpUrl });
      return status;
    },
    letters: async () =>
      (await alice.scope((scope) => personLetters.list(scope, id)))
        .filter(({ kind }) => kind === "restriction"),
    posted: (id: string) => alice.scope((scope) => personLetters.markSent(scope, id, by)),
    lift: (itemId: string) =>
      alice.scope((scope) => restrictions.lift(scope, { caseId: id, itemId }, by)),
    standing: async (itemId: string) => {
      const { liftOn, toldAt } =
        (await alice.scope((scope) => restrictions.lookup(scope, itemId)))!;
      return { liftOn, told: toldAt && dayOf(toldAt) };
    },
    /** Whether the contact is seen after a night. */
    night: async () => {
      await enqueue(test.db.app, "apply_retentions", alice.tenantId, {});
      await drain(test, { smtpUrl: box.smtpUrl });
      const open =
        await owner`select from contacts where id = ${contact} and restricted_at is null`;
      return open.length > 0;
    },
  };
}

Deno.test("an end is announced once, with seven days or more before it, or replaced by another", async () => {
  const { alice, itemIds: [item], end, letters, posted, standing } = await restricted("", [
    "restriction",
  ]);
  const at = `/settings/requests/items/${item}/restriction/end`;
  for (const on of [plus(today(), -1), today(), plus(today(), 6)]) {
    const refused = await alice.post(at, { on });
    equal(refused.status, 422, on);
    match(await refused.text(), /mindestens sieben Tage/);
  }
  equal(await end(item!, plus(today(), 7)), 303);
  equal(await end(item!, plus(today(), 7)), 422, "it is announced already");
  const [first] = await letters();
  equal(await end(item!, plus(today(), 9)), 303);
  await posted(first!.id);
  deepEqual(
    await standing(item!),
    { liftOn: plus(today(), 9), told: null },
    "it names another day",
  );
  const [, second] = await letters();
  match(second!.body, /zuvor einen anderen Tag genannt/);
  await posted(second!.id);
  deepEqual(await standing(item!), { liftOn: plus(today(), 9), told: today() });
  equal(await end(item!, plus(today(), 12)), 303);
  deepEqual(await standing(item!), { liftOn: plus(today(), 12), told: null });
});

Deno.test("a letter on paper that is posted late moves the end", async () => {
  const { itemIds: [item], ...on } = await restricted("", ["restriction"]);
  const first = today();
  const end = plus(first, 10);
  equal(await on.end(item!, end), 303);
  const [letter] = await on.letters();
  match(
    letter!.body,
    /Geht diese Nachricht später ab, endet die Einschränkung erst 10 Tage danach/,
  );
  try {
    goTo(plus(end, 2));
    equal(await on.night(), false, "nobody has posted it");
    await rejects(on.lift(item!), /case.not_told/);
    await on.posted(letter!.id);
    const later = plus(end, 12);
    deepEqual(await on.standing(item!), { liftOn: later, told: plus(end, 2) });
    goTo(plus(end, 3));
    equal(await on.night(), false, "it has only just been posted");
    await rejects(on.lift(item!), /case.too_early/);
    goTo(plus(later, -1));
    equal(await on.night(), false);
    goTo(plus(later, 1));
    equal(await on.night(), true);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("a letter posted in time leaves the end as it is, and one letter speaks for one right", async () => {
  const { alice, itemIds: [one, other], ...on } = await restricted("", [
    "restriction",
    "rectification",
  ]);
  const end = plus(today(), 10);
  equal(await on.end(one!, end), 303);
  equal(await on.end(other!, end), 303);
  const letters = await on.letters();
  equal(letters.length, 2);
  equal((await alice.post(`/settings/requests/letters/${letters[1]!.id}/dispatch`)).status, 303);
  deepEqual(await on.standing(one!), { liftOn: end, told: null });
  deepEqual(await on.standing(other!), { liftOn: end, told: today() });
  try {
    goTo(plus(end, 1));
    equal(await on.night(), false, "one right still restricts");
  } finally {
    setOffset(undefined);
  }
});

Deno.test("a mail that waits for its server informs nobody yet", async () => {
  const email = `${newMark()}@person.example`;
  const { itemIds: [item], ...on } = await restricted(email, ["restriction"]);
  await drain(test, { smtpUrl: box.smtpUrl });
  const end = plus(today(), 10);
  box.refuse(451);
  equal(await on.end(item!, end), 303);
  box.refuse(0);
  deepEqual(await on.standing(item!), { liftOn: end, told: null });
  const [mail] = await owner<{ id: string }[]>`
    select id
    from mails
    where recipient = ${email}
      and status = 'queued'
  `;
  try {
    goTo(plus(end, 1));
    equal(await on.night(), false);
    await test.queue.send("send_mail", { tenantId: null, mailId: mail!.id });
    await post(test, box, email);
    ok(box.mails.some(({ subject }) => /Die Einschränkung endet/.test(subject!)));
    deepEqual(await on.standing(item!), { liftOn: plus(end, 11), told: plus(end, 1) });
    goTo(plus(end, 12));
    equal(await on.night(), true);
  } finally {
    setOffset(undefined);
  }
});
