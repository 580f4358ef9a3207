/** The officer decides requests by mail alone: by links, by answers, and nothing happens by accident. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import nodemailer from "nodemailer";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import { setOffset, today } from "../db/clock.ts";
import { providerId } from "../db/controllers.ts";
import { app, Client } from "./support/app.ts";
import { jobs } from "../jobs/jobs.ts";
import { provider, tenant } from "./support/cast.ts";
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
import { drain } from "./support/worker.ts";

const dpo = "dsb@example.org";
const test = await app();
await provider(test);
const box = await mailbox();
const visitor = new Client(test);

const statusOf = (controllerId: string, caseId: string) =>
  within(test, controllerId, async (scope) => {
    const items = await caseItems.list(scope, caseId);
    return items.map(({ status }) => status);
  });

const actionsOf = (controllerId: string, caseId: string) =>
  within(test, controllerId, async ({ sql, tenantId }) => {
    const rows = await sql<{ action: string; actorKind: string; reason: string }[]>`
      select action, actor_kind, reason
      from case_events
      where tenant_id = ${tenantId}
        and case_id = ${caseId}
      order by seq
    `;
    return [...rows];
  });

/** The steps of the provider's request, and by whom, until it was closed. */
const stepsOf = (caseId: string) =>
  within(test, providerId, async ({ sql, tenantId }) => {
    const rows = await sql<{ toStatus: string; actorKind: string }[]>`
      select to_status, actor_kind
      from case_events
      where tenant_id = ${tenantId}
        and case_id = ${caseId}
        and to_status is not null
        and to_status <> 'closed'
        and actor_kind <> 'person'
      order by seq
    `;
    return rows.map(({ toStatus, actorKind }) => `${toStatus} ${actorKind}`);
  });

/** Approved by the officer, carried out by a job: nobody logs in with the person's address. */
const executed = ["execution officer", "proof system", "no_data system"];

Deno.test("a new request is reported to the officer with number and days, never with the person", async () => {
  const { id, number, personEmail } = await request(test, providerId, ["access", "erasure"]);
  const [letter, ...more] = await post(test, box, dpo, number);
  equal(more.length, 0);
  match(letter!.subject!, /neuer Antrag \(Auskunft, Löschung\), bis \d\d\.\d\d\.\d{4}/);
  for (const part of [letter!.subject!, letter!.text!, String(letter!.html)]) {
    ok(!part.includes("Petra") && !part.includes(personEmail) && !part.includes(id));
  }
  match(letter!.text!, /FREIGABE \d{4}\nABLEHNEN \d{4}: Grund\nVERLÄNGERN \d{4}: Grund/);
  equal((await post(test, box, dpo, number)).length, 1);
});

Deno.test("the first letter waits until the person was searched for, but not for ever", async () => {
  const run = async () => {
    const job = jobs.find(({ name }) => name === "write_officers")!;
    const tools = { ...test.services, pool: test.db.app, signal: new AbortController().signal };
    await job.run(tools as never, { tenantId: null } as never);
  };
  const written = async (caseId: string) =>
    (await test.db.owner`select from case_letters where case_id = ${caseId}`).length;
  const { id } = await request(test, providerId, ["erasure"]);
  await run();
  equal(await written(id), 0, "it would not say what the erasure takes");
  await drain(test);
  await run();
  equal(await written(id), 1);
  // Recorded late: a reminder is due at once, and must not take the place of the first letter.
  goTo(plus(today(), 1));
  const late = { channel: "post", receivedOn: plus(today(), -20) } as const;
  const { id: old } = await request(test, providerId, ["erasure"], late);
  await run();
  equal(await written(old), 0);
  await drain(test);
  await run();
  const kinds = await test.db.owner<{ kind: string }[]>`
    select kind
    from case_letters
    where case_id = ${old}
    order by created_at, id
  `;
  deepEqual(kinds.map(({ kind }) => kind).sort(), ["new", "reminder"]);
  setOffset(undefined);
  const { id: failing } = await request(test, providerId, ["erasure"]);
  await test.db
    .owner`update cases set created_at = created_at - interval '11 minutes' where id = ${failing}`;
  await run();
  equal(await written(failing), 1);
});

Deno.test("a letter in which no right was recognised is reported as well", async () => {
  const { number } = await request(test, providerId, []);
  const [letter, ...more] = await post(test, box, dpo, number);
  equal(more.length, 0);
  match(letter!.subject!, /Rechte noch nicht erkannt/);
  equal(links(letter!).length, 0);
  equal((await post(test, box, dpo, number)).length, 1);
});

Deno.test("opening every link of a letter changes nothing", async () => {
  const { id, number } = await request(test, providerId, ["access", "erasure"]);
  const [letter] = await post(test, box, dpo, number);
  const before = await actionsOf(providerId, id);
  const all = links(letter!);
  equal(all.length, 9);
  for (const { path } of all) {
    for (let times = 0; times < 2; times++) {
      const page = await visitor.get(path);
      equal(page.status, 200);
      equal(page.headers.get("Cache-Control"), "no-store");
      equal(page.headers.get("Referrer-Policy"), "no-referrer");
      equal(page.headers.get("X-Robots-Tag"), "noindex");
      equal(page.headers.getSetCookie().length, 0);
      await page.text();
    }
  }
  deepEqual(await actionsOf(providerId, id), before);
  deepEqual(await statusOf(providerId, id), ["new", "new"]);
});

/** Not the receipt, which everyone gets at once. */
const isAnswer = ({ text }: { text?: string }) =>
  !/diese E-Mail-Adresse Ihnen gehört/.test(text ?? "");

Deno.test("by a link alone a misread right is corrected, once", async () => {
  const { id, number } = await request(test, providerId, ["access", "erasure"]);
  const [letter] = await post(test, box, dpo, number);
  const approve = link(letter!, "Freigeben");
  match(await (await visitor.get(approve)).text(), /Nicht beansprucht/);
  await visitor.get(`${approve}/correction`);
  deepEqual(await statusOf(providerId, id), ["new", "new"]);
  const corrected = await visitor.post(`${approve}/correction`, { right: "portability" });
  match(await corrected.text(), /Das erkannte Recht ist berichtigt/);
  deepEqual(await statusOf(providerId, id), ["dropped", "new", "new"]);
  for (const right of ["", "access"]) {
    const again = await visitor.post(`${approve}/correction`, { right });
    match(await again.text(), /gilt nicht mehr/);
  }
  deepEqual(await statusOf(providerId, id), ["dropped", "new", "new"]);
  const forged = approve.replace(/.{8}$/, "AAAAAAAA");
  match(await (await visitor.post(`${forged}/correction`, {})).text(), /gilt nicht mehr/);
});

Deno.test("approving a rectification by a link shows that nothing is recorded yet", async () => {
  const { number } = await request(test, providerId, ["rectification"]);
  const [letter] = await post(test, box, dpo, number);
  match(await (await visitor.get(link(letter!, "Freigeben"))).text(), /Noch ist nichts vorgemerkt/);
});

Deno.test("by a link no item is recorded as done without its code, and the page says that nobody is notified", async () => {
  const { id, number } = await request(test, providerId, ["access"]);
  const [letter] = await post(test, box, dpo, number);
  const done = link(letter!, "Als erledigt vermerken");
  match(await (await visitor.get(done)).text(), /Hier wird nichts ausgeführt/);
  for (const typed of ["", "0000"]) {
    equal((await visitor.post(done, { code: typed })).status, 422);
  }
  deepEqual(await statusOf(providerId, id), ["new"]);
  match(await (await visitor.post(done, { code: code(letter!, "Auskunft") })).text(), /vermerkt/);
  deepEqual(await statusOf(providerId, id), ["done"]);
});

Deno.test("by links alone an item is approved, another refused, each once and with its code", async () => {
  const { id, number, personEmail } = await request(test, providerId, ["access", "erasure"]);
  const [letter] = await post(test, box, dpo, number);
  const approve = link(letter!, "Freigeben");
  equal((await visitor.post(approve, {})).status, 422);
  equal((await visitor.post(approve, { code: code(letter!, "Löschung") })).status, 422);
  deepEqual(await statusOf(providerId, id), ["new", "new"]);
  const done = await visitor.post(approve, { code: code(letter!, "Auskunft") });
  match(await done.text(), /Freigegeben/);
  deepEqual(await statusOf(providerId, id), ["execution", "new"]);
  const again = await visitor.post(approve, { code: code(letter!, "Auskunft") });
  equal(again.status, 200);
  const stands = (right: string, status: string) =>
    new RegExp(`gilt nicht mehr.*Stand jetzt: ${number}, ${right}: ${status}\\.`, "s");
  match(await again.text(), stands("Auskunft", "Ausführung"));
  match(await (await visitor.get(approve)).text(), stands("Auskunft", "Ausführung"));

  const [both, refuse] = links(letter!).filter(({ label }) => label === "Ablehnen")
    .map(({ path }) => path) as [string, string];
  const crossed = { reason: "Zu spät.", paragraph: "Art. 15", code: code(letter!, "Auskunft") };
  const late = await visitor.post(both, crossed);
  match(await late.text(), stands("Auskunft", "Ausführung"));
  match(await (await visitor.get(refuse)).text(), /Art\. 17 Abs\. 3 DSGVO/);
  const bare = await visitor.post(refuse, { reason: " ", code: code(letter!, "Löschung") });
  equal(bare.status, 422);
  await visitor.post(refuse, {
    reason: "Rechnungen müssen wir acht Jahre aufbewahren.",
    paragraph: "Art. 17 Abs. 3 Buchst. b DSGVO",
    code: code(letter!, "Löschung"),
  });
  deepEqual(await statusOf(providerId, id), ["execution", "refused"]);
  // Nobody logs in with this address: the approved item is carried out, and finds nothing.
  const answers = (await post(test, box, personEmail, number)).filter(isAnswer);
  deepEqual(await statusOf(providerId, id), ["no_data", "refused"]);
  const [refusal, ...more] = answers.filter(({ text }) => /Art\. 17 Abs\. 3/.test(text ?? ""));
  equal(more.length, 0);
  equal(answers.length, 2, "the refusal, and the answer to what was approved");
  match(refusal!.text!, /Rechnungen müssen wir acht Jahre/);
  match(refusal!.text!, /Art\. 17 Abs\. 3 Buchst\. b DSGVO/);
  match(refusal!.text!, /Datenschutzaufsichtsbehörde beschweren/);
  match(refusal!.text!, /Art\. 79 DSGVO/);
  const by = (await actionsOf(providerId, id)).filter(({ action }) => action === "ordered_by_link");
  deepEqual(by.map(({ actorKind }) => actorKind), ["officer", "officer"]);
  goTo(plus(today(), 8));
  const expired = await (await visitor.get(approve)).text();
  setOffset(undefined);
  match(expired, /gilt nicht mehr/);
  ok(!expired.includes("Stand jetzt"), "who finds an old letter learns nothing");
});

Deno.test("after three wrong codes nothing of a letter counts, and a new one comes", async () => {
  const { id, number } = await request(test, providerId, ["access"]);
  const [letter] = await post(test, box, dpo, number);
  const right = code(letter!, "Auskunft");
  const wrong = right === "1111" ? "2222" : "1111";
  const approve = link(letter!, "Freigeben");
  equal((await visitor.post(approve, { code: wrong })).status, 422);
  equal((await visitor.post(approve, { code: wrong })).status, 422);
  match(await (await visitor.post(approve, { code: wrong })).text(), /dreimal falsch/);
  match(await (await visitor.post(approve, { code: right })).text(), /dreimal falsch/);
  deepEqual(await statusOf(providerId, id), ["new"]);
  setOffset("PT61M");
  try {
    const [, second] = await post(test, box, dpo, number);
    await visitor.post(link(second!, "Freigeben"), { code: code(second!, "Auskunft") });
  } finally {
    setOffset(undefined);
  }
  deepEqual(await statusOf(providerId, id), ["execution"]);
});

Deno.test("by answers alone a request goes to its end, over real SMTP both ways", async () => {
  const door = await openDoor(test);
  const { id, number, personEmail } = await request(test, providerId, ["access", "rectification"]);
  const letters = () => post(test, box, dpo, number);
  const [first] = await letters();
  const reply = async (text: string) => {
    await answer(door.port, first!, dpo, text);
    return (await letters()).at(-1)!;
  };
  const withCodes = async () => {
    await letters();
    return (await letters()).filter(({ text }) => /: Code \d{4}/.test(text ?? "")).at(-1)!;
  };
  await reply(`VERLÄNGERN ${code(first!, "Auskunft")}: Sehr viele Anträge in diesem Monat`);
  const extended = await within(test, providerId, (scope) => cases.find(scope, id));
  match(extended.extensionReason, /Sehr viele Anträge/);
  const [notice] = (await post(test, box, personEmail, number)).filter(isAnswer);
  match(notice!.text!, /Sehr viele Anträge in diesem Monat/);

  await reply("NOTIZ: Mit der Technik sprechen");
  await reply(`FREIGABE ${code(first!, "Auskunft")}\n\nViele Grüße\nDora Schutz`);
  deepEqual(await statusOf(providerId, id), ["no_data", "new"]);
  deepEqual(await stepsOf(id), executed);

  await reply(`IDENTITÄT ${code(first!, "Berichtigung")}: Adresse ist uns unbekannt`);
  const doubted = await within(test, providerId, (scope) => cases.find(scope, id));
  ok(doubted.pausedAt);
  match((await post(test, box, personEmail, number)).at(-1)!.text!, /keine Ausweiskopie/);
  const newest = await withCodes();
  match(newest.subject!, /Nachweis der Identität steht aus \(Berichtigung\)/);
  await answer(door.port, newest, dpo, `GEKLÄRT ${code(newest, "Berichtigung")}: hat angerufen`);
  const last = await withCodes();
  await answer(door.port, last, dpo, `ERLEDIGT ${code(last, "Berichtigung")}`);
  await letters();
  deepEqual(await statusOf(providerId, id), ["no_data", "done"]);
  const actions = await actionsOf(providerId, id);
  ok(actions.some(({ action, reason }) => action === "noted" && /Mit der Technik/.test(reason)));
  ok(
    actions.some(({ action, reason }) => action === "ordered_by_mail" && /DKIM none/.test(reason)),
  );
  await door.close(100);
});

Deno.test("an order in HTML alone counts beside a gateway's banner and a quotation", async () => {
  const door = await openDoor(test);
  const { id, number } = await request(test, providerId, ["access", "rectification", "erasure"]);
  const [letter] = await post(test, box, dpo, number);
  const codes = ["Auskunft", "Berichtigung", "Löschung"].map((each) => code(letter!, each));
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: door.port });
  const reply = async (more: Record<string, string>) => {
    const to = letter!.replyTo!.value[0]!.address!;
    await transport.sendMail({
      envelope: { from: dpo, to },
      from: dpo,
      to,
      subject: `[EXTERN] RE: ${letter!.subject}`,
      ...more,
      ...more.raw ? { raw: more.raw.replace("TO", to) } : {},
    });
    await post(test, box, dpo, number);
  };
  const banner = "<table><tr><td>ACHTUNG: Diese E-Mail kommt von außerhalb der Organisation.<br>" +
    "Klicken Sie nicht auf Links.</td></tr></table>";
  await reply({
    html: `${banner}<div>Ablehnung ${codes[0]} wegen offenkundig fehlender Vollmacht</div><br>` +
      `<div class="gmail_quote"><div>Le mer. 25 nov. 2026 à 10:12, kompaktCRM &lt;<a ` +
      `href="mailto:crm@in.example">crm@in.example</a>&gt; a écrit&nbsp;:<br></div>` +
      `<blockquote>FREIGABE ${codes[1]}</blockquote></div>`,
  });
  await reply({
    html: `<p>ABLEHNEN ${codes[1]}: Die Angaben stimmen.</p>${banner}<hr><p><b>Van:</b> ` +
      `kompaktCRM<br><b>Verzonden:</b> woensdag 25 november 2026<br><b>Aan:</b> DPO<br>` +
      `<b>Onderwerp:</b> DS</p><p>FREIGABE ${codes[2]}</p>`,
  });
  await reply({
    raw: [
      `From: ${dpo}`,
      "To: TO",
      "Subject: AW",
      "Message-ID: <signed.order@example.org>",
      "MIME-Version: 1.0",
      'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s',
      "",
      "--s",
      "Content-Type: text/html; charset=utf-8",
      "",
      `<p>[EXTERNAL]</p><p>ABLEHNEN ${codes[2]}: Aufbewahrung nach § 147 AO</p>`,
      "--s",
      'Content-Type: application/pkcs7-signature; name="smime.p7s"',
      "Content-Transfer-Encoding: base64",
      "",
      "MIAGCSqGSIb3DQEHAqCAMIACAQExDzANBglghkgBZQMEAgEFADCABgkqhkiG9w0BBwEAAA==",
      "--s--",
      "",
    ].join("\r\n"),
  });
  transport.close();
  await door.close(100);
  deepEqual(await statusOf(providerId, id), ["refused", "refused", "refused"]);
  const reasons = await within(test, providerId, async (scope) => {
    const items = await caseItems.list(scope, id);
    return items.map(({ reason }) => reason);
  });
  deepEqual(reasons, [
    "wegen offenkundig fehlender Vollmacht",
    "Die Angaben stimmen.",
    "Aufbewahrung nach § 147 AO",
  ]);
});

Deno.test("forged, replayed, stale and unclear answers change nothing; only the officer is helped", async () => {
  const door = await openDoor(test);
  const { id, number } = await request(test, providerId, ["erasure"]);
  const other = await request(test, await tenant(test, "Fremdes Haus"), ["erasure"]);
  const letters = () => post(test, box, dpo, number);
  const [letter] = await letters();
  const right = code(letter!, "Löschung");
  const outgoing = box.mails.length;

  await answer(door.port, letter!, "mallory@evil.example", `FREIGABE ${right}`);
  await letters();
  equal(box.mails.length, outgoing, "a stranger is not answered");

  const helped = async (text: string, headers: Record<string, string> = {}) => {
    await answer(door.port, letter!, dpo, text, headers);
    return (await letters()).at(-1)!.text!;
  };
  match(
    await helped(`FREIGABE ${right}`, {
      "Authentication-Results": "mx.example; spf=fail smtp.mailfrom=example.org",
    }),
    /DKIM oder SPF/,
  );
  match(await helped("Was soll ich tun?"), /keine der Anweisungen/);
  match(await helped(`FREIGABE ${right}\naber erst morgen`), /weiterer Text/);
  match(await helped(`ABLEHNEN ${right}`), /fehlt der Grund/);
  match(
    await helped(`FREIGABE ${right === "1111" ? "2222" : "1111"}`),
    /gehört nicht zu dieser E-Mail/,
  );
  deepEqual(await statusOf(providerId, id), ["new"]);
  deepEqual(await statusOf(other.tenantId, other.id), ["new"]);

  match(await helped(`FREIGABE ${right}`), /Freigegeben/);
  deepEqual(await statusOf(providerId, id), ["no_data"]);
  deepEqual(await stepsOf(id), executed);
  match(await helped(`ABLEHNEN ${right}: doch nicht`), /schon entschieden/);
  deepEqual(await statusOf(providerId, id), ["no_data"]);
  await door.close(100);
});

Deno.test("a mailbox that answers each mail, as a ticket system does, is not answered for ever", async () => {
  const door = await openDoor(test);
  const { number } = await request(test, providerId, ["erasure"]);
  const [letter] = await post(test, box, dpo, number);
  const answered = async () => (await post(test, box, dpo, number)).length;
  const before = await answered();
  const counts: number[] = [];
  for (let n = 0; n < 12; n++) {
    await answer(door.port, letter!, dpo, `Ihre Anfrage ist eingegangen. Vorgang ${n}`);
    counts.push(await answered() - before);
  }
  deepEqual(counts, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10]);
  // Clear orders in it are still carried out.
  await answer(door.port, letter!, dpo, `FREIGABE ${code(letter!, "Löschung")}`);
  match((await post(test, box, dpo, number)).at(-1)!.text!, /Freigegeben/);
  await door.close(100);
});

Deno.test("a letter that fails in one tenant keeps no other tenant's officer waiting", async () => {
  const tenants = await Promise.all(["Heil", "Krank"].map((name) => tenant(test, name)));
  const { owner } = test.db;
  const [whole, broken] = tenants as [string, string];
  for (const [at, tenantId] of tenants.entries()) {
    await owner`
      insert into officers (tenant_id, name, email, updated_at)
      values (${tenantId}, 'Dora', ${`dora.${at}@officer.example`}, now())
    `;
  }
  for (let n = 0; n < 4; n++) for (const each of tenants) await request(test, each, ["access"]);
  await owner.unsafe(`
    create function fail_letter() returns trigger language plpgsql
    as $$ begin raise exception 'no letter'; end $$;
    create trigger fail_letter before insert on case_letters
    for each row when (new.tenant_id = '${broken}') execute function fail_letter();
  `);
  try {
    await test.queue.send("write_officers", { tenantId: null });
    const { failed } = await drain(test);
    ok(failed.length > 0, "and the run says so");
  } finally {
    await owner.unsafe("drop trigger fail_letter on case_letters; drop function fail_letter()");
  }
  const written = async (tenantId: string) =>
    (await owner`select from case_letters where tenant_id = ${tenantId}`).length;
  deepEqual([await written(whole), await written(broken)], [4, 0]);
});
