/** Factors that a tenant's provider could have set up itself open no other tenant. */
import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import * as vouchedFactors from "../db/vouched_factors.ts";
import { origin } from "./support/app.ts";
import { Authenticator } from "./support/authenticator.ts";
import { text } from "./support/html.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { givePassword, visitor } from "./support/passwords.ts";
import { signIn, type SignInTenant, signInTenant } from "./support/sign_in_tenants.ts";

/** A passkey that is set up in a session begun through the provider, which knows no password. */
async function enrolled(here: SignInTenant) {
  const { browser } = await signIn(here, here.bob.email);
  const device = new Authenticator(origin);
  const options = await (await browser.post("/account/factors/passkeys/challenges")).json();
  const fields = { name: "Notebook", response: device.create(options) };
  equal((await browser.post("/account/factors/passkeys", fields)).status, 200);
  /** Signs in by it; the status, and the browser. */
  const enter = async () => {
    const stranger = visitor(here.test);
    const challenge = await (await stranger.post("/login/passkeys/challenges")).json();
    const answer = await stranger.post("/login/passkeys", { response: device.get(challenge) });
    return { status: answer.status, stranger };
  };
  return { browser, enter };
}

/** Bob's invitation to the tenant of Charlie; the address of its page, and his later mails. */
async function invited({ bob, charlie, test }: SignInTenant) {
  equal(
    (await charlie.post("/settings/team/invitations", { email: bob.email, role: "member" })).status,
    303,
  );
  const box = await mailbox();
  const mails = await box.collect(test, bob.email);
  await box.close();
  return linkIn(mails.findLast(({ text }) => text?.includes("/invitations/"))!, "invitations");
}

Deno.test("a passkey added through one tenant's provider ends when its owner joins another", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { bob, charlie, test: { db: { owner } } } = here;
  const { enter } = await enrolled(here);
  const before = await enter();
  equal(before.status, 303);
  const link = await invited(here);
  const answer = await before.stranger.post(link);
  equal(answer.headers.get("Location"), "/login");
  deepEqual(
    [...await owner`select from users where identity_id = ${bob.identityId} and tenant_id = ${charlie.tenantId}`]
      .length,
    1,
  );
  equal(
    (await before.stranger.get("/contacts")).headers.get("Location")?.startsWith("/login"),
    true,
  );
  equal((await enter()).status, 422);
  const box = await mailbox();
  const mails = await box.collect(here.test, bob.email);
  await box.close();
  match(mails.map(({ text }) => text).join("\n"), /gilt der Faktor nicht mehr/);
});

Deno.test("who comes back to another tenant does not bring such a passkey, and a session of the provider adds none", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { bob, charlie, test: { db: { owner } } } = here;
  await owner`
    insert into users (tenant_id, id, identity_id, role, created_at, deactivated_at)
    values (${charlie.tenantId}, ${newId()}, ${bob.identityId}, 'member', now(), now())
  `;
  const [user] = await owner`
    select id from users where tenant_id = ${charlie.tenantId} and identity_id = ${bob.identityId}
  `;
  const { browser, enter } = await enrolled(here);
  equal((await charlie.post(`/settings/team/${user!.id}/reactivate`)).status, 303);
  equal((await enter()).status, 422);
  const led = await browser.get("/account/factors/passkeys");
  match(led.headers.get("Location")!, /^\/confirmation/);
  // Nor does one that was read a moment before, with the confirmation that it had then.
  const [session] = await owner`
    select id from sessions where identity_id = ${bob.identityId} and factor = 'single_sign_on'
  `;
  const read = { id: session!.id, identityId: bob.identityId, tenantId: bob.tenantId };
  const noting = vouchedFactors.note(here.test.db.app, {
    ...read,
    factor: "single_sign_on",
    confirmedAt: now(),
  });
  await rejects(noting, { code: "factors.passkey_failed" });
});

Deno.test("a factor of one's own, proven by a password, goes along to another tenant", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { bob } = here;
  await givePassword(bob);
  const device = new Authenticator(origin);
  const options = await (await bob.post("/account/factors/passkeys/challenges")).json();
  equal(
    (await bob.post("/account/factors/passkeys", { name: "N", response: device.create(options) }))
      .status,
    200,
  );
  const link = await invited(here);
  equal((await bob.post(link)).headers.get("Location"), "/start");
  match(await text(await bob.get("/account/factors")), /N/);
  const [left] = await here.test.db.owner`
    select count(*)::int as n from passkeys where identity_id = ${bob.identityId}
  `;
  equal(left!.n, 1);
});
