/** Directories of tenants by SCIM, as Entra ID and Okta send it: who leaves loses access at once. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { setOffset } from "../db/clock.ts";
import * as apiTokens from "../db/api_tokens.ts";
import * as directoryTokens from "../db/directory_tokens.ts";
import { newId } from "../db/ids.ts";
import { errors } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { Directory, directory, patchOp, refused, userSchema } from "./support/directories.ts";
import { text } from "./support/html.ts";

/** Entra ID's way: a path, the verb with a capital, truth as a word. */
const entra = (active: string) => ({
  schemas: [patchOp],
  Operations: [{ op: "Replace", path: "active", value: active }],
});

/** Okta's way: no path, an object. */
const okta = (active: boolean) => ({
  schemas: [patchOp],
  Operations: [{ op: "replace", value: { active } }],
});

Deno.test("an owner makes a token that is shown once and kept as a digest; others do not", async () => {
  const { alice, bob, test } = await cast();
  equal((await bob.post("/settings/sign-in/directory", { days: "365" })).status, 403);
  await test.db.owner`update users set role = 'admin' where id = ${bob.userId}`;
  equal((await bob.post("/settings/sign-in/directory", { days: "365" })).status, 403);
  match(await text(await bob.get("/settings/sign-in")), /Tokens erzeugt nur die Leitung/);
  equal((await alice.post("/settings/sign-in/directory", { days: "9999" })).status, 422);
  const { token } = await directory(alice);
  match(token, /^kscim_[\w-]{43}$/);
  const page = await (await alice.get("/settings/sign-in")).text();
  ok(!page.includes(token));
  match(page, /http:\/\/localhost:8000\/scim\/v2</);
  const [row] = await test.db.owner`
    select id, directory_tokens::text as line
    from directory_tokens
    where tenant_id = ${alice.tenantId}
  `;
  ok(!row!.line.includes(token));
  for (let i = 1; i < directoryTokens.most; i++) await directory(alice);
  const many = await alice.post("/settings/sign-in/directory", { days: "365" });
  equal(many.status, 422);
  match(await text(many), /Mehr als 3 Tokens/);
});

Deno.test("nobody gets in without a valid token, and each token opens one tenant", async () => {
  const { alice, bob, charlie, test } = await cast();
  const here = await directory(alice);
  const there = await directory(charlie);
  equal((await there.ask("GET", `/Users/${bob.userId}`)).status, 404);
  equal((await there.ask("PATCH", `/Users/${bob.userId}`, entra("False"))).status, 404);
  equal((await there.ask("GET", "/Users")).body.totalResults, 1);
  for (const token of ["", "x", `kscim_${"A".repeat(43)}`, await apiToken(alice)]) {
    const answer = await new Directory(here.client, token).ask("GET", "/Users");
    refused(answer, 401);
    match(answer.headers.get("WWW-Authenticate")!, /^Bearer/);
  }
  refused(await here.ask("GET", "/Bulk"), 404);
  const signedIn = await alice.get("/scim/v2/Users");
  equal(signedIn.status, 401);
  try {
    setOffset("P366D");
    refused(await here.ask("GET", "/Users"), 401);
  } finally {
    setOffset(undefined);
  }
  const [row] = await test.db.owner`
    select id
    from directory_tokens
    where tenant_id = ${alice.tenantId}
  `;
  equal((await alice.post(`/settings/sign-in/directory/${row!.id}/end`)).status, 303);
  refused(await here.ask("GET", "/Users"), 401);
});

const apiToken = (person: Person) =>
  person.scope((scope) =>
    apiTokens.create(scope, { name: "Webshop", scopes: ["contacts:read"], days: 30 })
  );

Deno.test("a directory's interface says what it supports, and finds a person by address in any case", async () => {
  const { alice, bob } = await cast();
  const here = await directory(alice);
  const { body } = await here.ask("GET", "/ServiceProviderConfig");
  deepEqual([body.patch.supported, body.filter.supported, body.bulk.supported], [
    true,
    true,
    false,
  ]);
  equal((await here.ask("GET", "/ResourceTypes")).body.Resources[0].schema, userSchema);
  equal((await here.ask("GET", `/Schemas/${userSchema}`)).body.id, userSchema);
  const find = (filter: string) => here.ask("GET", `/Users?filter=${encodeURIComponent(filter)}`);
  const found = await find(`userName eq "${bob.email.toUpperCase()}"`);
  equal(found.body.totalResults, 1);
  const [user] = found.body.Resources;
  deepEqual([user.id, user.userName, user.active], [bob.userId, bob.email, true]);
  equal(user.meta.location, `http://localhost:8000/scim/v2/Users/${bob.userId}`);
  equal((await find(`USERNAME EQ "${bob.email}"`)).body.totalResults, 1);
  equal((await find(`${userSchema}:userName eq "${bob.email}"`)).body.totalResults, 1);
  equal((await find(`id eq "${bob.userId}"`)).body.totalResults, 1);
  for (const nobody of ["niemand@example.org", "", "\\u0000", "%", 'a\\" or \\"']) {
    equal((await find(`userName eq "${nobody}"`)).body.totalResults, 0, nobody);
  }
  for (const odd of ["userName", 'userName co "a"', 'displayName eq "x"', 'userName eq "a', "()"]) {
    refused(await find(odd), 400, "invalidFilter");
  }
});

Deno.test("a list goes by numbers of rows, with bounds", async () => {
  const { alice } = await cast();
  const here = await directory(alice);
  const page = async (query: string) => (await here.ask("GET", `/Users${query}`)).body;
  const all = await page("");
  deepEqual([all.totalResults, all.startIndex, all.itemsPerPage], [3, 1, 3]);
  const ids = all.Resources.map(({ id }: { id: string }) => id);
  const second = await page("?startIndex=2&count=1");
  deepEqual([second.totalResults, second.startIndex, second.itemsPerPage], [3, 2, 1]);
  equal(second.Resources[0].id, ids[1]);
  deepEqual((await page("?startIndex=9")).Resources, []);
  deepEqual((await page("?count=0")).Resources, []);
  equal((await page("?startIndex=-5&count=100000")).itemsPerPage, 3);
  refused(await here.ask("GET", "/Users?count=viele"), 400, "invalidValue");
});

for (
  const [who, off, on] of [
    ["Entra ID", entra("False"), entra("True")],
    ["Okta", okta(false), okta(true)],
  ] as const
) {
  Deno.test(`${who} shuts a person out, sessions and tokens at once, and lets in again`, async () => {
    const { alice, bob, test } = await cast();
    const here = await directory(alice);
    const token = await apiToken(bob);
    const me = () =>
      bob.send("/api/v1/me", { method: "GET", headers: { Authorization: `Bearer ${token}` } });
    equal((await me()).status, 200);
    const left = await here.ask("PATCH", `/Users/${bob.userId}`, off);
    equal(left.status, 200);
    equal(left.body.active, false);
    match((await bob.get("/contacts")).headers.get("Location")!, /^\/login/);
    equal((await me()).status, 401);
    const again = await here.ask("PATCH", `/Users/${bob.userId}`, off);
    equal(again.body.active, false);
    const back = await here.ask("PATCH", `/Users/${bob.userId}`, on);
    equal(back.body.active, true);
    // Earlier sessions and tokens do not come back with the person.
    equal((await me()).status, 401);
    const entries = await test.db.owner`
      select action, actor_kind
      from changes
      where record_id = ${bob.userId}
        and action in ('deactivated', 'reactivated')
      order by at, id
    `;
    deepEqual(entries.map(({ action, actorKind }) => `${action} ${actorKind}`), [
      "deactivated system",
      "reactivated system",
    ]);
  });
}

Deno.test("every spelling of booleans and names is understood, and unknown attributes are ignored", async () => {
  const { alice, bob } = await cast();
  const here = await directory(alice);
  const patch = async (...Operations: unknown[]) =>
    (await here.ask("PATCH", `/Users/${bob.userId}`, { schemas: [patchOp], Operations })).body;
  const sync = async (active: boolean, ...operations: unknown[]) =>
    equal((await patch(...operations)).active, active, JSON.stringify(operations));
  await sync(false, { op: "add", path: "ACTIVE", value: [{ "$ref": null, value: "False" }] });
  await sync(true, { OP: "REPLACE", PATH: `${userSchema}:active`, VALUE: "tRuE" });
  await sync(false, { op: "replace", value: { Active: "false", displayName: "Anders" } });
  await sync(false, { op: "Replace", path: "name.givenName", value: "Robert" });
  await sync(true, { op: "replace", path: "active", value: false }, {
    op: "replace",
    path: "active",
    value: true,
  });
  await sync(true, { op: "Add", path: 'emails[type eq "work"].value', value: "neu@example.org" });
  const put = await here.ask("PUT", `/Users/${bob.userId}`, {
    SCHEMAS: [userSchema],
    userName: "ganz.anders@example.org",
    ACTIVE: "False",
    constructor: 1,
    "__proto__": { x: 1 },
  });
  deepEqual([put.status, put.body.active, put.body.userName], [200, false, bob.email]);
  match(await text(await alice.get("/settings/team")), /Bob Brandt/, "people name themselves");
});

Deno.test("the last owner stays, others can be removed once there is a second one", async () => {
  const { alice, bob, test } = await cast();
  const here = await directory(alice);
  const path = `/Users/${alice.userId}`;
  refused(await here.ask("PATCH", path, entra("False")), 403);
  equal((await alice.get("/contacts")).status, 200);
  await test.db.owner`update users set role = 'owner' where id = ${bob.userId}`;
  equal((await here.ask("PATCH", path, entra("False"))).status, 200);
  equal((await alice.get("/contacts")).status, 303);
});

Deno.test("a token whose maker is no owner any more lets nobody in and shuts no owner out", async () => {
  const { alice, bob, charlie, test } = await cast();
  const here = await directory(alice);
  const { owner } = test.db;
  const [left] = await owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${alice.tenantId}, ${newId()}, ${charlie.identityId}, 'member', now())
    returning id
  `;
  await owner`update users set role = 'owner' where id = ${bob.userId}`;
  const set = (id: string, active: string) => here.ask("PATCH", `/Users/${id}`, entra(active));
  const asMaker = async (change: () => Promise<unknown>) => {
    await change();
    refused(await set(alice.userId, "True"), 403);
    refused(await set(bob.userId, "False"), 403);
    const made = { schemas: [userSchema], userName: "neu@example.org" };
    refused(await here.ask("POST", "/Users", made), 403);
    equal((await set(left!.id, "False")).body.active, false);
    refused(await set(left!.id, "True"), 403);
    equal((await set(bob.userId, "True")).body.active, true);
    await owner`update users set deactivated_at = null where id = ${left!.id}`;
  };
  await asMaker(() => owner`update users set deactivated_at = now() where id = ${alice.userId}`);
  await owner`update users set role = 'admin', deactivated_at = null where id = ${alice.userId}`;
  equal((await set(alice.userId, "False")).body.active, false);
  await asMaker(() => Promise.resolve());
});

Deno.test("what cannot be read is refused as the standard says, never by a server error", async () => {
  const { alice, bob } = await cast();
  const here = await directory(alice);
  const path = `/Users/${bob.userId}`;
  errors.length = 0;
  const bad: [body: unknown, kind: string][] = [
    ["", "invalidSyntax"],
    ["{", "invalidSyntax"],
    ["[]", "invalidSyntax"],
    ["null", "invalidSyntax"],
    ["[".repeat(100_000), "invalidSyntax"],
    [{}, "invalidSyntax"],
    [{ schemas: "x", Operations: [] }, "invalidSyntax"],
    [{ schemas: [patchOp] }, "invalidSyntax"],
    [{ schemas: [patchOp], Operations: [] }, "invalidSyntax"],
    [{ schemas: [patchOp], Operations: [null] }, "invalidSyntax"],
    [{ schemas: [patchOp], Operations: [{ op: "explode" }] }, "invalidSyntax"],
    [{ schemas: [patchOp], Operations: [{ op: "replace", path: ["active"] }] }, "invalidPath"],
    [{ schemas: [patchOp], Operations: [{ op: "remove" }] }, "invalidPath"],
    [{ schemas: [patchOp], Operations: [{ op: "remove", path: "active" }] }, "invalidValue"],
    [entra("vielleicht"), "invalidValue"],
    [
      { schemas: [patchOp], Operations: Array(101).fill({ op: "add", path: "x" }) },
      "invalidSyntax",
    ],
  ];
  for (const [body, kind] of bad) refused(await here.ask("PATCH", path, body), 400, kind);
  refused(await here.ask("PATCH", path, entra("False"), "text/plain"), 415);
  refused(await here.ask("PATCH", path, `"${"x".repeat(300_000)}"`), 413);
  refused(await here.ask("DELETE", path), 501);
  refused(await here.ask("PATCH", `/Users/${newId()}`, entra("False")), 404);
  refused(await here.ask("GET", "/Users/0"), 404);
  refused(await here.ask("POST", "/Users", { schemas: [userSchema] }), 400, "invalidValue");
  equal((await bob.get("/contacts")).status, 200);
  deepEqual(errors, []);
});

Deno.test("a directory creates people of the tenant's verified domains, and nobody else", async () => {
  const { alice, bob, test } = await cast();
  const here = await directory(alice);
  const domain = `${newId()}.example`;
  const create = (userName: string, more: object = {}) =>
    here.ask("POST", "/Users", { schemas: [userSchema], userName, ...more });
  refused(await create(`neu@${domain}`), 403);
  await test.db.owner`
    insert into sign_in_domains (tenant_id, id, domain, created_at, verified_at)
    values (${alice.tenantId}, ${newId()}, ${domain}, now(), now())
  `;
  await test.db.owner`
    insert into identity_providers (
      tenant_id, id, issuer, client_id, new_role, created_at, updated_at
    ) values (
      ${alice.tenantId}, ${newId()}, 'https://id.example', 'crm', 'member', now(), now()
    )
  `;
  const made = await create(`neu@${domain}`, {
    name: { givenName: "Nele", familyName: "Neu" },
    emails: [{ value: `neu@${domain}`, primary: true }],
    active: true,
  });
  equal(made.status, 201);
  equal(made.headers.get("Location"), made.body.meta.location);
  equal(made.body.active, true);
  // A person of the domain may be known to another tenant, under a name chosen there.
  const elsewhere = `elsewhere@${domain}`;
  await test.db.owner`
    insert into identities (id, email, name, created_at)
    values (${newId()}, ${elsewhere}, 'Spitzname Anderswo', now())
  `;
  const known = await create(elsewhere, { displayName: "Amtlich" });
  const { body: people } = await here.ask("GET", "/Users");
  deepEqual([known.status, people.totalResults], [201, 5]);
  ok(!/Spitzname|displayName|Nele Neu/.test(JSON.stringify([known.body, people])));
  const page = await text(await alice.get("/settings/team"));
  ok(/Nele Neu/.test(page) && page.includes(elsewhere));
  ok(!/Spitzname/.test(page), "the tenant learns that name when the person signs in");
  ok(!/Spitzname/.test(await text(await alice.get("/deals/new"))));
  refused(await create(`NEU@${domain}`), 409, "uniqueness");
  equal((await create(`spaeter@${domain}`, { active: false })).body.active, false);
  refused(await create(bob.email), 403);
  refused(await create("kein Name"), 400, "invalidValue");
  refused(await create("x@fremd.example"), 403);
});

Deno.test("a tenant whose contract has ended is closed to its directory, one under notice is not", async () => {
  const { alice, bob, test } = await cast();
  const here = await directory(alice);
  const phase = (phase: string) =>
    test.db.owner`update tenants set phase = ${phase} where id = ${alice.tenantId}`;
  await phase("read_only");
  equal((await here.ask("PATCH", `/Users/${bob.userId}`, entra("False"))).status, 200);
  await phase("closed");
  refused(await here.ask("GET", "/Users"), 403);
});
