/** Open deals that a new one may repeat: shown while it is typed, and once before it is created. */
import { equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import type { Fields } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { moveDeal, newDeal, stagesOf } from "./support/deals.ts";
import { contactOf } from "./support/messages.ts";
import { sight } from "./support/sights.ts";

const roof = { title: "Neuer Dachstuhl", companyName: "Röder Holzbau GmbH" };

/** What the form says of a deal as it is typed. */
async function typed(who: Person, fields: Fields): Promise<string> {
  const part = { "HX-Request": "true", "HX-Request-Type": "partial" };
  const answer = await who.post("/duplicates/deals", { id: newId(), ...fields }, part);
  equal(answer.status, 200);
  return await answer.text();
}

Deno.test("an open deal of the same company or person by a similar name is shown while typing", async () => {
  const { alice, bob, charlie } = await cast();
  const person = await contactOf(alice);
  const id = await newDeal(alice, { ...roof, contactIds: [person] });
  for (
    const [reason, fields] of [
      ["gleiche Firma", roof],
      ["gleiche Firma", { title: "Dachstuhl (neu)", companyName: "roeder holzbau" }],
      ["gleiche Person", { title: "neuer Dachstuhl", contactIds: person }],
      ["gleiche Person", { title: "Neuer Dachstuhl 2", contactIds: [person, "x", newId()] }],
    ] as [string, Fields][]
  ) {
    const found = await typed(bob, fields);
    ok(found.includes(`href="/deals/${id}"`) && found.includes(reason), JSON.stringify(fields));
    match(found, /Röder Holzbau GmbH, Anfrage/);
  }
  for (
    const fields of [
      { ...roof, title: "Carport" },
      { ...roof, companyName: "Kern KG" },
      { title: roof.title },
      { ...roof, title: "" },
      { ...roof, copyOf: id },
      { ...roof, id },
    ]
  ) equal(await typed(bob, fields), "", JSON.stringify(fields));
  equal(await typed(charlie, roof), "");
  const { owner } = alice.test.db;
  await owner`update contacts set restricted_at = now() where id = ${person}`;
  const withPerson = { title: roof.title, contactIds: person };
  equal(await typed(bob, withPerson), "", "a restricted person is in no deal");
  await moveDeal(alice, id, (await stagesOf(alice)).Gewonnen!);
  equal(await typed(bob, roof), "", "what is won may be sold again");
});

Deno.test("a form that repeats an open deal asks once, and keeps what was typed", async () => {
  const { alice } = await cast();
  await newDeal(alice, roof);
  const stageId = (await stagesOf(alice)).Anfrage!.id;
  const again = { ...roof, id: newId(), stageId, notes: "Zweiter Bauabschnitt" };
  const asked = await alice.post("/deals/new", again);
  equal(asked.status, 422);
  const html = await asked.text();
  match(html, /Diesen Deal gibt es vielleicht schon:/);
  match(html, /Zweiter Bauabschnitt/);
  match(html, /name="_anyway"[^>]*>[\s\S]*?Trotzdem anlegen/);
  equal((await alice.post("/deals/new", { ...again, _anyway: "1" })).status, 303);
  const other = { ...again, id: newId(), title: "Carport" };
  for (const _ of "two") equal((await alice.post("/deals/new", other)).status, 303, "sent twice");
});

Deno.test("among very many open deals of a company or person the one like it is found", async () => {
  const { alice } = await cast();
  const person = await contactOf(alice);
  const first = await newDeal(alice, { ...roof, title: "Wartung", contactIds: [person] });
  await alice.test.db.owner`
    with made as (
      insert into deals (
        tenant_id, id, title, company_id, pipeline_id, stage_id, status, stage_since, last_touch_at,
        created_at, updated_at
      )
      select d.tenant_id, gen_random_uuid(), 'Wartung ' || n, d.company_id, d.pipeline_id,
        d.stage_id, d.status, now(), now(), now(), now()
      from deals d, generate_series(1, 300) n
      where d.id = ${first}
      returning tenant_id, id
    )
    insert into deal_contacts (tenant_id, deal_id, contact_id, added_at)
    select tenant_id, id, ${person}, now()
    from made
  `;
  const id = await newDeal(alice, { ...roof, contactIds: [person] });
  ok((await typed(alice, roof)).includes(id), "of the company");
  ok((await typed(alice, { title: roof.title, contactIds: person })).includes(id), "of the person");
});

Deno.test("of a deal out of sight only its owner is named", async () => {
  const { alice, bob } = await cast();
  const id = await newDeal(alice, { ...roof, ownerId: alice.userId });
  await sight(alice, "own");
  const found = await typed(bob, roof);
  ok(!found.includes(id) && !found.includes("Dachstuhl"), found);
  match(found, /Alice Ahrens/);
});
