/** Offers of persons: included in an access answer, kept as the law requires, hidden while restricted, erased. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as packages from "../db/access_packages.ts";
import * as plans from "../db/erasure_plans.ts";
import * as rows from "../db/erasure_rows.ts";
import * as candidates from "../db/candidates.ts";
import * as offerRetentions from "../db/offer_retentions.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import * as trash from "../db/trash.ts";
import { cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { text } from "./support/html.ts";
import { issuedOffer, pricedDeal } from "./support/offers.ts";
import { paperText } from "./support/papers.ts";

const within = <T>(person: Person, work: (scope: Scope) => Promise<T>, at?: string): Promise<T> =>
  withScope(person.test.db.app, {
    tenantId: person.tenantId,
    actor: system,
    ...(at ? { now: new Date(at) } : {}),
  }, work);

/** What an approved erasure does with a person's rows; the offers that are left. */
async function eraseRows(person: Person, contactId: string) {
  await within(person, async (scope) => {
    await scope.sql`set local app.sees_restricted = 'on'`;
    const subject = await candidates.personOf(scope, [contactId]);
    const kept = await plans.retainedIds(scope, [contactId]);
    await rows.removeOwn(scope, subject, kept);
    await rows.maskShared(scope, subject, kept);
  });
  return await person.test.db.owner`
    select id, recipient, opening, paper is null as remade
    from offers
    where tenant_id = ${person.tenantId}
  `;
}

Deno.test("an answer to the person contains the offer with its lines, and none of another tenant", async () => {
  const { bob } = await cast();
  const { dealId, contactId } = await pricedDeal(bob);
  await issuedOffer(bob, dealId);
  const found = await bob.scope(async (scope) => {
    const person = await candidates.personOf(scope, [contactId]);
    return await packages.read(scope, bob.test.services.config, person);
  });
  const rowsOf = (table: string) => found.tables.find((each) => each.table === table)?.rows ?? [];
  match(String(rowsOf("offers")[0]?.recipient), /Erika Muster/);
  match(JSON.stringify(rowsOf("offers")[0]?.items), /Regal Typ A/);
  deepEqual(rowsOf("deal_items").map(({ name }) => name).sort(), ["Handbuch", "Regal Typ A"]);
});

Deno.test("a restricted person's offers are in no list, page, paper or file", async () => {
  const { bob } = await cast();
  const { dealId, contactId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  await bob.test.db.owner`update contacts set restricted_at = now() where id = ${contactId}`;
  for (const path of ["", "/paper"]) equal((await bob.get(`/offers/${id}${path}`)).status, 404);
  equal((await bob.post(`/offers/${id}/mail`)).status, 404);
  equal((await bob.post(`/offers/${id}/decision`, { state: "accepted" })).status, 404);
  for (const path of ["/offers", "/offers/export"]) {
    ok(!(await (await bob.get(path)).text()).includes("AN-20"), path);
  }
  ok(!(await (await bob.get(`/deals/${dealId}`)).text()).includes(`/offers/${id}`));
});

Deno.test("a person's own offer goes with the person, unless it became a contract", async () => {
  const { bob } = await cast();
  const open = await pricedDeal(bob);
  await issuedOffer(bob, open.dealId);
  deepEqual(await eraseRows(bob, open.contactId), []);
  const closed = await pricedDeal(bob);
  const id = await issuedOffer(bob, closed.dealId);
  await bob.post(`/offers/${id}/decision`, { state: "accepted" });
  const plan = await within(bob, async (scope) => {
    return await plans.make(scope, await candidates.personOf(scope, [closed.contactId]));
  });
  equal(plan.kept.find(({ name }) => name === "offers")?.count, 1);
  match(plan.until!, /-12-31$/);
  const [left] = await eraseRows(bob, closed.contactId);
  equal(left!.id, id);
  match(left!.recipient, /Erika Muster/);
});

Deno.test("files go with the person whose offer alone the law keeps, and stay for any other duty", async () => {
  const { bob, test } = await cast();
  const { dealId, contactId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  await bob.post(`/offers/${id}/decision`, { state: "accepted" });
  const keeps = () => within(bob, (scope) => plans.keepsFiles(scope, [contactId]));
  equal(await keeps(), false);
  const [offer] = await test.db.owner<{ number: string }[]>`
    select number from offers where id = ${id}
  `;
  // Words of a duty that begin as the number of an offer, and vouchers that are filed under it.
  for (
    const [kind, reference] of [["letter", `${offer!.number}, Anlage`], ["voucher", offer!.number]]
  ) {
    const [noted] = await test.db.owner`
      insert into retention_duties (
        tenant_id, id, contact_id, class, reference, starts_on, created_at
      ) values (
        ${bob.tenantId}, gen_random_uuid(), ${contactId}, ${kind!}, ${reference!}, current_date, now()
      )
      returning id
    `;
    equal(await keeps(), true, `${kind} ${reference}`);
    await test.db.owner`delete from retention_duties where id = ${noted!.id}`;
  }
});

Deno.test("an offer to a company stays without the person, its document recreated", async () => {
  const { bob } = await cast();
  const { dealId, contactId } = await pricedDeal(bob, { companyName: "Werk Nord GmbH" });
  const id = await issuedOffer(bob, dealId);
  const [left] = await eraseRows(bob, contactId);
  equal(left!.remade, true);
  ok(!`${left!.recipient}${left!.opening}`.includes("Muster"));
  const paper = await paperText(await bob.get(`/offers/${id}/paper`));
  ok(paper.includes("Werk Nord GmbH") && !paper.includes("Muster"), paper);
  match(await text(await bob.get(`/offers/${id}`)), /aus den geschwärzten Angaben/);
});

Deno.test("a deal that is erased takes its offers along; a contract stays to its year's end", async () => {
  const { bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  const [won, lost] = [await issuedOffer(bob, dealId), await issuedOffer(bob, dealId)];
  await bob.post(`/offers/${won}/decision`, { state: "accepted" });
  await bob.post(`/deals/${dealId}/deletion`);
  equal((await bob.get(`/offers/${won}`)).status, 404);
  await within(bob, (scope) => trash.erase(scope, "deal", secretKey), "2027-06-01T10:00:00Z");
  const left = await bob.test.db.owner<{ id: string; keptUntil: string; dealId: string | null }[]>`
    select id, kept_until, deal_id
    from offers
    where tenant_id = ${bob.tenantId}
  `;
  deepEqual(left.map(({ id, dealId }) => [id, dealId]), [[won, null]]);
  ok(lost !== won);
  const until = left[0]!.keptUntil;
  equal(await within(bob, offerRetentions.erase, `${until}T10:00:00Z`), 0);
  const after = Temporal.PlainDate.from(until).add({ days: 1 }).toString();
  equal(await within(bob, offerRetentions.erase, `${after}T10:00:00Z`), 1);
});

Deno.test("offers are shown on the pages of their person and company, to users who may see the deal", async () => {
  const { bob, charlie } = await cast();
  const { dealId, contactId } = await pricedDeal(bob, { companyName: "Muster AG" });
  const id = await issuedOffer(bob, dealId);
  const [deal] = await bob.test.db.owner`select company_id from deals where id = ${dealId}`;
  for (const page of [`/contacts/${contactId}`, `/companies/${deal!.companyId}`]) {
    ok((await (await bob.get(page)).text()).includes(`/offers/${id}"`), page);
    equal((await charlie.get(page)).status, 404);
  }
  const alone = await pricedDeal(bob);
  const page = await (await bob.get(`/contacts/${alone.contactId}`)).text();
  ok(!page.includes('id="offers"'), "no offer, no panel");
  for (let n = 0; n < 10; n++) await issuedOffer(bob, dealId);
  const full = await (await bob.get(`/contacts/${contactId}`)).text();
  const panel = full.slice(full.indexOf('id="offers"')).split("</section>")[0]!;
  equal(new Set(panel.match(/\/offers\/[0-9a-f-]{36}/g)).size, 10);
  ok(panel.includes(`/deals?person=${contactId}`));
  await bob.post(`/deals/${dealId}/deletion`);
  ok(!(await (await bob.get(`/contacts/${contactId}`)).text()).includes(`/offers/${id}"`));
});

Deno.test("a contract whose deal is gone is in no list, and visible only to who manages offers", async () => {
  const { alice, bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  await bob.post(`/offers/${id}/decision`, { state: "accepted" });
  await bob.test.db.owner`delete from deals where id = ${dealId}`;
  for (const path of ["/offers", "/offers?state=accepted", "/offers/export"]) {
    for (const who of [alice, bob]) {
      ok(!(await (await who.get(path)).text()).includes("AN-20"), path);
    }
  }
  ok((await (await alice.get("/offers?state=kept")).text()).includes(`/offers/${id}`));
  ok(!(await (await bob.get("/offers?state=kept")).text()).includes(`/offers/${id}`));
  for (const path of ["", "/paper"]) {
    equal((await alice.get(`/offers/${id}${path}`)).status, 200, path);
    equal((await bob.get(`/offers/${id}${path}`)).status, 404, path);
  }
  // Nothing can be made of it any more, least of all that it is kept for ever.
  await alice.post(`/offers/${id}/decision/removal`);
  equal((await alice.post(`/offers/${id}/mail`)).headers.get("Location"), `/offers/${id}`);
  const [row] = await bob.test.db.owner`select state, kept_until from offers where id = ${id}`;
  equal(row!.state, "accepted");
  ok(row!.keptUntil);
});
