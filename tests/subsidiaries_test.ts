/** Companies that belong to companies: entered by name, shown on both pages, never in a circle. */
import { equal, match, ok } from "node:assert/strict";
import type { Client, Fields } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { idOf, text, values } from "./support/html.ts";

async function made(who: Client, name: string, fields: Fields = {}): Promise<string> {
  const answer = await who.post("/companies/new", { _anyway: "1", name, ...fields });
  equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  return idOf(answer);
}

/** The edit form of a company as it is filled, sent with changes. */
async function edit(who: Client, id: string, fields: Fields): Promise<Response> {
  const form = await (await who.get(`/companies/${id}/edit`)).text();
  const kept = ["name", "version", "parentId", "parentName"]
    .map((name) => [name, values(form, name)[0] ?? ""]);
  return await who.post(`/companies/${id}/edit`, { ...Object.fromEntries(kept), ...fields });
}

const page = async (who: Client, id: string) => await (await who.get(`/companies/${id}`)).text();

Deno.test("a company names the one it belongs to, and that one lists it", async () => {
  const { alice, vera } = await cast();
  const group = await made(alice, "Kupferhof Holding AG");
  const works = await made(alice, "Zinnwerk GmbH", { parentName: "KUPFERHOF-Holding AG" });
  match(await page(vera, works), new RegExp(`href="/companies/${group}">Kupferhof Holding AG<`));
  match(await page(vera, group), new RegExp(`Tochterfirmen[\\s\\S]*href="/companies/${works}"`));
  ok(!(await page(vera, works)).includes("Tochterfirmen"));
});

Deno.test("a parent that is not there yet is made once, however often the form is sent", async () => {
  const { alice, test } = await cast();
  const fields = { name: "Zinnwerk GmbH", parentName: "Neue Holding SE", _anyway: "1" };
  const form = await (await alice.get("/companies/new")).text();
  const id = values(form, "id")[0]!;
  for (let times = 0; times < 2; times++) await alice.post("/companies/new", { ...fields, id });
  const [row] = await test.db.owner`
    select count(*)::int as n
    from companies
    where tenant_id = ${alice.tenantId}
  `;
  equal(row!.n, 2);
});

Deno.test("no company belongs to itself, by whatever detour", async () => {
  const { alice } = await cast();
  const top = await made(alice, "Oben AG");
  const middle = await made(alice, "Mitte AG", { parentName: "Oben AG" });
  await made(alice, "Unten AG", { parentName: "Mitte AG" });
  for (const [id, name] of [[top, "Unten AG"], [top, "Oben AG"], [middle, "Unten AG"]] as const) {
    const answer = await edit(alice, id, { parentName: name, parentId: "" });
    equal(answer.status, 422);
    match(await text(answer), /Gehört zu: .*selbst/);
  }
  equal((await edit(alice, middle, { parentName: "", parentId: "" })).status, 303);
  equal((await edit(alice, top, { parentName: "Unten AG", parentId: "" })).status, 303);
});

Deno.test("the link is in the history, is taken off again, and is part of a conflict", async () => {
  const { alice, bob } = await cast();
  await made(alice, "Oben AG");
  const id = await made(alice, "Unten AG");
  const stale = await (await bob.get(`/companies/${id}/edit`)).text();
  equal((await edit(alice, id, { parentName: "Oben AG" })).status, 303);
  match(await text(await alice.get(`/companies/${id}`)), /bearbeitet.*Gehört zu|Gehört zu/);
  const answer = await bob.post(`/companies/${id}/edit`, {
    name: "Unten AG",
    version: values(stale, "version")[0]!,
  });
  equal(answer.status, 409);
  match(await text(answer), /Gehört zu.*Oben AG/);
  equal((await edit(alice, id, { parentName: "" })).status, 303);
  ok(!(await page(alice, id)).includes('">Oben AG</a>'));
});

Deno.test("a parent in the trash is not shown, and comes back with its children", async () => {
  const { alice } = await cast();
  const top = await made(alice, "Oben AG");
  const id = await made(alice, "Unten AG", { parentName: "Oben AG" });
  await alice.post(`/companies/${top}/deletion`);
  ok(!(await page(alice, id)).includes("Oben AG"));
  equal((await edit(alice, id, { notes: "Anderes" })).status, 303);
  await alice.post(`/trash/companies/${top}/restoration`);
  match(await page(alice, id), /">Oben AG<\/a>/);
});

Deno.test("a group's companies come a page at a time, the other tenant's never", async () => {
  const { alice, charlie } = await cast();
  const top = await made(alice, "Oben AG");
  for (let n = 10; n < 35; n++) await made(alice, `Werk ${n}`, { parentName: "Oben AG" });
  const first = await page(alice, top);
  ok(first.includes("Werk 10") && first.includes("Werk 29") && !first.includes("Werk 30"));
  const more = /href="([^"]*children=[^"]*)"/.exec(first)![1]!;
  const second = await (await alice.get(more.replaceAll("&amp;", "&"))).text();
  ok(second.includes("Werk 30") && second.includes("Werk 34") && !second.includes("Werk 29"));
  const mine = await made(charlie, "Fremd AG", { parentName: "Oben AG", parentId: top });
  ok(!(await page(charlie, mine)).includes(top));
});
