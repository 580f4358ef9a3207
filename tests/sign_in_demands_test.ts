/** A tenant that requires its own identity provider: who is bound, and who is not. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { origin } from "./support/app.ts";
import { Authenticator, type Options } from "./support/authenticator.ts";
import type { Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { givePassword, goodPassword, visitor } from "./support/passwords.ts";
import { claim, signIn, type SignInTenant, signInTenant } from "./support/sign_in_tenants.ts";

const demand = (here: SignInTenant, demanded = "on") =>
  here.alice.post("/settings/sign-in/demand", demanded ? { demanded } : {});

/** Lets a person work in another tenant too. */
async function admit({ test }: SignInTenant, person: Person, tenantId: string): Promise<void> {
  await test.db.owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${tenantId}, ${newId()}, ${person.identityId}, 'member', now())
  `;
}

async function enrol(person: Person): Promise<Authenticator> {
  const device = new Authenticator(origin);
  const asked = await person.post("/account/factors/passkeys/challenges");
  const response = device.create(await asked.json() as Options);
  await person.post("/account/factors/passkeys", { name: "Notebook", response });
  return device;
}

/** Where a way in leads: the tenants that are then open, or the refusal. */
async function tryWays(
  { test, alice, charlie }: SignInTenant,
  person: Person,
  device: Authenticator,
) {
  const where = async (browser: ReturnType<typeof visitor>, status: number) => {
    if (status === 422) return "refused";
    const open: string[] = [];
    for (const [name, { tenantId }] of Object.entries({ here: alice, there: charlie })) {
      await browser.post("/tenants", { tenantId });
      const [session] = await test.db.owner`
        select tenant_id
        from sessions
        where identity_id = ${person.identityId}
        order by created_at desc
        limit 1
      `;
      if (session!.tenantId === tenantId) open.push(name);
    }
    return open.join(" ");
  };
  // Without the key, which would be asked for after the password.
  const byKey = visitor(test);
  const options = await (await byKey.post("/login/passkeys/challenges")).json();
  const key = await byKey.post("/login/passkeys", { response: device.get(options as Options) });
  const passkey = await where(byKey, key.status);
  await test.db.owner`delete from passkeys where identity_id = ${person.identityId}`;
  const browser = visitor(test);
  const answer = await browser.post("/login", { email: person.email, password: goodPassword });
  if (answer.status === 422) {
    match(await text(answer), /nur die Anmeldung über seinen eigenen Dienst/);
  }
  const password = await where(browser, answer.status);
  const box = await mailbox();
  await visitor(test).post("/passwords/new", { email: person.email });
  // New devices are notified as well, in whichever order.
  const texts = (await box.collect(test, person.email)).map((each) => each.text ?? "");
  await box.close();
  const reset = texts.some((each) => /\/passwords\/[\w-]{43}/.test(each)) ? "link" : "refused";
  equal(texts.some((each) => /login\/single-sign-on/.test(each)), reset === "refused");
  return { password, passkey, reset };
}

Deno.test("only people of verified domains are bound, in that tenant alone, owners never", async (t) => {
  const bound = { password: "refused", passkey: "refused", reset: "refused" };
  const free = { password: "here", passkey: "here", reset: "link" };
  const elsewhere = { password: "there", passkey: "there", reset: "link" };
  const both = { password: "here there", passkey: "here there", reset: "link" };
  const cases: [
    what: string,
    change: (here: SignInTenant) => Promise<unknown>,
    wanted: typeof bound,
  ][] = [
    ["a member of the domain", () => Promise.resolve(), bound],
    [
      "one who works in another tenant too",
      (here) => admit(here, here.bob, here.charlie.tenantId),
      elsewhere,
    ],
    ["one whose address has another domain", async ({ test, bob }) => {
      bob.email = `${newId()}@other.example`;
      await test.db.owner`update identities set email = ${bob.email} where id = ${bob.identityId}`;
    }, free],
    [
      "an owner",
      ({ test, bob }) => test.db.owner`update users set role = 'owner' where id = ${bob.userId}`,
      free,
    ],
    [
      "where the domain is verified no more",
      ({ test, domain }) =>
        test.db.owner`update sign_in_domains set verified_at = null where domain = ${domain}`,
      free,
    ],
    [
      "where the provider was taken away",
      ({ alice }) => alice.post("/settings/sign-in/provider/removal"),
      free,
    ],
    ["where the demand was taken back, in both tenants", async (here) => {
      await admit(here, here.bob, here.charlie.tenantId);
      await demand(here, "");
    }, both],
  ];
  for (const [what, change, wanted] of cases) {
    await t.step(what, async () => {
      const here = await signInTenant();
      await using _ = here.provider;
      await givePassword(here.bob);
      const device = await enrol(here.bob);
      equal((await demand(here)).status, 303);
      await change(here);
      deepEqual(await tryWays(here, here.bob, device), wanted);
    });
  }
});

Deno.test("a demand ends what runs otherwise, and whoever is bound later too", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, alice, bob, vera, charlie, domain } = here;
  await here.move(alice);
  await here.move(vera);
  await test.db.owner`update users set role = 'owner' where id = ${vera.userId}`;
  await admit(here, bob, charlie.tenantId);
  const { browser } = await signIn(here, bob.email);
  const works = async (person: { get: Person["get"] }) => (await person.get("/contacts")).status;
  equal((await demand(here)).status, 303);
  equal((await demand(here)).status, 303);
  deepEqual([await works(bob), await works(browser)], [303, 200], "the provider's session stays");
  deepEqual([await works(alice), await works(vera)], [200, 200], "owners stay");
  const [change] = await test.db.owner`
    select count(*)::int as n
    from changes
    where tenant_id = ${alice.tenantId}
      and fields::text like '%single_sign_on%'
  `;
  equal(change!.n, 1);
  // An owner who is one no more.
  equal((await alice.post(`/settings/team/${vera.userId}/role`, { role: "member" })).status, 303);
  equal(await works(vera), 303);
  // An address that comes under the domain.
  await test.db.owner`
    update sign_in_domains set verified_at = null where domain = ${domain}
  `;
  await givePassword(vera);
  const late = visitor(test);
  equal((await late.post("/login", { email: vera.email, password: goodPassword })).status, 303);
  equal(await works(late), 200);
  equal(await claim(alice, domain), 200);
  equal(await works(late), 303);
});

Deno.test("no new address opens the way that the tenant closed, in its own domains all do", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, bob, charlie, domain } = here;
  await givePassword(bob);
  await admit(here, bob, charlie.tenantId);
  const box = await mailbox();
  const wish = async (email: string) => {
    const answer = await bob.post("/account/email", { email, current: goodPassword });
    const mails = answer.status === 303 ? await box.collect(test, email) : [];
    return { answer, link: mails[0] && linkIn(mails[0], "email-changes") };
  };
  // Asked for before the tenant made up its mind.
  const early = `${newId()}@private.example`;
  const { link: left } = await wish(early);
  await demand(here);
  const browser = visitor(test);
  await browser.post("/login", { email: bob.email, password: goodPassword });
  for (const [name, value] of browser.cookies) bob.cookies.set(name, value);
  equal((await visitor(test).post(left!)).status, 410);
  const { answer } = await wish(`${newId()}@private.example`);
  equal(answer.status, 422);
  match(await text(answer), /Adresse aus seinen Domains/);
  const { link } = await wish(`${newId()}@${domain}`);
  await box.close();
  equal((await visitor(test).post(link!)).status, 303);
});

Deno.test("an invitation leads to the provider, and a link to a new password ends in nothing", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, alice, bob, domain } = here;
  const box = await mailbox();
  await visitor(test).post("/passwords/new", { email: bob.email });
  const reset = linkIn((await box.collect(test, bob.email)).at(-1)!, "passwords");
  await demand(here);
  equal((await visitor(test).post(reset, { password: "sieben Tassen im Regen" })).status, 410);
  const email = `neu.${newId()}@${domain}`;
  equal((await alice.post("/settings/team/invitations", { email, role: "member" })).status, 303);
  const link = linkIn((await box.collect(test, email)).at(-1)!, "invitations");
  await box.close();
  const browser = visitor(test);
  const offered = await (await browser.get(link)).text();
  match(offered, /über den Anmeldedienst Ihres Unternehmens/);
  ok(!offered.includes('type="password"'), "no password is chosen that would open nothing");
  equal((await browser.post(link, { name: " " })).status, 422);
  const accepted = await browser.post(link, { name: "Neu Neumann" });
  equal(accepted.headers.get("Location"), "/login/single-sign-on");
  const [made] = await test.db.owner`select password_hash from identities where email = ${email}`;
  equal(made!.passwordHash, null);
  equal((await browser.get("/contacts")).status, 303);
  const { browser: inside } = await signIn(here, email);
  equal((await inside.get("/contacts")).status, 200);
  // Shut out and invited again, with neither password nor provider log-in until then.
  await test.db.owner`
    update users
    set deactivated_at = now()
    where identity_id = (select id from identities where email = ${email})
  `;
  const letters = await mailbox();
  equal((await alice.post("/settings/team/invitations", { email, role: "member" })).status, 303);
  // The mail about the earlier device may arrive after it.
  const second = (await letters.collect(test, email))
    .flatMap((mail) => mail.text!.includes("/invitations/") ? linkIn(mail, "invitations") : [])[0]!;
  await letters.close();
  match(await text(await browser.get(second)), /über den Anmeldedienst Ihres Unternehmens/);
  equal((await browser.post(second)).headers.get("Location"), "/login/single-sign-on");
  equal((await (await signIn(here, email)).browser.get("/contacts")).status, 200);
});

Deno.test("a tenant's provider opens no other tenant, not by its invitation either", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, bob, charlie } = here;
  const { browser } = await signIn(here, bob.email);
  const box = await mailbox();
  await charlie.post("/settings/team/invitations", { email: bob.email, role: "member" });
  // The new device is notified as well, in whichever order.
  const letters = await box.collect(test, bob.email);
  const link = linkIn(letters.find((each) => /invitations/.test(each.text ?? ""))!, "invitations");
  await box.close();
  const accepted = await browser.post(link);
  equal(accepted.headers.get("Location"), "/tenants");
  match(await text(await browser.get("/tenants")), /nur bei diesem Unternehmen angemeldet/);
  const tenants = await test.db.owner`
    select distinct tenant_id
    from sessions
    where identity_id = ${bob.identityId}
  `;
  deepEqual(tenants.map(({ tenantId }) => tenantId), [bob.tenantId]);
});

Deno.test("only owners name a provider or demand it, and only where one speaks for a domain", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, alice, bob, charlie, provider } = here;
  const none = await charlie.post("/settings/sign-in/demand", { demanded: "on" });
  equal(none.status, 422);
  match(await text(none), /muss ein Anmeldedienst eingetragen sein/);
  await charlie.post("/settings/sign-in/provider", {
    issuer: provider.url,
    clientId: "crm",
    secret: "x",
    newRole: "",
  });
  const refused = await charlie.post("/settings/sign-in/demand", { demanded: "on" });
  match(await text(refused), /mindestens eine Domain bestätigt/);
  await test.db.owner`update users set role = 'admin' where id = ${bob.userId}`;
  const fields = { issuer: provider.url, clientId: "mine", secret: "x", newRole: "" };
  for (const path of ["provider", "provider/removal", "demand", "domains"]) {
    equal(
      (await bob.post(`/settings/sign-in/${path}`, { ...fields, domain: "x.example" })).status,
      403,
    );
  }
  const shown = await (await bob.get("/settings/sign-in")).text();
  ok(!shown.includes('name="issuer"') && !shown.includes('name="demanded"'));
  match(shown, /ändert nur die Leitung/);
  match(await (await alice.get("/settings/sign-in")).text(), /name="demanded"/);
});
