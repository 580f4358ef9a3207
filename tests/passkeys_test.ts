/** Passkeys against what no browser sends: wrong origin, person or challenge, and replays. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { setOffset } from "../db/clock.ts";
import * as factors from "../db/factors.ts";
import * as passkeys from "../db/passkeys.ts";
import { type Client, errors, origin } from "./support/app.ts";
import { Authenticator, type Lies, type Options } from "./support/authenticator.ts";
import { cast, type Person } from "./support/cast.ts";
import { halfway } from "./support/factors.ts";
import { text } from "./support/html.ts";
import { givePassword, visitor } from "./support/passwords.ts";

const challenge = async (client: Client, path: string): Promise<Options> =>
  await (await client.post(`${path}/challenges`)).json();

/** Makes a key for a person through the pages; its device. */
async function enrol(person: Person, name = "Notebook"): Promise<Authenticator> {
  const device = new Authenticator(origin);
  const response = device.create(await challenge(person, "/account/factors/passkeys"));
  const answer = await person.post("/account/factors/passkeys", { name, response });
  ok([200, 303].includes(answer.status), await answer.text());
  return device;
}

/** What a log-in with this answer of a device leads to. */
async function signIn(person: Person, device: Authenticator, lies: Lies = {}): Promise<number> {
  const browser = visitor(person.test);
  const response = device.get(await challenge(browser, "/login/passkeys"), lies);
  return (await browser.post("/login/passkeys", { response })).status;
}

Deno.test("a passkey alone signs in, strangers' keys do not", async () => {
  const { test, alice } = await cast();
  const device = await enrol(alice);
  const browser = visitor(test);
  const options = await challenge(browser, "/login/passkeys");
  equal((options as { userVerification?: string }).userVerification, "required");
  deepEqual((options as { allowCredentials?: unknown[] }).allowCredentials ?? [], []);
  const answer = await browser.post("/login/passkeys?next=%2Faccount", {
    response: device.get(options),
  });
  equal(answer.headers.get("Location"), "/account");
  match(await text(await browser.get("/account")), /Alice Ahrens/);
  equal(await signIn(alice, new Authenticator(origin)), 422);
  const [key] = await passkeys.list(test.db.app, alice.identityId);
  ok(key!.lastUsedAt);
});

Deno.test("no wrong origin, person or challenge is accepted", async () => {
  const { alice } = await cast();
  const device = await enrol(alice);
  const lies: Lies[] = [
    { origin: "https://evil.example" },
    { origin: "http://localhost:8001" },
    { rpId: "evil.example" },
    { unverified: true },
    { challenge: "A".repeat(43) },
    { type: "webauthn.create" },
    { counter: 1 },
  ];
  equal(await signIn(alice, device), 303);
  for (const lie of lies) equal(await signIn(alice, device, lie), 422, JSON.stringify(lie));
  equal(await signIn(alice, device), 303);
});

Deno.test("what was signed counts once, for five minutes", async () => {
  const { test, alice } = await cast();
  const device = await enrol(alice);
  const browser = visitor(test);
  const response = device.get(await challenge(browser, "/login/passkeys"));
  const late = device.get(await challenge(browser, "/login/passkeys"));
  const both = await Promise.all(
    [1, 2].map(() => visitor(test).post("/login/passkeys", { response })),
  );
  deepEqual(both.map(({ status }) => status).sort(), [303, 422]);
  try {
    setOffset("PT5M1S");
    equal((await browser.post("/login/passkeys", { response: late })).status, 422);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("as a second step only the user's own key counts, on a challenge made for it", async () => {
  const { alice, bob } = await cast();
  for (const person of [alice, bob]) await givePassword(person);
  const [own, other] = [await enrol(alice), await enrol(bob)];
  const browser = await halfway(alice);
  const step = async (device: Authenticator) => {
    const response = device.get(await challenge(browser, "/login/factor"));
    return (await browser.post("/login/factor", { response })).status;
  };
  equal(await step(other), 422);
  const loose = own.get(await challenge(visitor(alice.test), "/login/passkeys"));
  equal((await browser.post("/login/factor", { response: loose })).status, 422);
  const bound = own.get(await challenge(browser, "/login/factor"));
  equal((await visitor(alice.test).post("/login/passkeys", { response: bound })).status, 422);
  equal(await step(own), 303);
});

Deno.test("a key is made only for who asked, verified, and once", async () => {
  const { test, alice, bob } = await cast();
  const device = new Authenticator(origin);
  const make = async (lies: Lies, options?: Options) => {
    const asked = options ?? await challenge(alice, "/account/factors/passkeys");
    const response = device.create(asked, lies);
    return (await alice.post("/account/factors/passkeys", { name: "x", response })).status;
  };
  equal(await make({ unverified: true }), 422);
  equal(await make({ origin: "https://evil.example" }), 422);
  equal(await make({}, await challenge(bob, "/account/factors/passkeys")), 422);
  equal(await make({}, await challenge(visitor(test), "/login/passkeys")), 422);
  equal(factors.guards(await factors.find(test.db.app, alice.identityId)), false);
  equal(await make({}), 200);
  // The same device once more, and for somebody else.
  equal(await make({}), 422);
  const response = device.create(await challenge(bob, "/account/factors/passkeys"));
  equal((await bob.post("/account/factors/passkeys", { name: "x", response })).status, 422);
  const [kept] = await test.db.owner`
    select transports
    from passkeys
    where identity_id = ${alice.identityId}
  `;
  deepEqual(kept!.transports, ["internal"]);
});

Deno.test("of five keys that are made at once where room is for one, one is kept", async () => {
  const { test, alice } = await cast();
  await test.db.owner`
    insert into passkeys (
      id, identity_id, credential_id, public_key, counter, transports, backed_up, name, created_at
    )
    select gen_random_uuid(), ${alice.identityId}, gen_random_uuid()::text, '\\x00', 0, '{}', false,
      'Schlüssel ' || i, now()
    from generate_series(1, 19) as i
  `;
  const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => {
    const options = await challenge(alice, "/account/factors/passkeys");
    const response = new Authenticator(origin).create(options);
    return await test.db.app.begin(async (sql) =>
      await passkeys.register(sql, origin, { identityId: alice.identityId, name: "x", response })
    ).then(() => "kept", (error) => error.code);
  }));
  deepEqual(answers.sort(), [...Array(4).fill("factors.too_many"), "kept"]);
  equal((await passkeys.list(test.db.app, alice.identityId)).length, 20);
});

Deno.test("keys are listed by name and taken away by their owner alone", async () => {
  const { test, alice, bob } = await cast();
  await enrol(alice, "Notebook");
  const phone = await enrol(alice, "Telefon");
  match(await text(await alice.get("/account/factors")), /Notebook.*Telefon/);
  const [, key] = await passkeys.list(test.db.app, alice.identityId);
  const path = `/account/factors/passkeys/${key!.id}/removal`;
  equal((await bob.post(path)).status, 404);
  equal((await alice.post(path)).status, 303);
  equal(await signIn(alice, phone), 422);
  const data = await (await alice.get("/me/privacy/data.json")).json();
  equal(data.data.passkeys.rows[0].name, "Notebook");
  equal(data.data.passkeys.rows[0].public_key, "present");
});

Deno.test("nothing that is sent in place of a signature ends in a server error", async () => {
  const { test, alice } = await cast();
  const device = await enrol(alice);
  const id = JSON.parse(device.get({ challenge: "" })).id;
  const junk = [
    "",
    "null",
    "[]",
    "{}",
    "\0",
    "{",
    "[".repeat(9_000),
    JSON.stringify({ id: 5 }),
    JSON.stringify({ id }),
    JSON.stringify({ id: `${id}\0` }),
    JSON.stringify({ id, rawId: id, type: "public-key", response: null }),
    JSON.stringify({ id, rawId: id, type: "public-key", response: { clientDataJSON: "!" } }),
    JSON.stringify({ id: "__proto__", rawId: {}, response: [] }),
    "x".repeat(30_000),
  ];
  for (const response of junk) {
    const shown = response.slice(0, 60);
    equal((await visitor(test).post("/login/passkeys", { response })).status, 422, shown);
    const made = await alice.post("/account/factors/passkeys", { name: "x", response });
    equal(made.status, 422, shown);
  }
  deepEqual(errors, []);
});
