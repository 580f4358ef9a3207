/** The privacy policy: its clauses, its versions, its way into force (clauses 1.2, 8.1, 8.2). */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import { compactVerify, importJWK } from "jose";
import { elapsed, now, setOffset } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import { clauses } from "../db/policies/clauses.ts";
import { PolicyDocument } from "../db/policies/schema.ts";
import * as policies from "../db/policies.ts";
import { proofs } from "../db/proofs.ts";
import * as notices from "../db/policy_notices.ts";
import { retentionClasses } from "../db/retention_classes.ts";
import { bounds } from "../db/setting_bounds.ts";
import { type Cast, cast, person } from "./support/cast.ts";
import { decode, formOf, text } from "./support/html.ts";
import { linkIn, type Mailbox, mailbox } from "./support/mailbox.ts";
import { drain } from "./support/worker.ts";

/** The installation of this file has one policy, so its tests run in order. */
let here: Cast;
let box: Mailbox;
const dpo = "dsb@example.org";

/** What the schema's formats mean; Ajv brings none. */
const formats = {
  uri: (text: string) => URL.canParse(text),
  "date-time": (text: string) => !Number.isNaN(Date.parse(text)),
  duration: /^P(?!$)/,
};

/** A day so many days from the present one. */
const dayIn = (days: number) =>
  Temporal.Instant.fromEpochMilliseconds(now().getTime()).toZonedDateTimeISO("Europe/Berlin")
    .toPlainDate().add({ days }).toString();

/** What the timetable does on a day: settle, take effect, notify newcomers. */
async function night(): Promise<void> {
  await enqueue(here.test.db.app, "enforce_policy", null, {});
  await drain(here.test, { smtpUrl: box.smtpUrl });
}

/** The officer's newest link. */
async function officersLink(): Promise<string> {
  const mails = await box.collect(here.test, dpo);
  return linkIn(mails.at(-1)!, "policy-approvals");
}

Deno.test.beforeAll(async () => {
  here = await cast();
  box = await mailbox();
  const { alice, test } = here;
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
});

Deno.test.afterAll(async () => {
  setOffset(undefined);
  await box.close();
});

Deno.test("every clause has its words in both languages and says what the map and the periods say", async () => {
  const { visitor } = here;
  const german = await text(await visitor.get("/privacy"));
  const english = await text(await visitor.get("/privacy?lang=en"));
  for (const number of clauses) {
    ok(german.includes(` ${number} `), number);
    ok(english.includes(` ${number} `), number);
  }
  // Art. 21(4): both objections are set apart; and no period is promised that the law lets us extend.
  equal(german.split("Ihr Widerspruchsrecht").length - 1, 2);
  match(german, /Dauert es ausnahmsweise länger, sagen wir Ihnen innerhalb dieses Monats, warum/);
  match(german, /noch nicht freigegeben/);
  match(german, /IP-Adressen und Browserangaben/);
  equal(retentionClasses.ip_address.period, "P7D");
  match(german, /vollständige IP-Adressen 7 Tage nach der Entstehung/);
  match(german, /Buchungsbelege und Rechnungen 8 Jahre/);
  // What each customer sets is shown with its bounds.
  const { least, most } = bounds.trash_days.allowed;
  match(
    german,
    new RegExp(
      `im Papierkorb 7 Tage nach [^;]*; der Kunde kann ${least} bis ${most} Tage festlegen`,
    ),
  );
  match(
    english,
    new RegExp(
      `12 months after being recorded; the customer may set ${
        Object.values(bounds.retention_history.allowed).join(" to ")
      } months`,
    ),
  );
  match(english, /Full IP addresses 7 days after being recorded/);
  equal((await visitor.get("/.well-known/privacy-policy.json")).status, 404);
});

Deno.test("clause 2.1: a remaining placeholder prevents sending to the officer", async () => {
  const { alice, test } = here;
  await test.db.owner`update provider set street = ''`;
  equal((await alice.post("/operator/policy")).status, 303);
  match(await text(await alice.get("/operator/policy")), /Diese Angaben fehlen noch: \[/);
  const refused = await alice.post("/operator/policy/1/proposal");
  equal(refused.status, 422);
  equal((await policies.open(test.db.app))!.status, "draft");
  await test.db.owner`update provider set street = 'Hafenstraße 1'`;
});

Deno.test("the operator rewords a clause; nothing typed is lost when something is wrong", async () => {
  const { alice, visitor } = here;
  const fields = {
    version: "1",
    reasonKind: "service",
    reason: "",
    noticeDays: "7",
    material: "on",
    "texts.c7_2.de": "Wir verbessern die Maßnahmen jede Woche.",
  };
  const refused = await alice.post("/operator/policy/1/edit", fields);
  equal(refused.status, 422);
  const page = await refused.text();
  match(page, /Ziffer 8\.2 der Datenschutzerklärung/);
  match(page, /jede Woche/);
  equal((await alice.post("/operator/policy/1/edit", { ...fields, noticeDays: "30" })).status, 303);
  const other = { ...fields, reason: "Nächste Fassung" };
  const mistaken = await (await alice.post("/operator/policy/1/edit", other)).text();
  const stale = await alice.post("/operator/policy/1/edit", {
    ...formOf(mistaken),
    noticeDays: "30",
  });
  equal(stale.status, 409, "a mistake in between does not make it the newest");
  const conflict = await stale.text();
  match(decode(conflict), /Wenn Sie noch einmal speichern, gilt Ihre Fassung/);
  const again = formOf(conflict);
  equal(again.reason, "Nächste Fassung");
  const kept = await alice.post("/operator/policy/1/edit", { ...again, reason: "" });
  equal(kept.status, 303);
  match(await text(await alice.get("/operator/policy/1")), /jede Woche/);
  ok(!(await text(await visitor.get("/privacy"))).includes("jede Woche"), "a draft is not public");
  equal((await visitor.get("/privacy/versions/1")).status, 404);
});

Deno.test("the officer refuses with a reason, and approves by a button, not by opening the link", async () => {
  const { alice, visitor, test } = here;
  equal((await alice.post("/operator/policy/1/proposal")).status, 303);
  const first = await officersLink();
  equal((await visitor.get(first)).status, 200);
  for (const where of [first, `${first}/refusal`]) {
    const refused = await visitor.post(where, { reason: "" });
    equal(refused.status, 422);
    // Two forms on a page: what is wrong is shown above the one that was sent, once.
    equal((await refused.text()).match(/class="error-summary"/g)?.length, 1);
  }
  equal(
    (await visitor.post(`${first}/refusal`, { reason: "Ziffer 7.2 ist zu ungenau." })).status,
    200,
  );
  match(await text(await alice.get("/operator/policy")), /Abgelehnt: Ziffer 7\.2 ist zu ungenau/);
  match(await text(await visitor.get(first)), /gilt nicht mehr/);
  equal((await alice.post("/operator/policy/1/proposal")).status, 303);
  const link = await officersLink();
  const shown = await visitor.get(link);
  equal(shown.headers.get("Referrer-Policy"), "no-referrer");
  equal(shown.headers.get("Cache-Control"), "no-store");
  match(await text(shown), /jede Woche/);
  for (let i = 0; i < 3; i++) await visitor.get(link);
  equal((await policies.open(test.db.app))!.status, "proposed");
  // A scanner that presses every button reads nothing.
  equal((await visitor.post(link)).status, 422);
  equal((await policies.open(test.db.app))!.status, "proposed");
  match(await text(await visitor.post(link, { read: "on" })), /freigegeben/);
  equal((await policies.open(test.db.app))!.status, "approved");
  match(await text(await visitor.post(link, { read: "on" })), /gilt nicht mehr/);
});

Deno.test("clause 8.2: the first version takes effect once everyone has been notified, with a record each", async () => {
  const { alice, bob, visitor, test } = here;
  const published = await alice.post("/operator/policy/1/publication", {
    takesEffectOn: dayIn(0),
  });
  equal(published.status, 303);
  await night();
  await night();
  const inForce = await policies.current(test.db.app);
  equal(inForce?.number, 1);
  const letters = await box.collect(test, bob.email);
  equal(letters.at(-1)!.subject, "Unsere Datenschutzerklärung ändert sich");
  equal((await notices.listNotNotified(test.db.app, inForce!.id, 1)).length, 0);
  match(await text(await visitor.get("/privacy")), /Fassung 1, in Kraft seit/);
});

Deno.test("the banner stays until it is acknowledged", async () => {
  const { bob } = here;
  const before = await bob.get("/contacts");
  match(await text(before), /Die Datenschutzerklärung ändert sich/);
  const answer = await bob.post("/account/policy", { back: "/contacts" });
  equal(answer.headers.get("Location"), "/contacts");
  ok(!(await text(await bob.get("/contacts"))).includes("Die Datenschutzerklärung ändert sich"));
});

Deno.test("clause 1.2: the page shown is the version stored, and its hash says so", async () => {
  const { visitor, test } = here;
  const policy = (await policies.current(test.db.app))!;
  equal(policies.digestOf(policy.content!), policy.sha256);
  const shown = await text(await visitor.get("/privacy"));
  for (const { clauses } of policy.content!.de) {
    for (const { paragraphs } of clauses) {
      for (const each of paragraphs) ok(shown.includes(each.replace(/\s+/g, " ").trim()), each);
    }
  }
});

Deno.test("clause 8.1: nobody changes a published version silently, not even by SQL", async () => {
  const { app, owner } = here.test.db;
  for (const sql of [app, owner]) {
    await rejects(() => sql`update policies set content = '{}' where number = 1`, /stays as it is/);
    await rejects(() => sql`delete from policies where number = 1`, /stays as it is/);
  }
});

Deno.test("the page with all its proofs is there in 20 ms", async () => {
  const { test, visitor } = here;
  for (const proof of Object.keys(proofs)) {
    await test.db.owner`
      insert into proof_results (id, proof, passed, figures, took_ms, at)
      values (${newId()}, ${proof}, true, '{"checked": 1}', 1, ${now()})
    `;
  }
  let best = Infinity;
  // The best of many: a busy machine makes a page late, never early.
  for (let tries = 0; tries < 100 && best >= 20; tries++) {
    const from = elapsed();
    const page = await (await visitor.get("/privacy")).text();
    best = Math.min(best, elapsed() - from);
    ok(page.split("erfüllt").length > Object.keys(proofs).length);
  }
  ok(best < 20, `${best} ms`);
});

Deno.test("machines read the policy by its schema and check it by the published key", async () => {
  const { visitor } = here;
  const answer = await visitor.get("/.well-known/privacy-policy.json");
  const body = await answer.json();
  const { policy, signature } = PolicyDocument.parse(body);
  const { keys } = await (await visitor.get("/.well-known/jwks.json")).json();
  deepEqual(Object.keys(keys[0]).sort(), ["alg", "crv", "kid", "kty", "use", "x"]);
  const { payload, protectedHeader } = await compactVerify(
    signature,
    await importJWK(keys[0], "EdDSA"),
  );
  equal(protectedHeader.kid, keys[0].kid);
  deepEqual(JSON.parse(new TextDecoder().decode(payload)), body.policy);
  // Someone who knows neither our libraries nor our code: the platform's own crypto, and Ajv.
  const [head, body64, mark] = signature.split(".") as [string, string, string];
  const key = await crypto.subtle.importKey("jwk", keys[0], "Ed25519", false, ["verify"]);
  const verify = (text: string) =>
    crypto.subtle.verify(
      "Ed25519",
      key,
      Uint8Array.fromBase64(mark, { alphabet: "base64url" }),
      new TextEncoder().encode(text),
    );
  equal(await verify(`${head}.${body64}`), true);
  equal(await verify(`${head}.${body64.slice(0, -4)}AAAA`), false);
  equal(policy.version, 1);
  const schema = await (await visitor.get("/.well-known/privacy-policy.schema.json")).json();
  equal(policy.$schema, schema.$id);
  const ajv = new Ajv2020({ strict: false, formats });
  const valid = (document: unknown) => ajv.validate(schema, document);
  ok(valid(body), ajv.errorsText());
  equal(valid({ policy: { ...policy, version: "1" }, signature }), false);
  equal(valid({ policy }), false);
  await rejects(() =>
    importJWK({ ...keys[0], x: btoa("x".repeat(32)) }, "EdDSA").then((key) =>
      compactVerify(signature, key)
    )
  );
});

Deno.test("the policy can be downloaded as PDF/A, without a log-in or a cookie", async () => {
  const { visitor } = here;
  for (const lang of ["de", "en"]) {
    const answer = await visitor.get(`/privacy/versions/1.pdf?lang=${lang}`);
    equal(answer.headers.get("Content-Type"), "application/pdf");
    deepEqual(answer.headers.getSetCookie(), []);
    const bytes = new TextDecoder("latin1").decode(await answer.bytes());
    ok(bytes.startsWith("%PDF-") && bytes.includes("pdfaid:part>2<"));
  }
});

Deno.test("clause 8.2: a material change cannot take effect before its notice period", async () => {
  const { alice, visitor, test } = here;
  await alice.post("/operator/policy");
  const page = await (await alice.get("/operator/policy/2/edit")).text();
  match(page, /name="texts\.c7_2\.de"[^>]*>Wir verbessern die Maßnahmen jede Woche\./);
  const fields = {
    version: "1",
    reasonKind: "law",
    noticeDays: "14",
    material: "on",
    "texts.c7_2.de": "Wir verbessern die Maßnahmen jeden Tag.",
  };
  await alice.post("/operator/policy/2/edit", { ...fields, reason: "" });
  equal((await alice.post("/operator/policy/2/proposal")).status, 422, "a change needs a reason");
  await alice.post("/operator/policy/2/edit", { ...fields, version: "2", reason: "Neues Gesetz" });
  equal((await alice.post("/operator/policy/2/proposal")).status, 303);
  const link = await officersLink();
  match(
    await text(await visitor.get(link)),
    /jede Woche.*jeden Tag/,
    "the officer sees what changes",
  );
  await visitor.post(link, { read: "on" });
  const early = await alice.post("/operator/policy/2/publication", { takesEffectOn: dayIn(14) });
  equal(early.status, 422);
  match(await early.text(), /Frühestens am .*Ziffer 8\.2/);
  const done = await alice.post("/operator/policy/2/publication", { takesEffectOn: dayIn(15) });
  equal(done.status, 303);
  await drain(test, { smtpUrl: box.smtpUrl });
  match(await text(await visitor.get("/privacy/versions/2/changes")), /jede Woche.*jeden Tag/);
  equal((await policies.current(test.db.app))!.number, 1);
});

Deno.test("clause 8.2: it takes no effect while a person lacks a record, or a mail is on its way", async () => {
  const { test } = here;
  const policy = (await policies.open(test.db.app))!;
  const nina = await person(test, here.alice.tenantId, "Nina Neu", "member");
  setOffset("P15DT1H");
  equal(await notices.obstacle(test.db.app, policy), "not_told");
  equal(await notices.enforce(test.db.app), "not_told");
  setOffset(undefined);
  await test.db.owner`
    update policy_notices
    set status = 'queued', mail_id = null
    where policy_id = ${policy.id}
      and identity_id = ${here.bob.identityId}
  `;
  await night();
  equal((await box.collect(test, nina.email)).length, 1, "later users are notified too");
  setOffset("P15DT1H");
  equal(await notices.obstacle(test.db.app, policy), "not_settled");
  await test.db.owner`
    update policy_notices
    set status = 'sent', settled_at = ${now()}
    where policy_id = ${policy.id}
      and status = 'queued'
  `;
  equal(await notices.obstacle(test.db.app, policy), "told_late");
  setOffset(undefined);
});

Deno.test("clause 8.2: a mail that came back is no notice", async () => {
  const { alice, bob, test } = here;
  const policy = (await policies.open(test.db.app))!;
  const bounce = () =>
    test.db.owner`
      update policy_notices
      set status = 'bounced', settled_at = ${now()}, retry_at = ${now()}, acknowledged_at = null,
        attempts = 1
      where policy_id = ${policy.id}
        and identity_id = ${bob.identityId}
    `;
  await bounce();
  box.refuseOnly(bob.email);
  for (const offset of ["P0D", "P1DT1H", "P2DT2H", "P3DT3H"]) {
    setOffset(offset);
    await night();
  }
  setOffset("P40D");
  equal(await notices.obstacle(test.db.app, policy), "not_delivered");
  equal(await notices.enforce(test.db.app), "not_delivered");
  setOffset(undefined);
  const [row] = await test.db.owner<{ attempts: number; retryAt: Date | null }[]>`
    select attempts, retry_at from policy_notices
    where policy_id = ${policy.id} and identity_id = ${bob.identityId}
  `;
  deepEqual({ ...row! }, { attempts: 3, retryAt: null }, "three times, a day apart, no more");
  match(
    await text(await alice.get("/operator/policy")),
    new RegExp(`Nicht zustellbar.*${bob.email}`),
  );
  const action = "/operator/policy/2/notices";
  const notice = { personId: bob.identityId, informedOn: dayIn(0) };
  equal((await alice.post(action, { ...notice, informedOn: dayIn(1) })).status, 422);
  equal((await alice.post(action, { ...notice, informedOn: "x" })).status, 422);
  equal((await alice.post(action, { ...notice, personId: alice.identityId })).status, 404);
  equal((await alice.post(action, notice)).status, 303);
  setOffset("P15DT1H");
  equal(await notices.obstacle(test.db.app, policy), null);
  setOffset(undefined);
  // A user who confirms the notice in the app counts as notified.
  await bounce();
  box.refuseOnly("");
  equal((await notices.listBounced(test.db.app, policy.id)).length, 1);
  await notices.acknowledge(test.db.app, bob.identityId);
  equal(await notices.listNotNotified(test.db.app, policy.id, 9).then((all) => all.length), 0);
});

Deno.test("on its day it takes effect, the old version stays at its address, and both are compared", async () => {
  const { test, visitor } = here;
  setOffset("P31D");
  await night();
  equal((await policies.current(test.db.app))!.number, 2);
  match(await text(await visitor.get("/privacy")), /jeden Tag/);
  match(await text(await visitor.get("/privacy/versions/1")), /jede Woche/);
  match(await text(await visitor.get("/privacy/versions")), /abgelöst/);
  equal((await visitor.get("/privacy/versions/3")).status, 404);
  equal((await visitor.get("/privacy/versions/999999")).status, 404);
  setOffset(undefined);
});

Deno.test("clause 8.2: a mail that was lost is no notice; of a person who has left it is not missed", async () => {
  const { bob, test: { db: { app, owner } } } = here;
  const { id } = (await policies.current(app))!;
  const lost = (status: string, queuedAt: Date) =>
    owner`
      update policy_notices
      set status = ${status}, acknowledged_at = null, queued_at = ${queuedAt}
      where policy_id = ${id}
        and identity_id = ${bob.identityId}
    `;
  const left = (at: Date | null) =>
    owner`update users set deactivated_at = ${at} where id = ${bob.userId}`;
  const before = await notices.countStuck(app, id);
  await lost("queued", new Date(now().getTime() - 8 * 86_400_000));
  equal(await notices.countStuck(app, id), before + 1);
  await left(now());
  equal(await notices.countStuck(app, id), before);
  await left(null);
  equal(await notices.countStuck(app, id), before + 1, "back again, and not told");
  await lost("sent", now());
});
