/** Logging out at a tenant's identity provider: its signed token ends the right sessions here, once. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { program } from "./support/api.ts";
import { Client, type Fields } from "./support/app.ts";
import { text } from "./support/html.ts";
import { signIn, signInTenant } from "./support/sign_in_tenants.ts";
import { visitor } from "./support/passwords.ts";

type Here = Awaited<ReturnType<typeof signInTenant>>;

/** Says it as a provider does: a form without any origin. */
async function say(here: Here, fields: Fields): Promise<number> {
  const body = new URLSearchParams(fields as Record<string, string>);
  const answer = await new Client(here.test).send("/login/single-sign-on/logouts", {
    method: "POST",
    body,
  });
  await answer.body?.cancel();
  equal(answer.headers.get("Cache-Control"), "no-store");
  return answer.status;
}

const isIn = async (browser: Client) => (await browser.get("/contacts")).status === 200;

Deno.test("the provider ends one of its sessions, or all of a person, and nobody else's", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { bob, vera, provider, move } = here;
  await move(vera);
  const enter = async (email: string, sub: string, sid?: string) =>
    (await signIn(here, email, { claims: { sub, sid } })).browser;
  const phone = await enter(bob.email, "b", "s1");
  const desk = await enter(bob.email, "b", "s2");
  const old = await enter(bob.email, "b");
  const veras = await enter(vera.email, "v", "s3");
  const stands = async () => await Promise.all([phone, desk, old, veras].map(isIn));
  const end = async (claims: Record<string, unknown>) =>
    equal(await say(here, { logout_token: await provider.logoutToken(claims) }), 200);
  await end({ sid: "s1" });
  deepEqual(await stands(), [false, true, true, true]);
  await end({ sid: "s2", sub: "v" });
  deepEqual(await stands(), [false, true, true, true], "a session of somebody else's");
  await end({ sid: "s9", sub: "b" });
  deepEqual(await stands(), [false, true, false, true], "one that it never named");
  await end({ sub: "b" });
  deepEqual(await stands(), [false, false, false, true]);
  await end({ sub: "b" });
  equal(await isIn(bob), true, "a session that it did not begin");
});

Deno.test("API tokens of bound users are suspended once their provider has not confirmed them lately", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, alice, bob, provider } = here;
  const [his, hers] = [await program(bob), await program(alice)];
  const works = async () => [(await his.get("/me")).status, (await hers.get("/me")).status];
  const rests = async () => (await text(await alice.get("/settings/api"))).includes("ruht bis zur");
  deepEqual(await works(), [200, 200], "nobody is bound yet");
  const demand = (on: boolean) =>
    alice.post("/settings/sign-in/demand", on ? { demanded: "on" } : {});
  await demand(true);
  deepEqual([await works(), await rests()], [[401, 200], true], "owners never are");
  await signIn(here, bob.email, { claims: { sub: "b", sid: "s1" } });
  deepEqual([await works(), await rests()], [[200, 200], false]);
  const end = async (claims: Record<string, unknown>) =>
    equal(await say(here, { logout_token: await provider.logoutToken(claims) }), 200);
  await end({ sub: "b", sid: "s1" });
  deepEqual(await works(), [200, 200], "one session that is over is no farewell");
  await end({ sub: "somebody else" });
  deepEqual(await works(), [200, 200]);
  await end({ sub: "b" });
  deepEqual(await works(), [401, 200]);
  await signIn(here, bob.email, { claims: { sub: "b" } });
  deepEqual(await works(), [200, 200]);
  await test.db.owner`
    update users set vouched_at = ${new Date(now().getTime() - 30 * 86_400_000)}
    where id = ${bob.userId}
  `;
  deepEqual(await works(), [401, 200]);
  await demand(false);
  deepEqual(await works(), [200, 200], "where the password is enough again");
});

Deno.test("calendars of bound users are suspended like their API tokens", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { test, alice, bob, provider } = here;
  const address = async (person: typeof bob) => {
    const html = await (await person.post("/account/calendar-feed")).text();
    return /\/calendar-feeds\/[A-Za-z0-9_-]{43}\.ics/.exec(html)![0];
  };
  const [his, hers] = [await address(bob), await address(alice)];
  const reads = async () => [
    (await visitor(test).get(his)).status,
    (await visitor(test).get(hers)).status,
  ];
  deepEqual(await reads(), [200, 200], "nobody is bound yet");
  await alice.post("/settings/sign-in/demand", { demanded: "on" });
  deepEqual(await reads(), [404, 200], "owners never are");
  await signIn(here, bob.email, { claims: { sub: "b" } });
  deepEqual(await reads(), [200, 200]);
  equal(await say(here, { logout_token: await provider.logoutToken({ sub: "b" }) }), 200);
  deepEqual(await reads(), [404, 200]);
});

Deno.test("no forged or invalid token ends a session, and none counts twice", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { bob, provider } = here;
  const { browser } = await signIn(here, bob.email, { claims: { sub: "b", sid: "s" } });
  const seconds = Math.floor(now().getTime() / 1000);
  const claims = { sub: "b", sid: "s" };
  const lies: [string, Record<string, unknown>][] = [
    ["another issuer", { iss: "https://evil.example" }],
    ["another client", { aud: "other" }],
    ["an issuer that no database takes", { iss: "https://a\0b.example" }],
    ["a client that no database takes", { aud: ["crm\0"] }],
    ["nobody's", { aud: [] }],
    ["an ID token", { nonce: "x" }],
    ["no event", { events: undefined }],
    ["another event", { events: { "http://schemas.openid.net/event/other": {} } }],
    ["an event that is no object", {
      events: { "http://schemas.openid.net/event/backchannel-logout": 1 },
    }],
    ["no number", { jti: undefined }],
    ["no day", { iat: undefined }],
    ["an old one", { iat: seconds - 3_600, exp: seconds + 3_600 }],
    ["one that is over", { exp: seconds - 3_600 }],
    ["one of tomorrow", { iat: seconds + 86_400, exp: seconds + 90_000 }],
    ["about nobody", { sub: undefined, sid: undefined }],
  ];
  for (const [what, changed] of lies) {
    const token = await provider.logoutToken(claims, changed);
    equal(await say(here, { logout_token: token }), 400, what);
  }
  const forged = await provider.logoutToken(claims, {}, true);
  for (const token of ["", "x", "a.b.c", "\0", "x".repeat(20_000), forged]) {
    equal(await say(here, { logout_token: token }), 400);
  }
  equal(await say(here, {}), 400);
  equal(await isIn(browser), true);
  const token = await provider.logoutToken(claims);
  equal(await say(here, { logout_token: token }), 200);
  equal(await isIn(browser), false);
  const again = await signIn(here, bob.email, { claims });
  equal(await say(here, { logout_token: token }), 400);
  equal(await isIn(again.browser), true);
});

Deno.test("an older word about a person leaves what has begun since", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { bob, provider } = here;
  const { browser } = await signIn(here, bob.email, { claims: { sub: "b", sid: "s" } });
  const iat = Math.floor(now().getTime() / 1000) - 120;
  equal(await say(here, { logout_token: await provider.logoutToken({ sub: "b" }, { iat }) }), 200);
  equal(await isIn(browser), true);
  equal(await say(here, { logout_token: await provider.logoutToken({ sub: "b" }) }), 200);
  equal(await isIn(browser), false);
});

Deno.test("a token that met a server error is accepted when it is sent again", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { bob, provider, test: { db: { owner } } } = here;
  const { browser } = await signIn(here, bob.email, { claims: { sub: "b", sid: "s" } });
  const token = await provider.logoutToken({ sid: "s" });
  const name = `t${newId().replaceAll("-", "")}`;
  await owner.unsafe(`
    create function ${name}() returns trigger language plpgsql as $$
    begin
      raise exception 'no';
    end $$;
    create trigger ${name} before delete on sessions for each row
      when (old.tenant_id = '${bob.tenantId}') execute function ${name}();
  `);
  equal(await say(here, { logout_token: token }), 500);
  await owner.unsafe(`drop function ${name}() cascade`);
  equal(await say(here, { logout_token: token }), 200);
  equal(await isIn(browser), false);
});

Deno.test("junk does not make us ask the provider again and again", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { provider } = here;
  const forged = async () =>
    equal(
      await say(here, { logout_token: await provider.logoutToken({ sid: "s" }, {}, true) }),
      400,
    );
  await forged();
  const { discovered, fetched } = provider.state;
  equal(discovered, 1);
  for (let i = 0; i < 3; i++) await forged();
  deepEqual([provider.state.discovered, provider.state.fetched], [discovered, fetched]);
  equal(await say(here, { logout_token: await provider.logoutToken({ sid: "s" }) }), 200);
  const [, payload] = (await provider.logoutToken({ sid: "s" })).split(".");
  const head = btoa(JSON.stringify({ alg: "HS256" })).replace(/=+$/, "");
  equal(await say(here, { logout_token: `${head}.${payload}.AAAA` }), 400);
});

Deno.test("of the provider's names for people and sessions only digests are kept", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const [sub, sid] = [newId(), newId()];
  await signIn(here, here.bob.email, { claims: { sub, sid } });
  const kept = await here.test.db.owner`
    select count(*)::int as found
    from sessions s
    where s::text like ${`%${sub}%`} or s::text like ${`%${sid}%`}
  `;
  equal(kept[0]!.found, 0);
});

Deno.test("logging out here leads on to the provider's own log-out, where it has one", async () => {
  const here = await signInTenant();
  await using _ = here.provider;
  const { bob, provider, alice, test } = here;
  const { browser: plain } = await signIn(here, bob.email);
  equal((await plain.post("/logout")).headers.get("Location"), "/login?notice=signed_out");
  provider.state.ending = `${provider.url}/end?realm=1`;
  const { browser } = await signIn(here, bob.email);
  const left = await browser.post("/logout");
  equal(left.status, 200);
  const url = new URL(left.headers.get("Refresh")!.slice("0; url=".length));
  equal(url.origin + url.pathname, `${provider.url}/end`);
  deepEqual(Object.fromEntries(url.searchParams), {
    realm: "1",
    client_id: "crm",
    logout_hint: bob.email,
    post_logout_redirect_uri: "http://localhost:8000/login",
  });
  match(await text(left), /Abmeldung bei Ihrem Anmeldedienst/);
  equal(await isIn(browser), false);
  // A log-in by password has nothing to end there, and one whose provider is gone ends here alone.
  equal((await alice.post("/logout")).status, 303);
  provider.state.ending = "javascript:alert(1)";
  const { browser: third } = await signIn(here, bob.email);
  equal((await third.post("/logout")).status, 303);
  const { browser: fourth } = await signIn(here, bob.email);
  provider.state.issuer = "https://evil.example";
  equal((await fourth.post("/logout")).status, 303);
  equal((await visitor(test).post("/logout")).status, 303);
});

Deno.test("what is put there instead of posted, streamed too, is refused without a fault", async () => {
  const { test } = await signInTenant();
  const body = new Blob(["logout_token=x"]).stream();
  const answer = await new Client(test).send("/login/single-sign-on/logouts", {
    method: "PUT",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "Sec-Fetch-Site": "same-origin",
    },
    body,
  });
  ok(answer.status >= 400 && answer.status < 500, `${answer.status}`);
});
