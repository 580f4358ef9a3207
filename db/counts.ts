/** Caches counts of long lists briefly: a list of thousands need not be counted for each page. */
import { seenFilter } from "./field_rights.ts";
import type { Filter } from "./record_filters.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { isNarrowed } from "./sights.ts";

/** How long a count is valid, in milliseconds. */
const life = 15_000;
/** Smaller counts are cheap, and a wrong one would be noticed. */
const worthKeeping = 1_000;
const most = 2_000;

const known = new Map<string, { count: number; until: number }>();

const keyOf = (scope: Scope, kind: Kind, filter: Filter): string =>
  `${scope.tenantId} ${kind} ${JSON.stringify(seenFilter(scope, kind, filter))}`;

function lookup(scope: Scope, key: string): number | null {
  // What a user with limited sight can see may change with every action of others.
  if (isNarrowed(scope)) return null;
  const found = known.get(key);
  return found && scope.now.getTime() < found.until ? found.count : null;
}

/** The count that `remembered` would return without a query, or null. */
export const recall = (scope: Scope, kind: Kind, filter: Filter): number | null =>
  lookup(scope, keyOf(scope, kind, filter));

/** Whether `remembered` would need no query. */
export const isRemembered = (scope: Scope, kind: Kind, filter: Filter): boolean =>
  recall(scope, kind, filter) !== null;

/** The order of a list: the head of one order is the far end of another. */
interface Order {
  sort: string;
  descending: boolean;
}

const wayOf = (scope: Scope, kind: Kind, filter: Filter, { sort, descending }: Order): string =>
  `${sort} ${descending} ${keyOf(scope, kind, filter)}`;

/** Lists whose matches were rare near their head, in some order, and until when that is assumed. */
const far = new Map<string, number>();
const farFor = 600_000;
/** Lists whose matches were frequent near their head, in a given order. */
const near = new Map<string, number>();
const nearFor = 60_000;

/** Whether a list with these filters recently had to read far for a page, in any order. */
export const isFar = (scope: Scope, kind: Kind, filter: Filter): boolean =>
  isBelieved(scope, far, keyOf(scope, kind, filter));

/** Whether a list recently filled its first page quickly in this order. */
export const isNear = (scope: Scope, kind: Kind, filter: Filter, order: Order): boolean =>
  isBelieved(scope, near, wayOf(scope, kind, filter, order));

/** Remembers that a list has to read far for a page: many rows match, but at its other end. */
export function noteFar(scope: Scope, kind: Kind, filter: Filter, order: Order): void {
  near.delete(wayOf(scope, kind, filter, order));
  note(far, keyOf(scope, kind, filter), scope.now.getTime() + farFor);
}

/** Remembers that a list's first page fills quickly. */
export const noteNear = (scope: Scope, kind: Kind, filter: Filter, order: Order): void =>
  note(near, wayOf(scope, kind, filter, order), scope.now.getTime() + nearFor);

const isBelieved = ({ now }: Scope, noted: Map<string, number>, key: string): boolean =>
  now.getTime() < (noted.get(key) ?? 0);

/** The oldest entries are dropped first. */
function note<Value>(noted: Map<string, Value>, key: string, value: Value): void {
  noted.delete(key);
  const eldest = noted.size >= most ? noted.keys().next().value : undefined;
  if (eldest !== undefined) noted.delete(eldest);
  noted.set(key, value);
}

/**
 * The count remembered for this tenant, or else counted by `make`; users with limited sight always
 * get a fresh count.
 */
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
