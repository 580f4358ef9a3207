/** Counts of long lists, remembered for a moment: a list of thousands need not be counted per page. */
import { seenFilter } from "./field_rights.ts";
import type { Filter } from "./record_filters.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { isNarrowed } from "./sights.ts";

/** How long a count is believed, in milliseconds. */
const life = 15_000;
/** Smaller counts are cheap to make, and a wrong one would be noticed. */
const worthKeeping = 1_000;
const most = 2_000;

const known = new Map<string, { count: number; until: number }>();

const keyOf = (scope: Scope, kind: Kind, filter: Filter): string =>
  `${scope.tenantId} ${kind} ${JSON.stringify(seenFilter(scope, kind, filter))}`;

function lookup(scope: Scope, key: string): number | null {
  // What somebody sees who does not see all may change with each deed of others.
  if (isNarrowed(scope)) return null;
  const found = known.get(key);
  return found && scope.now.getTime() < found.until ? found.count : null;
}

/** The count that `remembered` would give without asking anybody, or null. */
export const recall = (scope: Scope, kind: Kind, filter: Filter): number | null =>
  lookup(scope, keyOf(scope, kind, filter));

/** Whether `remembered` would ask nobody. */
export const isRemembered = (scope: Scope, kind: Kind, filter: Filter): boolean =>
  recall(scope, kind, filter) !== null;

/** The order of a list: what stands at the head of one is at the far end of another. */
interface Order {
  sort: string;
  descending: boolean;
}

const wayOf = (scope: Scope, kind: Kind, filter: Filter, { sort, descending }: Order): string =>
  `${sort} ${descending} ${keyOf(scope, kind, filter)}`;

/** Lists that were not full near their head, in some order, and until when that is believed. */
const far = new Map<string, number>();
const farFor = 600_000;
/** Those that were full near their head in an order of theirs. */
const near = new Map<string, number>();
const nearFor = 60_000;

/** Whether a list with these filters had to walk far for a page just now, in whatever order. */
export const isFar = (scope: Scope, kind: Kind, filter: Filter): boolean =>
  isBelieved(scope, far, keyOf(scope, kind, filter));

/** Whether a list soon filled its first page in this order just now. */
export const isNear = (scope: Scope, kind: Kind, filter: Filter, order: Order): boolean =>
  isBelieved(scope, near, wayOf(scope, kind, filter, order));

/** Notes that a list has to walk far for a page: many pass its filters, but at its other end. */
export function noteFar(scope: Scope, kind: Kind, filter: Filter, order: Order): void {
  near.delete(wayOf(scope, kind, filter, order));
  note(far, keyOf(scope, kind, filter), scope.now.getTime() + farFor);
}

/** Notes that a list's first page is soon full. */
export const noteNear = (scope: Scope, kind: Kind, filter: Filter, order: Order): void =>
  note(near, wayOf(scope, kind, filter, order), scope.now.getTime() + nearFor);

const isBelieved = ({ now }: Scope, noted: Map<string, number>, key: string): boolean =>
  now.getTime() < (noted.get(key) ?? 0);

/** What was noted first goes first. */
function note<Value>(noted: Map<string, Value>, key: string, value: Value): void {
  noted.delete(key);
  const eldest = noted.size >= most ? noted.keys().next().value : undefined;
  if (eldest !== undefined) noted.delete(eldest);
  noted.set(key, value);
}

/** The count as remembered for this tenant, or as `make` counts it now; always so for who does not see all. */
export async function remembered(
  scope: Scope,
  kind: Kind,
  filter: Filter,
  make: () => Promise<number>,
): Promise<number> {
  const key = keyOf(scope, kind, filter);
  const found = lookup(scope, key);
  if (found !== null) return found;
  const count = await make();
  if (count < worthKeeping || isNarrowed(scope)) return count;
  note(known, key, { count, until: scope.now.getTime() + life });
  return count;
}
