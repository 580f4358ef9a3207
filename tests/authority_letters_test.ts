/** A supervisory authority that writes sets its own deadline: nobody treats it as a person's request. */
import { match, ok } from "node:assert/strict";
import nodemailer from "nodemailer";
import { wrote } from "../db/authorities.ts";
import { cast } from "./support/cast.ts";
import { domain, openDoor } from "./support/inbound.ts";
import { mailbox } from "./support/mailbox.ts";
import { post } from "./support/officers.ts";
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
  match(text, /Frist, die sie selbst nennt/);
  await door.close(100);
});
