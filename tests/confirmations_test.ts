/** Step-up: critical actions ask for the log-in again, and lose nothing that was typed. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now, setOffset } from "../db/clock.ts";
import * as contracts from "../db/contracts.ts";
import { addDays } from "../db/local_times.ts";
import { today } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import * as invitations from "../db/invitations.ts";
import { withScope } from "../db/scope.ts";
import * as sessions from "../db/sessions.ts";
import { Client } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { giveApp } from "./support/factors.ts";
import { text, values } from "./support/html.ts";
import { fileOf, importAll } from "./support/imports.ts";
import { givePassword, goodPassword } from "./support/passwords.ts";

/** Runs work eleven minutes after everybody proved to be the one. */
async function later(work: () => Promise<void>): Promise<void> {
  try {
    setOffset("PT11M");
    await work();
  } finally {
    setOffset(undefined);
  }
}

/** The address a confirmation page posts to, and what it carries. */
async function asked(answer: Response) {
  equal(answer.status, 422);
  const html = await answer.text();
  match(html, /<h1[^>]*>Zur Sicherheit/);
  const action = /action="(\/confirmation\?[^"]+)"/.exec(html)![1]!.replaceAll("&amp;", "&");
  return { html, action, seal: values(html, "confirmation.seal")[0]! };
}

Deno.test("a critical action asks for the password, then continues with all that was typed", async () => {
  const { alice } = await cast();
  await givePassword(alice);
  await later(async () => {
    equal((await alice.get("/settings/sign-in")).status, 200);
    const { html, action, seal } = await asked(
      await alice.post("/settings/sign-in", { roles: ["admin", "member"] }),
    );
    deepEqual(values(html, "roles"), ["admin", "member"]);
    const send = (password: string) =>
      alice.post(action, {
        roles: ["admin", "member"],
        "confirmation.seal": seal,
        "confirmation.password": password,
      });
    const wrong = await send("falsch geraten!");
    equal(wrong.status, 422);
    const again = await wrong.text();
    match(again, /Das Passwort stimmt nicht/);
    ok(!again.includes("falsch geraten"));
    deepEqual(values(again, "roles"), ["admin", "member"]);
    const right = await send(goodPassword);
    equal(right.status, 307);
    equal(right.headers.get("Location"), "/settings/sign-in");
    equal((await alice.post("/settings/sign-in", { roles: ["admin", "member"] })).status, 303);
  });
});

Deno.test("a user with a second factor is asked for that, not for the password", async () => {
  const { alice } = await cast();
  await givePassword(alice);
  const { app } = await giveApp(alice);
  await later(async () => {
    const ways: [string, Record<string, string>][] = [
      ["/account/email", { email: "neu@example.org", current: goodPassword }],
      ["/account/password", { old: goodPassword, password: "ganz anderes Wort" }],
      ["/me/privacy/erasure", { current: goodPassword }],
      ["/account/factors/app/removal", {}],
      ["/account/factors/codes", {}],
      ["/settings/contract/notice", { lastDay: addDays(today(), 30), password: goodPassword }],
      ["/settings/contract/exports", {}],
    ];
    for (const [path, fields] of ways) {
      const { html } = await asked(await alice.post(path, fields));
      match(html, /name="confirmation\.code"/, path);
      ok(!html.includes('name="confirmation.password"'), path);
      ok(!html.includes(goodPassword), path);
    }
    const led = await alice.get("/account/factors/passkeys");
    equal(led.headers.get("Location"), "/confirmation?to=%2Faccount%2Ffactors%2Fpasskeys");
    const to = led.headers.get("Location")!;
    equal((await alice.post(to, { "confirmation.password": goodPassword })).status, 422);
    equal((await alice.post(to, { "confirmation.code": "" })).status, 422);
    const done = await alice.post(to, { "confirmation.code": app.code() });
    equal(done.status, 303);
    equal((await alice.get(done.headers.get("Location")!)).status, 200);
  });
});

Deno.test("a secret is not carried along: the action's own form asks for it again", async () => {
  const { alice } = await cast();
  const provider = { issuer: "https://id.example", clientId: "crm", newRole: "" };
  await later(async () => {
    const secret = "geheim & Öl";
    const answer = await alice.post("/settings/sign-in/provider", { ...provider, secret });
    equal(answer.headers.get("Cache-Control"), "no-store");
    const { html } = await asked(answer);
    deepEqual([values(html, "clientId"), values(html, "secret")], [["crm"], []]);
    ok(!html.includes("geheim"));
    const none = await alice.post("/settings/sign-in/provider", { ...provider, secret: "" });
    deepEqual(values((await asked(none)).html, "secret"), [""]);
  });
  const again = await alice.post("/settings/sign-in/provider", provider);
  equal(again.status, 422);
  match(await again.text(), /id="f-secret-error"/);
});

Deno.test("no link can make anybody post data of its choice", async () => {
  const { alice, bob, charlie, test } = await cast();
  for (const person of [alice, bob]) await givePassword(person);
  await later(async () => {
    const to = "/confirmation?to=%2Faccount%2Ffactors%2Fapp%2Fremoval";
    const password = { "confirmation.password": goodPassword };
    // Without an action posted before it is a look, whatever is sent along.
    equal((await alice.post(to, { ...password, roles: "x" })).status, 303);
    for (const seal of ["A".repeat(43), `${now().getTime().toString(36)}.${"A".repeat(43)}`, "."]) {
      const forged = await alice.post(to, { ...password, "confirmation.seal": seal });
      equal(forged.headers.get("Location"), "/account");
    }
    const { action, seal } = await asked(await bob.post("/account/factors/codes"));
    const stolen = await alice.post("/confirmation?to=%2Faccount%2Ffactors%2Fcodes", {
      ...password,
      "confirmation.seal": seal,
    });
    equal(stolen.headers.get("Location"), "/account");
    const elsewhere = new Client(test);
    const who = { identityId: bob.identityId, tenantId: charlie.tenantId, ip: "", userAgent: "" };
    await test.db.owner`
      insert into users (tenant_id, id, identity_id, role, created_at)
      values (${charlie.tenantId}, ${newId()}, ${bob.identityId}, 'owner', now())
    `;
    elsewhere.cookies.set("session", await sessions.create(test.db.app, who));
    const moved = await elsewhere.post(action, { ...password, "confirmation.seal": seal });
    equal(moved.headers.get("Location"), "/account");
    equal((await bob.post(action, { ...password, "confirmation.seal": seal })).status, 307);
    const away = await alice.post("/confirmation?to=%2F%2Fevil.example", password);
    equal(away.headers.get("Location"), "/account");
  });
});

Deno.test("accepting an invitation in a session does not count as a confirmation", async () => {
  const { alice, charlie } = await cast();
  await givePassword(charlie);
  const mailed = await withScope(
    alice.test.db.app,
    { tenantId: alice.tenantId, actor: { kind: "user", userId: alice.userId } },
    (scope) => invitations.create(scope, { email: charlie.email, role: "admin" }, "owner"),
  );
  await later(async () => {
    const answer = await charlie.post(`/invitations/${mailed}`);
    equal(answer.headers.get("Location"), "/start");
    await asked(await charlie.post("/settings/sign-in", { roles: ["admin"] }));
  });
});

Deno.test("an export of everything asks for confirmation", async () => {
  const { bob } = await cast();
  await givePassword(bob);
  const rows = Array.from({ length: 1_002 }, (_, at) => `Anna;Ahorn ${at};Kiel`);
  await importAll(bob, fileOf(["Vorname;Nachname;Ort", ...rows].join("\n")));
  const [{ id }] = await bob.scope(({ sql, tenantId }) =>
    sql<[{ id: string }]>`
      update contacts
      set status = 'former'
      where tenant_id = ${tenantId}
        and last_name = 'Ahorn 7'
      returning id
    `
  );
  const wish = {
    ...{ kind: "contacts", format: "csv", purpose: "disclosure" },
    ...{ recipient: "Kanzlei Kiel", recipientEmail: "kanzlei@example.org" },
  };
  const whole = { ...wish, all: "1", list: "" };
  const much = { ...wish, all: "1", list: "place=Kiel" };
  const few = [{ ...wish, ids: id }, { ...wish, all: "1", list: "status=former" }];
  await later(async () => {
    for (const fields of [wish, whole, much, { ...wish, kind: "activities" }]) {
      const { html } = await asked(await bob.post("/exports", fields));
      match(html, /Danach beginnt der Download/);
      deepEqual(values(html, "recipientEmail"), ["kanzlei@example.org"]);
    }
    for (const fields of few) {
      equal(await lines(await bob.post("/exports", fields)), 2);
    }
    const { action, seal } = await asked(await bob.post("/exports", much));
    const proof = { "confirmation.password": goodPassword, "confirmation.seal": seal };
    const done = await bob.post(action, { ...much, ...proof });
    equal(done.status, 307);
    equal(done.headers.get("Location"), "/exports");
    equal(await lines(await bob.post("/exports", { ...much, ...proof })), 1_003);
  });
});

/** How many lines an export has, its heading among them. */
async function lines(answer: Response): Promise<number> {
  equal(answer.status, 200);
  match(answer.headers.get("Content-Disposition")!, /^attachment/);
  return (await answer.text()).trim().split("\r\n").length;
}

Deno.test("guesses at a confirmation are limited", async () => {
  const { alice } = await cast();
  await giveApp(alice);
  const guess = () => alice.post("/confirmation", { "confirmation.code": "000000" });
  for (let i = 0; i < 10; i++) equal((await guess()).status, 422);
  equal((await guess()).status, 429);
});

/** A tenant under notice, and its owner's attempt to withdraw that. */
async function withdraw(alice: Person, fields: Record<string, string> = {}) {
  await alice.scope((scope) => contracts.giveNotice(scope, addDays(today(), 10)));
  return await alice.post("/settings/contract/withdrawal", fields);
}

Deno.test("a notice is withdrawn by second factor where there is one, else by a code by mail", async () => {
  const [guarded, plain] = [(await cast()).alice, (await cast()).alice];
  const { app } = await giveApp(guarded);
  await later(async () => {
    const { action, seal } = await asked(await withdraw(guarded));
    const proof = { "confirmation.code": app.code(), "confirmation.seal": seal };
    equal(
      (await guarded.post(action, proof)).headers.get("Location"),
      "/settings/contract/withdrawal",
    );
    equal((await guarded.post("/settings/contract/withdrawal")).status, 303);
    match(await text(await guarded.get("/settings/contract")), /zurückgenommen/);
    const refused = await withdraw(plain);
    equal(refused.status, 422);
    match(await refused.text(), /id="f-code-error"/);
    const { phase, endsOn } = await plain.scope(contracts.find);
    equal(phase, "open");
    ok(endsOn);
  });
});

Deno.test("a user with neither password nor factor signs in again in another window, and loses nothing typed", async () => {
  const { test, alice } = await cast();
  await later(async () => {
    const { html, action, seal } = await asked(
      await alice.post("/settings/sign-in", { roles: ["admin", "member"] }),
    );
    match(html, /href="\/login\/single-sign-on\?next=%2Fconfirmation%2Fproof" target="_blank"/);
    const typed = { roles: ["admin", "member"], "confirmation.seal": seal };
    const early = await alice.post(action, typed);
    equal(early.status, 422);
    const again = await early.text();
    match(again, /Das steht noch aus/);
    deepEqual(values(again, "roles"), ["admin", "member"]);
    // On the way to the provider there is no session: what was typed waits in the page.
    const away = new Client(test);
    const waiting = await away.post(action, typed);
    equal(waiting.status, 422);
    const page = await waiting.text();
    match(page, /Ihre Anmeldung ist beendet/);
    deepEqual(values(page, "roles"), ["admin", "member"]);
    equal(values(page, "confirmation.seal")[0], seal);
    // The other tab signs in: a new session in the same browser.
    const who = { identityId: alice.identityId, tenantId: alice.tenantId, ip: "", userAgent: "" };
    away.cookies.set("session", await sessions.create(test.db.app, who));
    match(await text(await away.get("/confirmation/proof")), /Schließen Sie diesen Tab/);
    const done = await away.post(action, typed);
    equal(done.status, 307);
    equal((await away.post("/settings/sign-in", { roles: ["admin", "member"] })).status, 303);
  });
});

Deno.test("what was typed is posted on for an hour, by nobody else", async () => {
  const { alice, bob } = await cast();
  await givePassword(alice);
  await later(async () => {
    const { action, seal } = await asked(await alice.post("/account/factors/codes"));
    const password = { "confirmation.password": goodPassword, "confirmation.seal": seal };
    const other = await bob.post(action, { "confirmation.seal": seal });
    equal(other.headers.get("Location"), "/account");
    setOffset("PT1H12M");
    equal((await alice.post(action, password)).headers.get("Location"), "/account");
  });
});

Deno.test("what gives somebody more access, or an office, asks for confirmation (Art. 32)", async () => {
  const { alice, bob, test } = await cast();
  await givePassword(alice);
  const roleOf = async () => {
    const [row] = await test.db.owner`select role from users where id = ${bob.userId}`;
    return row!.role;
  };
  const invited = async (email: string) =>
    (await alice.scope(invitations.list)).some((each) => each.email === email);
  const email = `neu.${newId()}@example.org`;
  await later(async () => {
    for (const role of ["owner", "admin"]) {
      const { html } = await asked(await alice.post(`/settings/team/${bob.userId}/role`, { role }));
      deepEqual(values(html, "role"), [role]);
    }
    for (const role of ["owner", "admin", "member", "read_only"]) {
      await asked(await alice.post("/settings/team/invitations", { email, role }));
    }
    equal(await roleOf(), "member");
    equal(await invited(email), false);
    // Reducing somebody's rights needs no confirmation.
    const down = await alice.post(`/settings/team/${bob.userId}/role`, { role: "read_only" });
    equal(down.headers.get("Location"), "/settings/team");
    equal(await roleOf(), "read_only");
    await test.db.owner`update users set deactivated_at = now() where id = ${bob.userId}`;
    await asked(await alice.post(`/settings/team/${bob.userId}/reactivate`));
  });
  await alice.post("/settings/team/invitations", { email, role: "member" });
  ok(await invited(email));
  equal((await alice.post(`/settings/team/${bob.userId}/reactivate`)).status, 303);
  const [back] = await test.db.owner`select deactivated_at from users where id = ${bob.userId}`;
  equal(back!.deactivatedAt, null);
});
