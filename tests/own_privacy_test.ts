/** The user's own data: shown, downloaded, and erased by the person themselves. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import * as mails from "../db/mails.ts";
import { providerId } from "../db/controllers.ts";
import { personalData } from "../db/personal_data.ts";
import { ownTables, withoutOwnWay } from "../db/user_data.ts";
import { cast, person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { within } from "./support/officers.ts";
import { givePassword, goodPassword } from "./support/passwords.ts";
import { newMark, stock } from "./support/stock.ts";

const { test, alice, bob } = await cast();
const { owner } = test.db;

Deno.test("every table about users is reachable from the person, or has a reason why not", () => {
  const ways = new Set<string>(ownTables);
  const without = Object.entries(personalData)
    .filter(([, columns]) =>
      Object.values(columns).some(({ subject, inAccessExport }) =>
        subject === "user" && inAccessExport !== false
      )
    )
    .map(([name]) => name.replace("public.", ""))
    .filter((name) => !ways.has(name) && !(name in withoutOwnWay));
  deepEqual(without, []);
});

Deno.test("a waiting mail reveals no password link to a session", async () => {
  const token = "A".repeat(43);
  await test.db.app.begin((sql) =>
    mails.send(sql, {
      tenantId: null,
      kind: "password_reset",
      to: bob.email,
      subject: "Neues Passwort",
      text: `http://localhost:8000/passwords/${token}`,
      html: `<a href="http://localhost:8000/passwords/${token}">Weiter</a>`,
    })
  );
  const said = await (await bob.get("/me/privacy/data.json")).text();
  ok(!said.includes(token));
  const [mail] = JSON.parse(said).data.mails.rows;
  deepEqual([mail.subject, mail.body_text], ["Neues Passwort", "present"]);
  await owner`delete from mails where recipient = ${bob.email}`;
});

Deno.test("the page says what is stored, why and until when, by controller", async () => {
  const shown = await text(await bob.get("/me/privacy"));
  match(shown, /Beim Betreiber: Testhaus.*Zugang Namen; E-Mail-Adressen/);
  match(shown, /Bei Nordlicht Handel/);
  match(shown, /dsb@example\.org/);
  match(await text(await bob.get("/account")), /Meine Daten/);
});

Deno.test("the download holds the user's own rows, secrets as present, and nobody else's", async () => {
  const [mine, theirs] = [newMark(), newMark()];
  await stock(bob, mine);
  await stock(alice, theirs);
  await givePassword(bob);
  const answer = await bob.get("/me/privacy/data.json");
  match(answer.headers.get("Content-Disposition")!, /^attachment/);
  const whole = await answer.text();
  const { data } = JSON.parse(whole);
  const [{ name, email, password_hash }] = data.identities.rows;
  deepEqual([name, email, password_hash], ["Bob Brandt", bob.email, "present"]);
  ok(whole.includes(mine), "his own views and mailboxes");
  equal(whole.includes(theirs), false);
  equal(whole.includes(alice.email), false);
  equal(whole.includes("argon2"), false);
});

Deno.test("the last owner is refused with the reason; a wrong password erases nobody", async () => {
  await givePassword(alice);
  match(await text(await alice.get("/me/privacy/erasure")), /letzte Person.*Nordlicht Handel/);
  const refused = await alice.post("/me/privacy/erasure", { current: goodPassword });
  equal(refused.status, 422);
  equal((await bob.post("/me/privacy/erasure", { current: "falsch-falsch" })).status, 422);
  equal((await bob.post("/me/privacy/erasure", { current: "" })).status, 422);
  const there = await owner`
    select from identities where id in (${alice.identityId}, ${bob.identityId})
  `;
  equal(there.length, 2);
});

Deno.test("erasing the log-in removes it everywhere, the records stay, a case shows it", async () => {
  const carla = await person(test, alice.tenantId, "Carla Kurz", "member");
  await givePassword(carla);
  const { contact } = await stock(carla, newMark());
  await owner`
    update contacts set owner_id = ${carla.userId}
    where tenant_id = ${alice.tenantId} and id = ${contact}
  `;
  match(await text(await carla.get("/me/privacy/erasure")), /Mitgliedschaft in: Nordlicht Handel/);
  const box = await mailbox();
  const answer = await carla.post("/me/privacy/erasure", { current: goodPassword });
  match(answer.headers.get("Set-Cookie") ?? "", /^session=;.*Max-Age=0/);
  equal(answer.headers.get("Clear-Site-Data"), '"cache", "storage"', "Back shows nothing of it");
  equal(answer.status, 200);
  const number = /DS-\w{4}-\w{2}/.exec(await text(answer))![0];
  match((await carla.get("/start")).headers.get("Location")!, /^\/login/);
  const [left] = await owner<{ ownerId: string | null }[]>`
    select owner_id from contacts where tenant_id = ${alice.tenantId} and id = ${contact}
  `;
  equal(left!.ownerId, null);
  const gone = await owner`
    select id from identities where id = ${carla.identityId}
    union all select id from users where identity_id = ${carla.identityId}
    union all select id from sessions where identity_id = ${carla.identityId}
  `;
  equal(gone.length, 0);
  const [found] = await owner<{ id: string; status: string }[]>`
    select id, status from cases where number = ${number} and tenant_id = ${providerId}
  `;
  equal(found!.status, "closed");
  const [item] = await within(test, providerId, (scope) => caseItems.list(scope, found!.id));
  deepEqual([item!.right, item!.status], ["erasure", "done"]);
  const mails = (await box.collect(test, carla.email))
    .filter(({ subject }) => subject!.startsWith(number));
  await box.close();
  deepEqual(mails.map(({ subject }) => subject), [`${number}: Ihr Zugang ist gelöscht`]);
});

Deno.test("two last owners who leave at once: one stays", async () => {
  const dora = await person(test, alice.tenantId, "Dora Dritt", "owner");
  await givePassword(dora);
  const answers = await Promise.all(
    [alice, dora].map((who) => who.post("/me/privacy/erasure", { current: goodPassword })),
  );
  deepEqual(answers.map(({ status }) => status).sort(), [200, 422]);
});
