/** Who wrote: a person, a program, or a colleague who passed a customer's mail on. */

import { deepEqual, equal } from "node:assert/strict";
import { read } from "../../../db/received_mails/contents.ts";
import { isForward, originalSender } from "../../../db/received_mails/forwards.ts";

const kindOf = async (fields: string) =>
  (await read(new TextEncoder().encode(`From: a@b.example\r\n${fields}\r\n\r\nText`))).kind;

Deno.test("automatic answers are recognised by their fields, those of old programs by their subject", async () => {
  const replies = [
    "Auto-Submitted: auto-replied",
    "Auto-Submitted: auto-replied; owner-email=x",
    "X-Autoreply: yes",
    "Precedence: auto_reply",
    "Subject: Automatische Antwort: Angebot",
    "Subject: Abwesenheitsnotiz: Angebot",
    "Subject: Out of Office: Offer",
    "Subject: =?utf-8?Q?Automatische_R=C3=BCckmeldung?=",
    "Subject: =?utf-8?Q?Nicht_im_B=C3=BCro=3A_Angebot?=",
    "Subject: Ich bin im Urlaub!",
    "Subject: Urlaubsabwesenheit Re: Angebot",
    "Subject: OOO: Offer",
    "Subject: Otomatik yanıt: Teklif",
    "Subject: Automatikus válasz: Ajánlat",
    "Subject: Automaattinen vastaus: Tarjous",
    "Subject: Răspuns automat: Ofertă",
    "Subject: Afwezig: Offerte",
    "Subject: Автоматический ответ: Предложение",
    "Subject: Αυτόματη απάντηση: Προσφορά",
    "Subject: 自動応答: 見積",
    "Subject: 自动答复: 报价",
  ];
  for (const fields of replies) equal(await kindOf(fields), "auto_reply", fields);
});

Deno.test("a mail about absences, or about what is out of the office, is a person's", async () => {
  const subjects = [
    "Házon kívüli rendezvény: ajánlatkérés",
    "Ofis dışında toplantı talebi",
    "Otomatik yanıt sistemi için teklif",
    "Автоматический ответчик: запрос цены",
    "Automatikus válaszadó rendszer",
    "Automatski odgovori na portalu",
    "Re: Out of office rental",
    "Out of office rental",
    "On leave management software",
    "Fuori sede aziendale",
    "Afwezigheid melden",
    "Abwesend am Montag?",
    "Abwesenheitsnotiz einrichten",
    "AW: Automatische Antwort: Angebot",
    "Ersatzteil ist nicht im Haus",
    "Ware aus Kiel ist nicht im Haus",
    "自動応答システムについて",
    "자동 회신 시스템 문의",
  ];
  for (const subject of subjects) equal(await kindOf(`Subject: ${subject}`), "mail", subject);
  const away = [
    "Out of Office AutoReply: Quote?",
    "Out of office until Monday",
    "Abwesend vom 3. bis 5.12.",
    "Absent du bureau jusqu'au 3 mai",
    "Automatische Antwort: Haben Sie noch Kabel?",
    "Re: Out of office",
    "Frånvaromeddelande",
    "Frau Amsel ist bis Montag nicht im Haus",
  ];
  for (const subject of away) equal(await kindOf(`Subject: ${subject}`), "auto_reply", subject);
  equal(await kindOf("Subject: Házon kívül"), "auto_reply");
});

Deno.test("a bounce saved as a file is recognised without the Return-Path field", async () => {
  const kinds = await Promise.all(
    [
      "From: MAILER-DAEMON@mx.example\r\nSubject: failure notice",
      "From: postmaster@t-online.example\r\nSubject: Mail Delivery Failure",
      "From: postmaster@x.example\r\nSubject: Undeliverable: Angebot",
      "From: postmaster@x.example\r\nSubject: Unzustellbar - Angebot",
      "From: postmaster@x.example\r\nSubject: Nicht zustellbare E-Mail",
      // Somebody asks, somebody answers, and somebody has a parcel.
      "From: postmaster@x.example\r\nSubject: Undeliverable parcel",
      "From: postmaster@x.example\r\nSubject: Unzustellbares Paket 4711",
      "From: postmaster@x.example\r\nSubject: Niet bezorgd pakket",
      "From: postmaster@x.example\r\nSubject: Ihre Anfrage",
      "From: MAILER-DAEMON@mx.example\r\nSubject: Re: failure notice",
      "From: eva@x.example\r\nSubject: failure notice",
      "Return-Path: <postmaster@x.example>\r\nFrom: postmaster@x.example\r\nSubject: failure notice",
    ].map(async (head) => (await read(new TextEncoder().encode(`${head}\r\n\r\nText`))).kind),
  );
  deepEqual(kinds, [
    ...["bounce", "bounce", "bounce", "bounce", "bounce"],
    ...["mail", "mail", "mail", "mail", "mail", "mail", "mail"],
  ]);
});

Deno.test("circulars and programs are no persons", async () => {
  for (
    const fields of [
      "List-Unsubscribe: <https://a.example>",
      "List-Id: <a.b.example>",
      "Precedence: bulk",
      "Auto-Submitted: auto-generated",
      "Subject: Report domain: haus.example Submitter: google.com Report-ID: 1",
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
      "Subject: Urlaubsplanung 2027",
      "Subject: Nicht im Haus gefundene Ware",
      "Subject: Mein Chef ist nicht im Haus",
      "Subject: Unsere Einkaufsleiterin ist im Urlaub",
      "Subject: My boss is out of the office until Monday",
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

Deno.test("a receipt, a complaint's report and absences in other languages are no persons", async () => {
  const report = (type: string) =>
    `MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type="${type}"; boundary=b`;
  equal(await kindOf(report("disposition-notification")), "auto_reply");
  equal(await kindOf(report("feedback-report")), "bulk");
  for (
    const subject of [
      "=?utf-8?Q?R=C3=A9ponse_automatique_=3A_Offre?=",
      "Automatisch antwoord: Offerte",
      "Risposta automatica: Offerta",
      "=?utf-8?Q?Nieobecno=C5=9B=C4=87:_Oferta?=",
      "=?utf-8?Q?Mimo_kancel=C3=A1=C5=99?=",
    ]
  ) equal(await kindOf(`Subject: ${subject}`), "auto_reply", subject);
});

Deno.test("servers send mails back in many languages, and Exchange under its own name", async () => {
  for (
    const subject of [
      "Zustellung fehlgeschlagen: Angebot",
      "Non remis : Offre",
      "Messaggio non recapitabile",
      "No se puede entregar: Oferta",
      "Onbestelbaar: Offerte",
    ]
  ) {
    equal(await kindOf(`Return-Path: <>\r\nSubject: ${subject}`), "bounce", subject);
    equal(await kindOf(`Return-Path: <a@b.example>\r\nSubject: ${subject}`), "mail", subject);
  }
  const ndr = "X-MS-Exchange-Message-Is-Ndr:\r\nSubject: Unzustellbar: Angebot";
  equal(await kindOf(ndr), "bounce");
});

const daemon = "Return-Path: <>\r\nFrom: Mailer-Daemon@b.example\r\n";
const quoted = "Message-ID: <ours-1@haus.example>\nSubject: Angebot\n";

Deno.test("a bounce in words names our mail, the recipient and whether it is final", async () => {
  const of = async (text: string) => {
    const { kind, report } = await read(new TextEncoder().encode(text.replaceAll("\n", "\r\n")));
    return [kind, report];
  };
  const failed = {
    messageId: "ours-1@haus.example",
    action: "failed",
    status: "5.1.1",
    recipients: ["weg@z.example"],
  };
  deepEqual(
    await of(
      `${daemon}Subject: Mail delivery failed\nX-Failed-Recipients: weg@z.example\n` +
        `Auto-Submitted: auto-replied\n\nA message could not be delivered.\n\n` +
        `550 5.1.1 User unknown\n\n------ This is a copy ------\n\n${quoted}`,
    ),
    ["bounce", failed],
  );
  deepEqual(
    await of(
      `${daemon}Subject: failure notice\n\nHi. This is the qmail-send program.\n\n` +
        `<weg@z.example>:\nRemote host said: 550 5.1.1 no such user\n\n--- Below\n\n${quoted}`,
    ),
    ["bounce", failed],
  );
  deepEqual(
    await of(
      `Return-Path: <>\nFrom: noreply@b.example\nSubject: Unzustellbar: Angebot\n\n` +
        `weg@z.example\n\n550 5.1.1\n\n${quoted}`,
    ),
    ["bounce", failed],
  );
  const late = await of(
    `${daemon}Subject: Warning: message delayed 24 hours\n\nNo action is required.\n\n${quoted}`,
  );
  equal((late[1] as { action: string }).action, "delayed");
  deepEqual(await of(`${daemon}Subject: Undelivered\n\nIrgendetwas.`), ["bounce", null]);
});

Deno.test("a daemon's words under its own return path are a bounce if they name whom", async () => {
  const of = async (head: string, text: string) => {
    const { kind, report } = await read(
      new TextEncoder().encode(`${head}\n\n${text}\n\n${quoted}`.replaceAll("\n", "\r\n")),
    );
    return [kind, report?.recipients];
  };
  const own = "Return-Path: <MAILER-DAEMON@mx.example>\nFrom: postmaster@z.example\n";
  const gone = ["bounce", ["weg@z.example"]];
  // Exchange 5.5, IMail, OpenMail and Domino.
  const exchange = "did not reach the following recipient(s):\n\n" +
    "weg@z.example on Thu, 29 Apr 2007 16:51:51 -0500\n    The recipient name is not recognized";
  deepEqual(await of(`${own}Subject: Undeliverable: Angebot`, exchange), gone);
  deepEqual(await of(`${own}Precedence: bulk\nSubject: Undeliverable: Angebot`, exchange), gone);
  deepEqual(
    await of(`${own}Subject: Undeliverable Mail`, "Unknown user: weg@z.example\n"),
    gone,
  );
  deepEqual(
    await of(`${daemon}Subject: Returned Mail: User unknown`, "weg@z.example [User unknown]"),
    gone,
  );
  deepEqual(
    await of(
      `${own}Subject: DELIVERY FAILURE: User weg (weg@z.example) not listed`,
      "was not delivered to:\n\n  weg@z.example\n\nbecause:\n\n  User weg not listed",
    ),
    gone,
  );
  deepEqual(await of(`${own}Subject: Undeliverable Mail`, "Is it this what you saw?"), [
    "mail",
    undefined,
  ]);
  deepEqual(await of(`${own}Subject: Ihre Anfrage`, "weg@z.example"), ["mail", undefined]);
});

Deno.test("servers name whom a mail did not reach in many words, and no address of our mail", async () => {
  const of = async (text: string, head = daemon) => {
    const { kind, report } = await read(
      new TextEncoder().encode(`${head}Subject: Hm\n\n${text}\n`.replaceAll("\n", "\r\n")),
    );
    return [kind, report?.action, report?.recipients.join()];
  };
  for (
    const text of [
      "Intended recipient: weg@z.example",
      "Undeliverable Address: weg@z.example\nReason: quota",
      "Failed Recipient: weg@z.example",
      "Invalid final delivery userid: weg@z.example",
      "Delivery failed 20 attempts: weg@z.example",
      "undeliverable to weg@z.example",
      "User's mailbox is full: <weg@z.example>",
      "Error-for:  weg@z.example\nError-Code: 0",
      "The following addresses did not get it:\n> weg@z.example",
      "   * weg@z.example",
      "-- weg@z.example",
      " weg@z.example ... unknown host",
      "weg@z.example - no such user here.",
      "Sorry, unable to deliver your message to weg@z.example for\nthe following reason:",
      "(Originally addressed to weg@z.example)",
      "The message, addressed to 'weg@z.example',",
      "  an undisclosed address\n    (generated from weg@z.example)",
      "\tRecipient: [SMTP:weg@z.example]",
      "c=US;a= ;p=Z;o=Y;dda:SMTP=weg@z.example; on Fri, 4 Oct",
      "Sent <<< RCPT TO:<weg@z.example>\nReceived >>> 550 5.1.1",
      "Empfänger unbekannt: weg@z.example",
      "Boundary lost\n--b\nMIME-Version: 1.0\n\nFinal-Recipient: rfc822;weg@z.example",
      "<weg@z.example>:\n550 5.1.1\n\n--- Below this line is a copy of the message.\n\n" +
      "To: da@z.example\n\n<da@z.example>:\n",
    ]
  ) deepEqual(await of(text), ["bounce", "failed", "weg@z.example"], text);
  deepEqual(
    await of('Delivery to\n"weg@z.example"\nhas been postponed due to a full mailbox.'),
    ["bounce", "delayed", "weg@z.example"],
  );
  for (const from of ["MDaemon@z.example", "Mail.Delivery.System@z.example", "ndr@z.example"]) {
    const head = `From: ${from}\nReturn-Path: <${from}>\nX-Original: Returned mail\n`;
    const subject = from.startsWith("ndr") ? "Subject: Undelivered mail\nX-" : "";
    deepEqual(await of("weg@z.example", head + subject), ["bounce", "failed", "weg@z.example"]);
  }
  const ours = await of("Ruf mich an!\n\nadmin@z.example", "From: smtp-team@z.example\n");
  deepEqual(ours, ["mail", undefined, undefined]);
});

Deno.test("a report without our mail names it in a field, and one without an action by its code", async () => {
  const report = async (status: string, head = "") =>
    (await read(
      new TextEncoder().encode(
        (`${daemon}${head}Content-Type: multipart/report; report-type=delivery-status; boundary=b\n` +
          `\n--b\nContent-Type: message/delivery-status\n\n${status}\n--b--\n`).replaceAll(
            "\n",
            "\r\n",
          ),
      ),
    )).report;
  const block = "Final-Recipient: rfc822; weg@z.example\nStatus: 5.2.1\n";
  const hidden = "Final-Recipient: rfc822; ***@***\nOriginal-Recipient: rfc822;weg@z.example\n";
  deepEqual((await report(`${hidden}Action: failed\n`))?.recipients, ["weg@z.example"]);
  equal((await report(`${block}Action: failure\n`))?.action, "failed");
  equal((await report(`${block}Action: delivery failed\n`))?.action, "failed");
  equal(
    (await report(`Final-Recipient: rfc822; weg@z.example\nStatus: 553 size\n`))?.action,
    "failed",
  );
  equal(
    (await report(`X-Original-Message-ID: <ours-2@haus.example>\n\n${block}Action: failed\n`))
      ?.messageId,
    "ours-2@haus.example",
  );
  equal(
    (await report(`${block}Action: failed\nOriginal-Message-ID: <ours-4@haus.example>\n`))
      ?.messageId,
    "ours-4@haus.example",
  );
  deepEqual(
    await report(`Reporting-MTA: dns; b\n\n${block}`, "In-Reply-To: <ours-3@haus.example>\n"),
    {
      messageId: "ours-3@haus.example",
      action: "failed",
      status: "5.2.1",
      recipients: ["weg@z.example"],
    },
  );
});

Deno.test("the writer of a forwarded mail is named above it, whatever the program", () => {
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

Deno.test("who wrote a forwarded mail is recognised in the languages of neighbours", () => {
  const mia = { name: "Mia Muster", address: "mia@muster.example" };
  const bodies = [
    "Début du message transféré :\n\n> De: Mia Muster <mia@muster.example>\n> Date: 17 août 2022\n> À: <bob@haus.example>\n> Objet: Test\n>\n> Texte\n>\n> From: Bob <bob@haus.example>\n> Sent: Monday\n> To: Mia",
    "De\u00a0: Mia Muster <mia@muster.example>\nEnvoyé\u00a0: lundi 2 mai 2022 10:00\nÀ\u00a0: Bob\nObjet\u00a0: Test\n\nTexte",
    "---------- Messaggio inoltrato ---------\nDa: Mia Muster <mia@muster.example>\nData: lun 2 mag\nOggetto: Test\nA: bob@haus.example",
    "Da: Mia Muster <mia@muster.example<mailto:mia@muster.example>>\nInviato: lunedì\nA: Bob\nOggetto: Test",
    "Van: Mia Muster <mia@muster.example>\nVerzonden: maandag 2 mei\nAan: Bob\nOnderwerp: Test",
    "De: Mia Muster [mailto:mia@muster.example]\nEnviado el: lunes\nPara: Bob\nAsunto: Test",
    "Od: Mia Muster <mia@muster.example>\nDatum: 26. října 2021\nKomu: bob@haus.example\nPředmět: Test",
    "Od: Mia Muster <mia@muster.example>\nWysłano: poniedziałek\nDo: Bob\nTemat: Test",
    "Från: Mia Muster <mia@muster.example>\nSkickat: den 2 maj\nTill: Bob\nÄmne: Test",
  ];
  for (const body of bodies) deepEqual(originalSender(body), mia, body);
  equal(originalSender("De: Ulm à Paris\nnous partons à trois heures."), null);
  for (const subject of ["TR: Offre", "RV: Oferta", "I: Offerta", "PD: Oferta", "VB: Offert"]) {
    equal(isForward(subject), true, subject);
  }
});

Deno.test("a bounce names all recipients our mail did not reach, and none that it did", async () => {
  const bytes = (text: string) => new TextEncoder().encode(text.replaceAll("\n", "\r\n"));
  const block = (action: string, address: string) =>
    `Final-Recipient: rfc822; ${address}\nAction: ${action}\nStatus: 5.1.1\n`;
  const formal = await read(bytes(
    `${daemon}Content-Type: multipart/report; report-type=delivery-status; boundary=b\n` +
      `\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; b\n\n` +
      [
        block("delivered", "da@z.example"),
        block("failed", "weg@z.example"),
        block("failed", "fort@z.example"),
        block("failed", "weg@z.example"),
      ].join("\n") + `\n--b\nContent-Type: text/rfc822-headers\n\n${quoted}\n--b--\n`,
  ));
  deepEqual(formal.report?.recipients, ["weg@z.example", "fort@z.example"]);
  const exim = await read(bytes(
    `${daemon}Subject: Mail delivery failed\nX-Failed-Recipients: weg@z.example, fort@z.example\n` +
      "\nA message could not be delivered.\n",
  ));
  deepEqual([exim.kind, exim.report?.messageId, exim.report?.recipients], [
    "bounce",
    null,
    ["weg@z.example", "fort@z.example"],
  ]);
  const qmail = await read(bytes(
    `${daemon}Subject: failure notice\n\nHi. This is the qmail-send program.\n\n` +
      `<weg@z.example>:\n550 no such user\n\n<fort@z.example>:\n550 no such user\n\n${quoted}`,
  ));
  deepEqual(qmail.report?.recipients, ["weg@z.example", "fort@z.example"]);
  const telekom = await read(bytes(
    `${daemon}Subject: Nicht zugestellt: Angebot\n\n| Failed addresses follow: |\n` +
      ` <weg@z.example> ... unknown recipient (550 5.1.1)\n\n${quoted}`,
  ));
  deepEqual(telekom.report?.recipients, ["weg@z.example"]);
});

Deno.test("an absence is one where its subject names who is absent, or what it answers", async () => {
  for (
    const subject of [
      "Eva Müller ist außer Haus.",
      "Eva Müller ist außer Haus (Rückkehr am 20.05.2024)",
      "AUTO: Eva Mueller is out of the office (returning 05/20/2024)",
      "Re: Angebot - Abwesenheitsnotiz",
      "[Abwesenheitsnotiz] Angebot",
      "Urlaub: Re: Angebot",
    ]
  ) equal(await kindOf(`Subject: ${subject}`), "auto_reply", subject);
  for (
    const subject of [
      "Urlaubsplanung 2025",
      "Frage zur Abwesenheitsnotiz in Outlook",
      "Was ist außer Haus erlaubt?",
      "Urlaub: wer vertritt mich?",
      "AW: Herr Huber ist im Urlaub",
      "Re: Eva Müller is out of the office",
    ]
  ) equal(await kindOf(`Subject: ${subject}`), "mail", subject);
});

Deno.test("a number behind such a word is one of days, or the subject is about something else", async () => {
  const eva = async (subject: string) =>
    (await read(new TextEncoder().encode(
      `From: Eva Groß <eva@gross.example>\r\nSubject: ${subject}\r\n\r\nText`,
    ))).kind;
  for (
    const subject of [
      "On vacation 2026 offer",
      "Abwesend 2026 Planung",
      "Im Urlaub 2026 fahren wir nach Kiel",
      "Out of office 2026 event tickets",
      "On leave 2027 policy draft",
      "Abwesenheit: Frage zur Vorlage",
      "Abwesenheit vom Arbeitsplatz melden",
      "Urlaubsmeldung Uwe Stahl",
      "I am out of office chairs",
    ]
  ) equal(await eva(subject), "mail", subject);
  for (
    const subject of [
      "On vacation 1 Dec to 5 Dec",
      "Out of office 28.11. - 5.12.2026",
      "Abwesend 24.12.-2.1., Vertretung Ina Lux",
      "On leave 3rd May until 9th May",
      "Urlaubsmeldung Eva Groß",
      "Abwesenheit: Eva Groß",
      "Abwesenheit vom 1.12. bis 5.12.",
      "I am out of the office until Monday",
      "I'm on vacation",
      "Currently out of office",
      "Ik ben afwezig",
    ]
  ) equal(await eva(subject), "auto_reply", subject);
});
