/** A person whose record is gone when a right is carried out is told nothing that is no longer so. */
import { deepEqual, match, ok } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import { newId } from "../db/ids.ts";
import type { Right } from "../db/letters.ts";
import { cast } from "./support/cast.ts";
import { idOf } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { code, links, post, request } from "./support/officers.ts";
import { newMark } from "./support/stock.ts";

const { test, visitor } = await cast();
const { owner } = test.db;
const box = await mailbox();

Deno.test.afterAll(() => box.close());

const words = {
  access: "Auskunft",
  erasure: "Löschung",
  objection: "Widerspruch",
  portability: "Datenübertragung",
  rectification: "Berichtigung",
  restriction: "Einschränkung",
  withdrawal: "Widerruf",
} as const;
type Claimed = keyof typeof words;

/** A request of a person on record, whose officer has a letter with a link for each right. */
async function claimed(rights: readonly Claimed[]) {
  const { alice } = await cast();
  const mark = newMark();
  const [officer, email] = [`dsb.${mark}@officer.example`, `${mark}@person.example`];
  await owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, now())
  `;
  const contact = idOf(
    await alice.post("/contacts/new", {
      ...{ origin: "customer", _anyway: "1", lastName: mark, "emails.0.address": email },
    }),
  );
  await owner`
    insert into consents (
      tenant_id, id, contact_id, channel, purpose, text_version, given_at, given_how
    )
    select ${alice.tenantId}, ${newId()}, ${contact}, 'email', 'marketing', '1', now(), 'form'
    where ${rights.includes("withdrawal")}
  `;
  const { id, number } = await request(test, alice.tenantId, rights as readonly Right[], {
    personEmail: email,
    claims: rights.map((right) => ({ right, sentence: "Gegen jede Verarbeitung." })),
  });
  const [letter] = await post(test, box, officer, number);
  const ways = links(letter!).filter(({ label }) => label === "Freigeben");
  const items = await alice.scope((scope) => caseItems.list(scope, id));
  return {
    erase: async () => {
      await owner`delete from restrictions where contact_id = ${contact}`;
      await owner`delete from contacts where id = ${contact}`;
    },
    /** Approves a right; returns its status and the last letter to the person. */
    approve: async (right: Claimed) => {
      const { path } = ways[items.findIndex((item) => item.right === right)]!;
      const done = await visitor.post(path, { code: code(letter!, words[right]) });
      match(await done.text(), /Freigegeben/);
      for (let round = 0; round < 2; round++) await post(test, box, officer, number);
      const after = await alice.scope((scope) => caseItems.list(scope, id));
      const mail = (await box.collect(test, email)).at(-1)!;
      return {
        status: after.find((item) => item.right === right)!.status,
        text: mail.text!.replace(/\s+/g, " "),
      };
    },
  };
}

for (
  const right of [
    "objection",
    "rectification",
    "restriction",
    "portability",
    "access",
    "erasure",
  ] as const
) {
  Deno.test(`${right}: of a record that retention has erased meanwhile, nothing is claimed`, async () => {
    const { erase, approve } = await claimed([right]);
    await erase();
    const { status, text } = await approve(right);
    deepEqual(status, "no_data");
    ok(right === "access" || /keine Daten zu Ihnen gefunden/.test(text), text);
    ok(!/nur noch gespeichert|stützen wir|haben Ihre Daten gelöscht/.test(text), text);
  });
}

for (const right of ["objection", "rectification", "restriction"] as const) {
  Deno.test(`${right}: after the erasure in the same letter, nothing is said to be stored`, async () => {
    const { approve } = await claimed(["erasure", right]);
    match((await approve("erasure")).text, /Wir haben Ihre Daten gelöscht/);
    const { status, text } = await approve(right);
    deepEqual(status, "no_data");
    match(text, /Ihre Daten sind auf Ihren Antrag gelöscht/);
    ok(!/nur noch gespeichert|stützen wir|keine Daten zu Ihnen gefunden/.test(text), text);
  });
}

Deno.test("withdrawal: a consent that ended at once has ended, also after the erasure", async () => {
  const { approve } = await claimed(["erasure", "withdrawal"]);
  await approve("erasure");
  const { status, text } = await approve("withdrawal");
  deepEqual(status, "done");
  match(text, /Was auf Ihrer Einwilligung beruhte, ist beendet/);
});
