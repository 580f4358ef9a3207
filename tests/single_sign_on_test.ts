/** Signing in by a tenant's own provider, a real one over HTTP: for its people, its tenant, its domain. */
import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { now, setOffset } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { giveApp } from "./support/factors.ts";
import { text } from "./support/html.ts";
import { identityProvider, type Lies } from "./support/identity_provider.ts";
import { givePassword, visitor } from "./support/passwords.ts";
import { openProcessor } from "./support/processors.ts";
import { claim, settings, signIn, signInTenant } from "./support/sign_in_tenants.ts";

Deno.test("the tenant's provider signs its people in, with PKCE, state and nonce, and leads on", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const next = `?next=${encodeURIComponent("/account?q=max.muster")}`;
  const { browser, url, answer } = await signIn(here, here.bob.email, { next });
  equal(answer.headers.get("Location"), "/account?q=max.muster");
  match(await text(await browser.get("/account")), /Bob Brandt/);
  const asked = new URL(url).searchParams;
  equal(asked.get("code_challenge_method"), "S256");
  equal(asked.get("scope"), "openid email profile");
  for (const name of ["state", "nonce", "code_challenge"]) match(asked.get(name)!, /^[\w-]{43}$/);
  equal(new Set(["state", "nonce", "code_challenge"].map((name) => asked.get(name))).size, 3);
  // A provider of the tenant is as good as a second factor where one is demanded.
  await here.alice.post("/settings/sign-in", { roles: ["member"] });
  equal((await browser.get("/contacts")).status, 200);
});

Deno.test("a client without a secret is protected by PKCE alone", async () => {
  const here = await signInTenant(null);
  await using _ = here.provider;
  equal((await signIn(here, here.bob.email)).answer.status, 303);
});

Deno.test("no forged or invalid token lets anybody in", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { bob, provider, test, charlie } = here;
  const foreign = newId() + ".example";
  const lies: [string, Lies][] = [
    ["another nonce", { claims: { nonce: "A".repeat(43) } }],
    ["no nonce", { claims: { nonce: undefined } }],
    ["another issuer", { issuer: "https://evil.example" }],
    ["another client", { audience: "other" }],
    ["for another party", { claims: { azp: "other" } }],
    ["a key of nobody", { forged: true }],
    ["no signature", { unsigned: true }],
    ["an old token", { issuedAt: new Date(now().getTime() - 3_600_000) }],
    ["a token of tomorrow", { issuedAt: new Date(now().getTime() + 86_400_000) }],
    ["an address not verified", { claims: { email_verified: false } }],
    ["no address", { claims: { email: undefined } }],
    ["odd addresses", { claims: { email: "\0@x" } }],
    ["an address of a foreign domain", { claims: { email: `x@${foreign}` } }],
    ["somebody of another tenant", { claims: { email: charlie.email } }],
    ["somebody unknown", { claims: { email: `neu@${here.domain}` } }],
  ];
  for (const [what, lie] of lies) {
    provider.state.lies = lie;
    const { answer, browser } = await signIn(here, bob.email);
    equal(answer.status, 422, what);
    equal((await browser.get("/account")).status, 303, what);
  }
  provider.state.lies = {};
  provider.state.issuer = "https://evil.example";
  equal((await visitor(test).post("/login/single-sign-on", { email: bob.email })).status, 422);
  provider.state.issuer = "";
  equal((await signIn(here, bob.email)).answer.status, 303);
});

Deno.test("an answer counts once, in the browser that asked, within ten minutes", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { browser, back } = await signIn(here, here.bob.email);
  equal((await browser.get(back)).status, 422);
  const left = await visitor(here.test).post("/login/single-sign-on", { email: here.bob.email });
  const url = left.headers.get("Refresh")!.slice("0; url=".length);
  const answer = here.provider.answer(url, { email: here.bob.email });
  equal((await visitor(here.test).get(answer)).status, 422);
  const late = visitor(here.test);
  const gone = await late.post("/login/single-sign-on", { email: here.bob.email });
  const then = here.provider.answer(gone.headers.get("Refresh")!.slice(7), {
    email: here.bob.email,
  });
  try {
    setOffset("PT10M1S");
    equal((await late.get(then)).status, 422);
  } finally {
    setOffset(undefined);
  }
  for (const junk of ["", "?state=x", "?code=x&state=%00", `?code=${"x".repeat(9_000)}`]) {
    equal((await visitor(here.test).get(`/login/single-sign-on/answer${junk}`)).status, 422);
  }
});

Deno.test("keys are cached for a while and fetched again when the provider changes them", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { provider, bob } = here;
  for (let i = 0; i < 2; i++) equal((await signIn(here, bob.email)).answer.status, 303);
  equal(provider.state.fetched, 1);
  await provider.rotate();
  equal((await signIn(here, bob.email)).answer.status, 303);
  equal(provider.state.fetched, 2);
});

Deno.test("the provider is asked only while it is in the register, and through the egress process", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, bob, alice, provider } = here;
  // A system reuses ports: another provider of this file may have had this one.
  await test.db.owner`delete from contacted_hosts where port = ${provider.port}`;
  await signIn(here, bob.email);
  const [contact] = await test.db.owner`
    select purpose
    from contacted_hosts
    where port = ${provider.port}
  `;
  equal(contact!.purpose, "security");
  await test.db.owner`
    update processors
    set enabled = false, enabled_from = null
    where id in (select processor_id from processor_hosts where port = ${provider.port})
  `;
  const before = provider.state.discovered;
  const refused = await visitor(test).post("/login/single-sign-on", { email: bob.email });
  equal(refused.status, 422);
  match(await text(refused), /noch nicht freigegeben/);
  equal(provider.state.discovered, before);
  match(await text(await alice.get("/settings/sign-in")), /noch nicht im Verzeichnis/);
});

Deno.test("a person signing in for the first time gets the role chosen for that, or is refused", async () => {
  const here = await signInTenant("x", "read_only");
  await using _ = here.provider;
  const email = `neu.${newId()}@${here.domain}`;
  const { browser } = await signIn(here, email);
  match(await text(await browser.get("/account")), /Neu Neumann/);
  equal((await browser.get("/contacts")).status, 200);
  equal((await browser.get("/contacts/new")).status, 403);
  await here.alice.post(`/settings/team/${here.bob.userId}/deactivate`);
  equal((await signIn(here, here.bob.email)).answer.status, 422);
});

Deno.test("an address given to somebody else opens no log-in", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { alice, bob } = here;
  const enter = async (sub: string) => (await signIn(here, bob.email, { claims: { sub } })).answer;
  equal((await enter("bob")).status, 303);
  equal((await enter("bob")).status, 303);
  const another = await enter("bobs successor");
  equal(another.status, 422);
  match(await text(another), /kennt unter Ihrer Adresse jetzt ein anderes Konto/);
  for (const action of ["deactivate", "reactivate"]) {
    equal((await alice.post(`/settings/team/${bob.userId}/${action}`)).status, 303);
  }
  equal((await enter("bobs successor")).status, 303);
  equal((await enter("bob")).status, 422);
  // For another client the provider may know everybody by another name.
  const provider = { issuer: here.provider.url, clientId: "other", secret: "", newRole: "" };
  equal((await alice.post("/settings/sign-in/provider", provider)).status, 303);
  await settings(alice, here.provider, "geheim & Öl");
  equal((await enter("bob")).status, 303);
});

Deno.test("single sign-on opens its own tenant alone, no operator pages, and adds no passkey unconfirmed", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, bob, charlie } = here;
  await givePassword(bob);
  await test.db.owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${charlie.tenantId}, ${newId()}, ${bob.identityId}, 'owner', now())
  `;
  await test.db.owner`update identities set operator = true where id = ${bob.identityId}`;
  const { browser } = await signIn(here, bob.email);
  equal((await browser.post("/tenants", { tenantId: charlie.tenantId })).status, 303);
  match(await text(await browser.get("/tenants")), /nur bei diesem Unternehmen/);
  equal((await browser.get("/operator/jobs")).status, 403);
  const led = await browser.get("/account/factors/passkeys");
  match(led.headers.get("Location")!, /^\/confirmation/);
});

Deno.test("single sign-on is never enough to add a passkey that opens another tenant", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, bob, charlie } = here;
  const { browser: alone } = await signIn(here, bob.email);
  equal((await alone.get("/account/factors/passkeys")).status, 200);
  equal((await alone.post("/account/factors/app/removal")).status, 303);
  const [session] = await test.db.owner`
    select factor
    from sessions
    where identity_id = ${bob.identityId}
    order by created_at desc
    limit 1
  `;
  equal(session!.factor, "single_sign_on");
  await test.db.owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${charlie.tenantId}, ${newId()}, ${bob.identityId}, 'owner', now())
  `;
  const { browser } = await signIn(here, bob.email);
  const led = await browser.get("/account/factors/passkeys");
  match(led.headers.get("Location")!, /^\/confirmation/);
  match(await text(await browser.post("/account/factors/app/removal")), /Passwort setzen/);
});

Deno.test("a second factor proven later does not lead out of the provider's tenant", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, bob, charlie } = here;
  await givePassword(bob);
  await test.db.owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${charlie.tenantId}, ${newId()}, ${bob.identityId}, 'owner', now())
  `;
  await test.db.owner`update identities set operator = true where id = ${bob.identityId}`;
  const { app } = await giveApp(bob);
  const { browser } = await signIn(here, bob.email);
  const proven = await browser.post("/confirmation?to=%2Faccount%2Ffactors%2Fpasskeys", {
    "confirmation.code": app.code(),
  });
  equal(proven.headers.get("Location"), "/account/factors/passkeys");
  equal((await browser.get("/account/factors/passkeys")).status, 200);
  equal((await browser.get("/operator/jobs")).status, 403);
  await browser.post("/tenants", { tenantId: charlie.tenantId });
  match(await text(await browser.get("/tenants")), /nur bei diesem Unternehmen/);
  // And the tenant that demands its provider does not end what its provider began.
  await here.alice.post("/settings/sign-in/demand", { demanded: "on" });
  equal((await browser.get("/contacts")).status, 200);
});

Deno.test("a domain counts for one tenant, and only once its postmaster has agreed", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, charlie, provider, domain, alice } = here;
  await settings(charlie, provider, "x");
  equal(await claim(charlie, domain), 410);
  const unclaimed = `${newId()}.example`;
  await alice.post("/settings/sign-in/domains", { domain: `@${unclaimed.toUpperCase()}` });
  const asked = await visitor(test).post("/login/single-sign-on", { email: `x@${unclaimed}` });
  match(await text(asked), /keinen Anmeldedienst/);
  for (const odd of ["", "localhost", "a b.de", "x@y.de", "ä.de", "1.2.3.4", "a..de", "\0.de"]) {
    equal((await alice.post("/settings/sign-in/domains", { domain: odd })).status, 422, odd);
  }
  for (const issuer of ["", "http://x", "ftp://firma.de", "https://firma.de/?a=b", "https://\0"]) {
    const fields = { issuer, clientId: "crm", secret: "", newRole: "" };
    equal((await alice.post("/settings/sign-in/provider", fields)).status, 422, issuer);
  }
});

Deno.test("the secret is stored encrypted, never shown, and never sent to another provider", async () => {
  const here = await signInTenant("geheimnis-7");
  await using _ = here.provider;
  const { alice, bob, test, provider } = here;
  ok(!(await (await alice.get("/settings/sign-in")).text()).includes("geheimnis-7"));
  const stored = await test.db.owner`select p::text as line from identity_providers p`;
  const hex = [..."geheimnis-7"].map((c) => c.charCodeAt(0).toString(16)).join("");
  for (const { line } of stored) ok(!line.includes(hex));
  await settings(alice, provider, "");
  equal((await signIn(here, bob.email)).answer.status, 303);
  await using other = await identityProvider("geheimnis-7");
  await openProcessor(test.db.owner, [{ host: "127.0.0.1", port: other.port }]);
  await settings(alice, other, "");
  equal((await signIn({ ...here, provider: other }, bob.email)).answer.status, 422);
  notEqual(other.state.asked, 0);
  const kept = await test.db.owner`
    select secret_sealed
    from identity_providers
    where tenant_id = ${alice.tenantId}
  `;
  deepEqual(kept.map(({ secretSealed }) => secretSealed), [null]);
});
