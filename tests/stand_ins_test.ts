/** Owners who stand in for an officer: links received by mail end with the office. */
import { equal, match } from "node:assert/strict";
import { providerId } from "../db/controllers.ts";
import { Client } from "./support/app.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { mailbox } from "./support/mailbox.ts";
import { code, link, links, post, request } from "./support/officers.ts";
import { givePassword, goodPassword } from "./support/passwords.ts";

const dead = /gilt nicht mehr/;

/** A request in Alice's tenant, reported to her; whether the link of her letter still works. */
async function written({ test, alice, bob }: Cast) {
  const box = await mailbox();
  await test.db.owner`update users set role = 'owner' where id = ${bob.userId}`;
  const { number } = await request(test, alice.tenantId, ["access"]);
  const [letter] = await post(test, box, alice.email, number);
  const path = link(letter!, "Freigeben");
  equal((await post(test, box, bob.email, number)).length, 0, "one owner acts for the officer");
  await box.close();
  return async () => !dead.test(await (await new Client(test).get(path)).text());
}

const leave: [string, (people: Cast) => Promise<Response>][] = [
  ["is an owner no more", ({ bob, alice }) => role(bob, alice, "member")],
  ["is shut out", ({ bob, alice }) => bob.post(`/settings/team/${alice.userId}/deactivate`)],
  ["is erased as a request asks", async ({ test, alice, visitor }) => {
    const box = await mailbox();
    const { number } = await request(test, providerId, ["erasure"], {
      personEmail: alice.email,
      claims: [{ right: "erasure", sentence: "" }],
    });
    const letters = await post(test, box, "dsb@example.org", number);
    const letter = letters.find((each) => links(each).some(({ label }) => label === "Freigeben"))!;
    const done = await visitor.post(link(letter, "Freigeben"), { code: code(letter, "Löschung") });
    await box.collect(test, alice.email);
    await box.close();
    const [left] = await test.db.owner`select from identities where id = ${alice.identityId}`;
    equal(left, undefined, "the log-in is gone");
    return done;
  }],
  ["erases the log-in", async ({ alice }) => {
    await givePassword(alice);
    return await alice.post("/me/privacy/erasure", { current: goodPassword });
  }],
];

const role = (by: Person, of: Person, role: string) =>
  by.post(`/settings/team/${of.userId}/role`, { role });

for (const [how, action] of leave) {
  Deno.test(`an owner who stood in for an officer and ${how} decides no request by an old link`, async () => {
    const people = await cast();
    const works = await written(people);
    equal(await works(), true);
    // Other changes of owners have no effect.
    equal((await role(people.bob, people.vera, "owner")).status, 303);
    equal((await role(people.bob, people.vera, "member")).status, 303);
    equal(await works(), true);
    match(String((await action(people)).status), /^(303|200)$/);
    equal(await works(), false);
  });
}

Deno.test("an owner who stands in reads of requests in their own language", async () => {
  const { test, alice } = await cast();
  await test.db.owner`update identities set locale = 'en' where id = ${alice.identityId}`;
  const box = await mailbox();
  const { number } = await request(test, alice.tenantId, ["access"]);
  const [letter] = await post(test, box, alice.email, number);
  match(letter!.subject!, /new request \(Access\)/i);
  await box.close();
});

Deno.test("where the tenant has named an officer, that officer's links outlast any owner", async () => {
  const { test, alice, bob } = await cast();
  const { owner } = test.db;
  await owner`update users set role = 'owner' where id = ${bob.userId}`;
  const email = `dora.${alice.tenantId}@officer.example`;
  await owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${email}, now())
  `;
  const box = await mailbox();
  const { number } = await request(test, alice.tenantId, ["access"]);
  const [letter] = await post(test, box, email, number);
  equal((await role(bob, alice, "member")).status, 303);
  const page = await (await new Client(test).get(link(letter!, "Freigeben"))).text();
  equal(dead.test(page), false);
  await box.close();
});
