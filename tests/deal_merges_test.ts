/** Deals merged and separated again: amount and lines together, every step and offer kept, counted once. */
import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import { now } from "../db/clock.ts";
import * as packages from "../db/access_packages.ts";
import { newId } from "../db/ids.ts";
import * as ledger from "../db/ledger.ts";
import { replay } from "../db/ledger_replays.ts";
import { program } from "./support/api.ts";
import { cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { newContact } from "./support/custom_fields.ts";
import { moveDeal, newDeal, stagesOf } from "./support/deals.ts";
import { settle } from "./support/field_rights.ts";
import { idOf, text } from "./support/html.ts";
import { formOf, merge } from "./support/merging.ts";
import { issuedOffer, pricedDeal } from "./support/offers.ts";
import { sight } from "./support/sights.ts";
import { drain } from "./support/worker.ts";

const rowOf = async ({ test: { db: { owner } } }: Person, id: string) =>
  (await owner`
    select d.title, d.amount_cents::int as amount, s.name as stage, d.status, d.merged_into,
      (select count(*)::int from deal_items i where i.deal_id = d.id) as lines,
      (select count(*)::int from deal_stage_changes c where c.deal_id = d.id) as steps,
      (select count(*)::int from offers o where o.deal_id = d.id) as offers
    from deals d
    join stages s on s.tenant_id = d.tenant_id and s.id = d.stage_id
    where d.id = ${id}
  `)[0]!;

/** A second pipeline of one open stage and its two ends; the open one's id. */
async function secondPipeline({ tenantId, test: { db: { owner } } }: Person): Promise<string> {
  const [pipelineId, stageId] = [newId(), newId()];
  await owner`insert into pipelines ${
    owner({ tenantId, id: pipelineId, name: "Wartung", createdAt: now() })
  }`;
  const of = { tenantId, pipelineId };
  await owner`insert into stages ${
    owner([
      { ...of, id: stageId, name: "Vertrag", kind: "open", probability: 50 },
      { ...of, id: newId(), name: "Ja", kind: "won", probability: 100 },
      { ...of, id: newId(), name: "Nein", kind: "lost", probability: 0 },
    ])
  }`;
  return stageId;
}

Deno.test("of two deals the one is left whose amount is chosen, with its lines, all steps and all offers", async () => {
  const { alice } = await cast();
  const old = await newDeal(alice, { title: "Regale", amount: "500,00" });
  await alice.test.db.owner`
    update deals set created_at = created_at - interval '3 days' where id = ${old}
  `;
  const { dealId: young } = await pricedDeal(alice, { title: "Regale Lager" });
  await issuedOffer(alice, young);
  const page = await text(await alice.get(`/merges/new?kind=deal&ids=${old}&ids=${young}`));
  for (const words of ["500,00", "2 Positionen", "Betrag", "Titel"]) {
    ok(page.includes(words), words);
  }
  const form = await formOf(alice, "deal", [old, young], old);
  const sent = { ...form, "choice.amount": young };
  const answer = await alice.post("/merges/new", sent);
  equal(answer.headers.get("Location"), `/deals/${young}`);
  const left = await rowOf(alice, young);
  deepEqual([left.title, left.amount, left.lines, left.steps, left.offers], [
    ...["Regale", 20_997, 2, 2, 1],
  ]);
  equal((await alice.get(`/deals/${old}`)).headers.get("Location"), `/deals/${young}`);
  ok(!(await text(await alice.get("/trash"))).includes("Regale"), "not in the trash");
  match(await text(await alice.get("/merges")), /Regale/);
  equal((await alice.post(`/merges/${form.id}/undo`)).status, 303);
  const [a, b] = [await rowOf(alice, old), await rowOf(alice, young)];
  deepEqual([a.title, a.amount, a.lines, a.steps], ["Regale", 50_000, 0, 1]);
  deepEqual([b.title, b.amount, b.lines, b.steps, b.offers], ["Regale Lager", 20_997, 2, 1, 1]);
});

Deno.test("deals of two pipelines become one; moved since, it stays there after the undo", async () => {
  const { alice } = await cast();
  const { Gewonnen } = await stagesOf(alice);
  const stageId = await secondPipeline(alice);
  const ids = [await newDeal(alice), await newDeal(alice, { stageId })];
  const id = await merge(alice, "deal", ids, ids[1]);
  const left = await rowOf(alice, ids[0]!);
  deepEqual([left.stage, left.status, left.steps], ["Vertrag", "open", 2]);
  const [{ version }] = await alice.test.db.owner<[{ version: number }]>`
    select version from deals where id = ${ids[0]!}
  `;
  equal((await moveDeal(alice, ids[0]!, Gewonnen!, version)).status, 303);
  equal((await alice.post(`/merges/${id}/undo`)).status, 303);
  const [a, b] = [await rowOf(alice, ids[0]!), await rowOf(alice, ids[1]!)];
  deepEqual([a.stage, a.status, a.steps], ["Gewonnen", "won", 2]);
  deepEqual([b.stage, b.status, b.mergedInto, b.steps], ["Vertrag", "open", null, 1]);
});

Deno.test("two won deals count once in reports after they are one, and twice again", async () => {
  const { alice } = await cast();
  const { Gewonnen } = await stagesOf(alice);
  const won = async () => {
    const rows = await alice.test.db.owner<{ n: number }[]>`
      select count(*)::int as n
      from stat_facts
      where tenant_id = ${alice.tenantId} and kind = 'won'
    `;
    return rows[0]!.n;
  };
  const ids = [await newDeal(alice), await newDeal(alice)];
  for (const id of ids) await moveDeal(alice, id, Gewonnen!);
  equal(await won(), 2);
  const id = await merge(alice, "deal", ids);
  equal(await won(), 1);
  await alice.post(`/merges/${id}/undo`);
  equal(await won(), 2);
});

Deno.test("users who may not delete deals merge none, other tenants find none, limited users only their own", async () => {
  const { alice, bob, charlie, vera } = await cast();
  const ids = [await newDeal(alice), await newDeal(alice)];
  const asked = `/merges/new?kind=deal&ids=${ids.join("&ids=")}`;
  equal((await vera.get(asked)).status, 403);
  equal((await charlie.get(asked)).status, 404);
  equal((await bob.get(asked)).status, 200);
  await sight(alice, "own");
  equal((await bob.get(asked)).status, 404);
  const id = await merge(alice, "deal", ids);
  equal((await bob.post(`/merges/${id}/undo`)).status, 404);
  ok(!(await text(await bob.get("/merges"))).includes("Regale"));
});

Deno.test("a program is redirected to the surviving deal", async () => {
  const { alice } = await cast();
  const api = await program(alice, ["deals:read"]);
  const ids = [await newDeal(alice), await newDeal(alice)];
  await merge(alice, "deal", ids);
  const answer = await api.get(`/deals/${ids[1]}`);
  equal(answer.status, 308);
  match(answer.headers.get("Location")!, new RegExp(ids[0]!));
});

Deno.test("a role that may not see amounts is not shown lines either, and can still merge", async () => {
  const { alice, bob } = await cast();
  await settle(alice, "deal", { amount: { member: "hidden" } });
  const plain = await newDeal(alice, { title: "Regale", amount: "500,00" });
  const { dealId } = await pricedDeal(alice, { title: "Regale" });
  const asked = `/merges/new?kind=deal&ids=${plain}&ids=${dealId}`;
  const amounts = /Betrag<|2 Positionen|500/;
  match(await (await alice.get(asked)).text(), amounts);
  doesNotMatch(await (await bob.get(asked)).text(), amounts);
  await merge(bob, "deal", [plain, dealId]);
  equal((await rowOf(alice, plain)).mergedInto, null);
});

Deno.test("a deal does not go back to a stage that was removed since", async () => {
  const { alice } = await cast();
  const { Anfrage, Angebot } = await stagesOf(alice);
  const { owner } = alice.test.db;
  const ids = [await newDeal(alice), await newDeal(alice, { stageId: Angebot!.id })];
  const id = await merge(alice, "deal", ids, ids[1]);
  await owner`update stages set removed_at = now() where id = ${Anfrage!.id}`;
  equal((await alice.post(`/merges/${id}/undo`)).status, 303);
  const [a, b] = [await rowOf(alice, ids[0]!), await rowOf(alice, ids[1]!)];
  deepEqual([a.stage, a.steps, b.stage, b.mergedInto], ["Angebot", 1, "Angebot", null]);
});

Deno.test("an access request includes a deal that was merged away", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  const contactId = await newContact(alice, { lastName: "Zwirnholt" });
  const left = await newDeal(alice, { title: "Regale" });
  const away = await newDeal(alice, { title: "Für Zwirnholt", notes: "mag Eiche" });
  await owner`insert into deal_contacts ${
    owner({ tenantId: alice.tenantId, dealId: away, contactId, addedAt: now() })
  }`;
  const id = await merge(alice, "deal", [left, away]);
  const deals = () =>
    alice.scope(async (scope) => {
      const person = await packages.findPerson(scope, contactId);
      const { tables } = await packages.read(scope, alice.test.services.config, person);
      return tables.find(({ table }) => table === "deals")!.rows.map(({ title }) => title).sort();
    });
  deepEqual(await deals(), ["Für Zwirnholt", "Regale"]);
  equal((await alice.post(`/merges/${id}/undo`)).status, 303);
  deepEqual(await deals(), ["Für Zwirnholt"]);
});

Deno.test("an erased person is in no deal that was merged away, and no undo brings them back", async () => {
  const { alice } = await cast();
  const { tenantId, test: { db: { owner } } } = alice;
  const contactId = idOf(
    await alice.post("/contacts/new", {
      ...{ _anyway: "1", origin: "card", firstName: "Thekla", lastName: "Zwirnholt" },
      "emails.0.address": "thekla@zwirnholt.example",
    }),
  );
  const company = { companyName: "Nordbau" };
  const pair = async () => {
    const left = await newDeal(alice, { title: "Regale", ...company });
    const away = await newDeal(alice, { title: "Für Zwirnholt", notes: "Zwirnholt", ...company });
    const row = { tenantId, dealId: away, contactId, addedAt: now() };
    await owner`insert into deal_contacts ${
      owner([{ ...row, role: "Bauleitung" }, { ...row, dealId: left, role: "Aufsicht" }])
    }`;
    return { left, away, id: await merge(alice, "deal", [left, away]) };
  };
  const [first, second] = [await pair(), await pair()];
  const other = await merge(alice, "deal", [await newDeal(alice), await newDeal(alice)]);
  // Taken off the deal since, the person is only in the hidden deal.
  await owner`delete from deal_contacts where deal_id = ${second.left}`;
  const backup = await Promise.all(["merges", "merge_rows"].map((table) =>
    owner`
      select *
      from ${owner(table)}
      where tenant_id = ${tenantId} and ${owner(table === "merges" ? "id" : "merge_id")} <> ${other}
    `
  ));
  const { config } = alice.test.services;
  const head = await ledger.head(config.dataDir);
  const caseId = newId();
  await alice.scope((scope) =>
    cases.create(scope, secretKey, {
      ...{ id: caseId, channel: "form", language: "de", personName: "Thekla Zwirnholt" },
      ...{ personEmail: "thekla@zwirnholt.example", personAddress: "", body: "" },
      claims: [{ right: "erasure", sentence: "" }],
    }, { kind: "system", id: null })
  );
  await drain(alice.test);
  await alice.scope(async (scope) => {
    const [item] = await caseItems.list(scope, caseId);
    const officer = { kind: "officer", id: null } as const;
    await caseItems.decide(scope, caseId, item!.id, { kind: "approve" }, officer);
  });
  deepEqual((await drain(alice.test)).failed, []);
  equal((await alice.scope((scope) => caseItems.list(scope, caseId)))[0]!.status, "done");
  for (const { left, away, id } of [first, second]) {
    equal((await rowOf(alice, left)).title, "Regale");
    equal((await owner`select from deals where id = ${away}`).length, 0);
    equal((await owner`select from merge_rows where merge_id = ${id}`).length, 0);
    equal((await alice.post(`/merges/${id}/undo`)).status, 404);
  }
  const { dataDir } = alice.test.services.config;
  const again = [];
  for await (const line of ledger.read(dataDir)) {
    if (line.table !== "merge_rows" || line.tenant !== tenantId) continue;
    again.push(...(await ledger.contentOfLine(dataDir, line))!.ids);
  }
  deepEqual(again.sort(), [first.id, second.id].sort(), "and no backup does");
  await owner`insert into merges ${owner(backup[0] as never)}`;
  await owner`insert into merge_rows ${owner(backup[1] as never)}`;
  await owner.begin((sql) => replay(sql, config, head?.seq));
  const copies = await owner<{ text: string }[]>`
    select r::text as text from merge_rows r where tenant_id = ${tenantId}
  `;
  ok(copies.some(({ text }) => text.includes(first.id)));
  for (const { text } of copies) doesNotMatch(text, /Bauleitung|Aufsicht|Zwirnholt/);
  for (const { text } of copies) ok(!text.includes(contactId));
  equal((await alice.post(`/merges/${other}/undo`)).status, 303, "others can be separated");
});
