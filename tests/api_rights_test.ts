/** The authorisation matrix of the API: every request, by tokens of every kind, on own and foreign records. */
import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { quota } from "../db/api_quotas.ts";
import * as tokens from "../db/api_tokens.ts";
import { newId } from "../db/ids.ts";
import { can, type Role } from "../db/roles.ts";
import { describe } from "../routes/api/description.ts";
import { operations } from "../routes/api/operations.ts";
import { newContact, Program, program, type Sent } from "./support/api.ts";
import { cast, type Person } from "./support/cast.ts";
import { givePassword, goodPassword } from "./support/passwords.ts";
import { routes } from "./support/routes.ts";
import { type Kind, newMark, stock } from "./support/stock.ts";

const { test, alice, bob, vera, charlie, visitor } = await cast();
const { owner } = test.db;

const kinds: Record<string, Kind> = {
  contacts: "contact",
  companies: "company",
  deals: "deal",
  activities: "activity",
  files: "file",
  offers: "issued offer",
};

/** All scopes but one, and but that which includes it. */
const without = (scope: string | null) =>
  tokens.scopes.filter((each) => each !== scope && each.replace(":write", ":read") !== scope);

/** Asks for one operation with a body that is right for it, or for no other. */
async function ask(
  who: Program,
  { method, path, tag }: typeof operations[number],
  id: string,
): Promise<number> {
  const form = new FormData();
  form.append("file", new File(["Text\n"], "a.txt"));
  const sent: Sent = path.endsWith("/files") && method === "post"
    ? { form }
    : method === "patch"
    ? { body: {}, headers: { "If-Match": "*" } }
    : method === "post"
    ? { body: tag === "contacts" ? newContact(newId()) : {} }
    : {};
  return (await who.ask(method.toUpperCase(), path.replace("{id}", id), sent)).status;
}

Deno.test("the description names every route of the API, and nothing else", () => {
  const known = routes(test).filter((route) => / \/api\/v1\/./.test(route))
    .filter((route) => !route.endsWith("/*"));
  const described = operations.map(({ method, path }) =>
    `${method.toUpperCase()} /api/v1${path.replace("{id}", ":id")}`
  );
  deepEqual(described.sort(), known.sort());
  equal(new Set(operations.map(({ id }) => id)).size, operations.length);
});

const shared = await stock(alice, newMark());

for (const operation of operations) {
  const { id, method, path, scope } = operation;
  Deno.test(`${id} answers by role and scope`, async () => {
    await owner`delete from api_tokens`;
    // Actions that take a record away have one of their own.
    const own = method === "delete" ? await stock(alice, newMark()) : shared;
    const home = kinds[path.split("/")[1]!]!;
    const record = () => own[home] ?? newId();
    const lacking = await program(alice, without(scope));
    const reader = await program(vera);
    const foreign = await program(charlie);
    const named = path.includes("{id}");
    if (scope !== null) equal(await ask(lacking, operation, record()), 403, "without the scope");
    const reads = scope === null || scope.endsWith(":read");
    if (!reads) equal(await ask(reader, operation, record()), 403, "by a role that only reads");
    if (named) {
      equal(await ask(foreign, operation, record()), 404, "by another tenant");
      equal(await ask(foreign, operation, newId()), 404, "of nothing");
    }
    if (reads) ok(await ask(reader, operation, record()) < 300, "by a role that only reads");
    const status = await ask(await program(bob), operation, record());
    // Companies, deals and activities need more than an empty body.
    const passed = status < 300 || (status === 422 && method === "post");
    ok(passed, `by its scope: ${status}`);
    if (scope !== null && (reads || method !== "delete")) {
      const alone = await program(alice, [scope]);
      const again = await ask(alone, operation, record());
      ok(again < 300 || again === 422, `by its scope alone: ${again}`);
    }
  });
}

Deno.test("the description holds no pattern that only some programming languages read", () => {
  const patterns = [
    ...JSON.stringify(describe("https://crm.example")).matchAll(/"pattern":"((?:[^"\\]|\\.)*)"/g),
  ]
    .map(([, pattern]) => pattern!);
  ok(patterns.length > 3);
  deepEqual(patterns.filter((pattern) => /\\p\{|\(\?</.test(pattern)), []);
});

Deno.test("writing names the reading that it includes, and no other", async () => {
  const his = await program(bob, ["contacts:write"]);
  deepEqual((await his.get("/me")).json.scopes, ["contacts:read", "contacts:write"]);
  equal((await his.get("/contacts")).status, 200);
  equal((await his.get("/companies")).status, 403);
});

Deno.test("a scope opens no more than its user's role", () => {
  for (const role of ["owner", "admin", "member", "read_only"] as Role[]) {
    for (const action of ["contacts.write", "deals.delete", "files.read"] as const) {
      equal(tokens.opens({ role, scopes: [...tokens.scopes] }, action), can(role, action));
    }
  }
  equal(tokens.opens({ role: "owner", scopes: [...tokens.scopes] }, "users.manage"), false);
  deepEqual(tokens.scopesOf("read_only").filter((scope) => scope.endsWith(":write")), []);
});

/** A user makes a token on the page, as a person does. */
async function make(who: Person, fields: Record<string, string | string[]> = {}) {
  const answer = await who.post("/account/tokens", {
    name: "Webshop",
    days: "30",
    scopes: ["contacts:read"],
    current: goodPassword,
    ...fields,
  });
  const html = await answer.text();
  return { status: answer.status, html, token: /kcrm_[A-Za-z0-9_-]{43}/.exec(html)?.[0] };
}

Deno.test("a token is made with the password, shown once, listed with its last use, and ended", async () => {
  await givePassword(bob);
  const wrong = await make(bob, { current: "falsch" });
  deepEqual([wrong.status, wrong.token], [422, undefined]);
  match(wrong.html, /value="Webshop"/);
  equal(wrong.html.includes("falsch"), false);
  equal((await make(bob, { scopes: [] })).status, 422);
  equal((await make(bob, { days: "9999" })).status, 422);
  const made = await make(bob);
  equal(made.status, 200);
  const page = async () => await (await bob.get("/account/tokens")).text();
  match(await page(), /Webshop[\s\S]*nie/);
  equal((await page()).includes(made.token!), false);
  const [row] = await owner`
    select id, token_digest from api_tokens where user_id = ${bob.userId} and name = 'Webshop'
  `;
  equal(new TextDecoder().decode(row!.tokenDigest).includes(made.token!.slice(5)), false);
  const his = new Program(bob, made.token!);
  equal((await his.get("/contacts")).status, 200);
  equal((await his.get("/me")).json.userId, bob.userId);
  const [used] = await owner`select last_used_at from api_tokens where id = ${row!.id}`;
  notEqual(used!.lastUsedAt, null);
  equal((await alice.post(`/account/tokens/${row!.id}/end`)).status, 404);
  equal((await charlie.post(`/settings/api/tokens/${row!.id}/end`)).status, 404);
  match(await (await alice.get("/settings/api")).text(), /Webshop[\s\S]*Bob Brandt/);
  equal((await alice.post(`/settings/api/tokens/${row!.id}/end`)).status, 303);
  equal((await his.get("/contacts")).status, 401);
});

Deno.test("a token ends with its day, its user, and writing with the contract", async () => {
  const his = await program(bob);
  equal((await his.get("/contacts")).status, 200);
  await owner`update users set deactivated_at = now() where id = ${bob.userId}`;
  equal((await his.get("/contacts")).status, 401);
  await owner`update users set deactivated_at = null where id = ${bob.userId}`;
  const hers = await program(charlie);
  await owner`update tenants set phase = 'read_only' where id = ${charlie.tenantId}`;
  equal((await hers.get("/contacts")).status, 200);
  equal((await hers.post("/contacts", newContact("Spät"))).json.code, "contract_over");
  await owner`update tenants set phase = 'closed' where id = ${charlie.tenantId}`;
  equal((await hers.get("/contacts")).json.code, "contract_over");
  await owner`update tenants set phase = 'open' where id = ${charlie.tenantId}`;
  await owner`update api_tokens set expires_at = now() - interval '1 second' where user_id = ${charlie.userId}`;
  equal((await hers.get("/contacts")).status, 401);
  await tokens.removeExpired(test.db.app);
  const left = await owner`select id from api_tokens where user_id = ${charlie.userId}`;
  equal(left.length, 0);
});

Deno.test("each token has its quota, which all processes share and every answer states", async () => {
  const his = await program(bob);
  const first = await his.get("/me");
  match(first.headers.get("RateLimit-Policy")!, /^"token";q=1000;w=60$/);
  match(first.headers.get("RateLimit")!, /^"token";r=999;t=\d+$/);
  // What other processes used is in the database; this one asks again after its parcel.
  await owner`update rate_limits set hits = ${quota.most} where scope = 'api_token'`;
  const statuses = new Set<number>();
  let last = first;
  for (let n = 0; n < 30; n++) statuses.add((last = await his.get("/me")).status);
  deepEqual([...statuses], [200, 429]);
  equal(last.json.code, "throttled");
  ok(Number(last.headers.get("Retry-After")) >= 1);
  equal((await (await program(bob)).get("/me")).status, 200);
});

Deno.test("of two conflicting actions the later one is asked to send the same again, which succeeds", async () => {
  for (const [state, wanted] of [["40P01", "collision"], ["40001", "collision"]] as const) {
    await owner.unsafe(`
      create function collide() returns trigger language plpgsql as $$
      begin
        raise exception 'collided' using errcode = '${state}';
      end $$;
      create trigger collide before insert on companies for each row execute function collide();
    `);
    const id = newId();
    const sent = [{ name: `Treffen ${state}` }, { "Idempotency-Key": id }] as const;
    const his = await program(bob);
    const answer = await his.post("/companies", ...sent);
    await owner.unsafe("drop trigger collide on companies; drop function collide();");
    deepEqual([answer.status, answer.json.code], [409, wanted]);
    equal(answer.headers.get("Retry-After"), "1");
    equal((await his.post("/companies", ...sent)).status, 201);
  }
  const { paths } = await (await visitor.get("/api/openapi.json")).json();
  const refused = paths["/contacts"].post.responses["409"];
  match(refused.description, /collision/);
  ok(refused.headers["Retry-After"]);
});

Deno.test("a body that is no UTF-8 is refused instead of kept with broken letters", async () => {
  const his = await program(bob);
  const text = JSON.stringify(newContact("Müller"));
  const send = (bytes: Uint8Array<ArrayBuffer>) =>
    visitor.send("/api/v1/contacts", {
      method: "POST",
      body: bytes,
      headers: { "Authorization": `Bearer ${his.token}`, "Content-Type": "application/json" },
    });
  const latin = await send(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  deepEqual([latin.status, (await latin.json()).code], [400, "malformed"]);
  const marked = await send(new TextEncoder().encode(`\ufeff${text}`));
  deepEqual([marked.status, (await marked.json()).lastName], [201, "Müller"]);
});

Deno.test("the description and its manual are open to everyone, in both languages", async () => {
  const answer = await visitor.get("/api/openapi.json");
  const description = await answer.json();
  equal(description.openapi, "3.1.0");
  ok(description.paths["/contacts/{id}"].patch);
  for (const [language, title] of [["de", "Sicher wiederholen"], ["en", "Safe retries"]]) {
    const page = await (await visitor.get("/api", { "Accept-Language": language! })).text();
    ok(page.includes(title!));
    for (const { id } of operations) ok(page.includes(`id="${id}"`), id);
  }
});
