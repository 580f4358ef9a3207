/** Exports of what a list shows, or of the records ticked on it. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now } from "../db/clock.ts";
import * as caseItems from "../db/case_items.ts";
import * as exports from "../db/exports.ts";
import * as restrictions from "../db/restrictions.ts";
import * as users from "../db/users.ts";
import type { Scope } from "../db/scope.ts";
import { cast, type Person } from "./support/cast.ts";
import { decode, idOf, text } from "./support/html.ts";
import { request } from "./support/officers.ts";

async function made(who: Person, lastName: string, fields: Record<string, string> = {}) {
  return idOf(
    await who.post("/contacts/new", { _anyway: "1", origin: "card", lastName, ...fields }),
  );
}

async function stock(who: Person) {
  return {
    adler: await made(who, "Adler", { "addresses.0.city": "Lübeck", newTags: "Messe" }),
    bussard: await made(who, "Bussard", { "addresses.0.city": "Lüneburg", status: "customer" }),
    falke: await made(who, "Falke", { "emails.0.address": "f@luebeck.example" }),
  };
}

const wanted = { kind: "contacts", format: "csv", purpose: "analysis" };

/** The last names that an export with these fields holds, in its order. */
async function names(who: Person, fields: Record<string, string | string[]>): Promise<string[]> {
  const answer = await who.post("/exports", { ...wanted, ...fields });
  equal(answer.status, 200);
  return (await answer.text()).trim().split("\r\n").slice(1)
    .map((line) => /Adler|Bussard|Falke/.exec(line)?.[0] ?? line);
}

/** The hidden fields that the export page sends on. */
function hidden(html: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (
    const [, name, value] of html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
  ) {
    (found[name!] ??= []).push(decode(value!));
  }
  return found;
}

Deno.test("a list is exported as it is filtered and searched, and the history records it", async () => {
  const { alice } = await cast();
  await stock(alice);
  for (
    const [list, expected] of [
      ["place=L%C3%BC", ["Adler", "Bussard"]],
      ["status=customer", ["Bussard"]],
      ["q=luebeck", ["Adler", "Falke"]],
      ["q=luebeck&empty=email", ["Adler"]],
      ["q=keiner", []],
    ] as const
  ) deepEqual(await names(alice, { list, all: "1" }), expected, list);
  deepEqual(await names(alice, { list: "", all: "1" }), ["Adler", "Bussard", "Falke"]);
  const { exports: all } = await alice.scope((scope) => exports.list(scope));
  deepEqual(all.map(({ extent, rows }) => `${extent} ${rows}`), [
    "all 3",
    "list 0",
    "list 1",
    "list 2",
    "list 1",
    "list 2",
  ]);
  const history = await text(await alice.get("/exports"));
  match(history, /eine Liste/);
  ok(!history.includes("luebeck"), "the history does not contain the search");
});

Deno.test("ticked records are exported and no others, in every format", async () => {
  const { bob } = await cast();
  const { adler, falke } = await stock(bob);
  const bar = `/bulk-changes/new?kind=contact&action=export&list=&ids=${adler}&ids=${falke}`;
  const page = await (await bob.open(bar)).text();
  match(page, /2 ausgewählte Einträge werden exportiert/);
  const fields = hidden(page);
  deepEqual(fields.ids, [adler, falke]);
  deepEqual(await names(bob, fields), ["Adler", "Falke"]);
  for (const format of exports.formats.filter((format) => format !== "xlsx")) {
    const answer = await bob.post("/exports", { ...wanted, ...fields, format });
    const file = await answer.text();
    ok(file.includes("Adler") && file.includes("Falke") && !file.includes("Bussard"), format);
  }
  const { exports: [last] } = await bob.scope((scope) => exports.list(scope));
  deepEqual([last!.extent, last!.rows], ["selection", 2]);
});

Deno.test("a refused form keeps what was chosen", async () => {
  const { bob } = await cast();
  const { adler } = await stock(bob);
  const answer = await bob.post("/exports", { ...wanted, purpose: "", ids: [adler] });
  equal(answer.status, 422);
  deepEqual(hidden(await answer.text()).ids, [adler]);
});

const odds = (id: string): Record<string, string>[] => [
  { "ids.0": id },
  { "ids.a.b": "1" },
  { list: "%", all: "1" },
];

Deno.test("ticks of unknown records export nothing", async () => {
  const { alice, charlie } = await cast();
  const { adler } = await stock(alice);
  await stock(charlie);
  for (const ids of ["x", "", adler]) deepEqual(await names(charlie, { ids }), [], ids);
  for (const odd of odds(adler)) {
    const answer = await charlie.post("/exports", { ...wanted, ...odd });
    await answer.body?.cancel();
    ok(answer.status < 500, JSON.stringify(odd));
  }
});

Deno.test("the trash, restricted persons and the other tenant are in no selection", async () => {
  const { alice, test } = await cast();
  const { adler, bussard, falke } = await stock(alice);
  await alice.post(`/contacts/${adler}/deletion`);
  await test.db.owner`update contacts set restricted_at = now() where id = ${bussard}`;
  deepEqual(await names(alice, { ids: [adler, bussard, falke] }), ["Falke"]);
  deepEqual(await names(alice, { list: "place=L", all: "1" }), []);
});

Deno.test("companies and deals are chosen in the same way", async () => {
  const { alice } = await cast();
  for (const name of ["Kupferhof", "Zinnwerk"]) await alice.post("/companies/new", { name });
  const answer = await alice.post("/exports", {
    ...wanted,
    kind: "companies",
    list: "q=kupfer",
    all: "1",
  });
  const file = await answer.text();
  ok(file.includes("Kupferhof") && !file.includes("Zinnwerk"));
  const deals = await alice.post("/exports", { ...wanted, kind: "deals", list: "q=x", all: "1" });
  equal((await deals.text()).trim().split("\r\n").length, 1);
});

Deno.test("lists offer it to those who may", async () => {
  const { alice, vera } = await cast();
  await stock(alice);
  const list = decode(await (await alice.get("/contacts?status=customer")).text());
  match(list, /<option value="export">/);
  match(list, /href="\/exports\?kind=contacts&list=status%3Dcustomer&all=1"/);
  const page = await (await alice.get("/exports?kind=contacts&list=status%3Dcustomer&all=1"))
    .text();
  match(page, /1 ausgewählter Eintrag wird exportiert/);
  ok(!/\/exports|value="export"/.test(await (await vera.get("/contacts")).text()));
  equal((await vera.get("/exports?kind=contacts&all=1")).status, 403);
});

/** Thousands of persons, inserted directly. */
const people = (who: Person, count: number) =>
  who.test.db.owner`
    insert into contacts (
      tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at, created_at,
      updated_at
    )
    select ${who.tenantId}, gen_random_uuid(), 'Person ' || i, 'Test', 'sample', 'contract', 'sales',
      ${now()}, ${now()}, ${now()}
    from generate_series(1, ${count}) as i
  `;

Deno.test("many small exports of a day count like a large one: they ask for confirmation (Art. 32(1)(b))", async () => {
  const { bob, test } = await cast();
  await people(bob, 900);
  const takeOut = async () => {
    const answer = await bob.post("/exports", { ...wanted, list: "status=lead", all: "1" });
    return [answer.status, /confirmation\.seal/.test(await answer.text())];
  };
  const later = () =>
    test.db.owner`
      update sessions
      set confirmed_at = confirmed_at - interval '11 minutes'
      where identity_id = ${bob.identityId}
    `;
  await later();
  deepEqual(await takeOut(), [200, false]);
  deepEqual(await takeOut(), [422, true]);
  // A day later the count starts again; a large one was confirmed by itself.
  await test.db.owner`
    update exports
    set created_at = created_at - interval '25 hours'
    where tenant_id = ${bob.tenantId}
  `;
  deepEqual(await takeOut(), [200, false]);
  // Two at the same time do not pass either.
  await test.db.owner`delete from exports where tenant_id = ${bob.tenantId}`;
  const taken = await Promise.all([takeOut(), takeOut(), takeOut()]);
  deepEqual(taken.map(([status]) => status).sort(), [200, 422, 422]);
});

Deno.test("a running export breaks off when its user loses the right (Art. 32(4))", async () => {
  const ends = {
    demoted: (id: string) => (scope: Scope) => users.changeRole(scope, id, "read_only", "owner"),
    gone: (id: string) => (scope: Scope) => users.deactivate(scope, id, "owner"),
  };
  for (const [name, end] of Object.entries(ends)) {
    const { alice, bob, test } = await cast();
    await people(bob, 8_000);
    const actor = { kind: "user", userId: bob.userId } as const;
    const reading = () =>
      exports.stream(test.db.app, { tenantId: bob.tenantId, actor }, {
        kind: "contacts",
        format: "csv",
        purpose: "analysis",
      }).getReader();
    const reader = reading();
    ok(!(await reader.read()).done);
    await alice.scope(end(bob.userId));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const rest = async () => {
      while (!(await reader.read()).done);
    };
    await rest().then(() => Promise.reject(new Error(`${name} took it whole`)), () => {});
    const status = async () =>
      (await alice.scope((scope) => exports.list(scope))).exports[0]!.status;
    for (let i = 0; i < 50 && await status() === "running"; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    equal(await status(), "failed", name);
    // No further one begins either.
    await reading().read().then(() => Promise.reject(new Error(`${name} began`)), () => {});
  }
});

Deno.test("a running export breaks off when somebody in it is restricted (Art. 18(1))", async () => {
  const { alice, test } = await cast();
  await people(alice, 8_000);
  const [person] = await test.db.owner`
    select id from contacts where tenant_id = ${alice.tenantId} order by sort_name desc limit 1
  `;
  const caseId = await request(test, alice.tenantId, ["restriction"]);
  const [item] = await alice.scope((scope) => caseItems.list(scope, caseId.id));
  const actor = { kind: "user", userId: alice.userId } as const;
  const wanted = { kind: "contacts", format: "csv", purpose: "analysis" } as const;
  const who = { tenantId: alice.tenantId, actor };
  // Somebody else's restriction ends meanwhile: one fewer, and one more.
  await alice.post("/contacts/new", { origin: "customer", lastName: "Frei", _anyway: "1" });
  const [other] = await test.db.owner`
    select id from contacts where tenant_id = ${alice.tenantId} and last_name = 'Frei'
  `;
  const first = await request(test, alice.tenantId, ["restriction"]);
  const [earlier] = await alice.scope((scope) => caseItems.list(scope, first.id));
  await alice.scope((scope) =>
    restrictions.impose(scope, {
      ...{ contactIds: [other!.id], ground: "accuracy", itemId: earlier!.id },
    })
  );
  const reader = exports.stream(test.db.app, who, wanted).getReader();
  ok(!(await reader.read()).done);
  await test.db
    .owner`update restrictions set told_at = now(), lifted_at = now() where contact_id = ${
    other!.id
  }`;
  await alice.scope((scope) =>
    restrictions.impose(scope, {
      ...{ contactIds: [person!.id], ground: "accuracy", itemId: item!.id },
    })
  );
  const rest = async () => {
    while (!(await reader.read()).done);
  };
  await rest().then(() => Promise.reject(new Error("taken whole")), () => {});
  const status = async () => (await alice.scope((scope) => exports.list(scope))).exports[0]!.status;
  for (let i = 0; i < 50 && await status() === "running"; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  equal(await status(), "failed");
  // The next one leaves them out, and comes to its end.
  const next = await new Response(exports.stream(test.db.app, who, wanted)).text();
  equal(next.trimEnd().split("\n").length, 8_000);
});
