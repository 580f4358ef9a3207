/** The first run: nothing works before it, its link works once, then it is closed for good. */
import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { issueSetupLink, issueToken } from "../db/setup.ts";
import * as passwords from "../db/passwords.ts";
import { app, Client, origin } from "./support/app.ts";
import { goodPassword } from "./support/passwords.ts";
import { text, values } from "./support/html.ts";

const fields = {
  "provider.name": "Müller & Söhne",
  "provider.legalForm": "GmbH",
  "provider.street": "Hafenstraße 1",
  "provider.postalCode": "20457",
  "provider.city": "Hamburg",
  "provider.country": "DE",
  "provider.email": "haus@example.org",
  "provider.dpoName": "Dora Schutz",
  "provider.dpoEmail": "dsb@example.org",
  tenantName: "",
  samples: "on",
  "admin.name": "Anna Ott",
  "admin.email": "anna@example.org",
  "admin.password": goodPassword,
};

Deno.test("until the set-up is done every page leads to a page without the link", async () => {
  const test = await app();
  const token = await issueToken(test.db.owner);
  const visitor = new Client(test);
  for (const path of ["/", "/login", "/contacts", "/passwords/new", "/no-such-page"]) {
    const answer = await visitor.get(path);
    equal(answer.status, 303, path);
    equal(answer.headers.get("Location"), "/setup", path);
  }
  for (const path of ["/help", "/help/imports"]) equal((await visitor.get(path)).status, 200, path);
  const page = await visitor.get("/setup");
  equal(page.status, 200);
  const html = await page.text();
  match(html, /Terminal/);
  ok(!html.includes(token!));
  equal((await visitor.get("/health/live")).status, 200);
});

Deno.test("a new start makes the older link worthless", async () => {
  const test = await app();
  const older = await issueSetupLink(test.db.owner, origin);
  const newer = await issueSetupLink(test.db.owner, origin);
  match(newer!, /^http:\/\/localhost:8000\/setup\/[\w-]{43}$/);
  const visitor = new Client(test);
  equal((await visitor.get(new URL(older!).pathname)).status, 410);
  const page = await visitor.get(new URL(newer!).pathname);
  equal(page.status, 200);
  equal(page.headers.get("Cache-Control"), "no-store");
  equal((await visitor.get(`/setup/${"x".repeat(43)}`)).status, 410);
  equal((await visitor.post(`/setup/${"x".repeat(43)}`, fields)).status, 410);
});

Deno.test("the form says all that is wrong at once and loses nothing but the password", async () => {
  const test = await app();
  const path = new URL((await issueSetupLink(test.db.owner, origin))!).pathname;
  const visitor = new Client(test);
  const wrong = {
    ...fields,
    "provider.street": "",
    "provider.email": "haus@",
    "provider.country": "Deutschland",
    "admin.password": "anna-ott-2026",
  };
  const answer = await visitor.post(path, wrong);
  equal(answer.status, 422);
  const html = await answer.text();
  match(html, /4 Angaben fehlen oder stimmen noch nicht/);
  deepEqual(values(html, "provider.name"), ["Müller & Söhne"]);
  deepEqual(values(html, "admin.password"), [""]);
  ok(!html.includes("anna-ott-2026"));
  match(html, /autocomplete="new-password"/);
  equal((await visitor.post(path, {})).status, 422);
});

Deno.test("the serving role cannot set up without the token, nor touch what it made", async () => {
  const { db } = await app();
  for (
    const statement of [
      "insert into provider (name) values ('x')",
      "update tenants set name = 'x'",
      "delete from tenants",
    ]
  ) {
    const refused = await db.app.unsafe(statement).catch((error) => error.code);
    equal(refused, "42501", statement);
  }
});

Deno.test("twenty posts of the link at once set up once, and sign one person in", async () => {
  const test = await app();
  const path = new URL((await issueSetupLink(test.db.owner, origin))!).pathname;
  const visitors = Array.from({ length: 20 }, () => new Client(test));
  const answers = await Promise.all(
    visitors.map((visitor, i) =>
      visitor.post(path, { ...fields, "admin.email": `anna${i}@example.org` })
    ),
  );
  const done = answers.filter((answer) => answer.headers.get("Location") === "/start");
  equal(done.length, 1);
  const [counts] = await test.db.owner`
    select
      (select count(*)::int from provider) as providers,
      (select count(*)::int from tenants) as tenants,
      (select count(*)::int from identities) as identities,
      (select count(*)::int from users) as users,
      (select count(*)::int from contacts) as contacts,
      (select count(*)::int from sessions) as sessions
  `;
  deepEqual({ ...counts }, {
    providers: 1,
    tenants: 1,
    identities: 1,
    users: 1,
    contacts: 25,
    sessions: 1,
  });

  const [row] = await test.db.owner`
    select t.name, t.slug, u.role, i.operator, i.password_hash
    from tenants t
    join users u on u.tenant_id = t.id
    join identities i on i.id = u.identity_id
  `;
  equal(row!.name, "Müller & Söhne");
  equal(row!.slug, "mueller-soehne");
  const [place] = await test.db.owner`select street, postal_code, city, email from controllers`;
  deepEqual({ ...place }, {
    street: fields["provider.street"],
    postalCode: fields["provider.postalCode"],
    city: fields["provider.city"],
    email: fields["provider.email"],
  }, "who is provider and tenant in one says it once");
  equal(row!.role, "owner");
  equal(row!.operator, true);
  match(row!.passwordHash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  ok(await passwords.verify(row!.passwordHash, goodPassword));

  const winner = visitors[answers.indexOf(done[0]!)]!;
  match(await text(await winner.get("/account")), /Anna Ott|anna\d+@example\.org/);
});

Deno.test("once it is set up the way there is closed, for the owner of the database too", async () => {
  const test = await app();
  equal(await issueToken(test.db.owner), null);
  const visitor = new Client(test);
  for (const path of ["/setup", `/setup/${"x".repeat(43)}`]) {
    equal((await visitor.get(path)).headers.get("Location"), "/");
  }
  notEqual((await visitor.get("/login")).status, 303);
});
