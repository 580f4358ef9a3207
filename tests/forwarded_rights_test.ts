/** A right that is passed on to whoever is responsible: the person is told so, and where to complain. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import * as personLetters from "../db/person_letters.ts";
import { cast } from "./support/cast.ts";
import { mailbox } from "./support/mailbox.ts";
import { post, request } from "./support/officers.ts";
import { newMark } from "./support/stock.ts";

const box = await mailbox();
Deno.test.afterAll(() => box.close());

const by = { kind: "system", id: null } as const;
const reason = "An die Muster GmbH, die diese Daten verantwortet.";

/** Passes the only right of a request on. */
async function passOn(fields: Parameters<typeof request>[3]) {
  const { alice, test } = await cast();
  const { id, number } = await request(test, alice.tenantId, ["access"], fields);
  await alice.scope(async (scope) => {
    const [item] = await caseItems.list(scope, id);
    await caseItems.decide(scope, id, item!.id, { kind: "forward", reason }, by);
  });
  const mails = await post(test, box, fields!.personEmail!, number, []);
  return { alice, test, id, number, mails };
}

for (
  const [language, said] of [
    ["de", /Auskunft: weitergegeben .*An die Muster GmbH.*aufsichtsbehörde/],
    ["en", /Access: passed on .*An die Muster GmbH.*supervisory authority/],
  ] as const
) {
  Deno.test(`a request that is passed on closes with a letter, in ${language}`, async () => {
    const email = `${newMark()}@person.example`;
    const { alice, test, id, number, mails } = await passOn({ personEmail: email, language });
    // The other one says that the request has come.
    const told = mails.filter(({ subject }) => /weitergegeben|passed on/.test(subject!));
    equal(told.length, 1);
    ok(told[0]!.subject!.startsWith(number));
    match(told[0]!.text!.replace(/\s+/g, " "), said);
    const events = await alice.scope(({ sql, tenantId }) =>
      sql`select action from case_events where tenant_id = ${tenantId} and case_id = ${id}`
    );
    equal(events.filter(({ action }) => action === "told_forwarded").length, 1);
    equal((await test.db.owner`select status from cases where id = ${id}`)[0]!.status, "closed");
  });
}

Deno.test("without an address the letter waits to be posted", async () => {
  const { alice, id } = await passOn({ personEmail: "" });
  const letters = await alice.scope((scope) => personLetters.list(scope, id));
  deepEqual(letters.map(({ kind }) => kind).filter((kind) => kind !== "receipt"), ["result"]);
});
