/**
 * The authorisation matrix: every route, requested by everyone, with own, foreign and missing ids.
 */
import { deepEqual, equal, ok } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { newId } from "../../db/ids.ts";
import { app, Client, errors, type Fields } from "../support/app.ts";
import { type Cast, cast, type Person, person } from "../support/cast.ts";
import {
  type Access,
  idOf,
  type Outcome,
  pathOf,
  people,
  routes,
  type Row,
  table,
} from "../support/routes.ts";
import { newMark, type Stock, stock, upload } from "../support/stock.ts";

type Name = typeof people[number];

/** Who is let through if no record is concerned, or one of their own tenant. */
const expected: Record<Access, Record<Name, Outcome>> = {
  public: all("passed"),
  "signed in": { ...all("passed"), visitor: "log in" },
  reader: { ...all("passed"), visitor: "log in", operator: "choose" },
  writer: { ...all("passed"), visitor: "log in", operator: "choose", vera: "forbidden" },
  admin: {
    ...all("forbidden"),
    visitor: "log in",
    operator: "choose",
    alice: "passed",
    charlie: "passed",
  },
  operator: { ...all("forbidden"), visitor: "log in", operator: "passed" },
  token: all("no token"),
};

function all(outcome: Outcome): Record<Name, Outcome> {
  return Object.fromEntries(people.map((name) => [name, outcome])) as Record<Name, Outcome>;
}

interface TenantCast extends Cast {
  operator: Person;
}

/** A new tenant; each action that is really carried out has its own. */
async function tenantCast(): Promise<TenantCast> {
  const people = await cast();
  const { test } = people;
  const operator = await person(test, people.charlie.tenantId, "Olga Ohm", "member");
  await test.db.owner`update identities set operator = true where id = ${operator.identityId}`;
  await test.db.owner`delete from users where identity_id = ${operator.identityId}`;
  // However long the matrix takes: permissions are tested here, not recent confirmation.
  await test.db.owner`update sessions set confirmed_at = confirmed_at + interval '1 day'`;
  return { ...people, operator };
}

async function ask(
  client: Client,
  route: string,
  id: string,
  fields: Fields = {},
): Promise<Outcome> {
  const method = route.split(" ")[0]!;
  const path = pathOf(client.test, route, id);
  const answer = method === "GET"
    ? await client.get(path)
    : method === "POST" || /^\/(api|scim)\//.test(path)
    ? await client.post(path, fields)
    : await client.send(path, { method });
  await answer.body?.cancel();
  ok(answer.status < 500, `${route} answered ${answer.status}: ${Deno.inspect(errors.at(-1))}`);
  const to = answer.headers.get("Location") ?? "";
  if (answer.status === 303 && to.startsWith("/login?next=")) return "log in";
  if (answer.status === 303 && to === "/tenants" && !route.endsWith("/tenants")) return "choose";
  if (answer.status === 401 && /^\/(api|scim)\//.test(path)) return "no token";
  // A form sent without a log-in is kept on a page that leads there.
  if (answer.status === 401) return "log in";
  if (answer.status === 403) return "forbidden";
  if (answer.status === 404) return "missing";
  return "passed";
}

/** What a person gets when requesting a record of alice's. */
function outcomeOf(row: Row, name: Name): Outcome {
  const plain = row.except?.[name] ?? expected[row.access][name];
  if (!row.id || plain !== "passed") return plain;
  if (row.own) return name === "alice" ? "passed" : "missing";
  return name === "charlie" ? "missing" : "passed";
}

const known = routes(await app());

Deno.test("every route of the app is in the table, and nothing else", () => {
  const unruled = known.filter((route) => !(route in table));
  equal(unruled.join(), "", "say in tests/support/routes.ts who may ask: " + unruled.join(", "));
  deepEqual(Object.keys(table).filter((route) => !known.includes(route)), []);
});

/** One tenant for everything that changes nothing: pages that are read, missing records. */
let shared: Promise<{ here: TenantCast; own: Stock }> | undefined;
const quiet = () => shared ??= filled();

async function filled(): Promise<{ here: TenantCast; own: Stock }> {
  const here = await tenantCast();
  return { here, own: await stock(here.alice, newMark()) };
}

/** A tenant in which actions were carried out, and its records; each action uses one up. */
interface Used {
  here: TenantCast;
  stocks: { own: Stock; spent: Set<string> }[];
}

let lent: Used | undefined;

/**
 * What everyone gets who requests a route; permitted actions are carried out on the person's own
 * record.
 */
async function outcomes(route: string, row: Row, { here, stocks }: Used) {
  // All requests come from one address, whose limits do not matter here.
  await here.alice.test.db.owner`delete from rate_limits`;
  const kind = row.id ?? "";
  const unspent = async () => {
    const found = stocks.find(({ spent }) => !spent.has(kind));
    if (found) return found;
    const made = { own: await stock(here.alice, newMark()), spent: new Set<string>() };
    stocks.push(made);
    return made;
  };
  const seen: Partial<Record<Name, Outcome>> = {};
  for (const name of people) {
    const { own, spent } = row.id || row.stocked
      ? await unspent()
      : { own: {} as Stock, spent: new Set<string>() };
    if (row.id === "open import" && ["vera", "alice"].includes(name)) {
      own[row.id] = await upload(here.alice, newMark());
    }
    seen[name] = await ask(here[name], route, idOf(row, own), row.fields?.(here[name] as Person));
    if (row.id && !route.startsWith("GET ") && seen[name] === "passed") spent.add(kind);
  }
  return seen;
}

for (const [route, row] of Object.entries(table)) {
  Deno.test(`${route} answers by role as listed`, async () => {
    const wanted = Object.fromEntries(people.map((name) => [name, outcomeOf(row, name)]));
    if (route.startsWith("GET ")) {
      const { here, own } = await quiet();
      const seen = await outcomes(route, row, { here, stocks: [{ own, spent: new Set() }] });
      return deepEqual(seen, wanted);
    }
    // A result as expected, although others have carried out actions, needs no tenant of its own;
    // any other may be due to them.
    if (!row.stocked) {
      lent ??= { here: await tenantCast(), stocks: [] };
      if (isDeepStrictEqual(await outcomes(route, row, lent), wanted)) return;
      lent = undefined;
    }
    deepEqual(await outcomes(route, row, { here: await tenantCast(), stocks: [] }), wanted);
  });

  if (!row.id) continue;
  Deno.test(`${route} says 404 for ids of nothing`, async () => {
    const { here } = await quiet();
    const name = row.access === "operator" ? "operator" : "alice";
    for (
      const id of [newId(), "-".repeat(36), "0".repeat(36), "ffffffff-ffff-ffff-ffff-ffffffffffff"]
    ) {
      equal(await ask(here[name], route, id, row.fields?.(here[name])), "missing", id);
    }
    for (const id of ["1", "new%20", "%00", "..%2f..", "'"]) {
      const outcome = await ask(here[name], route, id, row.fields?.(here[name]));
      ok(["missing", "passed"].includes(outcome), id);
    }
  });
}

Deno.test("a person who was shut out is asked to choose a tenant and reaches nothing", async () => {
  const { alice, bob } = await cast();
  const { owner } = alice.test.db;
  await owner`update users set deactivated_at = now() where id = ${bob.userId}`;
  for (const [route, row] of Object.entries(table)) {
    if (!["reader", "writer", "admin"].includes(row.access)) continue;
    const outcome = await ask(bob, route, newId());
    ok(["choose", "log in", "forbidden"].includes(outcome), `${route} ${outcome}`);
  }
});

Deno.test("a session that has ended, in time or by hand, is asked to log in", async () => {
  const { bob, vera } = await cast();
  const { owner } = bob.test.db;
  await owner`update sessions set expires_at = created_at where identity_id = ${bob.identityId}`;
  await owner`delete from sessions where identity_id = ${vera.identityId}`;
  for (const [route, row] of Object.entries(table)) {
    if (row.access === "public" || row.access === "token") continue;
    equal(await ask(bob, route, newId()), "log in", route);
    equal(await ask(vera, route, newId()), "log in", route);
  }
});
