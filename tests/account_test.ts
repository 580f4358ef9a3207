/** The user's own account: what it takes to change it, and its sessions. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now, pause, setOffset } from "../db/clock.ts";
import * as identities from "../db/identities.ts";
import * as resets from "../db/password_resets.ts";
import * as sessionAddresses from "../db/session_addresses.ts";
import * as sessions from "../db/sessions.ts";
import * as tokens from "../db/tokens.ts";
import { newId } from "../db/ids.ts";
import { deviceOf } from "../views/account/devices.ts";
import { cast, type Person } from "./support/cast.ts";
import { text, values } from "./support/html.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { givePassword, goodPassword, visitor } from "./support/passwords.ts";

const another = "sieben Tassen im Regen";

Deno.test("the name is changed and kept", async () => {
  const { alice } = await cast();
  equal((await alice.post("/account/name", { name: "  Alice\tAhrens-Öz " })).status, 303);
  const page = await alice.get("/account");
  const html = await page.text();
  match(html, /Der Name ist gespeichert/);
  deepEqual(values(html, "name"), ["Alice Ahrens-Öz"]);
  equal((await alice.post("/account/name", { name: " " })).status, 422);
  equal((await alice.post("/account/name", { name: "x".repeat(201) })).status, 422);
});

Deno.test("a new password needs the old one and ends the other sessions", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const other = visitor(test);
  await other.post("/login", { email: alice.email, password: goodPassword });
  const change = (old: string, password: string) =>
    alice.post("/account/password", { old, password });
  match(await text(await change("falsch geraten!", another)), /Das Passwort stimmt nicht/);
  equal((await change(goodPassword, "Alice Ahrens 1")).status, 422);
  equal((await change("", "")).status, 422);
  equal((await other.get("/account")).status, 200);
  equal((await change(goodPassword, another)).status, 303);
  equal((await other.get("/account")).status, 303);
  match(await text(await alice.get("/account")), /Das neue Passwort gilt/);
  const again = await visitor(test).post("/login", { email: alice.email, password: another });
  equal(again.status, 303);
});

Deno.test("password managers learn whose password each form asks for, without it being sent", async () => {
  const { test, alice } = await cast();
  const html = await (await alice.get("/account")).text();
  const named = html.match(/<input type="text" autocomplete="username"[^>]*>/g) ?? [];
  equal(named.length, 2, "the forms of address and password");
  for (const field of named) {
    match(field, /value="[^"@]+@[^"]+"/);
    ok(!field.includes("name=") && field.includes("hidden"), field);
  }
  const login = await (await visitor(test).get("/login")).text();
  equal(login.match(/autocomplete="username"/g)?.length, 1);
});

Deno.test("guesses of the old password are limited", async () => {
  const { alice } = await cast();
  await givePassword(alice);
  const guess = () => alice.post("/account/password", { old: "geraten", password: another });
  for (let i = 0; i < 10; i++) equal((await guess()).status, 422);
  equal((await guess()).status, 429);
});

/** Asks for a new address; the mails to the new and the old one. */
async function requestEmail(person: Person, email: string) {
  await givePassword(person);
  const answer = await person.post("/account/email", { email, current: goodPassword });
  equal(answer.status, 303);
  const box = await mailbox();
  const [confirm] = await box.collect(person.test, email);
  const [announce] = await box.collect(person.test, person.email);
  await box.close();
  return { confirm: confirm!, announce: announce! };
}

Deno.test("a new address takes effect once it is confirmed, and the old one is notified", async () => {
  const { test, alice } = await cast();
  const email = `alice.neu.${newId()}@example.org`;
  equal((await alice.post("/account/email", { email, current: "geraten" })).status, 422);
  const { confirm, announce } = await requestEmail(alice, email);
  ok(!announce.text!.includes(email));
  const link = linkIn(confirm, "email-changes");
  const browser = visitor(test);
  match(await text(await browser.get(link)), new RegExp(email));
  const before = await visitor(test).post("/login", { email, password: goodPassword });
  equal(before.status, 422);
  equal((await browser.post(link)).headers.get("Location"), "/login?notice=email_changed");
  equal((await browser.post(link)).status, 410);
  const after = await visitor(test).post("/login", { email, password: goodPassword });
  equal(after.status, 303);
});

Deno.test("an address that somebody else has is neither revealed nor taken", async () => {
  const { test, alice, bob } = await cast();
  const { confirm } = await requestEmail(alice, bob.email.toUpperCase());
  const answer = await visitor(test).post(linkIn(confirm, "email-changes"));
  equal(answer.status, 410);
  const rows = await test.db.owner`select email from identities where id = ${alice.identityId}`;
  equal(rows[0]!.email, alice.email);
});

Deno.test("of two who confirm the same address at once one gets it, the other gets an error", async () => {
  for (let round = 0; round < 5; round++) {
    const { test, alice, charlie } = await cast();
    const email = `beide.${newId()}@example.org`;
    const links = [];
    for (const person of [alice, charlie]) {
      const box = await mailbox();
      await givePassword(person);
      await person.post("/account/email", { email, current: goodPassword });
      const mails = await box.collect(test, email);
      await box.close();
      links.push(linkIn(mails.at(-1)!, "email-changes"));
    }
    const answers = await Promise.all(links.map((link) => visitor(test).post(link)));
    deepEqual(answers.map(({ status }) => status).sort(), [303, 410]);
  }
});

Deno.test("a new address ends what the old one could still open", async () => {
  const { test, alice } = await cast();
  const { confirm } = await requestEmail(alice, `neu.${newId()}@example.org`);
  const other = visitor(test);
  await other.post("/login", { email: alice.email, password: goodPassword });
  const reset = await tokens.issue(test.db.app, {
    kind: "password_reset",
    identityId: alice.identityId,
  });
  equal((await visitor(test).get(`/passwords/${reset}`)).status, 200);
  equal((await alice.post(linkIn(confirm, "email-changes"))).headers.get("Location"), "/account");
  equal((await alice.get("/account")).status, 200);
  equal((await other.get("/account")).status, 303);
  equal((await visitor(test).get(`/passwords/${reset}`)).status, 410);
});

Deno.test("a link asked for at the old address is not made while the address changes", async () => {
  const { test, alice } = await cast();
  const { app } = test.db;
  const id = newId();
  await app`
    insert into tokens (id, kind, token_digest, email, created_at, expires_at)
    values (
      ${id}, 'password_reset', ${sessions.tokenDigest(sessions.newToken())}, ${alice.email},
      ${now()}, ${tokens.deadline("password_reset", now())}
    )
  `;
  const open = () => app.begin((sql) => resets.open(sql, id));
  const opened = await app.begin(async (sql) => {
    await identities.moveTo(sql, alice.identityId, `neu.${newId()}@example.org`);
    await tokens.revoke(sql, "password_reset", alice.identityId);
    const opening = open();
    await Promise.race([opening, pause(300)]);
    return { opening };
  });
  equal(await opened.opening, null);
  const [left] = await test.db.owner`select from tokens where id = ${id}`;
  equal(left, undefined);
});

Deno.test("a new password makes an unconfirmed address worthless", async () => {
  const { test, alice } = await cast();
  const { confirm } = await requestEmail(alice, `dieb.${newId()}@example.org`);
  await alice.post("/account/password", { old: goodPassword, password: another });
  equal((await visitor(test).get(linkIn(confirm, "email-changes"))).status, 410);
});

Deno.test("a link to confirm an address ends after a day", async () => {
  const { test, alice } = await cast();
  const { confirm } = await requestEmail(alice, `spaet.${newId()}@example.org`);
  try {
    setOffset("P1D");
    equal((await visitor(test).post(linkIn(confirm, "email-changes"))).status, 410);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("language and colours are chosen in the menu and on the page", async () => {
  const { alice } = await cast();
  const back = "/settings/team";
  const dark = await alice.post("/account/theme", { theme: "dark", back });
  equal(dark.headers.get("Location"), back);
  match(await (await alice.get("/account")).text(), /data-theme="dark"/);
  const away = await alice.post("/account/language", { locale: "en", back: "//evil.example" });
  equal(away.headers.get("Location"), "/account");
  match(await (await alice.get("/account")).text(), /<html lang="en"/);
  await alice.post("/account/display", { locale: "de", theme: "light" });
  match(await (await alice.get("/account")).text(), /<html lang="de" data-theme="light"/);
  equal((await alice.post("/account/theme", { theme: "neon" })).status, 303);
});

Deno.test("sessions are listed by device and can be ended one by one and all at once", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const agents = {
    phone:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    desk: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0",
  };
  const [phone, desk, third] = await Promise.all(
    [agents.phone, agents.desk, "curl"].map(async (agent) => {
      const client = visitor(test, { "User-Agent": agent });
      await client.post("/login", { email: alice.email, password: goodPassword });
      return client;
    }),
  );
  const html = await (await alice.get("/account")).text();
  match(html, /Safari auf iPhone/);
  match(html, /Firefox auf Windows/);
  match(html, /Unbekanntes Gerät/);
  match(html, /198\.18\./);
  const [id] = (await sessions.list(test.db.app, alice.identityId))
    .filter(({ userAgent }) => userAgent === agents.phone).map(({ id }) => id);
  equal((await alice.post(`/account/sessions/${id}/end`)).status, 303);
  equal((await phone!.get("/account")).status, 303);
  equal((await desk!.get("/account")).status, 200);
  equal((await alice.post("/account/sessions/end")).status, 303);
  match(await text(await alice.get("/account")), /2 andere Anmeldungen sind beendet/);
  for (const client of [desk!, third!]) equal((await client.get("/account")).status, 303);
});

Deno.test("nobody ends another person's session", async () => {
  const { test, alice, bob } = await cast();
  const [entry] = await sessions.list(test.db.app, alice.identityId);
  equal((await bob.post(`/account/sessions/${entry!.id}/end`)).status, 404);
  equal((await alice.get("/account")).status, 200);
});

Deno.test("visitors are redirected to the log-in and back", async () => {
  const { visitor: stranger } = await cast();
  const answer = await stranger.get("/account");
  equal(answer.headers.get("Location"), "/login?next=%2Faccount");
  equal((await stranger.post("/account/name", { name: "x" })).status, 401);
});

Deno.test("addresses of old sessions are shortened, ended ones removed", async () => {
  const { test, alice } = await cast();
  const start = (ip: string) =>
    sessions.create(test.db.app, {
      identityId: alice.identityId,
      tenantId: null,
      ip,
      userAgent: "",
    });
  for (const ip of ["203.0.113.77", "2001:db8:77:1::9", "", "::ffff:203.0.113.9"]) await start(ip);
  const ips = async () =>
    (await sessions.list(test.db.app, alice.identityId)).map(({ ip }) => ip).sort();
  await sessionAddresses.shorten(test.db.app);
  ok((await ips()).includes("203.0.113.77"));
  try {
    setOffset("P6DT23H");
    await test.db.app`update sessions set last_seen_at = ${new Date("2100-01-01")}`;
    setOffset("P7DT1H");
    await sessionAddresses.shorten(test.db.app);
    deepEqual(await ips(), ["", "127.0.0.0", "2001:db8:77::", "203.0.113.0", "::"]);
    setOffset("P31D");
    await sessions.removeExpired(test.db.app);
    deepEqual(await ips(), []);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("devices are named in two words", () => {
  const named = (userAgent: string) => Object.values(deviceOf(userAgent) ?? {}).join(" ");
  const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0";
  deepEqual(
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/130.0.0.0`,
      `Mozilla/5.0 (Linux; Android 14; SM-S911B) ${chrome} Mobile Safari/537.36`,
      `Mozilla/5.0 (X11; Linux x86_64) ${chrome} Safari/537.36`,
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605 (KHTML, like Gecko) Version/17.6 Safari/605",
      "kompakt-test",
    ].map(named),
    ["Edge Windows", "Chrome Android", "Chrome Linux", "Safari macOS", ""],
  );
});
