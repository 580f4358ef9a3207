/** A supervisory authority that writes sets its own deadline: nobody treats it as a person's request. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import nodemailer from "nodemailer";
import { wrote } from "../db/authorities.ts";
import { now, setOffset } from "../db/clock.ts";
import * as officerCases from "../db/officer_cases.ts";
import { inTime } from "../db/proofs/requests.ts";
import { weekOf } from "../views/mail/officer_weeks.ts";
import { cast } from "./support/cast.ts";
import { domain, openDoor } from "./support/inbound.ts";
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
import { newMark } from "./support/stock.ts";

const hearing = `Sehr geehrte Damen und Herren,

bei uns ist eine Beschwerde nach Art. 77 DSGVO gegen Ihr Unternehmen eingegangen. Wir geben Ihnen
Gelegenheit zur Stellungnahme (Art. 58 Abs. 1 lit. a DSGVO) bis zum 14.12.2026.`;

Deno.test("an authority is recognised by its address or by its powers, a person who cites it is not", () => {
  for (
    const [personEmail, body] of [
      ["poststelle@lda.bayern.de", "Bitte um Rückruf."],
      ["Post@SDTB.sachsen.de", ""],
      ["referat7@mail.ldi.nrw.de", ""],
      ["", hearing],
      ["referat21@bfdi.bund.de", hearing],
      ["plaintes@cnil.fr", "Art. 58 GDPR: please submit your statement."],
      ["", "You are heard under Art. 58(1)(a) GDPR. Please submit your statement."],
    ] as const
  ) ok(wrote({ personEmail, body }), personEmail || body);
  for (
    const [personEmail, body] of [
      [
        "petra@person.example",
        "Sonst beschwere ich mich bei der Aufsichtsbehörde (Art. 77 DSGVO).",
      ],
      ["petra@bayern.de", "Bitte um Stellungnahme zu meinem Antrag nach Art. 15 DSGVO."],
      ["petra@notlda.bayern.de", ""],
      [
        "petra@person.example",
        "Ich verlange Auskunft über meine gespeicherten\nDaten (Art. 15 DSGVO). Sonst wende ich mich " +
        "an die Aufsichtsbehörde, die sie nach Art. 58 DSGVO anordnen kann.",
      ],
      [
        "petra@person.example",
        "Bitte erteilen Sie Auskunft nach Art. 15 DSGVO. Sonst wende ich mich an die Behörde, die " +
        "sie nach Art. 58 DSGVO anordnen kann.",
      ],
      ["", "Please send me a copy of my data and a statement of its source, or face Art. 58 GDPR."],
      ["", ""],
    ] as const
  ) ok(!wrote({ personEmail, body }), personEmail || body);
});

Deno.test("its letter is confirmed without a deadline of ours, and the officer is warned of theirs", async () => {
  const { test, alice } = await cast();
  const { owner } = test.db;
  const box = await mailbox();
  const door = await openDoor(test);
  const mark = newMark();
  const officer = `dsb.${mark}@officer.example`;
  const [{ slug }] = await owner<[{ slug: string }]>`
    select slug
    from tenants
    where id = ${alice.tenantId}
  `;
  await owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, now())
  `;
  const from = `referat.${mark}@lda.bayern.de`;
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: door.port });
  const to = `datenschutz.${slug}@${domain}`;
  await transport.sendMail({ from, to, subject: "Anhörung, Az. 4711/26", text: hearing });
  transport.close();
  const [receipt] = await box.collect(test, from);
  match(receipt!.subject!, /Ihr Schreiben ist eingegangen/);
  ok(!/spätestens am|Antrag|Ausweiskopie/.test(receipt!.text!), receipt!.text);
  const [letter] = await post(test, box, officer);
  match(letter!.subject!, /Aufsichtsbehörde/);
  const text = letter!.text!.replace(/\s+/g, " ");
  match(text, /Schreiben ist eingegangen, anscheinend von einer Aufsichtsbehörde\. /);
  match(text, /Frist, die sie selbst nennt/);
  ok(!/neuer Antrag|Letzter Tag|noch \d+ Tage|^Ganzer Fall/.test(text), text);
  deepEqual(links(letter!).map(({ label }) => label), ["Als erledigt vermerken"]);
  const shown = await test.app.request(link(letter!, "Als erledigt vermerken"));
  const linked = await shown.text();
  match(linked, /Anscheinend von einer Aufsichtsbehörde/);
  ok(!/Letzter Tag|Eigenes Ziel/.test(linked));
  const [found] = await owner<[{ id: string }]>`
    select id
    from cases
    where tenant_id = ${alice.tenantId}
      and person_email = ${from}
  `;
  const page = await (await alice.get(`/settings/requests/${found.id}`)).text();
  match(page, /Anscheinend von einer Aufsichtsbehörde/);
  match(page, /Frist, die sie selbst nennt/);
  ok(!/noch \d+ Tage|Eigenes Ziel/.test(page));
  const queue = await (await alice.get("/settings/requests")).text();
  match(queue, /Anscheinend von einer Aufsichtsbehörde/);
  ok(!/noch \d+ Tage/.test(queue), "no day of ours in the queue");
  // It only seems so: what a person is owed can still be ordered.
  await answer(door.port, letter!, officer, `FREIGABE ${code(letter!, "Beschwerde")}`);
  await post(test, box, officer);
  const [item] = await owner<[{ status: string }]>`
    select status
    from case_items
    where tenant_id = ${alice.tenantId}
      and case_id = ${found.id}
  `;
  ok(item.status !== "new", item.status);
  await door.close(100);
});

Deno.test("reminders of its letter come weekly, whatever our own day, and so does the house's warning", async () => {
  const { test, alice } = await cast();
  const box = await mailbox();
  const officer = `dsb.${newMark()}@officer.example`;
  await test.db.owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, now())
  `;
  try {
    for (const rights of [["complaint"], []] as const) {
      const { number, receivedOn, unshiftedOn, dueOn } = await request(
        test,
        alice.tenantId,
        rights,
        { personEmail: "referat@lda.bayern.de", body: hearing, channel: "email" },
      );
      const days = rights.length > 0
        ? [plus(receivedOn, 8), plus(receivedOn, 16)]
        : [plus(unshiftedOn, -14), plus(unshiftedOn, -7)];
      const each: number[] = [];
      for (
        const day of [...days, plus(days[1]!, 1), plus(dueOn, 1), plus(dueOn, 2), plus(dueOn, 3)]
      ) {
        goTo(day);
        const letters = await post(test, box, officer, number);
        each.push(letters.length);
        for (const { subject, text } of letters) {
          const whole = `${subject} ${text!.replace(/\s+/g, " ")}`;
          match(whole, /Aufsichtsbehörde/);
          ok(
            !/überfällig|Frist ist abgelaufen|Letzter Tag|bis \d|dieser Antrag/.test(whole),
            whole,
          );
        }
      }
      const [first, second, dayAfter, over, next, last] = each;
      equal(second, first! + 1, "a week later");
      equal(dayAfter, second, "not the day after");
      equal(over, second! + 1);
      deepEqual([next, last], [over, over], "not daily after our last day");
      const warned = await post(test, box, alice.email, number);
      equal(warned.length, over! - 1, "the house, with each repetition");
      for (const { subject, text } of warned) {
        match(subject!, /Aufsichtsbehörde/);
        ok(!/Letzter Tag|Art\. 12|gesetzliche Frist/.test(text!), text);
      }
      setOffset(undefined);
    }
  } finally {
    setOffset(undefined);
  }
});

Deno.test("report, calendar, queue and proof count no day of ours in its case", async () => {
  const { test, alice } = await cast();
  await test.db.owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Alice', ${alice.email}, now())
  `;
  const theirs = { personEmail: "referat@lda.bayern.de", body: hearing, channel: "email" } as const;
  const { id, number, dueOn } = await request(test, alice.tenantId, ["complaint"], theirs);
  const person = await request(test, alice.tenantId, ["access"]);
  const desk = await (await alice.get("/settings/requests")).text();
  const feed = /href="([^"]*\/case-feeds\/[^"]*)"/.exec(desk)![1]!;
  const calendar = await (await test.app.request(feed)).text();
  ok(calendar.includes(person.number));
  ok(!calendar.includes(number), "no entry in the calendar");
  const queue = await (await alice.get("/dpo")).text();
  const row = (of: string) =>
    new RegExp(`<tr[^>]*>(?:(?!</tr>)[^])*${of}[^]*?</tr>`).exec(queue)![0];
  match(row(person.number), /noch \d+ Tage/);
  match(row(number), /Anscheinend von einer Aufsichtsbehörde/);
  ok(!/noch \d+ Tage/.test(row(number)), row(number));
  const received = await (await alice.get(`/settings/requests/${id}`)).text();
  match(received, /Anscheinend von einer Aufsichtsbehörde/);
  const week = (day: string) =>
    within(test, alice.tenantId, (scope) => officerCases.week(scope, day, 25));
  const figures = async (day: string) => {
    const { open, authority, due, overdue } = await week(day);
    return { open, authority, due, overdue };
  };
  deepEqual(await figures(dueOn), { open: 2, authority: 1, due: 1, overdue: 0 });
  deepEqual(await figures(plus(dueOn, 1)), { open: 2, authority: 1, due: 0, overdue: 1 });
  const { data } = weekOf({
    ...{ locale: "de", now: now(), day: dueOn, head: "", baseUrl: "" },
    ...await week(dueOn),
  });
  const [, , ...days] = data.rows.find((each) => each[0] === number)!;
  deepEqual(days, ["–", "eigene Frist"]);
  ok(data.figures.some(({ label, value }) => label === "davon von Behörden" && value === "1"));
  try {
    goTo(dueOn);
    const before = Number((await inTime(test.db.app)).figures.overdue);
    goTo(plus(dueOn, 1));
    equal((await inTime(test.db.app)).figures.overdue, before + 1, "the person's alone");
  } finally {
    setOffset(undefined);
  }
});
