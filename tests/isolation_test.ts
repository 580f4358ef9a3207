/** Crossing tenants through the front door: every route, with another tenant's ids and words. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { errors } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { plausible, words } from "./support/fields.ts";
import { lookingUp } from "./support/lookups.ts";
import { idOf, pathOf, table } from "./support/routes.ts";
import { type Kind, newMark, type Stock, stock, upload } from "./support/stock.ts";

const { test, alice, charlie } = await cast();
const { owner } = test.db;
const mark = newMark();
const hers = await stock(alice, mark);
const his = await stock(charlie, newMark());
hers["open import"] = await upload(alice, mark);

const holders = await owner<{ name: string }[]>`
  select c.relname as name
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
  where c.relnamespace = 'public'::regnamespace
    and c.relkind = 'r'
  order by c.relname
`;

/** All that a tenant holds, as one text. */
async function rowsOf({ tenantId }: Person): Promise<string> {
  const parts = await Promise.all(holders.map(({ name }) =>
    owner.unsafe(
      `select '${name}' as name, string_agg(t::text, '|' order by t::text) as rows
       from ${name} t where tenant_id = $1`,
      [tenantId],
    )
  ));
  const [row] = await owner`select t::text as tenant from tenants t where id = ${tenantId}`;
  return JSON.stringify([parts.flat(), row]);
}

/** The names under which a form or an address could ask for a record of someone else's. */
function smuggled(stock: Stock, tenantId: string): Record<string, string> {
  const names: [string, Kind][] = [
    ["ownerId", "user"],
    ["owner", "user"],
    ["userId", "user"],
    ["contactId", "contact"],
    ["contact", "contact"],
    ["companyId", "company"],
    ["company", "company"],
    ["companies.0.id", "company"],
    ["companies.0.companyId", "company"],
    ["affiliations.0.companyId", "company"],
    ["affiliations.0.id", "affiliation"],
    ["tagId", "tag"],
    ["tag", "tag"],
    ["tags", "tag"],
    ["tags.0", "tag"],
    ["contactIds", "contact"],
    ["person", "contact"],
    ["pipeline", "pipeline"],
    ["stage", "stage"],
    ["stageId", "stage"],
    ["reason", "lost reason"],
    ["lostReasonId", "lost reason"],
    ["lost", "deal"],
    ["importId", "import"],
    ["import", "import"],
    ["after", "contact"],
    ["before", "contact"],
    ["ids", "contact"],
  ];
  return { tenantId, ...Object.fromEntries(names.map(([name, kind]) => [name, stock[kind]])) };
}

/** Charlie's answers: to the bare address, to all parameters, to each alone that the page looks up. */
async function askedByEach(path: string, all: Record<string, string>): Promise<Response[]> {
  const askedWith = (parameters: Record<string, string>) =>
    lookingUp(charlie, () => charlie.get(`${path}?${new URLSearchParams(parameters)}`));
  const [bare, whole] = [await lookingUp(charlie, () => charlie.get(path)), await askedWith(all)];
  const seen = [bare, whole];
  const left = new Map(Object.entries(all));
  const lookedUp = () =>
    [...left.keys()].find((name) => seen.some(({ every, names }) => every || names.has(name)));
  for (let name = lookedUp(); name !== undefined; name = lookedUp()) {
    seen.push(await askedWith({ [name]: left.get(name)! }));
    left.delete(name);
  }
  return seen.map(({ answer }) => answer);
}

const destructive = /^POST \/(logout|account\/sessions\/end)$/;

Deno.test("the test sees what a route looks up from its address and its form", async () => {
  const get = async (path: string) => {
    const { answer, names, every } = await lookingUp(charlie, () => charlie.get(path));
    equal(answer.status, 200, path);
    await answer.body?.cancel();
    return every ? ["every"] : [...names].sort();
  };
  deepEqual(await get("/contacts"), ["every"]);
  deepEqual(await get("/activities/calendar?owner=x"), ["day", "owner", "view"]);
  deepEqual(await get("/account?owner=x"), []);
  const posted = async (path: string) =>
    (await lookingUp(charlie, () => charlie.post(path, { name: "" }))).body;
  deepEqual([await posted("/contacts/new"), await posted("/operator/records")], [true, false]);
});

Deno.test("what charlie asks for with alice's ids changes nothing of hers and shows nothing", async () => {
  const before = await rowsOf(alice);
  for (const [route, row] of Object.entries(table)) {
    if (destructive.test(route)) continue;
    const path = pathOf(test, route, idOf(row, hers));
    const foreign = smuggled(hers, alice.tenantId);
    const answers = route.startsWith("GET ") ? await askedByEach(path, { q: mark, ...foreign }) : [
      await charlie.post(path, { ...words, ...plausible }),
      await charlie.post(path, { ...words, ...plausible, ...foreign }),
      await charlie.post(`${path}?${new URLSearchParams(foreign)}`, foreign),
    ];
    for (const answer of answers) {
      const text = await answer.text();
      ok(answer.status < 500, `${route} ${answer.status} ${Deno.inspect(errors.at(-1))}`);
      // A search shows the words that were searched for, and nothing else of hers.
      const shown = text.replaceAll(`value="${mark}"`, "").replaceAll(`q=${mark}`, "");
      equal(new RegExp(`${mark}[. ]`).test(shown), false, `${route} shows what is alice's`);
      if (row.id && row.access !== "operator") {
        ok([400, 403, 404, 422].includes(answer.status), route);
      }
    }
  }
  equal(await rowsOf(alice), before);
});

Deno.test("nothing in charlie's tenant points into alice's", async () => {
  const text = await rowsOf(charlie);
  for (const [kind, id] of Object.entries(hers)) equal(text.includes(id), false, kind);
  equal(text.includes(alice.tenantId), false);
});

Deno.test("an id that another tenant uses already names nothing of hers", async () => {
  const before = await rowsOf(alice);
  const form = { ...words, ...plausible, id: hers.contact, lastName: "Eigen" };
  const answer = await charlie.post("/contacts/new", form);
  equal(answer.status, 303);
  const shown = await (await charlie.get(`/contacts/${hers.contact}`)).text();
  deepEqual([shown.includes("Eigen"), shown.includes(mark)], [true, false]);
  equal(await rowsOf(alice), before);
});

Deno.test("the same questions show alice what is hers: the marks can be seen", async () => {
  const seen: string[] = [];
  for (const [route, row] of Object.entries(table)) {
    if (!route.startsWith("GET ")) continue;
    const answer = await alice.get(pathOf(test, route, idOf(row, hers)));
    if ((await answer.text()).includes(mark)) seen.push(route);
  }
  for (const route of ["GET /contacts", "GET /contacts/:id", "GET /companies/:id", "GET /tags"]) {
    ok(seen.includes(route), `${route} is not among ${seen}`);
  }
});

Deno.test("a person of both tenants sees in each only what is its own", async () => {
  const { identityId } = charlie;
  const userId = newId();
  await owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${alice.tenantId}, ${userId}, ${identityId}, 'owner', '2026-01-01')
  `;
  const other = `${his.user}`;
  const team = async () => await (await charlie.get("/settings/team")).text();
  equal((await team()).includes(mark), false);
  await charlie.post("/tenants", { tenantId: alice.tenantId });
  const hersNow = await team();
  deepEqual([hersNow.includes(mark), hersNow.includes(other)], [true, false]);
  await charlie.post("/tenants", { tenantId: charlie.tenantId });
  equal((await team()).includes(mark), false);
  await owner`update users set deactivated_at = '2026-01-01' where id = ${userId}`;
  equal((await charlie.post("/tenants", { tenantId: alice.tenantId })).status, 404);
});
