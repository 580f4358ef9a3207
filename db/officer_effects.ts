/**
 * What is left to order once a right was approved: the end of a restriction (Art. 18(3) GDPR), and
 * sending the data to another controller (Art. 20(2)).
 */
import * as caseItems from "./case_items.ts";
import { providerId } from "./controllers.ts";
import { Invalid } from "./errors.ts";
import type { KeyStore } from "./key_store.ts";
import type { Right } from "./letters.ts";
import * as officerCases from "./officer_cases.ts";
import * as officerOrders from "./officer_orders.ts";
import type { Orderer } from "./officer_orders.ts";
import * as restrictionEnds from "./restriction_ends.ts";
import type { Scope } from "./scope.ts";
import * as transfers from "./transfers.ts";

export type EffectOrder = { kind: "lift"; on: string } | { kind: "transfer"; url: string };

/** A right of which something can still be ordered. */
export interface StandingEffect {
  id: string;
  right: Right;
  /** Changes with each decision: an order for another state no longer counts. */
  state: string;
  order: EffectOrder["kind"];
  /** The announced end of a restriction; null while none has been set. */
  liftOn: string | null;
}

/** The effects of a case's decided rights; of an open right the decision comes first. */
export async function list(scope: Scope, caseId: string): Promise<StandingEffect[]> {
  const { sql, tenantId } = scope;
  const rows = await sql<(Omit<StandingEffect, "order"> & { restricts: boolean })[]>`
    select i.id, i.claimed_right as "right", i.version::text as state,
      r.item_id is not null as restricts, r.lift_on
    from case_items i
    left join lateral (
      select item_id, max(lift_on)::text as lift_on
      from restrictions
      where tenant_id = i.tenant_id
        and item_id = i.id
        and lifted_at is null
      group by item_id
    ) r on true
    where i.tenant_id = ${tenantId}
      and i.case_id = ${caseId}
      and (
        r.item_id is not null and i.closed_at is not null
        or i.claimed_right = 'portability'
          and i.status = any (${transfers.passed}::text[])
          and ${tenantId !== providerId}
      )
    order by i.id
    limit 20
  `;
  return rows.map(({ restricts, ...row }) => ({ ...row, order: restricts ? "lift" : "transfer" }));
}

/** Why nothing was ordered. */
export type Fault = "late" | "not_possible" | "soon" | "host";

/**
 * Carries out an order of an effect in the caller's transaction. Returns who gets the data, or an
 * empty text for a restriction; or else why nothing was done.
 */
export async function carryOut(
  scope: Scope,
  keys: KeyStore,
  { caseId, itemId, state, order, by }: {
    caseId: string;
    itemId: string;
    state: string;
    order: EffectOrder;
    by: Orderer;
  },
): Promise<{ fault: Fault } | { recipient: string }> {
  const item = await officerCases.describe(scope, itemId, true);
  if (item?.state !== state) return { fault: "late" };
  const possible = (await list(scope, caseId))
    .some((each) => each.id === itemId && each.order === order.kind);
  if (!possible) return { fault: "not_possible" };
  const party = { kind: by.role, id: null } as const;
  let recipient = "";
  try {
    if (order.kind === "lift") {
      await restrictionEnds.announce(scope, { caseId, itemId, on: order.on }, party);
    } else {
      const entry = await destinationOf(scope, order.url);
      if (!entry) return { fault: "host" };
      const found = await caseItems.find(scope, itemId);
      await transfers.push(scope, keys, found, { processorId: entry.id, url: order.url }, party);
      recipient = entry.name;
    }
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { fault: faults[error.code] ?? "not_possible" };
  }
  await officerOrders.note(scope, { caseId, itemId, by }, "ordered_by_mail");
  return { recipient };
}

const faults: Readonly<Record<string, Fault>> = { "case.end_soon": "soon" };

/** Who gets data that are sent to an address, if they may be sent there. */
async function destinationOf(scope: Scope, url: string): Promise<transfers.Destination | null> {
  const all = await transfers.destinations(scope);
  return all.find(({ hosts }) => transfers.isAt(hosts, url)) ?? null;
}
