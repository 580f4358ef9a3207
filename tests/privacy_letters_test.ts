/** Letters by mail to the privacy addresses become cases, over real SMTP; nothing received is lost. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import nodemailer from "nodemailer";
import * as caseEvents from "../db/case_events.ts";
import * as caseFiles from "../db/case_files.ts";
import * as caseItems from "../db/case_items.ts";
import type { Config } from "../db/config.ts";
import { providerId } from "../db/controllers.ts";
import type { Case } from "../db/cases.ts";
import { SecretBroken } from "../db/sealed_secrets.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { cast } from "./support/cast.ts";
import { destroyAll } from "./support/data_keys.ts";
import { addressOf, domain, openDoor } from "./support/inbound.ts";
import { mailbox } from "./support/mailbox.ts";
import { text as textOf } from "./support/html.ts";
import { eicar, fakeScanner } from "./support/scanner.ts";
import { drain } from "./support/worker.ts";

const { test, alice } = await cast();
const { owner, app } = test.db;
const [{ slug }] = await owner<[{ slug: string }]>`
  select slug from tenants where id = ${alice.tenantId}
`;
const within = <T>(tenantId: string, work: (scope: Scope) => Promise<T>) =>
  withScope(app, { tenantId, actor: system }, work);

/** Sends a letter by SMTP and lets the jobs read it; the case it became, and what was answered. */
async function write(
  to: string,
  from: string,
  more: Record<string, unknown>,
  config: Partial<Config> = {},
) {
  const [door, box] = [await openDoor(test), await mailbox()];
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: door.port });
  await transport.sendMail({
    from,
    to: `${to}@${domain}`,
    subject: "",
    envelope: { from: from.replace(/.*<|>/g, ""), to: `${to}@${domain}` },
    ...more,
  });
  transport.close();
  await drain(test, { ...config, smtpUrl: box.smtpUrl });
  const mails = await box.collect(test, from.replace(/.*<|>/g, ""));
  await Promise.all([door.close(100), box.close()]);
  const [found] = await owner<Case[]>`
    select id, number, person_name, channel, language, acknowledged_at, confirmed_at, body
    from cases
    where person_email = ${from.replace(/.*<|>/g, "")}
  `;
  return { found, mails };
}

for (
  const [to, tenantId] of [[`datenschutz.${slug}`, alice.tenantId], [
    "privacy",
    providerId,
  ]] as const
) {
  Deno.test(`a letter to ${to.split(".")[0]} is a case with its rights, answered in minutes`, async () => {
    const from = `mia.${to.length}@muster.example`;
    const { found, mails } = await write(to, `Mia Muster <${from}>`, {
      subject: "Meine Daten",
      text: "Guten Tag,\n\nich verlange Auskunft nach Art. 15 DSGVO über meine Daten. " +
        "Außerdem widerrufe ich meine Einwilligung in die Verarbeitung meiner Daten.\n",
      attachments: [
        { filename: "vollmacht.txt", content: "Vollmacht" },
        { filename: "virus.exe", content: "MZ" },
      ],
    });
    deepEqual([found!.channel, found!.language, found!.personName], ["email", "de", "Mia Muster"]);
    ok(found!.acknowledgedAt);
    match(mails[0]!.subject!, new RegExp(found!.number));
    equal(mails[0]!.text!.includes("Code"), false);
    await within(tenantId, async (scope) => {
      const items = await caseItems.list(scope, found!.id);
      deepEqual(items.map(({ right }) => right), ["access", "withdrawal"]);
      match(items[0]!.sentence, /ich verlange Auskunft/);
      const [file, ...rest] = await caseFiles.list(scope, found!.id);
      deepEqual([file!.name, rest.length], ["vollmacht.txt", 0]);
      const open = () => caseFiles.open(scope, test.services.config, file!.id);
      equal(new TextDecoder().decode((await open()).bytes), "Vollmacht");
      if (tenantId === providerId) return;
      // Clause 5.2: with the tenant's own key gone, the installation's opens nothing of it.
      equal(await destroyAll(scope, test.services.config), 1);
      await rejects(open, SecretBroken);
    });
  });
}

Deno.test("a letter in which no right is recognised is a case all the same", async () => {
  const { found } = await write("privacy", "rudi@raetsel.example", {
    text: "Hallo, was ist denn?",
  });
  deepEqual(await within(providerId, (scope) => caseItems.list(scope, found!.id)), []);
});

Deno.test("HTML alone, forwarded or signed, a letter claims what it says", async () => {
  const to = `privacy.${slug}`;
  const rightsOf = (found: Case) =>
    within(alice.tenantId, async (scope) => {
      const items = await caseItems.list(scope, found.id);
      return items.map(({ right }) => right);
    });
  const html = await write(to, "heidi@html.example", {
    html: "<div style='background:#fe0'>ACHTUNG: Diese E-Mail kommt von außerhalb. Klicken Sie " +
      "nicht auf Links.</div><p>Bitte l&ouml;schen Sie meine Daten <b>nicht</b>, ich möchte nur " +
      "wissen, was gespeichert ist.</p>",
  });
  deepEqual(await rightsOf(html.found!), ["access"]);
  await write(to, `Alice Ahrens <${alice.email}>`, {
    subject: "Fwd: Hello",
    html: "<p>Please handle this.</p><div>---------- Forwarded message ---------<br>" +
      "From: <b>Frank Forward</b> &lt;frank@forward.example&gt;<br>" +
      "Date: Fri, 27 Nov 2026 at 09:12<br>Subject: Hello<br>To: info@house.example<br></div><br>" +
      "<p>Who gave you my e-mail address? Remove me.</p>",
  });
  const [forwarded] = await owner<Case[]>`
    select id from cases where person_email = 'frank@forward.example'
  `;
  deepEqual(await rightsOf(forwarded!), ["access", "erasure"]);
  const from = "sigrid@signed.example";
  const signed = await write(to, from, {
    raw: [
      `From: Sigrid <${from}>`,
      `To: ${to}@${domain}`,
      "Subject: Beschwerde",
      "Message-ID: <signed.letter@signed.example>",
      "MIME-Version: 1.0",
      'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s',
      "",
      "--s",
      "Content-Type: text/html; charset=utf-8",
      "",
      "<p>Ich habe mich beim LfDI &uuml;ber Sie beschwert.</p>",
      "--s",
      'Content-Type: application/pkcs7-signature; name="smime.p7s"',
      "Content-Transfer-Encoding: base64",
      'Content-Disposition: attachment; filename="smime.p7s"',
      "",
      "MIAGCSqGSIb3DQEHAqCAMIACAQExDzANBglghkgBZQMEAgEFADCABgkqhkiG9w0BBwEAAA==",
      "--s--",
      "",
    ].join("\r\n"),
  });
  deepEqual(await rightsOf(signed.found!), ["complaint"]);
});

Deno.test("what programs send by themselves is no case and gets no answer", async () => {
  const { found, mails } = await write("privacy", "robot@muster.example", {
    text: "Ich bin im Urlaub. Auskunft nach Art. 15 DSGVO.",
    headers: { "Auto-Submitted": "auto-replied" },
  });
  deepEqual([found, mails.length], [undefined, 0]);
});

Deno.test("files are shown to staff, given out as downloads, and gone when the case is closed", async () => {
  const { found } = await write(`privacy.${slug}`, "felix@datei.example", {
    text: "Ich verlange Auskunft nach Art. 15 DSGVO über meine Daten.",
    attachments: [{ filename: "brief.html", content: "<script>alert(1)</script>" }],
  });
  const base = "/settings/requests";
  const html = await (await alice.get(`${base}/${found!.id}`)).text();
  const href = /href="([^"]*\/files\/[^"]*)"/.exec(html)![1]!;
  const answer = await alice.get(href);
  await answer.body?.cancel();
  match(answer.headers.get("Content-Disposition")!, /^attachment/);
  match(answer.headers.get("Content-Security-Policy")!, /sandbox/);
  await within(alice.tenantId, async (scope) => {
    const [item] = await caseItems.list(scope, found!.id);
    const by = { kind: "officer", id: null } as const;
    await caseItems.decide(scope, found!.id, item!.id, { kind: "done" }, by);
    deepEqual(await caseFiles.list(scope, found!.id), []);
  });
  equal((await alice.get(href)).status, 404);
  match(await textOf(await alice.get(`${base}/${found!.id}`)), /abgeschlossen/);
});

const steps = (id: string) =>
  within(
    providerId,
    async (scope) =>
      (await caseEvents.list(scope, id)).events.map(({ action, reason }) => [action, reason]),
  );

Deno.test("no copy of an identity paper is kept, and none of an infected file", async () => {
  await using scanner = fakeScanner();
  const { found } = await write("privacy", "ida@ausweis.example", {
    text: "Ich verlange Auskunft nach Art. 15 DSGVO über meine Daten.",
    attachments: [
      { filename: "Personalausweis.txt", content: "Vorderseite" },
      { filename: "virus.txt", content: eicar },
      { filename: "vertrag.txt", content: "Vertrag" },
    ],
  }, { clamavSocket: { host: "127.0.0.1", port: scanner.port } });
  const files = await within(providerId, (scope) => caseFiles.list(scope, found!.id));
  deepEqual(files.map(({ name }) => name), ["vertrag.txt"]);
  const noted = new Map((await steps(found!.id)) as [string, string][]);
  deepEqual([noted.get("papers_left_out"), noted.get("files_left_out")], ["1", "1"]);
});

Deno.test("a scanner at work holds no connection of the database", async () => {
  await using scanner = fakeScanner();
  const open: number[] = [];
  scanner.before = async () => {
    const [row] = await owner<[{ count: number }]>`
      select count(*)::int as count
      from pg_stat_activity
      where datname = current_database()
        and state like 'idle in transaction%'
    `;
    open.push(row.count);
  };
  const from = "ines@langsam.example";
  const at = { clamavSocket: { host: "127.0.0.1", port: scanner.port } };
  const text = "Ich verlange Auskunft nach Art. 15 DSGVO über meine Daten.";
  const attachments = ["eins", "zwei"].map((name) => ({ filename: `${name}.txt`, content: name }));
  const { found } = await write("privacy", from, { text, attachments }, at);
  deepEqual(open, [0, 0], "the files of a letter");
  equal((await within(providerId, (scope) => caseFiles.list(scope, found!.id))).length, 2);
  const [own] = (await addressOf(alice)).split("@");
  await write(own!, from, { text: "Guten Tag!", attachments }, at);
  deepEqual(open, [0, 0, 0, 0], "the files of a mail to a user");
  const [kept] = await owner<[{ count: number }]>`
    select count(*)::int as count from files where tenant_id = ${alice.tenantId}
  `;
  equal(kept.count, 2);
});

Deno.test("while the scanner is away the letter waits, and is not lost", async () => {
  const nobody = fakeScanner();
  await nobody[Symbol.asyncDispose]();
  const text = "Ich verlange Auskunft nach Art. 15 DSGVO über meine Daten.";
  const attachments = [{ filename: "vertrag.txt", content: "Vertrag" }];
  const away = { clamavSocket: { host: "127.0.0.1", port: nobody.port } };
  const { found } = await write("privacy", "willi@warte.example", { text, attachments }, away);
  equal(found, undefined);
  const [waiting] =
    await owner`select from jobs.job where name = 'receive_mail' and state = 'retry'`;
  ok(waiting);
});

Deno.test("an answer under the case's number is a step of it; from elsewhere it is a new case", async () => {
  const from = "anton@antwort.example";
  const text = "Ich verlange Auskunft nach Art. 15 DSGVO über meine Daten.";
  const { found } = await write("privacy", from, { subject: "Meine Daten", text });
  const subject = `Re: ${found!.number}: Ihr Antrag`;
  await write("privacy", from, { subject, text: "Bitte löschen Sie danach alle meine Daten." });
  const rows = await owner`select id from cases where person_email = ${from}`;
  equal(rows.length, 1);
  deepEqual(
    (await within(providerId, (scope) => caseItems.list(scope, found!.id))).map(({ right }) =>
      right
    ),
    ["access", "erasure"],
  );
  ok((await steps(found!.id)).some(([action]) => action === "answered"));
  const [kept] = await owner<{ body: string }[]>`select body from cases where id = ${found!.id}`;
  match(kept!.body, /verlange Auskunft[^]*löschen Sie danach/);
  const other = await write("privacy", "fremd@antwort.example", { subject, text });
  equal(other.found!.number === found!.number, false);
});

const claims = async (found: Case | undefined) =>
  (await within(providerId, (scope) => caseItems.list(scope, found!.id))).map(({ right }) => right);

Deno.test("a letter through a group's address is a case of its writer, a circular is none", async () => {
  const group = {
    "List-Id": "<privacy.muster.example>",
    "List-Post": "<mailto:privacy@muster.example>",
    "List-Unsubscribe": "<mailto:privacy+leave@muster.example>",
    Precedence: "list",
  };
  const through = {
    to: "Datenschutz <privacy@muster.example>",
    envelope: { from: "bounces@muster.example", to: [`privacy@${domain}`] },
    headers: group,
  };
  const open = await write("privacy", "gerd@gruppe.example", {
    text: "Hallo, was ist denn?",
    ...through,
  });
  ok(open.found);
  equal(open.mails.length, 1);
  await write("privacy", "'Greta Gruppe' via Privacy <privacy@muster.example>", {
    replyTo: "greta@gruppe.example",
    text: "Bitte löschen Sie alle meine Daten.",
    headers: group,
  });
  const [munged] = await owner<Case[]>`
    select id, person_name from cases where person_email = 'greta@gruppe.example'
  `;
  equal(munged!.personName, "Greta Gruppe");
  deepEqual(await claims(munged), ["erasure"]);
  const service = await write("privacy", "claims@service.example", {
    text:
      "On behalf of Anna Amsel we request the erasure of all personal data under Article 17 GDPR.",
    headers: { "List-Unsubscribe": "<https://service.example/u>", Precedence: "bulk" },
  });
  deepEqual(await claims(service.found), ["erasure"]);
  for (
    const [from, text, headers] of [
      ["news@kanzlei.example", "So reagieren Sie auf Auskunft nach Art. 15 DSGVO.", {
        "List-Unsubscribe": "<https://kanzlei.example/u>",
      }],
      ["shop@laden.example", "Bitte keine Newsletter mehr? Hier abmelden.", {
        "List-Unsubscribe": "<https://laden.example/u>",
      }],
      ["notices@forge.example", "Anna replied to your issue.", {
        "List-Post": "<mailto:reply+4711@forge.example>",
        Precedence: "list",
      }],
      ["crm@haus.example", "Ich verlange Auskunft nach Art. 15 DSGVO über meine Daten.", {
        ...group,
        "Auto-Submitted": "auto-generated",
      }],
    ] as const
  ) {
    const { found, mails } = await write("privacy", from, { text, headers });
    deepEqual([found, mails.length], [undefined, 0], from);
  }
});

Deno.test("a letter that a colleague passes on is its writer's; a stranger passes nothing on", async () => {
  const passed = (writer: string) => ({
    subject: "WG: Löschung",
    text: "Bitte kümmern!\n\n-----Ursprüngliche Nachricht-----\n" +
      `Von: Bodo Bussard <${writer}>\nGesendet: Freitag, 27. November 2026 09:12\n` +
      "An: info@haus.example\nBetreff: Löschung\n\nBitte löschen Sie alle meine Daten.\n",
  });
  await write(`privacy.${slug}`, `Alice Ahrens <${alice.email}>`, passed("bodo@bussard.example"));
  const cases = await owner<Case[]>`
    select id, tenant_id, person_name, person_email from cases
    where person_email in ('bodo@bussard.example', 'otto@opfer.example', ${alice.email})
  `;
  deepEqual(cases.map(({ personName, personEmail }) => [personName, personEmail]), [
    ["Bodo Bussard", "bodo@bussard.example"],
  ]);
  const items = await within(alice.tenantId, (scope) => caseItems.list(scope, cases[0]!.id));
  deepEqual(items.map(({ right }) => right), ["erasure"]);
  const { found } = await write(
    `privacy.${slug}`,
    "fremd@fremd.example",
    passed("otto@opfer.example"),
  );
  ok(found, "the case is the stranger's");
  const [victim] = await owner`select from cases where person_email = 'otto@opfer.example'`;
  equal(victim, undefined);
});

/** A letter as another mail has it attached. */
const attachment = (from: string, subject: string, text: string) => ({
  filename: `${subject}.eml`,
  contentType: "message/rfc822",
  contentTransferEncoding: "8bit" as const,
  content: [
    `From: ${from}`,
    "To: info@haus.example",
    `Subject: ${subject}`,
    "Date: Fri, 27 Nov 2026 09:12:00 +0100",
    `Message-ID: <${from.replace(/.*<|>/g, "")}>`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    text,
  ].join("\r\n"),
});
const written = async (email: string) => {
  const cases = await owner<Case[]>`
    select id, person_name, body from cases where person_email = ${email}
  `;
  return await Promise.all(cases.map(async ({ id, personName, body }) => ({
    personName,
    body,
    rights: await within(
      alice.tenantId,
      async (scope) => (await caseItems.list(scope, id)).map(({ right }) => right),
    ),
    files: await within(
      alice.tenantId,
      async (scope) => (await caseFiles.list(scope, id)).map(({ name }) => name),
    ),
  })));
};

Deno.test("letters that a colleague attaches are a case of each writer, once, and none of theirs", async () => {
  const letters = [
    attachment("Wilma Weber <wilma@weber.example>", "Auskunft", "Welche Daten haben Sie von mir?"),
    attachment("Timo Tief <timo@tief.example>", "Daten", "Bitte löschen Sie alle meine Daten."),
  ];
  const to = `privacy.${slug}`;
  const before = (await written(alice.email)).length;
  const list = { filename: "Kundenliste.txt", content: "Alle Kunden" };
  await write(to, `Alice Ahrens <${alice.email}>`, {
    subject: "Anfragen",
    text: "Bitte nach Art. 15 DSGVO Auskunft geben bzw. löschen, Anfragen anbei.",
    attachments: [...letters, list],
  });
  // The same letter reaches us directly as well.
  await write(to, `Alice Ahrens <${alice.email}>`, {
    subject: "WG: Daten",
    text: "Noch einmal.",
    attachments: letters.slice(1),
  });
  const [wilma, ...more] = await written("wilma@weber.example");
  deepEqual([wilma!.personName, wilma!.rights, wilma!.files, more], [
    "Wilma Weber",
    ["access"],
    [],
    [],
  ]);
  ok(!wilma!.body.includes("timo") && wilma!.body.includes("Welche Daten haben Sie"));
  deepEqual((await written("timo@tief.example")).map(({ rights }) => rights), [["erasure"]]);
  equal((await written(alice.email)).length, before, "the colleague claims nothing");
});

Deno.test("no letter that a colleague attaches is lost, however many they are", async () => {
  const to = `privacy.${slug}`;
  const pass = (subject: string, attachments: unknown[]) =>
    write(to, `Alice Ahrens <${alice.email}>`, { subject, text: "Siehe Anhang.", attachments });
  const one = (name: string) =>
    attachment(`${name} <${name}@viele.example>`, name, "Bitte löschen Sie alle meine Daten.");
  const seven = Array.from({ length: 7 }, (_, at) => one(`sieben${at}`));
  await pass("Fwd: sieben", seven);
  equal((await written("sieben6@viele.example")).length, 1);
  const before = (await written(alice.email)).length;
  await pass("Fwd: viele", Array.from({ length: 21 }, (_, at) => one(`viele${at}`)));
  deepEqual(await written("viele0@viele.example"), []);
  const own = await written(alice.email);
  equal(own.length, before + 1, "too many to be told apart: somebody looks at them");
  ok(own.some(({ files }) => files.includes("viele0.eml")));
  const silent = { ...attachment("", "Ohne Namen", "Von wem?"), filename: "stumm.eml" };
  await pass("Fwd: zwei", [one("allein"), silent]);
  deepEqual((await written("allein@viele.example")).map(({ files }) => files), [["stumm.eml"]]);
});

Deno.test("a letter that a stranger attaches is read, and stays the stranger's", async () => {
  const to = `privacy.${slug}`;
  await write(to, "fremd@zwei.example", {
    subject: "Fwd: Daten",
    text: "Siehe Anhang.",
    attachments: [
      attachment("Olga Opfer <olga@opfer.example>", "Daten", "Bitte löschen Sie meine Daten."),
    ],
  });
  const [found] = await written("fremd@zwei.example");
  deepEqual(found!.rights, ["erasure"]);
  match(found!.body, /— Olga Opfer <olga@opfer\.example> —\n\nDaten\n\nBitte löschen/);
  deepEqual(await written("olga@opfer.example"), []);
  await write(to, "eigen@drei.example", {
    subject: "Auskunft",
    text: "Bitte geben Sie mir Auskunft nach Art. 15 DSGVO über meine Daten.",
    attachments: [attachment("eigen@drei.example", "Alt", "Bitte löschen Sie meine Daten.")],
  });
  deepEqual((await written("eigen@drei.example")).map(({ rights }) => rights), [["access"]]);
});
