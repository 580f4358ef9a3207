/**
 * Every right from the public form or a mail to its end, with an officer who acts by links alone or by
 * answers alone: the clock moved to the reminder, extended, overdue, decided, the answer downloaded.
 */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { ParsedMail } from "mailparser";
import nodemailer from "nodemailer";
import * as caseEvents from "../db/case_events.ts";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import { setOffset } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { type Right, rights } from "../db/letters/rules.ts";
import { judge } from "../db/outgoing_gate.ts";
import { Client } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { idOf } from "./support/html.ts";
import { domain, openDoor } from "./support/inbound.ts";
import { addressesOf, linkIn, mailbox } from "./support/mailbox.ts";
import { answer, code, goTo, link, plus, post } from "./support/officers.ts";
import { readZip } from "./support/zips.ts";

const { test, alice } = await cast();
const { owner } = test.db;
const [box, door] = [await mailbox(), await openDoor(test)];
const slug = `haus-${alice.tenantId}`;
const officer = "dsb@officer.example";

const ways = ["links", "answers"] as const;

interface Journey {
  right: Right;
  way: typeof ways[number];
  /** A browser in a network of its own. */
  visitor: Client;
  mark: string;
  email: string;
  contact: string;
  caseId: string;
  number: string;
  itemId: string;
}

/** What the officer's letters call a right. */
const words: Record<Right, string> = {
  access: "Auskunft",
  rectification: "Berichtigung",
  erasure: "Löschung",
  restriction: "Einschränkung",
  portability: "Datenübertragung",
  objection: "Widerspruch",
  decision: "Entscheidung durch Menschen",
  withdrawal: "Widerruf",
  complaint: "Beschwerde",
};

/** What the person reads at the end. */
const answers: Record<Right, RegExp> = {
  access: /Unsere Antwort liegt bereit|liegt bis zum [0-9.]+ verschlüsselt für Sie bereit/,
  rectification: /erfährt von der Änderung/,
  erasure: /Wir haben Ihre Daten gelöscht/,
  restriction: /nur noch gespeichert/,
  portability: /liegt bis zum [0-9.]+ verschlüsselt für Sie bereit/,
  objection: /auf Dauer gesperrt/,
  decision: /Über Sie entscheiden Menschen/,
  withdrawal: /Was auf Ihrer Einwilligung beruhte, ist beendet/,
  complaint: /Alle Behörden und eine Hilfe zum Schreiben: .*/,
};

/** The letters that have come so far, oldest first. */
const lettersTo = (to: string, number: string): ParsedMail[] =>
  box.mails.filter((mail) => addressesOf(mail).includes(to) && mail.subject!.includes(number));

/** The officer's newest letter of a kind. */
function letterOf(number: string, about: RegExp): ParsedMail {
  const found = lettersTo(officer, number).findLast(({ subject }) => about.test(subject!));
  ok(found, `no letter like ${about}`);
  return found;
}

const reminder = /noch \d+ Tage/;
const overdue = /überfällig/;

/** Lets the timetable and the queue do what is due. */
const work = () => post(test, box, officer);

const stateOf = ({ caseId, itemId }: Journey) =>
  alice.scope(async (scope) => ({
    found: await cases.find(scope, caseId),
    item: await caseItems.find(scope, itemId),
  }));

/** A person on record who will make the request. */
async function known(right: Right, way: Journey["way"], n: number): Promise<Journey> {
  const mark = `${right}${way}`;
  const email = `${mark}@person.example`;
  const contact = idOf(
    await alice.post("/contacts/new", {
      origin: "customer",
      firstName: "Petra",
      lastName: mark,
      "emails.0.address": email,
      _anyway: "1",
    }),
  );
  await owner`
    insert into consents (
      tenant_id, id, contact_id, channel, purpose, text_version, given_at, given_how
    ) values (${alice.tenantId}, ${newId()}, ${contact}, 'email', 'marketing', '1', now(), 'form')
  `;
  const visitor = new Client(test, { "X-Forwarded-For": `10.1.${n}.1` });
  return { right, way, visitor, mark, email, contact, caseId: "", number: "", itemId: "" };
}

/** The form; a complaint, which no form offers, by mail. */
async function claim({ right, visitor, mark, email }: Journey): Promise<void> {
  if (right === "complaint") {
    const transport = nodemailer.createTransport({ host: "127.0.0.1", port: door.port });
    await transport.sendMail({
      from: `Petra ${mark} <${email}>`,
      to: `datenschutz.${slug}@${domain}`,
      subject: "Beschwerde",
      text: "Ich möchte mich über den Umgang mit meinen Daten beschweren.",
    });
    return transport.close();
  }
  const text = right === "objection" ? "Ich möchte keine Werbung mehr." : "";
  const name = `Petra ${mark}`;
  const fields = { id: newId(), rights: right, name, email, text };
  equal((await visitor.post(`/p/${slug}/requests/new`, fields)).status, 200);
}

/** The case that came of it; who wrote by form proves by the receipt's link to read the address. */
async function received(journey: Journey): Promise<void> {
  const { right, visitor, email, mark, contact } = journey;
  const [row] = await owner<{ id: string; number: string; itemId: string }[]>`
    select c.id, c.number, i.id as item_id
    from cases c
    join case_items i on i.tenant_id = c.tenant_id and i.case_id = c.id
    where c.tenant_id = ${alice.tenantId} and c.person_email = ${email}
  `;
  Object.assign(journey, { caseId: row!.id, number: row!.number, itemId: row!.itemId });
  const receipt = lettersTo(email, row!.number)[0]!;
  if (right !== "complaint") {
    equal((await visitor.post(linkIn(receipt, `p/${slug}`))).status, 200);
    ok((await stateOf(journey)).found.confirmedAt);
  }
  if (right !== "rectification") return;
  const noted = await alice.post(`/settings/requests/items/${row!.itemId}/rectification`, {
    id: newId(),
    what: `${contact} contacts.last_name ${mark}`,
    value: `${mark}neu`,
    proof: "Anruf",
  });
  equal(noted.status, 303);
}

/** The officer's order from a letter, by the way of the journey. */
async function order(journey: Journey, about: RegExp, action: "extend" | "approve"): Promise<void> {
  const { right, way, number, visitor } = journey;
  const letter = letterOf(number, about);
  const typed = code(letter, words[right]);
  const reason = "Sehr viele Anträge in diesem Monat";
  if (way === "answers") {
    const text = action === "extend" ? `VERLÄNGERN ${typed}: ${reason}` : `FREIGABE ${typed}`;
    return await answer(door.port, letter, officer, text);
  }
  const path = link(letter, action === "extend" ? "Frist verlängern" : "Freigeben");
  const before = await stateOf(journey);
  const shown = await visitor.get(path);
  equal(shown.status, 200);
  if (right === "rectification" && action === "approve") {
    match(await shown.text(), /<ins>[^<]*neu<\/ins>/, "what is approved is on the page");
  }
  deepEqual(await stateOf(journey), before, "looking decides nothing");
  const done = await visitor.post(path, action === "extend" ? { reason } : { code: typed });
  match(await done.text(), action === "extend" ? /Verlängert/ : /Freigegeben/);
}

/** The files of the answer that waits, with the code that comes by a second mail. */
async function fetched(path: string, { visitor, email, number }: Journey) {
  equal((await visitor.post(`${path}/codes`)).status, 200);
  await post(test, box, email, number, []);
  const sent = lettersTo(email, number).at(-1)!.text!;
  const typed = /^([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(sent)![1]!;
  return await readZip(await visitor.post(path, { code: typed }));
}

/** What is in the database when the right is done. */
const effects: Record<Right, (journey: Journey) => Promise<unknown>> = {
  async access(journey) {
    const files = await fetched(pathOf(journey), journey);
    ok(files.get("Daten.json")!.includes(journey.email));
    ok(files.get("Auskunft.pdf")!.startsWith("%PDF-1.7"));
  },
  async portability(journey) {
    const files = await fetched(pathOf(journey), journey);
    const kinds = [...files.keys()].map((name) => name.split(".").at(-1)!).sort();
    for (const kind of ["csv", "json", "vcf"]) ok(kinds.includes(kind), kind);
  },
  async rectification({ contact, mark }) {
    const [row] = await owner`select last_name from contacts where id = ${contact}`;
    equal(row!.lastName, `${mark}neu`);
  },
  async erasure({ contact, caseId }) {
    equal((await owner`select from contacts where id = ${contact}`).length, 0);
    equal((await owner`select from certificates where case_id = ${caseId}`).length, 1);
  },
  async restriction({ contact }) {
    const [row] = await owner`select restricted_at from contacts where id = ${contact}`;
    ok(row!.restrictedAt);
  },
  async objection({ email }) {
    const [judged] = await alice.scope((scope) =>
      judge({ scope, secretKey }, "marketing", [email])
    );
    ok(judged!.bar);
  },
  async withdrawal({ contact }) {
    const rows = await owner`
      select from consents where contact_id = ${contact} and withdrawn_at is null
    `;
    equal(rows.length, 0);
  },
  decision({ email, number }) {
    match(
      lettersTo(email, number).at(-1)!.text!,
      /prüft ein Mensch sie noch einmal[\s\S]*Art\. 79 DSGVO/,
    );
    return Promise.resolve();
  },
  complaint({ email, number }) {
    match(lettersTo(email, number).at(-1)!.text!, /\/privacy\/complaint[\s\S]*Art\. 79 DSGVO/);
    return Promise.resolve();
  },
};

const pathOf = ({ email, number }: Journey) =>
  linkIn(lettersTo(email, number).at(-1)!, "deliveries");

Deno.test("every right goes from its claim to its end, by links alone and by answers alone", async (t) => {
  await owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, now())
  `;
  const journeys: Journey[] = [];
  for (const right of rights) {
    for (const way of ways) journeys.push(await known(right, way, journeys.length));
  }
  /** One step of the day for all of them, reported one by one. */
  const each = async (about: string, check: (journey: Journey) => Promise<unknown>) => {
    for (const journey of journeys) {
      await t.step(
        `${journey.right} by ${journey.way}: ${about}`,
        () => check(journey).then(() => {}),
      );
    }
  };
  try {
    for (const journey of journeys) await claim(journey);
    await work();
    // A minute later: the first letters wait until the persons were searched for.
    await work();
    await each("received, reported to the officer without a name", async (journey) => {
      await received(journey);
      const letter = letterOf(journey.number, /neuer Antrag/);
      match(letter.subject!, new RegExp(words[journey.right]));
      ok(!`${letter.subject}${letter.text}`.includes(journey.mark));
    });
    const { found: { unshiftedOn } } = await stateOf(journeys[0]!);
    goTo(plus(unshiftedOn, -14));
    await work();
    await each(
      "reminded, and prolonged with the reason",
      (journey) => order(journey, reminder, "extend"),
    );
    await work();
    await each("the person learns why", async (journey) => {
      const { found } = await stateOf(journey);
      ok(found.extendedAt && found.dueOn > plus(unshiftedOn, 50));
      match(lettersTo(journey.email, journey.number).at(-1)!.text!, /Sehr viele Anträge/);
    });
    goTo(plus((await stateOf(journeys[0]!)).found.dueOn, 1));
    await work();
    await each(
      "overdue, and approved at last",
      (journey) => order(journey, overdue, "approve"),
    );
    await work();
    await each("done, as the person reads and the database shows", async (journey) => {
      const { item: { status } } = await stateOf(journey);
      equal(status, "done");
      match(lettersTo(journey.email, journey.number).at(-1)!.text!, answers[journey.right]);
      for (const { replyTo } of lettersTo(journey.email, journey.number)) {
        equal(replyTo?.text, officer, "an answer reaches the officer");
      }
      await effects[journey.right](journey);
      const { events } = await alice.scope((scope) => caseEvents.list(scope, journey.caseId));
      const by = events.map(({ action }) => action).filter((each) => /^ordered_by/.test(each));
      deepEqual([...new Set(by)], [
        journey.way === "links" ? "ordered_by_link" : "ordered_by_mail",
      ]);
      ok((await stateOf(journey)).found.closedAt);
    });
    equal(await alice.scope((scope) => caseEvents.verify(scope)), null);
  } finally {
    setOffset(undefined);
    await door.close(100);
    await box.close();
  }
});
