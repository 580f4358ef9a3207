/** Who wrote: a person, a program, or a colleague who passed a customer's mail on. */

import { deepEqual, equal } from "node:assert/strict";
import { read } from "../../../db/received_mails/contents.ts";
import { isForward, originalSender } from "../../../db/received_mails/forwards.ts";

const kindOf = async (fields: string) =>
  (await read(new TextEncoder().encode(`From: a@b.example\r\n${fields}\r\n\r\nText`))).kind;

Deno.test("automatic answers are told by their fields, old programs by their subject", async () => {
  const replies = [
    "Auto-Submitted: auto-replied",
    "Auto-Submitted: auto-replied; owner-email=x",
    "X-Autoreply: yes",
    "Precedence: auto_reply",
    "Subject: Automatische Antwort: Angebot",
    "Subject: Abwesenheitsnotiz: Angebot",
    "Subject: Out of Office: Offer",
    "Subject: =?utf-8?Q?Automatische_R=C3=BCckmeldung?=",
  ];
  for (const fields of replies) equal(await kindOf(fields), "auto_reply", fields);
});

Deno.test("circulars and programs are no persons", async () => {
  for (
    const fields of [
      "List-Unsubscribe: <https://a.example>",
      "List-Id: <a.b.example>",
      "Precedence: bulk",
      "Auto-Submitted: auto-generated",
    ]
  ) equal(await kindOf(fields), "bulk", fields);
});

Deno.test("a person's mail is taken for nothing else", async () => {
  for (
    const fields of [
      "Subject: Re: Angebot",
      "Auto-Submitted: no",
      "Subject: Automatisierung der Halle 3",
      "Subject: Wer ist wann abwesend gewesen?",
      "Precedence: normal",
    ]
  ) equal(await kindOf(fields), "mail", fields);
});

Deno.test("a daemon's word with an empty return path is a bounce, a human postmaster's is not", async () => {
  const of = async (fields: string) =>
    (await read(new TextEncoder().encode(`From: MAILER-DAEMON@b.example\r\n${fields}\r\n\r\nx`)))
      .kind;
  equal(await of("Return-Path: <>"), "bounce");
  equal(await of("Return-Path: <a@b.example>"), "mail");
});

Deno.test("who wrote a mail that was passed on stands above it, whatever the program", () => {
  const mia = { name: "Mia Muster", address: "mia@muster.example" };
  const bodies = [
    "Zur Info\n\n-------- Weitergeleitete Nachricht --------\nBetreff: \tAngebot\nDatum: \tMon, 1 Jan 2024\nVon: \tMia Muster <mia@muster.example>\nAn: \tbob@haus.example\n\nHallo",
    "---------- Forwarded message ---------\nFrom: Mia Muster <mia@muster.example>\nDate: Mon, Jan 1, 2024 at 10:00\nSubject: Offer\nTo: <bob@haus.example>\n\nHello",
    "Von: Mia Muster <mia@muster.example>\nGesendet: Montag, 1. Januar 2024 10:00\nAn: Bob\nBetreff: Angebot\n\nHallo",
    "Anfang der weitergeleiteten Nachricht:\n\n> Von: Mia Muster <mia@muster.example>\n> Betreff: Angebot\n> Datum: 1. Januar\n\n> Hallo",
    "From: Mia Muster [mailto:mia@muster.example]\nSent: March-09-12\nTo: bob@haus.example\nSubject: Test",
    "*Von:* Mia Muster <mia@muster.example>\n*Gesendet:* Montag\n*An:* Bob",
  ];
  for (const body of bodies) deepEqual(originalSender(body), mia, body);
});

Deno.test("a sentence that begins with Von is no such line", () => {
  equal(originalSender("Von: Hamburg nach Kiel\nfahren wir um drei."), null);
  equal(originalSender("Von: a@b.example\nBis morgen!"), null);
  equal(originalSender(""), null);
  for (const subject of ["WG: Angebot", "Fwd: Offer", "FW: x", "Weitergeleitet: x"]) {
    equal(isForward(subject), true, subject);
  }
  for (const subject of ["Re: WG", "Wie geht es", "fwd", "Iglo: neu"]) {
    equal(isForward(subject), false, subject);
  }
});
