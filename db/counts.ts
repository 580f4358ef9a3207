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

/** Whether `remembered` would ask nobody, and the list soon fills a page as far as is known. */
export function isRemembered(scope: Scope, kind: Kind, filter: Filter): boolean {
  const key = keyOf(scope, kind, filter);
  return lookup(scope, key) !== null && !farBy(scope, key);
}

/** Lists whose records were not found near their head, and until when that is believed. */
const far = new Map<string, number>();
const farFor = 600_000;

const farBy = (scope: Scope, key: string): boolean => scope.now.getTime() < (far.get(key) ?? 0);

/** Whether a list had to walk far for a page just now. */
export const isFar = (scope: Scope, kind: Kind, filter: Filter): boolean =>
  farBy(scope, keyOf(scope, kind, filter));

/** Notes that a list has to walk far for a page: many pass its filters, but at its other end. */
export function noteFar(scope: Scope, kind: Kind, filter: Filter): void {
  const key = keyOf(scope, kind, filter);
  far.delete(key);
  const eldest = far.size >= most ? far.keys().next().value : undefined;
  if (eldest !== undefined) far.delete(eldest);
  far.set(key, scope.now.getTime() + farFor);
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
  known.delete(key);
  const eldest = known.size >= most ? known.keys().next().value : undefined;
  if (eldest !== undefined) known.delete(eldest);
  known.set(key, { count, until: scope.now.getTime() + life });
  return count;
}
