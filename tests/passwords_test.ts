/** Forgotten and new passwords: what is refused, what a link can do, and that nothing leaks. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import * as passwords from "../db/passwords.ts";
import * as sessions from "../db/sessions.ts";
import { newId } from "../db/ids.ts";
import * as fields from "../routes/fields.ts";
import { app, Client, errors } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { givePassword, goodPassword, visitor } from "./support/passwords.ts";
import { drain } from "./support/worker.ts";

const another = "sieben Tassen im Regen";

/** Asks for a link and takes it out of the mail. */
async function resetLink(person: Person): Promise<string> {
  const box = await mailbox();
  await visitor(person.test).post("/passwords/new", { email: person.email });
  const mails = await box.collect(person.test, person.email);
  await box.close();
  return linkIn(mails.at(-1)!, "passwords");
}

Deno.test("short, common and personal passwords are refused, by length and words only", async () => {
  const known = ["Jürgen Groß", "j.gross@nordlicht-handel.de"];
  const refused: Record<string, string> = {
    "": "required",
    "kurz": "too_short?min=10",
    ["a1".repeat(65)]: "too_long?max=128",
    "1234567890": "passwords.common",
    "Passwort2024": "passwords.common",
    "qwertzuiop": "passwords.common",
    "aaaaaaaaaaaa": "passwords.common",
    "PASSWORD123!": "passwords.common",
    "iloveyou1234": "passwords.common",
    "mein-juergen-ist": "",
    "Jürgen im Garten": "passwords.personal",
    "JURGEN im Garten": "passwords.personal",
    "nordlicht am Himmel": "passwords.personal",
    "grosszügig bleiben": "passwords.personal",
    "kompaktCRM ist gut": "passwords.personal",
    "kurbel wandert leise": "",
    "zehn Zeich": "",
    "😀😃😄😁😆😅😂🤣😊😇": "",
  };
  for (const [password, code] of Object.entries(refused)) {
    equal(await passwords.fault(password, known) ?? "", code, password);
  }
});

Deno.test("a password that is too long is refused with the limit, however long it is", async () => {
  for (const length of [129, 513, 5000]) {
    const text = "ab1 ".repeat(length).slice(0, length);
    const read = fields.password.safeParse(text);
    const code = read.success ? await passwords.fault(text, []) : read.error.issues[0]!.message;
    equal(code, "too_long?max=128", String(length));
  }
});

Deno.test("random passwords of ten characters and more are never refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.base64String({ minLength: 20, maxLength: 100 }), async (password) => {
      fc.pre(new Set(password).size > 8);
      equal(await passwords.fault(password, ["Ada Ott", "ada@example.org"]), null);
    }),
  );
});

Deno.test("a password counts in either way of writing its umlauts", async () => {
  const stored = await passwords.hash("Gemüse übermorgen".normalize("NFC"));
  ok(await passwords.verify(stored, "Gemüse übermorgen".normalize("NFD")));
  match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  deepEqual(passwords.parameters, {
    algorithm: 2,
    memoryCost: 19_456,
    timeCost: 2,
    parallelism: 1,
  });
});

Deno.test("a request for a link gets one answer, whether the address exists or not", async () => {
  const { test, alice } = await cast();
  const answers: string[] = [];
  for (const email of [alice.email, `nobody.${newId()}@example.org`]) {
    const answer = await visitor(test).post("/passwords/new", { email });
    equal(answer.status, 200);
    answers.push(await answer.text());
  }
  equal(answers[0], answers[1]);
  const box = await mailbox();
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(box.mails.map((mail) => mail.to && [mail.to].flat()[0]!.text), [alice.email]);
  await box.close();
  const [left] = await test.db.owner`
    select count(*)::int as n
    from tokens
    where email like 'nobody.%'
  `;
  equal(left!.n, 0);
});

Deno.test("the link sets a new password once and ends every session", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const link = await resetLink(alice);
  const browser = visitor(test);
  const page = await browser.get(link);
  equal(page.headers.get("Cache-Control"), "no-store");
  match(await page.text(), /autocomplete="new-password"/);
  equal((await browser.post(link, { password: "zu kurz" })).status, 422);
  equal((await browser.post(link, { password: "alice ahrens!" })).status, 422);
  equal((await alice.get("/account")).status, 200);

  const done = await browser.post(link, { password: another });
  equal(done.headers.get("Location"), "/login?notice=password_changed");
  equal(browser.cookies.size, 0);
  equal((await alice.get("/account")).status, 303);
  equal((await browser.get(link)).status, 410);
  equal((await browser.post(link, { password: goodPassword })).status, 410);
  const old = await browser.post("/login", { email: alice.email, password: goodPassword });
  equal(old.status, 422);
  const fresh = await browser.post("/login", { email: alice.email, password: another });
  equal(fresh.status, 303);
});

Deno.test("of twenty posts of one link at once one succeeds", async () => {
  const { test, alice } = await cast();
  const link = await resetLink(alice);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => visitor(test).post(link, { password: another })),
  );
  const statuses = answers.map((answer) => answer.status).sort();
  deepEqual(statuses, [303, ...Array(19).fill(410)]);
});

Deno.test("a newer password makes older links worthless", async () => {
  const { test, alice } = await cast();
  const older = await resetLink(alice);
  const newer = await resetLink(alice);
  equal((await visitor(test).post(newer, { password: another })).status, 303);
  equal((await visitor(test).get(older)).status, 410);
});

Deno.test("a link stored but not yet activated by the job opens nothing", async () => {
  const { test, alice } = await cast();
  await visitor(test).post("/passwords/new", { email: alice.email });
  const [row] = await test.db.owner`
    select token_digest, identity_id
    from tokens
    where email = ${alice.email}
  `;
  equal(row!.identityId, null);
  for (const guess of ["", "A".repeat(43), row!.tokenDigest.toString("base64url")]) {
    ok([404, 410].includes((await visitor(test).get(`/passwords/${guess}`)).status));
  }
  await drain(test);
});

Deno.test("no password is ever stored, queued, mailed or logged", async () => {
  const { test, alice } = await cast();
  const canary = "Kanarienvogel-7319-im-Bergwerk";
  const link = await resetLink(alice);
  errors.length = 0;
  await visitor(test).post(link, { password: canary });
  await visitor(test).post("/login", { email: alice.email, password: canary });
  await visitor(test).post("/login", { email: canary, password: canary });
  await drain(test);
  const tables = await test.db.owner`
    select format('%I.%I', table_schema, table_name) as name
    from information_schema.tables
    where table_schema in ('public', 'jobs')
      and table_type = 'BASE TABLE'
  `;
  for (const { name } of tables) {
    const [found] = await test.db.owner.unsafe(
      `select count(*)::int as n from ${name} t where t::text ilike '%Kanarienvogel%'`,
    );
    equal(found!.n, 0, name);
  }
  ok(!JSON.stringify(errors).includes("Kanarienvogel"));
});

Deno.test("the change is notified by mail, and the letter contains no password", async () => {
  const { test, alice } = await cast();
  await visitor(test).post(await resetLink(alice), { password: another });
  const box = await mailbox();
  const [letter] = await box.collect(test, alice.email);
  equal(letter!.subject, "Ihr Passwort wurde geändert");
  ok(!letter!.text!.includes(another));
  await box.close();
});

Deno.test("the page to ask for a link keeps a wrong address and says what is wrong", async () => {
  const test = await app();
  await cast();
  const answer = await visitor(test).post("/passwords/new", { email: "kein Postfach" });
  equal(answer.status, 422);
  match(await text(answer), /Keine gültige E-Mail-Adresse/);
});

Deno.test("a stolen digest is no token", async () => {
  const { test, alice } = await cast();
  const [row] = await test.db.owner`
    select token_digest
    from sessions
    where identity_id = ${alice.identityId}
  `;
  const thief = new Client(test);
  thief.cookies.set("session", row!.tokenDigest.toString("base64url"));
  equal((await thief.get("/account")).status, 303);
  equal((await sessions.lookup(test.db.app, "")) === null, true);
});
