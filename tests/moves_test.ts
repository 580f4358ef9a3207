/** A person changes the company: the old affiliation ends, the new one begins, the history records it. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Client, Fields } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { decode, idOf, text } from "./support/html.ts";

async function employee(client: Client, since = "2020-01-01"): Promise<string> {
  const answer = await client.post("/contacts/new", {
    lastName: "Wechsel",
    origin: "card",
    _anyway: "1",
    "companies.0.name": "Altwerk GmbH",
    "companies.0.since": since,
  });
  equal(answer.status, 303);
  return idOf(answer);
}

/** The company's id as the form offers it. */
async function left(client: Client, id: string): Promise<string> {
  const html = await (await client.get(`/contacts/${id}/move`)).text();
  return /<option value="([0-9a-f-]{36})"/.exec(html)![1]!;
}

Deno.test("the old place ends on the day the new one begins, and both companies show it", async () => {
  const { alice } = await cast();
  const id = await employee(alice);
  ok((await (await alice.get(`/contacts/${id}`)).text()).includes(`href="/contacts/${id}/move"`));
  const from = await left(alice, id);
  const sent: Fields = { from, companyName: "Neuwerk AG", on: "2026-11-01", role: "Leitung" };
  equal((await alice.post(`/contacts/${id}/move`, sent)).status, 303);
  const rows = await alice.scope(({ sql, tenantId }) =>
    sql<{ name: string; since: string; until: string; main: boolean }[]>`
      select o.name, a.since_on as since, a.until_on as until, a.is_primary as main
      from affiliations a
      join companies o on o.tenant_id = a.tenant_id and o.id = a.company_id
      where a.tenant_id = ${tenantId}
        and a.contact_id = ${id}
      order by o.name
    `
  );
  deepEqual(rows.map((row) => ({ ...row })), [
    { name: "Altwerk GmbH", since: "2020-01-01", until: "2026-11-01", main: false },
    { name: "Neuwerk AG", since: "2026-11-01", until: null, main: true },
  ] as never);
  const page = await text(await alice.get(`/contacts/${id}`));
  match(page, /Firma gewechselt/);
  match(page, /Altwerk GmbH.*bis 01\.11\.2026/);
  match(await text(await alice.get(`/companies/${from}`)), /Wechsel.*bis 01\.11\.2026/);
  match(await text(await alice.get("/contacts?q=neuwerk")), /Wechsel/);
  match(await text(await alice.get("/contacts?q=wechsel")), /Neuwerk AG/);
});

Deno.test("a move before the beginning, without a name or from elsewhere is refused and changes nothing", async () => {
  const { alice } = await cast();
  const id = await employee(alice, "2024-05-01");
  const from = await left(alice, id);
  const version = async () =>
    /name="version" value="(\d+)"/.exec(await (await alice.get(`/contacts/${id}/edit`)).text())
      ?.[1];
  const before = await version();
  const good: Fields = { from, companyName: "Neuwerk AG", on: "2026-11-01" };
  const faults: Fields[] = [
    { on: "2024-04-30" },
    { on: "" },
    { on: "2026-02-31" },
    { companyName: " " },
    { from: "x" },
    { from: crypto.randomUUID() },
  ];
  for (const wrong of faults) {
    const answer = await alice.post(`/contacts/${id}/move`, { ...good, ...wrong });
    equal(answer.status, 422, JSON.stringify(wrong));
    ok(decode(await answer.text()).includes('role="alert"'));
  }
  equal(await version(), before);
  ok(!(await text(await alice.get("/companies"))).includes("Neuwerk"));
});

Deno.test("whoever may not write may not move, and other tenants' contacts are not found", async () => {
  const { alice, vera, charlie } = await cast();
  const id = await employee(alice);
  const sent = { from: await left(alice, id), companyName: "Neuwerk AG", on: "2026-11-01" };
  equal((await vera.post(`/contacts/${id}/move`, sent)).status, 403);
  equal((await charlie.post(`/contacts/${id}/move`, sent)).status, 404);
  ok(!(await (await vera.get(`/contacts/${id}`)).text()).includes("/move"));
});
