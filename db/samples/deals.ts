/** Sample deals: what the invented companies are about to buy, in various stages. */
import { newId } from "../ids.ts";
import type { Stage } from "../stages.ts";
import { between, iso, isoDay } from "./days.ts";
import { Dice } from "./dice.ts";
import type { Row } from "./rows.ts";
import { customerTrades, sources, tagNames } from "./trade_words.ts";

/** A company that may buy, with its contacts. */
export interface Buyer {
  id: string;
  industry: string;
  createdAt: Date;
  contacts: string[];
}

export interface DealPlan {
  tenantId: string;
  importId: string;
  seed: number;
  deals: number;
  now: Date;
  owners: readonly string[];
  buyers: readonly Buyer[];
  /** The stages of one pipeline, in order. */
  stages: readonly Stage[];
  reasons: readonly string[];
  /** Ids of the tags by name. */
  tags: ReadonlyMap<string, string>;
}

/** The tables that are filled, each after those it refers to. */
export const dealTables = [
  "deals",
  "deal_contacts",
  "deal_tags",
  "deal_stage_changes",
  "changes",
] as const;

export type DealRows = Record<typeof dealTables[number], Row[]>;

const day = 86_400_000;

const matters = [
  "Rahmenvertrag {buys}",
  "Erstausstattung {buys}",
  "Jahresbedarf {buys}",
  "{buys} für Neubau",
  "{buys}: Umstellung auf unsere Marke",
  "Konsignationslager {buys}",
  "Nachbestellung {buys}",
  "Werkstattausrüstung",
  "Arbeitskleidung für das Team",
  "Regalservice mit Scanner",
];

const roles = ["Entscheidung", "Einkauf", "Technik", "Freigabe", ""];

/** Generates the deals; the same seed gives the same ones. */
export function dealRows(plan: DealPlan): DealRows {
  const rows: DealRows = {
    deals: [],
    deal_contacts: [],
    deal_tags: [],
    deal_stage_changes: [],
    changes: [],
  };
  const dice = new Dice(plan.seed);
  if (plan.buyers.length === 0) return rows;
  for (let n = 0; n < plan.deals; n++) drawDeal(plan, dice, rows);
  return rows;
}

function drawDeal(plan: DealPlan, dice: Dice, rows: DealRows): void {
  const { tenantId, now, stages } = plan;
  const id = newId();
  const buyer = dice.pick(plan.buyers);
  const owner = plan.owners.length > 0 && dice.percent(92) ? dice.pick(plan.owners) : null;
  const way = steps(dice, stages);
  const last = stages.find((stage) => stage.id === way.at(-1)!.id)!;
  const open = last.kind === "open";
  // Open deals moved within the last weeks, mostly recently; closed ones within a year.
  const ago = open ? dice.int(0, 40) * dice.int(1, 10) / 10 : dice.int(1, 330);
  const founded = Math.min(buyer.createdAt.getTime(), now.getTime());
  const ended = Math.max(now.getTime() - ago * day - dice.int(1, 9 * 3600) * 1000, founded);
  const began = Math.max(ended - way.length * dice.int(3, 21) * day, founded);
  const moments = way.map((_, index) =>
    Math.round(began + (ended - began) * index / Math.max(1, way.length - 1))
  );
  const since = moments.at(-1)!;
  const of = { tenant_id: tenantId, deal_id: id };
  const trade = customerTrades.find(({ industry }) => industry === buyer.industry);
  rows.deals.push({
    tenant_id: tenantId,
    id,
    title: dice.pick(matters).replace("{buys}", dice.pick(trade?.buys ?? ["Befestigungstechnik"])),
    company_id: buyer.id,
    amount_cents: dice.percent(94) ? amount(dice) : null,
    currency: dice.percent(3) ? "CHF" : "EUR",
    expected_close_on: open
      ? dice.percent(90) ? isoDay(now.getTime(), dice.int(-8, 90)) : null
      : isoDay(since, dice.int(-10, 20)),
    owner_id: owner,
    source: dice.weighted(sources),
    pipeline_id: last.pipelineId,
    stage_id: last.id,
    status: last.kind,
    stage_since: iso(since),
    closed_at: open ? null : iso(since),
    lost_reason_id: last.kind === "lost" && dice.percent(85) ? dice.pick(plan.reasons) : null,
    import_id: plan.importId,
    last_touch_at: iso(since),
    created_at: iso(moments[0]!),
    created_by: owner,
    updated_at: iso(since),
  });
  way.forEach((stage, index) =>
    rows.deal_stage_changes.push({
      ...of,
      id: newId(),
      from_stage_id: way[index - 1]?.id ?? null,
      to_stage_id: stage.id,
      at: iso(moments[index]!),
      actor_id: owner,
    })
  );
  for (const contactId of buyer.contacts.slice(0, dice.weighted([[1, 70], [2, 30]]))) {
    rows.deal_contacts.push({
      ...of,
      contact_id: contactId,
      role: dice.pick(roles),
      added_at: iso(between(dice, moments[0]!, since)),
    });
  }
  const tag = plan.tags.get(dice.pick(tagNames.any));
  if (tag && dice.percent(18)) rows.deal_tags.push({ ...of, tag_id: tag });
  rows.changes.push({
    tenant_id: tenantId,
    id: newId(),
    record_kind: "deal",
    record_id: id,
    action: "created",
    actor_kind: owner === null ? "system" : "user",
    actor_id: owner,
    at: iso(moments[0]!),
  });
}

/** The stages that a deal went through: in order up to one of them, then perhaps to its end. */
function steps(dice: Dice, stages: readonly Stage[]): Stage[] {
  const open = stages.filter(({ kind }) => kind === "open");
  const end = dice.weighted<Stage["kind"]>([["open", 56], ["won", 26], ["lost", 18]]);
  const far = end === "won" ? open.length : dice.int(1, open.length);
  const closing = stages.find(({ kind }) => kind === end);
  return [...open.slice(0, far), ...end !== "open" && closing ? [closing] : []];
}

/** From a few hundred to many thousand euros, more often small, mostly round amounts. */
function amount(dice: Dice): number {
  const euros = 400 + Math.round((dice.int(1, 1_000) / 1_000) ** 3 * 1_800) * 50;
  return euros * 100 + (dice.percent(12) ? dice.int(1, 99) : 0);
}
