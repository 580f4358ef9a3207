/** Counts of long lists, remembered for a moment: a list of thousands need not be counted per page. */
import type { Scope } from "./scope.ts";
import { isNarrowed } from "./sights.ts";

/** How long a count is believed, in milliseconds. */
const life = 15_000;
/** Smaller counts are cheap to make, and a wrong one would be noticed. */
const worthKeeping = 1_000;
const most = 2_000;

const known = new Map<string, { count: number; until: number }>();

/** The count as remembered for this tenant, or as `make` counts it now; always so for who does not see all. */
export async function remembered(
  scope: Scope,
  what: string,
  make: () => Promise<number>,
): Promise<number> {
  if (isNarrowed(scope)) return await make();
  const key = `${scope.tenantId} ${what}`;
  const at = scope.now.getTime();
  const found = known.get(key);
  if (found && at < found.until) return found.count;
  known.delete(key);
  const count = await make();
  if (count >= worthKeeping) {
    const eldest = known.size >= most ? known.keys().next().value : undefined;
    if (eldest !== undefined) known.delete(eldest);
    known.set(key, { count, until: at + life });
  }
  return count;
}
