/** Sample deals: the same from the same seed, plausible in every step, removed with the other samples. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import * as samples from "../db/samples.ts";
import { type DealPlan, dealRows } from "../db/samples/deals.ts";
import { cast } from "./support/cast.ts";
import { newDeal, stagesOf } from "./support/deals.ts";
import { text } from "./support/html.ts";

const { alice: planner } = await cast();
const plan: DealPlan = {
  tenantId: newId(),
  importId: newId(),
  seed: 5,
  deals: 400,
  now: new Date("2026-11-26T10:00:00Z"),
  owners: [newId(), newId()],
  buyers: [
    { id: newId(), industry: "Hochbau", createdAt: new Date("2024-01-08"), contacts: [newId()] },
    { id: newId(), industry: "Mond", createdAt: new Date("2026-11-20"), contacts: [] },
  ],
  stages: Object.values(await stagesOf(planner)),
  reasons: [newId()],
  tags: new Map(),
};
const drawn = dealRows(plan);

Deno.test("the same seed draws the same deals, another seed others", () => {
  const titles = (rows = drawn) =>
    rows.deals.map(({ title, amount_cents: cents }) => `${title} ${cents}`);
  deepEqual(titles(dealRows(plan)), titles());
  const others = titles(dealRows({ ...plan, seed: 6 }));
  ok(others.filter((title, n) => title === titles()[n]).length < 40);
});

Deno.test("each deal is in the stage of its last step, moved in order, and nothing is in the future", () => {
  const now = plan.now.toISOString();
  const kinds = new Map(plan.stages.map(({ id, kind }) => [id, kind]));
  const byDeal = Map.groupBy(drawn.deal_stage_changes, (step) => step.deal_id);
  for (const deal of drawn.deals) {
    const steps = byDeal.get(deal.id!)!;
    equal(steps[0]!.from_stage_id, null);
    steps.slice(1).forEach((step, n) => equal(step.from_stage_id, steps[n]!.to_stage_id));
    const at = steps.map((step) => String(step.at));
    deepEqual(at, [...at].sort());
    equal(steps.at(-1)!.to_stage_id, deal.stage_id);
    equal(at.at(-1), deal.stage_since);
    ok(String(deal.stage_since) <= now && String(deal.created_at) === at[0]);
    equal(kinds.get(String(deal.stage_id)), deal.status);
    equal(deal.closed_at === null, deal.status === "open");
    ok(deal.lost_reason_id === null || deal.status === "lost");
  }
  const statuses = Map.groupBy(drawn.deals, ({ status }) => status);
  ok(["open", "won", "lost"].every((status) => statuses.get(status)!.length > 30));
});

Deno.test("the samples' report shows how long deals stay in each stage", async () => {
  const { alice } = await cast();
  await alice.scope((scope) => samples.create(scope, { contacts: 300, companies: 200 }));
  const csv = await (await alice.get("/reports/csv?of=days")).text();
  const [, first] = csv.split("\r\n");
  ok(/^Anfrage;\d+(,\d)?;\d+$/.test(first!), csv);
});

Deno.test("samples bring deals, and their removal deletes these, but no other deal", async () => {
  const { alice, test } = await cast();
  await alice.scope((scope) => samples.create(scope, samples.few));
  const { owner } = test.db;
  const [made] = await owner`
    select count(*)::int as deals, count(*) filter (where search <> '')::int as searchable
    from deals
    where tenant_id = ${alice.tenantId}
  `;
  deepEqual({ ...made }, { deals: 6, searchable: 6 });
  const [{ name }] = await owner<[{ name: string }]>`
    select name
    from companies
    where tenant_id = ${alice.tenantId}
    order by id
    limit 1
  `;
  const id = await newDeal(alice, { title: "Eigener", companyName: name });
  await alice.post("/samples/removal");
  const left = await owner`select id, company_id from deals where tenant_id = ${alice.tenantId}`;
  deepEqual(left.map((row) => ({ ...row })), [{ id, companyId: null }]);
  const found = await text(await alice.get(`/deals?q=${encodeURIComponent(name)}`));
  equal(found.includes("Eigener"), false);
});
