/** The officer's calendar: reminders, overdue, absence, the week on a page, and the queue to log in to. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as caseEvents from "../db/case_events.ts";
import * as caseItems from "../db/case_items.ts";
import { now, setOffset, today } from "../db/clock.ts";
import * as cases from "../db/cases.ts";
import { providerId } from "../db/controllers.ts";
import { newId } from "../db/ids.ts";
import * as officerCases from "../db/officer_cases.ts";
import * as officers from "../db/officers.ts";
import { mondayOf } from "../db/local_times.ts";
import { weekOf } from "../views/mail/officer_weeks.ts";
import { type ParsedMail } from "mailparser";
import { cast } from "./support/cast.ts";
import { openDoor } from "./support/inbound.ts";
import { mailbox } from "./support/mailbox.ts";
import {
  answer,
  code,
  goTo,
  link,
  links,
  plus,
  post,
  request,
  within,
} from "./support/officers.ts";

const dpo = "dsb@example.org";
const { test, alice, bob, charlie, visitor } = await cast();
const box = await mailbox();

const firstStatus = (controllerId: string, caseId: string) =>
  within(test, controllerId, async (scope) => (await caseItems.list(scope, caseId))[0]!.status);

const officer = {
  name: "",
  email: "",
  language: "de",
  deputyName: "Vera Vertretung",
  deputyEmail: "vertretung@example.org",
  awayFrom: null,
  awayUntil: null,
} as const;

Deno.test("reminders come 14, 7, 3 and 1 days before the end, once each; then daily", async () => {
  try {
    const { number, unshiftedOn, dueOn } = await request(test, providerId, ["access"]);
    const subjects = async (day: string) => {
      goTo(day);
      const letters = await post(test, box, dpo, number);
      equal((await post(test, box, dpo, number)).length, letters.length, "each once");
      return letters.map(({ subject }) => subject!.replace(/ \(.*/, "").replace(/^\S+ /, ""));
    };
    const about = async (days: number) =>
      (await subjects(plus(unshiftedOn, -days))).filter((each) => /Tage?$/.test(each));
    equal((await about(20)).length, 0);
    deepEqual(await about(14), ["noch 14 Tage"].map((each) => left(each, unshiftedOn, dueOn, 14)));
    equal((await about(13)).length, 1);
    equal((await about(7)).length, 2);
    equal((await about(2)).length, 3, "what was missed comes once");
    equal((await about(1)).length, 4);
    const overdue = async (day: string) =>
      (await subjects(day)).filter((each) => each === "überfällig").length;
    equal(await overdue(plus(dueOn, 1)), 1);
    equal(await overdue(plus(dueOn, 2)), 2);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("after its first month no extension of a case is offered (Art. 12(3) sentence 2)", async () => {
  const door = await openDoor(test);
  try {
    const { id, number, dueOn } = await request(test, providerId, ["access"]);
    const offers = (letter: ParsedMail) => [
      links(letter).some(({ label }) => label === "Frist verlängern"),
      /^VERLÄNGERN \d+/m.test(letter.text!),
    ];
    goTo(dueOn);
    deepEqual(offers((await post(test, box, dpo, number)).at(-1)!), [true, true]);
    goTo(plus(dueOn, 1));
    const late = (await post(test, box, dpo, number)).at(-1)!;
    match(late.subject!, /überfällig/);
    deepEqual(offers(late), [false, false]);
    await answer(door.port, late, dpo, `VERLÄNGERN ${code(late, "Auskunft")}: Viele Ablagen`);
    const refusal = (await post(test, box, dpo, number)).at(-1)!;
    match(refusal.subject!, /Antwort nicht ausgeführt/);
    match(refusal.text!, /nur im ersten Monat/);
    const { extendedAt } = await within(test, providerId, (scope) => cases.find(scope, id));
    equal(extendedAt, null);
  } finally {
    setOffset(undefined);
    await door.close(100);
  }
});

Deno.test("an old letter's link says that it may have expired", async () => {
  try {
    const { number, id, receivedOn } = await request(test, providerId, ["access"]);
    const [letter] = await post(test, box, dpo, number);
    const path = link(letter!, "Freigeben");
    goTo(plus(receivedOn, 8));
    match(await (await visitor.get(path)).text(), /älter als sieben Tage/);
    equal(await firstStatus(providerId, id), "new");
  } finally {
    setOffset(undefined);
  }
});

/** What a reminder says counts to the last day by law, which may be some days later. */
function left(words: string, unshiftedOn: string, dueOn: string, days: number): string {
  const shift = Temporal.PlainDate.from(unshiftedOn).until(dueOn).days;
  return words.replace(String(days), String(days + shift));
}

Deno.test("in an absence the deputy gets the mail and decides; nobody else may", async () => {
  const door = await openDoor(test);
  const day = today();
  const name = (awayFrom: string | null, awayUntil: string | null) =>
    within(
      test,
      alice.tenantId,
      (scope) =>
        officers.update(scope, {
          ...officer,
          email: "tenant-dsb@example.org",
          awayFrom,
          awayUntil,
        }),
    );
  await name(plus(day, -1), plus(day, 1));
  const { id, number } = await request(test, alice.tenantId, ["access"]);
  equal((await post(test, box, "tenant-dsb@example.org", number)).length, 0);
  const [letter] = await post(test, box, officer.deputyEmail, number);
  await name(plus(day, -9), plus(day, -5));
  const order = `FREIGABE ${code(letter!, "Auskunft")}`;
  await answer(door.port, letter!, officer.deputyEmail, order);
  await post(test, box, dpo);
  match(await (await visitor.get(link(letter!, "Freigeben"))).text(), /gilt nicht mehr/);
  equal(await firstStatus(alice.tenantId, id), "new", "the absence is over");
  await name(plus(day, -1), plus(day, 1));
  await answer(door.port, letter!, officer.deputyEmail, order);
  await post(test, box, dpo);
  equal(await firstStatus(alice.tenantId, id), "no_data");
  const { events } = await within(test, alice.tenantId, (scope) => caseEvents.list(scope, id));
  ok(events.some(({ action, actorKind }) => action === "moved" && actorKind === "deputy"));
  await name(null, null);
  await door.close(100);
});

Deno.test("an absent officer hands over on the first day, and takes back on the first day after (Art. 12(3))", async () => {
  const tenantId = (await cast()).alice.tenantId;
  const email = `weg.${tenantId}@example.org`;
  const deputyEmail = `da.${tenantId}@example.org`;
  const day = today();
  const away = (awayFrom: string | null, awayUntil: string | null) =>
    within(
      test,
      tenantId,
      (scope) => officers.update(scope, { ...officer, email, deputyEmail, awayFrom, awayUntil }),
    );
  await away(plus(day, 1), plus(day, 2));
  const { number } = await request(test, tenantId, ["access"]);
  const count = async (to: string) => (await post(test, box, to, number)).length;
  equal(await count(email), 1);
  equal(await count(deputyEmail), 0);
  try {
    goTo(plus(day, 1));
    equal(await count(deputyEmail), 1, "on the first day of the absence");
    goTo(plus(day, 2));
    equal(await count(deputyEmail), 1, "once");
    equal(await count(email), 1);
    goTo(plus(day, 3));
    // The earlier letter is in the officer's mailbox and still counts.
    equal(await count(email), 1);
    const { number: late } = await request(test, tenantId, ["access"]);
    await away(plus(day, 3), plus(day, 3));
    equal((await post(test, box, deputyEmail, late)).length, 1);
    equal((await post(test, box, email, late)).length, 0);
    goTo(plus(day, 4));
    equal((await post(test, box, email, late)).length, 1, "on the first day back");
  } finally {
    setOffset(undefined);
  }
});

Deno.test("a link opens its own controller's case only, and no other token does", async () => {
  const here = await request(test, alice.tenantId, ["objection"]);
  const there = await request(test, charlie.tenantId, ["objection"]);
  await post(test, box, dpo);
  const of = (number: string) => box.mails.find(({ subject }) => subject?.startsWith(number))!;
  const hers = link(of(here.number), "Freigeben");
  const foreign = code(of(there.number), "Widerspruch");
  const own = code(of(here.number), "Widerspruch");
  if (foreign !== own) equal((await visitor.post(hers, { code: foreign })).status, 422);
  equal(await firstStatus(charlie.tenantId, there.id), "new");
  match(await (await visitor.get(`/case-links/${"x".repeat(43)}`)).text(), /gilt nicht mehr/);
  for (const { path } of links(of(here.number))) {
    const torn = await visitor.post(`${path.slice(0, -1)}${path.endsWith("A") ? "B" : "A"}`, {
      code: own,
      reason: "Grund",
    });
    match(await torn.text(), /gilt nicht mehr/);
  }
  equal(await firstStatus(alice.tenantId, here.id), "new");
  await visitor.post(hers, { code: own });
  equal(await firstStatus(alice.tenantId, here.id), "execution");
});

Deno.test("the officer finds the same queue signed in; others are refused", async () => {
  await within(
    test,
    alice.tenantId,
    (scope) => officers.update(scope, { ...officer, email: bob.email }),
  );
  const { id, number } = await request(test, alice.tenantId, ["erasure"]);
  equal((await alice.get("/dpo")).status, 403);
  const page = await bob.get("/dpo");
  equal(page.status, 200);
  const text = await page.text();
  ok(text.includes(number));
  const path = new RegExp(`(/dpo/items/[0-9a-f-]+)"[^>]*>${number}`).exec(text)![1]!;
  equal((await charlie.get(`${path}/refuse`)).status, 404);
  match(await (await bob.get(path)).text(), /Frist verlängern/);
  equal((await bob.get(`${path}/refuse`)).status, 200);
  equal((await bob.post(`${path}/refuse`, { reason: "", paragraph: "" })).status, 422);
  const fields = { reason: "Aufbewahrung", paragraph: "Art. 17 Abs. 3 DSGVO" };
  equal((await bob.post(`${path}/refuse`, fields)).status, 303);
  equal(await firstStatus(alice.tenantId, id), "refused");
  equal((await bob.post(`${path}/approve`, {})).status, 422);
  ok(!(await (await bob.get("/dpo")).text()).includes(number));
});

Deno.test("an absence needs both its days in order, and a deputy", async () => {
  const fields = { ...officer, email: "dsb@haus.example", deputyEmail: "" };
  const refused = await alice.post("/settings/officer", {
    ...fields,
    awayFrom: "2026-12-24",
    awayUntil: "2026-12-23",
  });
  equal(refused.status, 422);
  const text = await refused.text();
  match(text, /liegt vor dem ersten/);
  match(text, /dsb@haus\.example/);
  const present = { ...fields, deputyName: "", awayFrom: "", awayUntil: "" };
  const saved = await alice.post("/settings/officer", present);
  equal(saved.status, 303);
  match(await (await alice.get("/settings/officer")).text(), /dsb@haus\.example/);
  const named = {
    ...fields,
    name: "Dana",
    email: "",
    deputyName: "Vera",
    awayFrom: "",
    awayUntil: "",
  };
  const unreachable = await alice.post("/settings/officer", named);
  equal(unreachable.status, 422, "nobody is named who cannot be reached");
  match(await unreachable.text(), /E-Mail der beauftragten Person: .*E-Mail der Vertretung: /s);
  equal((await bob.get("/settings/officer")).status, 403);
});

Deno.test("a request with a paused deadline is overdue in no weekly figure, and is shown as paused", async () => {
  const who = { ...officer, email: "ruht@example.org" };
  await within(test, alice.tenantId, (scope) => officers.update(scope, who));
  const { id, number, dueOn } = await request(test, alice.tenantId, ["access"]);
  const week = (day: string) =>
    within(test, alice.tenantId, (scope) => officerCases.week(scope, day, 25));
  const late = plus(dueOn, 3);
  const [before, onItsDay] = [await week(late), await week(dueOn)];
  await within(test, alice.tenantId, async (scope) => {
    const [item] = await caseItems.list(scope, id);
    const doubt = { kind: "identity", reason: "Eine andere Adresse" } as const;
    await caseItems.decide(scope, id, item!.id, doubt, { kind: "officer", id: null });
  });
  const after = await week(late);
  deepEqual([after.open, after.resting], [before.open, before.resting + 1]);
  equal(after.overdue, before.overdue - 1);
  equal((await week(dueOn)).due, onItsDay.due - 1, "nor is it due");
  equal(after.rows.find((row) => row.number === number)!.daysLeft, null);
  const { data } = weekOf({
    ...{ locale: "de", now: now(), day: late, head: "", baseUrl: "" },
    ...after,
  });
  ok(data.rows.some((row) => row[0] === number && row[3] === "die Frist ruht"));
  ok(
    data.figures.some(({ label, value }) =>
      label === "davon ruhend" && value === String(after.resting)
    ),
  );
});

Deno.test("a request closed in the first hour of the week, in Berlin, counts in that week", async () => {
  const closed = async (at: string) => {
    const { id } = await request(test, alice.tenantId, ["access"]);
    await test.db.owner`
      update cases
      set status = 'closed', closed_at = ${at}, erase_after = ${at}
      where id = ${id}
    `;
  };
  const count = async (day = "2027-07-12") =>
    (await within(test, alice.tenantId, (scope) => {
      return officerCases.week(scope, day, 25, "2027-07-12");
    })).closed;
  const before = await count();
  await closed("2027-07-05T00:30:00+02:00");
  equal(await count(), before + 1);
  await closed("2027-07-04T23:30:00+02:00");
  equal(await count(), before + 1);
  await closed("2027-07-12T00:30:00+02:00");
  equal(await count(), before + 1, "that is the next week");
  equal(await count("2027-07-14"), before + 1, "whenever the report comes");
});

Deno.test("a former officer decides no more, and the next one is written to", async () => {
  const named = (email: string, deputyEmail: string = officer.deputyEmail) =>
    within(
      test,
      alice.tenantId,
      (scope) => officers.update(scope, { ...officer, email, deputyEmail }),
    );
  await named("alt@example.org");
  const { number } = await request(test, alice.tenantId, ["access"]);
  const [letter] = await post(test, box, "alt@example.org", number);
  const { path } = links(letter!)[0]!;
  const shown = async () => (await (await visitor.get(path)).text()).includes("Petra Person");
  equal(await shown(), true);
  await named("ALT@example.org", "andere@example.org");
  equal(await shown(), true, "the same address, and another deputy");
  await named("neu@example.org");
  equal(await shown(), false, "a link is a key");
  equal((await post(test, box, "alt@example.org", number)).length, 1);
  const [next] = await post(test, box, "neu@example.org", number);
  ok(links(next!).length > 0);
});

Deno.test("each day the chain's head is mailed, on Mondays the week as a PDF of one page", async () => {
  try {
    await within(
      test,
      charlie.tenantId,
      (scope) => officers.update(scope, { ...officer, email: "woche@example.org" }),
    );
    await request(test, charlie.tenantId, ["access", "portability"]);
    const monday = plus(mondayOf(today()), 7);
    goTo(monday);
    const reports = () =>
      post(test, box, "woche@example.org", "", ["report_to_officers"]).then((mails) =>
        mails.filter(({ subject }) => /Beweiskette|Wochenbericht/.test(subject ?? ""))
      );
    const head = await within(test, charlie.tenantId, (scope) => caseEvents.head(scope));
    const mails = await reports();
    equal((await reports()).length, mails.length, "a day's once");
    const chain = mails.find(({ subject }) => subject!.includes("Beweiskette"));
    ok(chain!.text!.includes(head!.digest));
    const week = mails.find(({ subject }) => subject!.includes("Wochenbericht"));
    const [file] = week!.attachments;
    equal(file!.contentType, "application/pdf");
    const bytes = file!.content.toString("latin1");
    match(bytes, /^%PDF-/);
    match(bytes, /\/Count 1\b/);
    match(bytes, /pdfaid:part/);
    goTo(plus(monday, 1));
    const next = (await reports()).slice(mails.length);
    deepEqual(next.map(({ attachments }) => attachments.length), [0]);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("a week whose Monday was missed is reported on the next day, the first week on its Monday", async () => {
  try {
    const { alice } = await cast();
    const tenantId = alice.tenantId;
    const named = { ...officer, email: "spaeter@example.org" };
    await within(test, tenantId, (scope) => officers.update(scope, named));
    const monday = plus(mondayOf(today()), 7);
    const weeks = async (day: string) => {
      goTo(day);
      const mails = await post(test, box, "spaeter@example.org", "", ["report_to_officers"]);
      return mails.filter(({ subject }) => subject!.includes("Wochenbericht")).length;
    };
    goTo(plus(monday, 2));
    await request(test, tenantId, ["access"]);
    equal(await weeks(plus(monday, 3)), 0, "a Thursday, the first request is of Wednesday");
    equal(await weeks(plus(monday, 8)), 1, "a Tuesday, nothing ran on Monday");
    equal(await weeks(plus(monday, 9)), 1);
    equal(await weeks(plus(monday, 14)), 2);
    equal(await weeks(plus(monday, 15)), 2);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("the officer learns before approving that nobody was found, as when a lawyer or a mother writes (Art. 12(2))", async () => {
  const personEmail = `kanzlei.${newId()}@recht.example`;
  const { number } = await request(test, providerId, ["access", "objection"], { personEmail });
  const [letter] = await post(test, box, dpo, number);
  const nobodyFound = /niemand gefunden: Eine Freigabe antwortet, dass keine Daten vorliegen/;
  match(letter!.text!, nobodyFound);
  const [access, objection] = links(letter!).filter(({ label }) => label === "Freigeben");
  match(await (await visitor.get(access!.path)).text(), nobodyFound);
  // An objection bars the address, whoever has it.
  ok(!nobodyFound.test(await (await visitor.get(objection!.path)).text()));
  const known = await request(test, providerId, ["access"], { personEmail: alice.email });
  const [other] = await post(test, box, dpo, known.number);
  ok(!nobodyFound.test(other!.text!));
});
