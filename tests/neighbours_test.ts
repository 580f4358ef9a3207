/** The record page's links: to the neighbours in its list, to the last visited records, to its vCard. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Client } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { newDeal, stagesOf } from "./support/deals.ts";
import { attribute, decode, formOf, idOf, text } from "./support/html.ts";

async function contact(client: Client, lastName: string, status = "lead"): Promise<string> {
  const answer = await client.post("/contacts/new", { lastName, origin: "card", status });
  equal(answer.status, 303);
  return idOf(answer);
}

const company = async (client: Client, name: string): Promise<string> =>
  idOf(await client.post("/companies/new", { name, _anyway: "1" }));

/** Where a link of a page leads, by its rel. */
async function link(client: Client, address: string, rel: "prev" | "next"): Promise<string> {
  const html = await (await client.get(address)).text();
  const nav = html.match(/<nav class="neighbours"[\s\S]*?<\/nav>/)?.[0] ?? "";
  return attribute(nav.match(new RegExp(`<a rel="${rel}"[^>]*>`))?.[0] ?? "", "href") ?? "";
}

Deno.test("next and previous keep to the filter and order of the list one came from", async () => {
  const { alice } = await cast();
  const ids: string[] = [];
  for (const [name, status] of [["A", "lead"], ["B", "customer"], ["C", "lead"], ["D", "lead"]]) {
    ids.push(await contact(alice, name!, status));
  }
  const [a, b, c, d] = ids;
  const rows = decode(await (await alice.get("/contacts?status=lead&sort=created")).text());
  const address = new RegExp(`href="(/contacts/${c}\\?list=[^"]*)"`).exec(rows)![1]!;
  const next = await alice.get(await link(alice, address, "next"));
  equal(next.status, 303);
  equal(idOf(next), a);
  const back = await alice.get(await link(alice, next.headers.get("Location")!, "prev"));
  equal(idOf(back), c);
  equal(idOf(await alice.get(await link(alice, back.headers.get("Location")!, "prev"))), d);

  const whole = `/contacts/${a}?list=all`;
  equal(idOf(await alice.get(await link(alice, whole, "next"))), b);
  equal(await link(alice, `/contacts/${a}`, "next"), "", "none without a list");
});

Deno.test("at its ends the list itself comes back and says so", async () => {
  const { alice } = await cast();
  const id = await contact(alice, "Allein", "partner");
  for (const [way, words] of [["next", "letzte"], ["previous", "erste"]]) {
    const list = encodeURIComponent("q=allein&status=partner");
    const answer = await alice.get(`/contacts/${id}/${way}?list=${list}`);
    equal(answer.headers.get("Location"), "/contacts?q=allein&status=partner");
    ok((await text(await alice.get("/contacts"))).includes(`Das war der ${words} Eintrag`));
  }
  const ticked = encodeURIComponent("empty=email&empty=phone&q=allein?");
  const several = await alice.get(`/contacts/${id}/next?list=${ticked}`);
  equal(several.headers.get("Location"), "/contacts?empty=email&empty=phone&q=allein%3F");
  const odd = await alice.get(`/contacts/${id}/next?list=%ff%00sort=%27&after=x`);
  equal(odd.status, 303);
});

Deno.test("saving, cancelling or deleting within a list stays in that list", async () => {
  const { alice } = await cast();
  const id = await contact(alice, "Bleibt", "partner");
  const list = "q=bleibt&status=partner";
  const here = `/contacts/${id}?${new URLSearchParams({ list })}`;
  const html = decode(await (await alice.get(here)).text());
  const edit = attribute(html.match(/<a [^>]*aria-keyshortcuts="e"[^>]*>/)![0], "href")!;
  const form = decode(await (await alice.get(edit)).text());
  ok(form.includes(`action="${edit}"`), edit);
  match(form, new RegExp(`href="${here.replace("?", "\\?")}"[^>]*>(<[^>]*>)*Abbrechen`));
  const saved = await alice.post(edit, formOf(form));
  equal(saved.headers.get("Location"), here);
  for (const way of ["objections", "deletion"]) {
    const action = new RegExp(`action="(/contacts/${id}/${way}[^"]*)"`).exec(html)![1]!;
    const done = await alice.post(action, {});
    const to = way === "deletion" ? `/contacts?${list}` : here;
    equal(done.headers.get("Location"), to);
  }
  const alone = await contact(alice, "Allein");
  equal((await alice.post(`/contacts/${alone}/deletion`)).headers.get("Location"), "/contacts");
});

Deno.test("recording the notice, a consent or a move within a list stays in that list", async () => {
  const { alice } = await cast();
  const id = idOf(
    await alice.post("/contacts/new", {
      lastName: "Zieht",
      origin: "referral",
      sourceDetail: "Messe",
      "companies.0.name": "Alt AG",
    }),
  );
  const list = "q=zieht&status=lead";
  const here = (rest = "") => `/contacts/${id}${rest}?${new URLSearchParams({ list })}`;
  const read = async (address: string) => decode(await (await alice.get(address)).text());
  const html = await read(here());
  for (const way of ["consents", "move"]) ok(html.includes(`href="${here(`/${way}`)}"`), way);
  ok(html.includes(`action="${here("/notice")}"`));
  equal((await alice.post(here("/notice"))).headers.get("Location"), here());
  const back = `action="${here("/notice/withdrawal")}"`;
  ok((await read(here())).includes(back), "the way back of the note is in the list as well");
  equal((await alice.post(here("/notice/withdrawal"))).headers.get("Location"), here());

  const consents = await read(here("/consents"));
  ok(consents.includes(`href="${here()}"`) && consents.includes(`action="${here("/consents")}"`));
  const consent = { ...formOf(consents), channels: "email", textVersion: "Newsletter 1" };
  const saved = await alice.post(here("/consents"), consent);
  equal(saved.headers.get("Location"), here("/consents"));
  ok((await read(here("/consents"))).includes(`action="${here("/consents/withdrawal")}"`));

  const move = await read(here("/move"));
  ok(move.includes(`action="${here("/move")}"`) && move.includes(`href="${here()}"`));
  const moved = await alice.post(here("/move"), { ...formOf(move), companyName: "Neu AG" });
  equal(moved.headers.get("Location"), here());
});

Deno.test("a deal moved within a list stays in it, and its deletion returns to the list or the board", async () => {
  const { alice } = await cast();
  const deal = (title: string) => newDeal(alice, { title });
  const [a, b] = [await deal("Erster"), await deal("Zweiter")];
  const { Angebot } = await stagesOf(alice);
  const here = `/deals/${a}?list=all`;
  const html = decode(await (await alice.get(here)).text());
  const stage = new RegExp(`action="(/deals/${a}/stage[^"]*)"`).exec(html)![1]!;
  equal(
    (await alice.post(stage, { stage: Angebot!.id, version: "1" })).headers.get("Location"),
    here,
  );
  const gone = await alice.post(`/deals/${a}/deletion?list=all`);
  equal(gone.headers.get("Location"), "/deals");
  equal((await alice.post(`/deals/${b}/deletion`)).headers.get("Location"), "/deals/board");
});

Deno.test("companies have neighbours as well", async () => {
  const { alice } = await cast();
  const [a, b] = [await company(alice, "Alpha"), await company(alice, "Beta")];
  equal(idOf(await alice.get(await link(alice, `/companies/${a}?list=all`, "next"))), b);
  equal(idOf(await alice.get(await link(alice, `/companies/${b}?list=all`, "prev"))), a);
});

Deno.test("the search begins with what a user opened last: ten at most, newest first, only their own", async () => {
  const { alice, bob } = await cast();
  const ids: string[] = [];
  for (let i = 0; i < 12; i++) {
    ids.push(await contact(alice, `Person ${String(i).padStart(2, "0")}`));
  }
  const firm = await company(alice, "Gesehen GmbH");
  for (const id of ids) await alice.get(`/contacts/${id}`);
  await alice.get(`/companies/${firm}`);
  await alice.get(`/contacts/${ids[5]}`);
  const html = await (await alice.get("/search")).text();
  const seen = [...html.matchAll(/<li>[\s\S]*?href="\/(?:contacts|companies)\/([0-9a-f-]{36})"/g)];
  const expected = [ids[5], firm, ...[11, 10, 9, 8, 7, 6, 4, 3].map((i) => ids[i])];
  deepEqual(seen.map(([, id]) => id), expected);
  const [row] = await alice.scope(({ sql, tenantId }) =>
    sql<{ n: number }[]>`select count(*)::int as n from visits where tenant_id = ${tenantId}`
  );
  equal(row!.n, 10);
  ok(!(await (await bob.get("/search")).text()).includes("Gesehen GmbH"));
  await alice.post(`/companies/${firm}/deletion`);
  ok(!(await (await alice.get("/search")).text()).includes("Gesehen GmbH"));
  ok(!(await text(await alice.get("/search?q=person"))).includes("Zuletzt angesehen"));
});

Deno.test("many pages opened at once do not conflict", async () => {
  const { alice } = await cast();
  const ids: string[] = [];
  for (let i = 0; i < 14; i++) ids.push(await contact(alice, `Zugleich ${i}`));
  const answers = await Promise.all([...ids, ...ids].map((id) => alice.get(`/contacts/${id}`)));
  deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
});

Deno.test("a page does not wait for what another one of the same user forgets just then", async () => {
  const { alice } = await cast();
  const ids: string[] = [];
  for (let i = 0; i < 11; i++) ids.push(await contact(alice, `Nacheinander ${i}`));
  const last = ids.pop()!;
  for (const id of ids) await alice.get(`/contacts/${id}`);
  await alice.test.db.owner.begin(async (other) => {
    await other`select from visits where record_id = any(${ids}) for update`;
    const opened = alice.get(`/contacts/${last}`).then(({ status }) => status);
    const late = new Promise((done) => setTimeout(done, 5_000, "waits"));
    equal(await Promise.race([opened, late]), 200);
  });
});

Deno.test("the record page offers the contact as a card", async () => {
  const { alice } = await cast();
  const id = await contact(alice, "Karte");
  const html = await (await alice.get(`/contacts/${id}`)).text();
  match(html, new RegExp(`href="/contacts/${id}.vcf" download`));
  const card = await alice.get(`/contacts/${id}.vcf`);
  equal(card.status, 200);
  ok((await card.text()).startsWith("BEGIN:VCARD"));
});
