/** Second factors: set up, asked for at the log-in, demanded, lost, reset. */
import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { setOffset } from "../db/clock.ts";
import * as factors from "../db/factors.ts";
import * as figures from "../db/measure_figures.ts";
import * as tokens from "../db/tokens.ts";
import { newId } from "../db/ids.ts";
import { createApp } from "../routes/app.tsx";
import type { Services } from "../routes/web.tsx";
import { Client, type Fields } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { appOf, giveApp, halfway } from "./support/factors.ts";
import { text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { pathOf, table } from "./support/routes.ts";
import { givePassword, goodPassword, visitor } from "./support/passwords.ts";

/** Sets an app up through the pages; the app and the codes that are shown once. */
async function enrol(person: Person) {
  const html = await (await person.get("/account/factors/app")).text();
  const secret = /<code class="address">([A-Z2-7 ]+)<\/code>/.exec(html)![1]!;
  const app = appOf(secret);
  const answer = await person.post("/account/factors/app", { code: app.code() });
  equal(answer.status, 200);
  const codes = [...(await answer.text()).matchAll(/<code>([0-9a-z-]{27})<\/code>/g)]
    .map(([, code]) => code!);
  return { html, secret, app, codes };
}

Deno.test("an app is set up by its first code, and eight codes are shown once", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const other = visitor(test);
  await other.post("/login", { email: alice.email, password: goodPassword });
  const wrong = await alice.post("/account/factors/app", { code: "12345" });
  equal(wrong.status, 422);
  match(await text(wrong), /Der Code stimmt nicht/);
  const { html, secret, codes } = await enrol(alice);
  match(html, /<svg class="qr-code" viewBox="0 0 \d+ \d+" role="img" aria-label="QR-Code/);
  equal(new Set(codes).size, 8);
  match(await text(await alice.get("/account/factors")), /8 unbenutzte Codes/);
  equal((await alice.get("/account/factors/app")).headers.get("Location"), "/account/factors");
  equal((await other.get("/account")).status, 303);
  const kept = await test.db.owner`select f::text as line from totp_factors f`;
  const digests = await test.db.owner`select r::text as line from recovery_codes r`;
  const plain = [secret.replaceAll(" ", ""), ...codes.map((code) => code.replaceAll("-", ""))];
  for (const { line } of [...kept, ...digests]) {
    for (const each of plain) ok(!line.includes(each) && !line.includes(hex(each)));
  }
  const box = await mailbox();
  const letters = await box.collect(test, alice.email);
  await box.close();
  ok(letters.some(({ subject }) => /zweiter Faktor wurde geändert/.test(subject!)));
});

const hex = (text: string) => [...text].map((c) => c.charCodeAt(0).toString(16)).join("");

Deno.test("with an app the password alone leads only to the second step", async () => {
  const { alice } = await cast();
  await givePassword(alice);
  const { app } = await giveApp(alice);
  const browser = await halfway(alice, "?next=%2Fcontacts");
  equal((await browser.get("/contacts")).headers.get("Location"), "/login?next=%2Fcontacts");
  match(await text(await browser.get("/login/factor?next=%2Fcontacts")), /Code aus der App/);
  const before = browser.cookies.get("session");
  const refused = await browser.post("/login/factor", { code: "" });
  equal(refused.status, 422);
  const answer = await browser.post("/login/factor?next=%2Fcontacts", { code: app.code() });
  equal(answer.headers.get("Location"), "/contacts");
  notEqual(browser.cookies.get("session"), before);
  equal((await browser.get("/contacts")).status, 200);
  const [{ factor }] = await alice.test.db.owner<[{ factor: string }]>`
    select factor
    from sessions
    where identity_id = ${alice.identityId}
    order by created_at desc
  `;
  equal(factor, "totp");
});

Deno.test("a code counts once, in its own half minute and the one beside it", async () => {
  const { alice } = await cast();
  await givePassword(alice);
  const { app } = await giveApp(alice);
  const say = async (code: string) => {
    const browser = await halfway(alice);
    return (await browser.post("/login/factor", { code })).status;
  };
  equal(await say(app.code(3)), 422);
  equal(await say(app.code(-3)), 422);
  const code = app.code();
  equal(await say(` ${code.slice(0, 3)} ${code.slice(3)}`), 303);
  equal(await say(code), 422);
  equal(await say(app.code(-1)), 422);
  const both = app.code(1);
  const [one, two] = await Promise.all([halfway(alice), halfway(alice)]);
  const answers = await Promise.all(
    [one, two].map((each) => each.post("/login/factor", { code: both })),
  );
  deepEqual(answers.map(({ status }) => status).sort(), [303, 422]);
});

Deno.test("the step between password and factor is short, no session, and ends with the factor", async () => {
  const { test, alice, bob } = await cast();
  await givePassword(alice);
  const { app } = await giveApp(alice);
  await giveApp(bob);
  equal((await visitor(test).get("/login/factor")).headers.get("Location"), "/login");
  // A session is no step, and a step is no session.
  equal((await bob.post("/login/factor", { code: app.code() })).headers.get("Location"), "/login");
  const browser = await halfway(alice);
  const copy = new Client(test, browser.headers);
  copy.cookies.set("session", browser.cookies.get("session")!);
  equal((await browser.post("/login/factor", { code: app.code() })).status, 303);
  equal((await copy.get("/login/factor")).headers.get("Location"), "/login");
  const late = await halfway(alice);
  try {
    setOffset("PT10M1S");
    equal((await late.get("/login/factor")).headers.get("Location"), "/login");
  } finally {
    setOffset(undefined);
  }
});

Deno.test("guesses of codes are limited for those who have the password, and lock out nobody else", async () => {
  const { alice, bob } = await cast();
  await givePassword(alice);
  await givePassword(bob);
  await giveApp(alice);
  const { app } = await giveApp(bob);
  const before = (await figures.list(alice.test.db.app)).find(({ name }) => name === "attempts")!;
  const browser = await halfway(alice);
  for (let i = 0; i < 10; i++) {
    equal((await browser.post("/login/factor", { code: "000000" })).status, 422);
  }
  equal((await browser.post("/login/factor", { code: "000000" })).status, 429);
  const after = (await figures.list(alice.test.db.app)).find(({ name }) => name === "attempts")!;
  equal(Number(after.values.failed) - Number(before.values.failed), 10);
  equal((await (await halfway(bob)).post("/login/factor", { code: app.code() })).status, 303);
});

Deno.test("a recovery code lets in once, however it is typed", async () => {
  const { alice, bob } = await cast();
  await givePassword(alice);
  await givePassword(bob);
  await giveApp(bob);
  const { codes: [code, second] } = await giveApp(alice);
  const say = async (person: Person, code: string) =>
    (await (await halfway(person)).post("/login/factor", { code })).status;
  equal(await say(bob, code!), 422);
  equal(await say(alice, code!.toUpperCase().replaceAll("-", " ")), 303);
  equal(await say(alice, code!), 422);
  await alice.post("/account/factors/codes");
  equal(await say(alice, second!), 422);
});

Deno.test("a log-in half done with the old password goes no further once there is a new one", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const { app } = await giveApp(alice);
  const { identityId } = alice;
  const actions = [
    () => alice.post("/account/password", { old: goodPassword, password: `${goodPassword} 2` }),
    async () => {
      const link = await tokens.issue(test.db.app, { kind: "password_reset", identityId });
      return await visitor(test).post(`/passwords/${link}`, { password: `${goodPassword} 3` });
    },
  ];
  for (const [step, action] of actions.entries()) {
    await givePassword(alice);
    const before = await halfway(alice);
    equal((await action()).status, 303);
    const answer = await before.post("/login/factor", { code: app.code(step) });
    equal(answer.headers.get("Location"), "/login");
  }
});

Deno.test("a new password does not skip the second factor", async () => {
  const { test, alice } = await cast();
  const { app } = await giveApp(alice);
  const { identityId } = alice;
  const link = await tokens.issue(test.db.app, { kind: "password_reset", identityId });
  const browser = visitor(test);
  const answer = await browser.post(`/passwords/${link}`, { password: goodPassword });
  equal(answer.headers.get("Location"), "/login?notice=password_changed");
  equal((await browser.get("/account")).status, 303);
  equal((await (await halfway(alice)).post("/login/factor", { code: app.code() })).status, 303);
});

Deno.test("a user without a required factor is led to set it up, then onward", async () => {
  const { alice, bob, vera } = await cast();
  equal((await bob.post("/settings/sign-in", { roles: ["member"] })).status, 403);
  equal((await alice.post("/settings/sign-in", { roles: ["owner", "nobody"] })).status, 422);
  await alice.post("/settings/sign-in", { roles: ["member", "admin"] });
  match(await (await alice.get("/settings/sign-in")).text(), /value="member"[^>]* checked/);
  equal((await alice.get("/contacts")).status, 200);
  equal((await vera.get("/contacts")).status, 200);
  const led = async (path: string) => (await bob.get(path)).headers.get("Location");
  for (const path of ["/contacts", "/start", "/account/mail", "/exports", "/accounts"]) {
    equal(await led(path), "/account/factors", path);
  }
  equal((await bob.post("/contacts/new", {})).headers.get("Location"), "/account/factors");
  match(await text(await bob.get("/account/factors")), /verlangt einen zweiten Faktor/);
  await enrol(bob);
  equal((await bob.get("/contacts")).status, 200);
  await bob.post("/account/factors/app/removal");
  equal(await led("/contacts"), "/account/factors");
  const [change] = await alice.test.db.owner`
    select fields
    from changes
    where tenant_id = ${alice.tenantId}
      and record_kind = 'tenant'
  `;
  deepEqual(change!.fields, [{ name: "factor_roles", from: "", to: "admin member" }]);
});

Deno.test("a factor that is owed keeps nobody from what is open to everyone", async () => {
  const { alice, bob, test } = await cast();
  await alice.post("/settings/sign-in", { roles: ["member"] });
  equal((await bob.get("/contacts")).headers.get("Location"), "/account/factors");
  const all = Object.entries(table).filter(([route, { access }]) =>
    access === "public" && /^(GET|POST) \/[^ ]/.test(route) && !/ \/api\b/.test(route)
  );
  for (const [route] of all) {
    const [method] = route.split(" ");
    const answer = await bob.send(pathOf(test, route, newId()), {
      method,
      headers: { "Sec-Fetch-Site": "same-origin" },
    });
    await answer.body?.cancel();
    equal(answer.headers.get("Location") === "/account/factors", false, route);
  }
});

Deno.test("an admin resets a member's lost factor; the member is notified, the history records it", async () => {
  const { test, alice, bob, charlie } = await cast();
  await giveApp(bob);
  match(await (await alice.get("/settings/team")).text(), /Zweiten Faktor zurücksetzen/);
  const path = `/settings/team/${bob.userId}/factors/removal`;
  equal((await charlie.post(path)).status, 404);
  equal((await bob.post(path)).status, 403);
  equal((await alice.post(path)).status, 303);
  match(await text(await alice.get("/settings/team")), /zweite Faktor ist zurückgesetzt/);
  equal(factors.guards(await factors.find(test.db.app, bob.identityId)), false);
  equal((await bob.get("/account")).status, 303);
  const box = await mailbox();
  const [letter] = await box.collect(test, bob.email);
  await box.close();
  match(letter!.subject!, /zurückgesetzt/);
  const entries = await test.db.owner`
    select action
    from changes
    where record_id = ${bob.userId}
  `;
  deepEqual(entries.map(({ action }) => action), ["factors_reset"]);
});

Deno.test("nobody resets the factor of a user who also belongs to another tenant, or is an operator", async () => {
  const { test, alice, bob, vera, charlie } = await cast();
  for (const person of [bob, vera]) await giveApp(person);
  await test.db.owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${charlie.tenantId}, ${bob.userId}, ${bob.identityId}, 'member', now())
  `;
  await test.db.owner`update identities set operator = true where id = ${vera.identityId}`;
  for (const person of [bob, vera]) {
    await alice.post(`/settings/team/${person.userId}/factors/removal`);
    match(await text(await alice.get("/settings/team")), /gilt auch für ein anderes Unternehmen/);
    ok(factors.guards(await factors.find(test.db.app, person.identityId)));
  }
});

Deno.test("the measure of second factors counts those who have one", async () => {
  const { test, alice } = await cast();
  const share = async () =>
    (await figures.list(test.db.app)).find(({ name }) => name === "second_factor")!.values;
  const before = await share();
  await giveApp(alice);
  const after = await share();
  equal(Number(after.shielded), Number(before.shielded) + 1);
  equal(after.people, before.people);
});

Deno.test("operators need a second factor once it is required, and the measure reports it", async () => {
  const { test, alice, bob, vera } = await cast();
  const { owner } = test.db;
  for (const { identityId } of [alice, bob]) {
    await owner`update identities set operator = true where id = ${identityId}`;
  }
  const measure = async () =>
    (await figures.list(test.db.app)).find(({ name }) => name === "operator_factors")!.passed;
  equal(await measure(), false);
  equal((await vera.post("/operator/provider/factors", { demanded: "on" })).status, 403);
  equal((await alice.post("/operator/provider/factors", { demanded: "immer" })).status, 422);
  equal((await alice.post("/operator/provider/factors", { demanded: "on" })).status, 303);
  equal(await measure(), true);
  for (const path of ["/operator/provider", "/operator/logs", "/operator/jobs"]) {
    equal((await bob.get(path)).headers.get("Location"), "/account/factors", path);
  }
  equal((await bob.post("/operator/provider", {})).headers.get("Location"), "/account/factors");
  equal((await bob.get("/contacts")).status, 200);
  equal((await vera.get("/operator/provider")).status, 403);
  match(await text(await bob.get("/account/factors")), /Wer diese Installation betreibt/);
  await enrol(bob);
  match(
    await (await bob.get("/operator/provider")).text(),
    /<input[^>]* checked[^>]* name="demanded"/,
  );
  const strict = { ...test.services, config: { ...test.services.config, appEnv: "production" } };
  const refused = await inProduction(bob, strict as typeof test.services, {});
  equal(refused.status, 422);
  match(await text(refused), /Ziffer 7\.1 /);
  equal((await bob.post("/operator/provider/factors", {})).status, 303);
  equal(await measure(), false);
  await enrol(alice);
  equal(await measure(), true);
});

/** The demand posted to the same app as it is in production. */
async function inProduction(person: Person, services: Services, fields: Fields) {
  const client = new Client({ ...person.test, app: createApp(services) });
  client.cookies.set("__Host-session", person.cookies.get("session")!);
  return await client.post("/operator/provider/factors", fields);
}
