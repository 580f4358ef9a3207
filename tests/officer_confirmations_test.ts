/** Whoever decides gets a confirmation by mail with the facts: by a link as by an answer, in both languages. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { today } from "../db/clock.ts";
import type { Right } from "../db/letters.ts";
import * as officers from "../db/officers.ts";
import { cast } from "./support/cast.ts";
import { domain, openDoor } from "./support/inbound.ts";
import { mailbox } from "./support/mailbox.ts";
import { answer, code, link, plus, post, request, within } from "./support/officers.ts";

const { test, alice, bob, visitor } = await cast();
test.services.config = {
  ...test.services.config,
  inbound: { protocol: "smtp", host: "127.0.0.1", port: 25, domain },
};
const box = await mailbox();

const nobody: officers.Officer = {
  name: "",
  email: "",
  language: "de",
  deputyName: "",
  deputyEmail: "",
  awayFrom: null,
  awayUntil: null,
};

/** A tenant whose officer has this address alone, and the mails received there about a case. */
async function tenantWith(tenantId: string, officer: Partial<officers.Officer>) {
  await within(test, tenantId, (scope) => officers.update(scope, { ...nobody, ...officer }));
  const to = officer.awayFrom ? officer.deputyEmail! : officer.email!;
  const ask = (rights: readonly Right[]) => request(test, tenantId, rights);
  return { to, ask, letters: (number: string) => post(test, box, to, number) };
}

/** The confirmations that wait in the outbox, unsent. */
const waiting = (number: string) =>
  test.db.owner<{ recipient: string; tenantId: string }[]>`
    select recipient, tenant_id
    from mails
    where subject like ${`${number}: %`}
      and status = 'queued'
  `;

/** What a letter says, without its end. */
const said = (text: string | undefined) => text!.split("\n-- \n")[0]!.trim();

Deno.test("a decision by link is confirmed in its own transaction, with what was decided", async () => {
  const { to, ask, letters } = await tenantWith(alice.tenantId, { email: "dsb.link@example.org" });
  const { number, personEmail } = await ask(["access", "erasure"]);
  const [letter] = await letters(number);
  const refuse = link(letter!, "Ablehnen");
  const reason = "Frau Person hat das schon erhalten.";
  const right = code(letter!, "Auskunft");
  const wrong = right === "1111" ? "2222" : "1111";
  await visitor.post(refuse, { reason, code: wrong });
  equal((await waiting(number)).length, 0, "what was not done is not confirmed");
  const order = { reason, paragraph: "Art. 15 Abs. 4 DSGVO wegen Petra Person", code: right };
  match(await (await visitor.post(refuse, order)).text(), /Abgelehnt\./);
  const queued = await waiting(number);
  equal(queued.length, 1);
  equal(queued[0]!.recipient, to);
  equal(queued[0]!.tenantId, alice.tenantId);
  await visitor.post(refuse, order);
  equal((await waiting(number)).length, 1, "once");
  const confirmation = (await letters(number)).at(-1)!;
  match(confirmation.subject!, new RegExp(`^${number}: Auskunft: Abgelehnt\\.`));
  const text = said(confirmation.text);
  for (
    const fact of [
      `Fall ${number}`,
      "Betrifft: Auskunft",
      "Anweisung: Ablehnen",
      "Grundlage: Art. 15 Abs. 4 DSGVO\n",
      "Gegeben: über den Link in Ihrer E-Mail\n",
      "antworten Sie sofort auf diese E-Mail mit einer NOTIZ",
    ]
  ) ok(text.includes(fact), `${fact}\n${text}`);
  match(text, /^Frist: \d\d\.\d\d\.\d{4}$/m);
  for (const part of [confirmation.subject!, confirmation.text!, String(confirmation.html)]) {
    ok(!part.includes("Petra") && !part.includes(personEmail) && !part.includes("Frau"), part);
  }
  equal(confirmation.replyTo!.value[0]!.address, letter!.replyTo!.value[0]!.address);
});

Deno.test("an answer is confirmed by the same letter, except for the channel", async () => {
  const door = await openDoor(test);
  const { to, ask, letters } = await tenantWith(alice.tenantId, { email: "dsb.alike@example.org" });
  const reason = "Doppelt gestellt, Art. 12 Abs. 5 DSGVO";
  const confirmed = async (decide: (number: string) => Promise<void>) => {
    const { number } = await ask(["objection"]);
    await decide(number);
    const confirmation = (await letters(number)).at(-1)!;
    return [
      confirmation.subject!,
      said(confirmation.text),
      confirmation.replyTo!.value[0]!.address!,
    ].join("\n")
      .replaceAll(number, "DS").replace(/vom .* Uhr|vom [\d., :]+/, "vom Tag")
      .replace(/[a-z0-9]{16}@/, "letter@");
  };
  const byLink = await confirmed(async (number) => {
    const [letter] = await letters(number);
    const order = { reason, paragraph: reason, code: code(letter!, "Widerspruch") };
    await visitor.post(link(letter!, "Ablehnen"), order);
  });
  const byMail = await confirmed(async (number) => {
    const [letter] = await letters(number);
    await answer(door.port, letter!, to, `ABLEHNEN ${code(letter!, "Widerspruch")}: ${reason}`);
    await letters(number);
  });
  match(byLink, /Grundlage: Art\. 12 Abs\. 5 DSGVO/);
  match(byMail, /^Gegeben: als Antwort auf die E-Mail$/m);
  const way = "Gegeben: über den Link in Ihrer E-Mail";
  equal(byMail.replace("Gegeben: als Antwort auf die E-Mail", way), byLink);
  await door.close(100);
});

Deno.test("the deputy who decides gets a confirmation in the tenant's language, with what was corrected", async () => {
  const day = today();
  const { ask, letters } = await tenantWith(bob.tenantId, {
    email: "dpo.away@example.org",
    language: "en",
    deputyName: "Dee Puty",
    deputyEmail: "deputy@example.org",
    awayFrom: plus(day, -1),
    awayUntil: plus(day, 1),
  });
  const { number } = await ask(["access", "erasure"]);
  const [letter] = await letters(number);
  await visitor.post(link(letter!, "Extend the deadline"), { reason: "Many requests this month" });
  const extended = said((await letters(number)).at(-1)!.text);
  for (
    const fact of [
      "About: Whole case",
      "Instruction: Extend",
      "Given: through the link in your e-mail, as deputy",
      "answer this e-mail with a NOTE",
    ]
  ) ok(extended.includes(fact), `${fact}\n${extended}`);
  ok(!extended.includes("Basis:"));
  const newest = (await letters(number)).filter(({ text }) => /Code \d{4}/.test(text!)).at(-1)!;
  await visitor.post(`${link(newest, "Approve")}/correction`, { right: "portability" });
  const corrected = said(
    (await letters(number)).find(({ subject }) => /recognised/.test(subject!))!.text,
  );
  match(corrected, /Right recognised: previously Access, now Portability/);
});

Deno.test("what the officer decides signed in is confirmed by the same letter, and can be answered", async () => {
  const { to, ask, letters } = await tenantWith(alice.tenantId, { email: bob.email });
  const { number } = await ask(["access", "erasure"]);
  const [letter] = await letters(number);
  const queue = await (await bob.get("/dpo")).text();
  const [access, erasure] = [...queue.matchAll(/href="(\/dpo\/items\/[0-9a-f-]+)"[^>]*>([^<]*)/g)]
    .filter(([, , words]) => words!.includes(number)).map(([, path]) => path!);
  equal((await bob.post(`${access}/refuse`, { reason: "", paragraph: "" })).status, 422);
  equal((await waiting(number)).length, 0, "what was not done is not confirmed");
  const order = { reason: "Frau Petra hat das", paragraph: "Art. 15 Abs. 4 DSGVO" };
  equal((await bob.post(`${access}/refuse`, order)).status, 303);
  deepEqual((await waiting(number)).map(({ recipient }) => recipient), [to]);
  const confirmation = (await letters(number)).at(-1)!;
  const text = said(confirmation.text);
  for (
    const fact of [
      "Anweisung: Ablehnen",
      "Grundlage: Art. 15 Abs. 4 DSGVO\n",
      "Gegeben: nach Anmeldung, auf der Seite des Falls\n",
      "antworten Sie sofort auf diese E-Mail mit einer NOTIZ",
    ]
  ) ok(text.includes(fact), `${fact}\n${text}`);
  ok(!text.includes("Petra"));
  equal(confirmation.replyTo!.value[0]!.address, letter!.replyTo!.value[0]!.address);
  equal((await bob.post(`${erasure}/correction`, { right: "portability" })).status, 303);
  const corrections = (await letters(number)).filter(({ text }) =>
    /Erkanntes Recht: bisher Löschung, jetzt/.test(text!)
  );
  equal(corrections.length, 1);
});

Deno.test("without a letter that could be answered the confirmation names the queue", async () => {
  const { ask, letters } = await tenantWith(alice.tenantId, { email: bob.email });
  const { number } = await ask(["access"]);
  const queue = await (await bob.get("/dpo")).text();
  const path = new RegExp(`(/dpo/items/[0-9a-f-]+)"[^>]*>[^<]*${number}`).exec(queue)![1]!;
  const order = { reason: "Doppelt", paragraph: "Art. 12 Abs. 5 DSGVO" };
  equal((await bob.post(`${path}/refuse`, order)).status, 303);
  const confirmation = (await letters(number)).find(({ subject }) =>
    subject!.includes("Abgelehnt")
  )!;
  match(said(confirmation.text), /sehen Sie sofort nach: \S+\/dpo/);
});
