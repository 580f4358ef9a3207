/** Counts of long lists, remembered for a moment: a list of thousands need not be counted per page. */
import type { Scope } from "./scope.ts";

/** How long a count is believed, in milliseconds. */
const life = 15_000;
/** Smaller counts are cheap to make, and a wrong one would be noticed. */
const worthKeeping = 1_000;
const most = 2_000;

const known = new Map<string, { count: number; until: number }>();

/** The count as remembered for this tenant, or as `make` counts it now; each user's whose sight is narrowed. */
export async function remembered(
  scope: Scope,
  what: string,
  make: () => Promise<number>,
): Promise<number> {
  const { tenantId, actor } = scope;
  const key = `${tenantId} ${actor.narrowed === false ? "" : actor.userId} ${what}`;
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
