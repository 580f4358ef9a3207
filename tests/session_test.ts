/** Signing in and out: the cookie, its life on the server, and where it leads. */
import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { setOffset } from "../db/clock.ts";
import * as identities from "../db/identities.ts";
import * as sessions from "../db/sessions.ts";
import { createApp } from "../routes/app.tsx";
import { localPath } from "../routes/sign_in.ts";
import { Client, type Fields, origin } from "./support/app.ts";
import { isBlocked } from "./support/blocking.ts";
import { cast, person } from "./support/cast.ts";
import { text, values } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { givePassword, goodPassword, visitor } from "./support/passwords.ts";
import { newId } from "../db/ids.ts";

Deno.test("a right password signs in under a new token and leads on", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const browser = visitor(test);
  const planted = "a".repeat(43);
  browser.cookies.set("session", planted);
  const answer = await browser.post("/login?next=%2Faccount", {
    email: alice.email.toUpperCase(),
    password: goodPassword,
  });
  equal(answer.status, 303);
  equal(answer.headers.get("Location"), "/account");
  const [cookie] = answer.headers.getSetCookie();
  match(cookie!, /^session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
  notEqual(browser.cookies.get("session"), planted);
  match(await text(await browser.get("/account")), /Alice Ahrens/);
  const stored = await test.db.owner`select s::text as line from sessions s`;
  ok(stored.every(({ line }) => !line.includes(browser.cookies.get("session")!)));
});

Deno.test("signing in again ends the session that the browser had", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const browser = visitor(test);
  const credentials = { email: alice.email, password: goodPassword };
  await browser.post("/login", credentials);
  const first = new Client(test);
  first.cookies.set("session", browser.cookies.get("session")!);
  await browser.post("/login", credentials);
  equal((await first.get("/account")).status, 303);
  equal((await browser.get("/account")).status, 200);
});

Deno.test("a wrong password and an unknown address get the same page", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const browser = visitor(test);
  const pages: string[] = [];
  for (const email of [alice.email, `nobody.${newId()}@example.org`]) {
    const answer = await browser.post("/login", { email, password: "falsch geraten!" });
    equal(answer.status, 422);
    const html = await answer.text();
    ok(!html.includes("falsch geraten"));
    deepEqual(values(html, "email"), [email]);
    pages.push(html.replaceAll(email, "…"));
  }
  equal(pages[0], pages[1]);
  match(pages[0]!, /E-Mail-Adresse oder Passwort stimmt nicht/);
  match(pages[0]!, /autocomplete="username"/);
  match(pages[0]!, /autocomplete="current-password"/);
});

Deno.test("an unknown address takes as long as a wrong password", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const times: Record<string, number[]> = { known: [], unknown: [] };
  for (let round = 0; round < 9; round++) {
    for (const kind of ["known", "unknown"]) {
      const email = kind === "known" ? alice.email : `nobody.${newId()}@example.org`;
      const from = performance.now();
      await visitor(test).post("/login", { email, password: "falsch geraten!" });
      times[kind]!.push(performance.now() - from);
    }
  }
  const median = (all: number[]) => all.sort((a, b) => a - b)[4]!;
  const ratio = median(times.known!) / median(times.unknown!);
  ok(ratio > 0.5 && ratio < 2, `known accounts take ${ratio} times as long`);
});

Deno.test("a password that is changed while it is checked opens nothing", async () => {
  const { test, alice, bob } = await cast();
  const { owner } = test.db;
  for (const each of [alice, bob]) await givePassword(each);
  await owner`
    insert into totp_factors (identity_id, secret_sealed, created_at, confirmed_at)
    values (${bob.identityId}, 'x', now(), now())
  `;
  for (const { identityId, email } of [alice, bob]) {
    const asked = await owner.begin(async (sql) => {
      // As `password_resets.complete` does it.
      await sql`update identities set password_hash = 'new' where id = ${identityId}`;
      await sql`delete from tokens where identity_id = ${identityId}`;
      await sql`delete from sessions where identity_id = ${identityId}`;
      const asked = visitor(test).post("/login", { email, password: goodPassword });
      await isBlocked(owner, sql);
      return { asked };
    });
    const answer = await asked.asked;
    deepEqual([answer.status, answer.headers.getSetCookie()], [422, []]);
    match(await text(answer), /E-Mail-Adresse oder Passwort/);
    const left = await owner`
      select id from sessions where identity_id = ${identityId}
      union all
      select id from tokens where identity_id = ${identityId} and kind = 'second_factor'
    `;
    equal(left.length, 0);
  }
});

Deno.test("signing out ends the session on the server and empties the browser's cache", async () => {
  const { test, alice } = await cast();
  const thief = new Client(test);
  thief.cookies.set("session", alice.cookies.get("session")!);
  const answer = await alice.post("/logout");
  equal(answer.headers.get("Location"), "/login?notice=signed_out");
  equal(answer.headers.get("Clear-Site-Data"), '"cache", "storage"');
  equal(alice.cookies.has("session"), false);
  equal((await thief.get("/account")).status, 303);
  match(await text(await alice.get("/login?notice=signed_out")), /Sie sind abgemeldet/);
  equal((await alice.get("/logout")).status, 405);
});

Deno.test("another site can neither sign in nor out", async () => {
  const { alice, visitor } = await cast();
  const foreign = { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example" };
  equal((await alice.post("/logout", {}, foreign)).status, 403);
  equal((await alice.get("/account")).status, 200);
  equal((await visitor.post("/login", { email: "a@b.de", password: "x" }, foreign)).status, 403);
});

Deno.test("a session ends after seven idle days, and after thirty days in any case", async () => {
  const { alice, bob } = await cast();
  try {
    setOffset("P6DT23H");
    equal((await alice.get("/account")).status, 200);
    equal((await alice.get("/account")).status, 200);
    setOffset("P7DT1H");
    equal((await alice.get("/account")).status, 200);
    equal((await bob.get("/account")).status, 303);
    for (let day = 13; day < 30; day += 6) {
      setOffset(`P${day}D`);
      equal((await alice.get("/account")).status, 200, `day ${day}`);
    }
    setOffset("P30DT1M");
    equal((await alice.get("/account")).status, 303);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("after signing in only this site's paths are followed", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const hostile = [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "/%5C/evil.example\\..",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    " //evil.example",
  ];
  for (const next of hostile) {
    const answer = await visitor(test).post(`/login?next=${encodeURIComponent(next)}`, {
      email: alice.email,
      password: goodPassword,
    });
    const target = new URL(answer.headers.get("Location")!, "http://localhost:8000");
    equal(target.origin, "http://localhost:8000", next);
  }
});

Deno.test("localPath never leaves the site, whatever it is given", () => {
  const text = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.array(fc.constantFrom("/", "\\", "\t", "@", ":", ".", "%2f", "evil.example", "?", "#"))
      .map((parts) => parts.join("")),
  );
  fc.assert(fc.property(text, (next) => {
    const path = localPath(next, "/contacts");
    ok(path.startsWith("/") && !path.startsWith("//"), path);
    equal(new URL(path, "https://crm.example").origin, "https://crm.example");
  }));
});

Deno.test("an identity of two tenants chooses, switches and never reaches a third", async () => {
  const { test, alice, charlie } = await cast();
  await givePassword(alice);
  const { owner } = test.db;
  await owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${charlie.tenantId}, ${newId()}, ${alice.identityId}, 'read_only', now())
  `;
  await sessions.removeAll(test.db.app, alice.identityId);
  const browser = visitor(test);
  await browser.post("/login", { email: alice.email, password: goodPassword });
  equal((await browser.get("/settings/team")).headers.get("Location"), "/tenants");
  match(await text(await browser.get("/tenants")), /Nordlicht Handel.*Südstern Technik/);
  await browser.post("/tenants", { tenantId: charlie.tenantId });
  match(await text(await browser.get("/settings/team")), /Charlie Conrad/);
  equal((await browser.get("/settings")).status, 403);
  await browser.post("/tenants", { tenantId: alice.tenantId });
  match(await text(await browser.get("/settings/team")), /Bob Brandt/);
  equal((await browser.post("/tenants", { tenantId: newId() })).status, 404);
  const bob = await cast();
  equal((await browser.post("/tenants", { tenantId: bob.alice.tenantId })).status, 404);
});

Deno.test("a person without any tenant gets a message and can sign out", async () => {
  const { test, bob, alice } = await cast();
  await alice.post(`/settings/team/${bob.userId}/deactivate`);
  const stray = await person(test, alice.tenantId, "Sven Stray", "member");
  await test.db.owner`delete from users where id = ${stray.userId}`;
  equal((await stray.get("/settings/team")).headers.get("Location"), "/tenants");
  match(await text(await stray.get("/tenants")), /Kein Mandant/);
});

Deno.test("a hash made with older parameters is renewed at the next sign-in", async () => {
  const { test, alice } = await cast();
  const { hash } = await import("@node-rs/argon2");
  const old = await hash(goodPassword, { algorithm: 2, memoryCost: 8192, timeCost: 1 });
  await identities.setPassword(test.db.app, alice.identityId, old);
  await visitor(test).post("/login", { email: alice.email, password: goodPassword });
  const { passwordHash } = await identities.find(test.db.app, alice.identityId);
  match(passwordHash!, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const again = await visitor(test).post("/login", {
    email: alice.email,
    password: goodPassword,
  });
  equal(again.status, 303);
});

Deno.test("a new device causes a mail, a known one does not", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const firefox =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0";
  const signIn = (from: string, agent: string) =>
    new Client(test, { "X-Forwarded-For": from, "User-Agent": agent })
      .post("/login", { email: alice.email, password: goodPassword });
  const box = await mailbox();
  const notices = async () =>
    (await box.collect(test, alice.email)).map(({ subject, text }) => `${subject} ${text}`);
  await signIn("198.51.100.7", firefox);
  const [letter] = await notices();
  match(letter!, /neuen Gerät[\s\S]*Firefox auf Windows/);
  await signIn("198.51.9.77", firefox.replaceAll("130", "131"));
  equal((await notices()).length, 1);
  await signIn("203.0.113.7", firefox);
  equal((await notices()).length, 2);
  await signIn("198.51.100.7", "curl/8");
  match((await notices()).at(-1)!, /Unbekanntes Gerät/);
  // As after an upgrade: no device is noted yet, the network is known.
  const forget = () => test.db.owner`delete from rate_limits where scope = 'device'`;
  await forget();
  await signIn("198.51.100.7", firefox);
  equal((await notices()).length, 3, "signed in here already");
  await forget();
  await signIn("198.51.100.7", firefox.replace("Firefox", "Chrome"));
  equal((await notices()).length, 4);
  await box.close();
});

Deno.test("no input of the log-in ends in a server error", async () => {
  const { test } = await cast();
  const odd = ["", "\0", "x".repeat(100_000), "a@b\r\nBcc: c@d", "'; drop table users; --"];
  for (const value of odd) {
    const answer = await visitor(test).post("/login", { email: value, password: value || "x" });
    ok([422, 429].includes(answer.status), `${answer.status}`);
  }
});

Deno.test("production binds the cookie to the host and to https, and has no mail page", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const config = { ...test.services.config, appEnv: "production" as const };
  const strict = { ...test, app: createApp({ ...test.services, config }) };
  const browser = new Client(strict, { "X-Forwarded-For": "198.17.1.1" });
  const answer = await browser.post("/login", { email: alice.email, password: goodPassword });
  match(
    answer.headers.getSetCookie()[0]!,
    /^__Host-session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  equal((await browser.get("/account")).status, 200);
  equal((await new Client(strict).get("/dev/mail")).status, 404);
  const out = await browser.post("/logout");
  match(out.headers.getSetCookie()[0]!, /^__Host-session=; Max-Age=0; Path=\/; HttpOnly; Secure/);
  equal((await browser.get("/account")).status, 303);
});

Deno.test("what a proxy forwards counts only when it is an address", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const odds = ["198.18.7.7:5678", "dead.beef", "999.999.999.999", "fe80::1%eth0"];
  for (const odd of odds) {
    const browser = new Client(test, { "X-Forwarded-For": odd });
    await browser.post("/login", { email: alice.email, password: goodPassword });
  }
  const kept = await test.db.owner`
    select ip
    from sessions
    where identity_id = ${alice.identityId}
      and ip = any(${odds})
  `;
  equal(kept.length, 0);
});

Deno.test("a proxy on this machine is believed over IPv6 too", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const forwarded = `203.0.113.${1 + Number(`0x${alice.identityId.slice(-2)}`) % 250}`;
  const answer = await test.app.request(`${origin}/login`, {
    method: "POST",
    body: new URLSearchParams({ email: alice.email, password: goodPassword }),
    headers: { Origin: origin, "X-Forwarded-For": forwarded },
  }, { remoteAddr: { transport: "tcp", hostname: "::ffff:127.0.0.1", port: 1 } });
  equal(answer.status, 303);
  equal(answer.headers.get("Cache-Control"), "no-store");
  const kept = await test.db.owner<{ ip: string }[]>`
    select ip
    from sessions
    where identity_id = ${alice.identityId}
      and user_agent = ''
  `;
  deepEqual(kept.map(({ ip }) => ip), [forwarded]);
});

Deno.test("a note typed while the log-in ended waits until its person has signed in beside it", async () => {
  const { test, alice } = await cast();
  const ended = new Client(test);
  ended.cookies.set("session", alice.cookies.get("session")!);
  await test.db.owner`delete from sessions where identity_id = ${alice.identityId}`;
  const id = newId();
  const note = { id, lastName: "Wartel", origin: "card", notes: "Lange besprochen: 3 < 4" };
  for (const path of ["/contacts/new?from=1", "/settings", "/account"]) {
    const answer = await ended.post(path, note);
    equal(answer.status, 401);
    equal(answer.headers.get("Cache-Control"), "no-store");
    const html = await answer.text();
    match(html, /Sie sind nicht mehr angemeldet/);
    match(html, /href="\/login\?next=%2Fconfirmation%2Fproof" target="_blank"/);
    match(html, /name="notes" value="Lange besprochen: 3 &lt; 4"/);
  }
  const html = await (await ended.post("/contacts/new", note)).text();
  const action = /action="(\/contacts\/new\?again=[^"]*)"/.exec(html)![1]!;
  equal((await ended.post(action, note)).status, 401, "as long as nobody signs in");
  const again = await person(test, alice.tenantId, "Anna", "member");
  const asked = await again.post(action, note);
  equal(asked.status, 409, "whoever signs in is asked whether it is theirs");
  const theirs = /action="(\/contacts\/new\?again=[^"]*)"/.exec(await asked.text())![1]!;
  equal((await again.post(theirs, note)).status, 303);
  const [made] = await test.db.owner`select notes from contacts where id = ${id}`;
  equal(made!.notes, note.notes);
});

Deno.test("without a log-in no password is shown again, and no file is read", async () => {
  const { visitor } = await cast();
  for (
    const [path, fields] of [
      ["/confirmation", { "confirmation.password": "drehstrom-kupfer-91" }],
      ["/contacts/new", { lastName: "X", file: new File(["x"], "x.txt") }],
      ["/contacts/new", {}],
    ] as [string, Fields][]
  ) {
    const answer = await visitor.post(path, fields);
    ok(!(await answer.clone().text()).includes("drehstrom"), path);
    if (path === "/contacts/new") {
      equal(answer.status, 303);
      equal(answer.headers.get("Location"), "/login?next=%2F");
    }
  }
});

Deno.test("a look-up beside a form leaves the form as it is when the log-in has ended", async () => {
  const { visitor } = await cast();
  const part = { "HX-Request": "true", "HX-Request-Type": "partial" };
  const typed = { id: newId(), lastName: "Wartel" };
  for (const path of ["/duplicates/contacts", "/duplicates/companies", "/duplicates/deals"]) {
    const answer = await visitor.post(path, typed, part);
    equal(answer.status, 401, path);
    const html = await answer.text();
    match(html, /Ihre Anmeldung ist beendet/);
    match(html, /href="\/login\?next=%2Fconfirmation%2Fproof" target="_blank"/);
    ok(!/<form|<input|<h1|<html/.test(html), "what was typed stays where it was typed alone");
  }
  for (const path of ["/search?q=War", "/activities/candidates?q=War", "/contacts?q=War"]) {
    const answer = await visitor.get(path, part);
    equal(answer.status, 401, path);
    ok(!/<form|<input|<h1|<html/.test(await answer.text()), "no log-in among what was found");
  }
});

Deno.test("a form whose log-in ended is no address to come back to", async () => {
  const { visitor } = await cast();
  const answer = await visitor.post("/contacts/new", { lastName: "Wartel" }, {
    "HX-Request": "true",
  });
  equal(answer.status, 401);
  equal(answer.headers.get("HX-Push-Url"), "false");
});

Deno.test("without a log-in nobody has more read of a form than a form holds, where files go either", async () => {
  const { visitor } = await cast();
  const long = `notes=${"x".repeat(600 * 1024)}`;
  for (const path of ["/contacts/new", "/imports/new", `/contacts/${newId()}/files`]) {
    equal((await visitor.post(path, long)).status, 413, path);
  }
});
