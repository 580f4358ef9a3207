/** What the officer writes in answer to a mail: understood strictly, whatever program sends it. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { authenticationOf } from "../db/received_mails/authentications.ts";
import { read } from "../db/officer_replies.ts";
import { anyText } from "./support/texts.ts";

const approved = { kind: "approve", code: "4821" };

/** How programs set the mail that is answered under an answer. */
const programs: Readonly<Record<string, string>> = {
  "Thunderbird": `FREIGABE 4821

Am 25.11.26 um 10:12 schrieb kompaktCRM:
> Fall DS-7K4Q-2M wartet auf Ihre Freigabe.
> ABLEHNEN 4821: Grund`,
  "Thunderbird, answered below": `On 25/11/2026 10:12, kompaktCRM wrote:
> Case DS-7K4Q-2M waits for your approval.
> REFUSE 4821: reason

APPROVE 4821

-- 
M. Schulz`,
  "Outlook": `Freigabe 4821

Mit freundlichen Grüßen
M. Schulz
Datenschutzbeauftragte

Von: kompaktCRM <noreply@firma.example>
Gesendet: Mittwoch, 25. November 2026 10:12
An: M. Schulz <dsb@firma.example>
Betreff: Fall DS-7K4Q-2M

ABLEHNEN 4821: Grund`,
  "Outlook for the web": `APPROVE 4821
________________________________
From: kompaktCRM <noreply@firma.example>
Sent: Wednesday, 25 November 2026 10:12
To: M. Schulz <dpo@firma.example>
Subject: Case DS-7K4Q-2M

REFUSE 4821: reason`,
  "Outlook of old": `FREIGEBEN 4821

-----Ursprüngliche Nachricht-----
Von: kompaktCRM
Gesendet: Mittwoch, 25. November 2026 10:12
ABLEHNEN 4821: Grund`,
  "Gmail": `freigabe 4821

Am Mi., 25. Nov. 2026 um 10:12 Uhr schrieb kompaktCRM <
noreply@firma.example>:

> ABLEHNEN 4821: Grund
>`,
  "Gmail in English": `approve 4821

On Wed, Nov 25, 2026 at 10:12 AM kompaktCRM <noreply@firma.example>
wrote:

> REFUSE 4821: reason`,
  "Apple Mail": `*FREIGABE 4821*

> Am 25.11.2026 um 10:12 schrieb kompaktCRM <noreply@firma.example>:
> 
> ABLEHNEN 4821: Grund`,
  "iPhone": `Freigabe 4821

Von meinem iPhone gesendet

> Am 25.11.2026 um 10:12 schrieb kompaktCRM <noreply@firma.example>:
> ABLEHNEN 4821`,
  "PGP": `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

FREIGABE 4821
-----BEGIN PGP SIGNATURE-----

iQEzBAEBCAAdFiEE
-----END PGP SIGNATURE-----`,
  "HTML with signs nobody sees": "\u200bFREI\u00adGABE\u200e 4821\ufeff",
  "Outlook on a phone": `Freigabe 4821

Outlook für iOS beziehen<https://aka.ms/o0ukef>
________________________________
Von: kompaktCRM`,
};

Deno.test("an answer is read without what its program adds", async (t) => {
  for (const [program, text] of Object.entries(programs)) {
    await t.step(program, () => {
      deepStrictEqual(read(text), approved);
      deepStrictEqual(read(text.replaceAll("\n", "\r\n")), approved);
    });
  }
});

Deno.test("each order has German and English words", () => {
  const orders: [string, ReturnType<typeof read>][] = [
    ["FREIGABE 4821", { kind: "approve", code: "4821" }],
    ["Release 4821", { kind: "approve", code: "4821" }],
    ["ABLEHNEN 4821: Kein Nachweis.", { kind: "refuse", code: "4821", reason: "Kein Nachweis." }],
    ["REFUSE 4821: no proof", { kind: "refuse", code: "4821", reason: "no proof" }],
    ["VERLÄNGERN 4821: Viele Anträge", {
      kind: "extend",
      code: "4821",
      reason: "Viele Anträge",
    }],
    ["verlaengern 4821 - viele Anträge", {
      kind: "extend",
      code: "4821",
      reason: "viele Anträge",
    }],
    ["EXTEND 4821: many\nrequests", { kind: "extend", code: "4821", reason: "many\nrequests" }],
    ["IDENTITÄT 4821: Adresse unbekannt", {
      kind: "identity",
      code: "4821",
      reason: "Adresse unbekannt",
    }],
    ["identity 4821: unknown address", {
      kind: "identity",
      code: "4821",
      reason: "unknown address",
    }],
    ["NOTIZ: mit der Technik sprechen", { kind: "note", text: "mit der Technik sprechen" }],
    ["note: ask the engineers", { kind: "note", text: "ask the engineers" }],
    ["ERLEDIGT 4821", { kind: "done", code: "4821" }],
    ["DONE 4821\n\nBest regards\nM.", { kind: "done", code: "4821" }],
  ];
  for (const [text, order] of orders) deepStrictEqual(read(text), order, text);
});

Deno.test("an order counts however people set its signs, greeting and signature (Art. 12(3))", () => {
  const firm = `Mit freundlichem Gruß

Marlene Schulz
Datenschutzbeauftragte

Muster Maschinenbau GmbH & Co. KG
Industriestraße 12
70565 Stuttgart
Tel.: +49 711 123456-0
Fax: +49 711 123456-99
www.muster.example

Sitz: Stuttgart, Registergericht: Amtsgericht Stuttgart, HRA 12345
Geschäftsführer: Dr. Max Muster
USt-IdNr.: DE123456789

Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind,
informieren Sie bitte sofort den Absender und vernichten Sie diese Mail.`;
  const names = ["Marlene Schulz", "Jo van Dyk"];
  const approvals = [
    "Freigabe 4821.",
    "Freigabe 4821!",
    "Freigabe: 4821",
    "Freigabe, 4821",
    "FREIGABE Code: 4821",
    "freigabe (4821)",
    "FREIGABE [4821]",
    "Freigabe 4821. Danke!",
    "Guten Tag,\n\nFreigabe 4821\n\nVG M. Schulz",
    "Sehr geehrte Damen und Herren,\nFreigabe 4821",
    `Freigabe 4821\n\n${firm}`,
    "Freigabe 4821\nM. Schulz",
    "Freigabe 4821\nSchulz\nDatenschutz",
    "Freigabe 4821\n\nMS",
    "Freigabe 4821\n\nLG aus Köln\nMarlene\n\nBitte drucken Sie diese Mail nur aus, wenn es nötig ist.",
    "Freigabe 4821\n\nVielen Dank und schönes Wochenende",
    "Approve 4821\n\nMany thanks,\nMary",
    "Freigabe 4821\n\nOutlook für iOS <https://aka.ms/o0ukef> beziehen",
  ];
  for (const text of approvals) deepStrictEqual(read(text, names), approved, text);
  const clarified = { kind: "identified", code: "4821", reason: "Rückruf" };
  for (
    const text of [
      "geklärt 4821: Rückruf",
      "Geklärt 4821, Rückruf",
      "GEKLÄRT: 4821, Rückruf",
      `Hallo,\ngeklärt 4821 - Rückruf\n\n${firm}`,
    ]
  ) {
    deepStrictEqual(read(text, names), clarified, text);
    deepStrictEqual(read(text.normalize("NFD"), names), clarified, text);
  }
  for (
    const [said, which] of [
      ["1 & 2", [1, 2]],
      ["Nr. 1", [1]],
      ["keine davon", []],
      ["none of them", []],
    ] as const
  ) {
    deepStrictEqual(read(`Person 4821: ${said}`), { kind: "person", code: "4821", which });
  }
  for (
    const reason of [
      "Rechtsstreit.\nLG Köln, Urteil von gestern liegt vor",
      "Beruht auf Urteil\nVG Berlin hat so entschieden",
      "Kein Anspruch\nBest practice verlangt das",
    ]
  ) {
    deepStrictEqual(read(`ABLEHNEN 4821: ${reason}\n\nLG M. Schulz`), {
      kind: "refuse",
      code: "4821",
      reason,
    });
  }
  deepStrictEqual(read("NOTIZ: 2024, Akte prüfen"), { kind: "note", text: "2024, Akte prüfen" });
});

const banners = [
  "[EXTERN]",
  "[EXTERNAL]",
  "EXTERNAL EMAIL",
  "Externe E-Mail: Vorsicht bei Links und Anhängen!",
  "ACHTUNG EXTERNE E-MAIL: Klicken Sie nicht auf Links.",
  "ZjQcmQRYFpfptBannerStart\nThis Message Is From an External Sender\nThis message came from outside your organization.\nZjQcmQRYFpfptBannerEnd",
  "ACHTUNG: Diese E-Mail kommt von außerhalb der Organisation. Klicken Sie nicht auf Links und öffnen Sie keine Anhänge.",
  "ACHTUNG: Diese E-Mail kommt von außerhalb der Organisation. Klicken Sie nicht auf\nLinks, wenn Sie den Absender nicht kennen.",
  "*** Achtung: Diese E-Mail wurde von einem externen Absender gesendet. ***",
  "CAUTION: This email originated outside of the organization.\nDo not click links or open attachments unless you recognize the sender and know the\ncontent is safe.",
  "CAUTION: This email originated from outside of the organization.",
  "You don't often get email from noreply@crm.example. Learn why this is important",
  "Sie erhalten nicht häufig E-Mails von noreply@crm.example. Erfahren Sie, warum dies wichtig ist",
];

Deno.test("an end, a transfer and new codes are ordered in few forms, and nothing else is taken for one", () => {
  for (
    const said of ["31.12.2027", "31. 12. 2027", "2027-12-31", "zum 31.12.2027.", "on 2027-12-31"]
  ) {
    deepStrictEqual(read(`AUFHEBEN 4821: ${said}\n\nDanke`), {
      kind: "lift",
      code: "4821",
      on: "2027-12-31",
    }, said);
  }
  for (const said of ["", "31.12.", "31/12/2027", "30.02.2027", "31.12.2027\n1.1.2028", "nie"]) {
    strictEqual(read(`Lift 4821: ${said}`), "day", said);
  }
  const url = "https://nord.example/in?a=1";
  for (const said of [url, `<${url}>`, `${url}\n<${url}>`]) {
    deepStrictEqual(read(`Übertragen 4821: ${said}`), { kind: "transfer", code: "4821", url });
  }
  for (const said of ["", "nord.example", "a@nord.example", `${url} https://b.example`]) {
    strictEqual(read(`TRANSFER 4821: ${said}`), "address", said);
  }
  for (const said of ["CODES", "codes.", "Hallo,\n\nCodes\n\nViele Grüße"]) {
    deepStrictEqual(read(said), { kind: "codes" }, said);
  }
  strictEqual(read("Codes kommen nicht an"), "word");
  strictEqual(read("AUFHEBEN: 31.12.2027"), "code");
  const reason = "Aufbewahrung.\nTransfer in die EU, Übertragung 2027, Aufhebung 2028";
  deepStrictEqual(read(`ABLEHNEN 4821: ${reason}`), { kind: "refuse", code: "4821", reason });
});

Deno.test("a gateway's banner is neither an order nor part of one", () => {
  const refused = { kind: "refuse", code: "4821", reason: "Kein Nachweis." };
  for (const banner of banners) {
    for (const gap of ["\n", "\n\n"]) {
      deepStrictEqual(read(`${banner}${gap}FREIGABE 4821`), approved, banner);
      deepStrictEqual(read(`FREIGABE 4821${gap}${banner}`), approved, banner);
      deepStrictEqual(read(`${banner}${gap}ABLEHNEN 4821: Kein Nachweis.`), refused, banner);
      deepStrictEqual(read(`ABLEHNEN 4821: Kein Nachweis.${gap}${banner}`), refused, banner);
    }
    strictEqual(read(banner), "empty", banner);
    strictEqual(read(`ABLEHNEN 4821:\n\n${banner}`), "reason", banner);
    strictEqual(read(`FREIGABE 4821\n${banner}\n\naber erst nach dem 5.`), "more", banner);
  }
  strictEqual(
    read("FREIGABE 4821\nCAUTION: This email originated outside the company\nbut only the address"),
    "more",
  );
  deepStrictEqual(read("[EXTERN] FREIGABE 4821"), approved);
  strictEqual(read("FREIGABE 4821\n[EXTERN] aber nur die Adresse"), "more");
  strictEqual(
    read("FREIGABE 4821\nCAUTION: This email originated outside the company.\nOnly the address."),
    "more",
  );
});

Deno.test("a refusal may name its reason without a colon", () => {
  for (
    const [text, reason] of [
      ["Ablehnung 4821 wegen fehlender Vollmacht", "wegen fehlender Vollmacht"],
      ["ABLEHNEN 4821 weil die Vollmacht fehlt.", "weil die Vollmacht fehlt."],
      ["Refuse (4821) because there is no proof", "because there is no proof"],
      ["Ablehnung 4821 aufgrund von § 147 AO\nund HGB", "aufgrund von § 147 AO\nund HGB"],
    ] as const
  ) deepStrictEqual(read(text), { kind: "refuse", code: "4821", reason });
  for (
    const text of [
      "Ablehnung 4821 wegen neuer Vollmacht zurückgenommen",
      "Ablehnung 4821 wegen fehlender Vollmacht?",
      "Verlängern 4821 wegen Urlaub nicht nötig",
      "Freigabe 4821 wegen der Frist",
      "Ablehnung 4821 nicht wegen der Vollmacht",
    ]
  ) strictEqual(read(text), "word", text);
});

Deno.test("a quotation in French, Dutch or Spanish is not part of an order", () => {
  const who = "kompaktCRM <noreply@firma.example>";
  const heads = [
    `Le mer. 25 nov. 2026 à 10:12, ${who} a écrit :`,
    `Le mer. 25 nov. 2026 à 10:12, kompaktCRM <\nnoreply@firma.example> a\u00a0écrit\u00a0:`,
    `Op wo 25 nov 2026 om 10:12 schreef ${who}:`,
    `El mié, 25 nov 2026 a las 10:12, kompaktCRM (<noreply@firma.example>) escribió:`,
    `De : ${who}\nEnvoyé : mercredi 25 novembre 2026 10:12\nÀ : M. Schulz\nObjet : DS-7K4Q-2M`,
    `Van: ${who}\nVerzonden: woensdag 25 november 2026 10:12\nAan: M. Schulz\nOnderwerp: DS-7K4Q-2M`,
    `De: ${who}\nEnviado el: miércoles, 25 de noviembre de 2026\nPara: M. Schulz\nAsunto: DS-7K4Q-2M`,
    "-----Message d’origine-----",
    "-----Oorspronkelijk bericht-----",
    "-----Mensaje original-----",
    `Obtenir Outlook pour iOS\n________________________________\nDe : ${who}`,
    `Outlook voor iOS downloaden\n________________________________\nVan: ${who}`,
    `Obtener Outlook para Android\n________________________________\nDe: ${who}`,
  ];
  for (const head of heads) {
    for (const mark of ["", "> "]) {
      const below = `${head}\n\n${mark}Der Fall wartet.\n${mark}ABLEHNEN 4821: Grund`;
      deepStrictEqual(read(`FREIGABE 4821\n\n${below}`), approved, head);
      const refused = { kind: "refuse", code: "4821", reason: "Kein Nachweis." };
      deepStrictEqual(read(`ABLEHNEN 4821: Kein Nachweis.\n\n${below}`), refused, head);
    }
  }
});

Deno.test("an unclear answer is no order", () => {
  const unclear: [string, string][] = [
    ["", "empty"],
    ["> FREIGABE 4821", "empty"],
    ["-- \nFREIGABE 4821", "empty"],
    ["Was soll ich tun?", "word"],
    ["Bitte FREIGABE 4821", "word"],
    ["Keine FREIGABE 4821", "word"],
    ["FREIGABE 4821 nicht erteilt", "word"],
    ["FREIGABE", "code"],
    ["ABLEHNEN: kein Nachweis", "code"],
    ["ABLEHNEN 4821", "reason"],
    ["ABLEHNEN 4821: -", "reason"],
    ["VERLÄNGERN 4821:\n\nViele Grüße\nM. Schulz", "reason"],
    ["NOTIZ:", "reason"],
    ["FREIGABE 4821\naber erst nach dem 5.", "more"],
    ["FREIGABE 4821: aber erst nach dem 5.", "more"],
    ["FREIGABE 4821\n\nViele Grüße\nABLEHNEN 4821: doch nicht", "more"],
    ["ABLEHNEN 4821: kein Nachweis\nFREIGABE 4821", "more"],
    ["FREIGABE 4821?", "word"],
    ["Verlängern 4821 ist nicht nötig", "word"],
    ["Hallo", "word"],
    ["Hallo, keine FREIGABE 4821", "word"],
    ["FREIGABE 4821, aber erst nach dem 5.", "more"],
    ["FREIGABE 4821\n\nDanke\nM. Schulz\n\nP.S. Bitte doch noch warten.", "more"],
    ["FREIGABE 4821\nFrau Schulz ist dagegen.", "more"],
    ["FREIGABE 4821\nDanke, aber bitte nur die Adresse", "more"],
    ["FREIGABE 4821. Danke, nicht die Notizen", "more"],
    ["FREIGABE 4821\n\nViele Grüße, aber bitte ohne Anhänge", "more"],
    ["FREIGABE 4821\nM. Schulz\nBitte nur die Adresse herausgeben.", "more"],
    ["Approve 4821\n\nThanks\nMary\n\nPlease do not send the files yet.", "more"],
    ["Freigabe 4821\nBest to wait until Monday", "more"],
    [`FREIGABE 4821\n\nVG\n${"noch eine Zeile\n".repeat(40)}`, "more"],
  ];
  for (const [text, why] of unclear) strictEqual(read(text, ["Marlene Schulz"]), why, text);
});

Deno.test("whatever an answer is made of, reading it never fails", () => {
  fc.assert(fc.property(anyText({ maxLength: 500 }), (text) => {
    const found = read(text);
    strictEqual(typeof found === "string" || typeof found.kind === "string", true);
  }));
});

Deno.test("spaces between its words make no answer slow to read", () => {
  const lines = `NOTIZ: bitte\n${`a${" ".repeat(190)}x\n`.repeat(3_900)}`;
  for (
    const text of [`APPROVE${" ".repeat(4_900)}x`, `FREIGABE 4821${" ".repeat(4_900)}x`, lines]
  ) {
    const from = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(from);
    // Of the processor, not of the clock: it was half a minute.
    ok((user + system) / 1_000 < 2_000, text.slice(0, 20));
  }
  deepStrictEqual(read(`FREIGABE${" ".repeat(400)}4821`), approved);
});

Deno.test("what the mailbox says of a sender counts only for the sender's own domain", () => {
  const of = (...fields: string[]) =>
    authenticationOf(
      new TextEncoder().encode(
        `${fields.join("\r\n")}\r\n\r\nAuthentication-Results: a; dkim=pass`,
      ),
      "dsb@post.firma.example",
    );
  const said = (results: string) =>
    of("Received: x", `Authentication-Results: mx.example; ${results}`);
  deepStrictEqual(of("Subject: x"), { dkim: "none", spf: "none" });
  deepStrictEqual(
    said("dkim=pass header.d=firma.example;\r\n spf=pass smtp.mailfrom=a@post.firma.example"),
    { dkim: "pass", spf: "pass" },
  );
  deepStrictEqual(
    said("dkim=pass header.d=elsewhere.example; spf=softfail smtp.mailfrom=firma.example"),
    { dkim: "none", spf: "fail" },
  );
  deepStrictEqual(
    said("dkim=fail header.d=firma.example; dkim=pass header.i=@firma.example"),
    { dkim: "pass", spf: "none" },
  );
  deepStrictEqual(
    of(
      "Authentication-Results: mx.example; dkim=fail header.d=firma.example",
      "Authentication-Results: forged.example; dkim=pass header.d=firma.example",
    ),
    { dkim: "fail", spf: "none" },
  );
  deepStrictEqual(said("((((;;;=\0dkim"), { dkim: "none", spf: "none" });
});

Deno.test("where the mail server's name is set, no other field counts, whoever wrote it (RFC 8601)", () => {
  const of = (...fields: string[]) =>
    authenticationOf(
      new TextEncoder().encode(`${fields.join("\r\n")}\r\n\r\n`),
      "dsb@firma.example",
      "mx.example",
    ).dkim;
  const passed = "dkim=pass header.d=firma.example";
  deepStrictEqual(of(`Authentication-Results: MX.example 1; ${passed}`), "pass");
  const forged = `Authentication-Results: forged.example; ${passed}`;
  deepStrictEqual(of(forged), "none");
  deepStrictEqual(of(`Authentication-Results: forged.example; mx.example; ${passed}`), "none");
  deepStrictEqual(of(`Authentication-Results: ${passed}`), "none");
  // What stands below another's field was there before the mail came to us.
  deepStrictEqual(of(forged, `Authentication-Results: mx.example; ${passed}`), "none");
  deepStrictEqual(of(`Authentication-Results: mx.example; dkim=fail`, forged), "fail");
});
