/** Copies of deals: what the form begins with, what is copied, and what is not. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { cast, type Person } from "./support/cast.ts";
import { moveDeal, newDeal, stagesOf } from "./support/deals.ts";
import { each, settle } from "./support/field_rights.ts";
import { formOf, idOf, text, values } from "./support/html.ts";

const source = {
  title: "Wartung 2026",
  companyName: "Haselbrook Metallbau GmbH",
  amount: "1.200",
  source: "Hausmesse",
  notes: "Jedes Jahr im Herbst.",
  newTags: "Wartung",
};

const lines = {
  version: "0",
  "items.0.name": "Wartung vor Ort",
  "items.0.quantity": "2",
  "items.0.price": "500",
  "items.0.vatRate": "19",
};

const person = async (who: Person, lastName: string) =>
  idOf(await who.post("/contacts/new", { lastName, origin: "card" }));

/** The form of a copy as a browser would send it. */
async function copyForm(who: Person, id: string): Promise<Record<string, string | string[]>> {
  const html = await (await who.get(`/deals/new?copy=${id}`)).text();
  return { ...formOf(html), contactIds: values(html, "contactIds") };
}

const deal = async ({ test }: Person, id: string) => {
  const [row] = await test.db.owner`
    select title, company_id, amount_cents::int, stage_id, status, source, notes, owner_id, version,
      expected_close_on::text
    from deals
    where id = ${id}
  `;
  return { ...row };
};

Deno.test("a copy begins with the company, persons, amount and texts of its deal, in the first stage", async () => {
  const { alice, bob } = await cast();
  const { Angebot, Anfrage } = await stagesOf(alice);
  const id = await newDeal(alice, {
    ...source,
    stageId: Angebot!.id,
    ownerId: bob.userId,
    expectedCloseOn: "2020-03-31",
  });
  ok((await (await alice.get(`/deals/${id}`)).text()).includes(`href="/deals/new?copy=${id}"`));
  const form = await copyForm(alice, id);
  equal(form.title, "Wartung 2026 (Kopie)");
  equal(form.expectedCloseOn, "", "a day that is over is not planned again");
  const copy = idOf(await alice.post("/deals/new", form));
  const [old, made] = [await deal(alice, id), await deal(alice, copy)];
  deepEqual(made, {
    ...old,
    title: "Wartung 2026 (Kopie)",
    stageId: Anfrage!.id,
    expectedCloseOn: null,
  });
  ok((await text(await alice.get(`/deals/${copy}`))).includes("Wartung"));
});

Deno.test("a copy of a copy is counted, in whichever language the first one was made", async () => {
  const { alice } = await cast();
  for (
    const [title, expected] of [
      ["Wartung (Kopie)", "Wartung (Kopie 2)"],
      ["Wartung (copy 2)", "Wartung (Kopie 3)"],
      ["Wartung (Kopie) 2026", "Wartung (Kopie) 2026 (Kopie)"],
      [`${"W".repeat(192)} (Kopie)`, `${"W".repeat(192)} (Kopie)`],
    ] as const
  ) {
    const id = await newDeal(alice, { ...source, title });
    equal((await copyForm(alice, id)).title, expected);
  }
});

Deno.test("persons are copied with their roles, except those unticked", async () => {
  const { alice } = await cast();
  const [einkauf, technik] = [await person(alice, "Einkauf"), await person(alice, "Technik")];
  const id = await newDeal(alice, source);
  const to = `/deals/${id}/contacts`;
  await alice.post(to, { contactId: einkauf, role: "Entscheidung" });
  await alice.post(to, { contactId: technik, role: "Prüfung" });
  const form = await copyForm(alice, id);
  deepEqual([form.contactIds].flat().sort(), [einkauf, technik].sort());
  const copy = idOf(await alice.post("/deals/new", { ...form, contactIds: einkauf }));
  const rows = await alice.test.db.owner`
    select contact_id, role
    from deal_contacts
    where deal_id = ${copy}
  `;
  deepEqual(rows.map((row) => ({ ...row })), [{ contactId: einkauf, role: "Entscheidung" }]);
});

Deno.test("lines are copied on request, and then their sum is the amount", async () => {
  const { alice } = await cast();
  const id = await newDeal(alice, source);
  equal((await alice.post(`/deals/${id}/items`, lines)).status, 303);
  const form = await copyForm(alice, id);
  equal(form.copyLines, "1");
  const count = async (of: string) => {
    const [row] = await alice.test.db.owner`
      select count(*)::int as n
      from deal_items
      where deal_id = ${of}
    `;
    return row!.n;
  };
  const whole = idOf(await alice.post("/deals/new", { ...form, amount: "7" }));
  deepEqual([await count(whole), (await deal(alice, whole)).amountCents], [1, 100_000]);
  const again = await copyForm(alice, id);
  delete again.copyLines;
  const bare = idOf(await alice.post("/deals/new", { ...again, amount: "7" }));
  deepEqual([await count(bare), (await deal(alice, bare)).amountCents], [0, 700]);
  const dear = await alice.post("/deals/new", { ...await copyForm(alice, id), currency: "CHF" });
  equal(dear.status, 422);
  match(await text(dear), /Die Währung bleibt, solange es Positionen gibt/);
});

Deno.test("activities and stage history are not copied, and a form sent twice makes one copy", async () => {
  const { alice } = await cast();
  const { Angebot } = await stagesOf(alice);
  const id = await newDeal(alice, source);
  await alice.post(`/deals/${id}/items`, lines);
  await moveDeal(alice, id, Angebot!, 2);
  await alice.post("/activities/new", { kind: "call", subject: "Ruf", about: `deal:${id}` });
  const form = await copyForm(alice, id);
  const copy = idOf(await alice.post("/deals/new", form));
  equal(idOf(await alice.post("/deals/new", form)), copy);
  const [row] = await alice.test.db.owner`
    select
      (select count(*)::int from activity_links where deal_id = ${copy}) as activities,
      (select count(*)::int from deal_stage_changes where deal_id = ${copy}) as steps,
      (select count(*)::int from deal_items where deal_id = ${copy}) as lines,
      (select count(*)::int from deals where tenant_id = ${alice.tenantId}) as deals
  `;
  deepEqual({ ...row }, { activities: 0, steps: 1, lines: 1, deals: 2 });
});

Deno.test("nobody copies what they may not see, by the address or by the form", async () => {
  const { alice, vera, charlie } = await cast();
  const id = await newDeal(alice, source);
  await alice.post(`/deals/${id}/items`, lines);
  equal((await charlie.get(`/deals/new?copy=${id}`)).status, 404);
  equal((await vera.get(`/deals/new?copy=${id}`)).status, 403);
  equal((await (await vera.get(`/deals/${id}`)).text()).includes("copy="), false);
  const own = await newDeal(charlie, { title: "Fremd", copyOf: id, copyLines: "1" });
  const rows = await alice.test.db.owner`select id from deal_items where deal_id = ${own}`;
  equal(rows.length, 0);
});

Deno.test("a user who may not write or see a field copies a deal without it", async () => {
  const { alice, bob } = await cast();
  const id = await newDeal(alice, { ...source, amount: "", expectedCloseOn: "2099-01-01" });
  equal((await alice.post(`/deals/${id}/items`, lines)).status, 303);
  for (const level of ["read_only", "hidden"]) {
    await settle(alice, "deal", each(["amount", "expectedCloseOn", "notes"], "member", level));
    const copy = idOf(await bob.post("/deals/new", await copyForm(bob, id)));
    const made = await deal(alice, copy);
    deepEqual([made.amountCents, made.expectedCloseOn, made.notes], [null, null, ""], level);
    const rows = await alice.test.db.owner`select id from deal_items where deal_id = ${copy}`;
    equal(rows.length, 0, level);
  }
});
