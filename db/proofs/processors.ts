/** Proofs about processors: evidence on those in use, and whom the program has contacted. */
import { now, today } from "../clock.ts";
import * as contactedHosts from "../contacted_hosts.ts";
import * as egressHosts from "../egress_hosts.ts";
import * as measureFigures from "../measure_figures.ts";
import { isLoopback } from "../network_addresses.ts";
import type { Sql } from "../pool.ts";
import { isInside, obstacles } from "../processor_gates.ts";
import * as processors from "../processors.ts";
import type { Outcome } from "../proofs.ts";

/**
 * 4.2: every enabled processor has an agreement, locations inside the EEA and current evidence of
 * both.
 */
export async function evident(sql: Sql): Promise<Outcome> {
  const all = await processors.list(sql);
  const inUse = all.filter(({ enabled }) => enabled);
  const unproven = inUse.filter((each) =>
    obstacles(each, today(), now()).some((obstacle) => obstacle !== "not_yet")
  );
  return {
    passed: unproven.length === 0,
    figures: { listed: all.length, inUse: inUse.length, unproven: unproven.length },
  };
}

/**
 * 4.3: the processes can reach the hosts of the register and no others. Every server contacted in
 * the last 30 days belongs to an entry of the register inside the EEA, except mail servers that
 * customers chose themselves. No page sent recently loads anything from elsewhere.
 */
export async function egressClosed(sql: Sql): Promise<Outcome> {
  const contacted = await contactedHosts.list(sql);
  const permitted = await egressHosts.listPermitted(sql);
  const differing = egressHosts.countDiffering(permitted ?? [], await egressHosts.list(sql));
  const ours = contacted.filter(({ host, namedByCustomer }) =>
    !namedByCustomer && host !== "localhost" && !isLoopback(host)
  );
  const unlisted = ours.filter(({ processorId }) => processorId === null);
  const { pages, foreign } = await measureFigures.pagesLookedAt(sql);
  const outside = ours.filter(({ processorId, countries }) =>
    processorId !== null && !(countries.length > 0 && countries.every(isInside))
  );
  return {
    passed: permitted !== null && pages > 0 &&
      differing + unlisted.length + outside.length + foreign === 0,
    figures: {
      permitted: permitted?.length ?? 0,
      differing,
      hosts: contacted.length,
      unlisted: unlisted.length,
      outside: outside.length,
      customers: contacted.length - ours.length,
      pages,
      foreign,
    },
  };
}
