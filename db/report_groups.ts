/** Small groups are not shown: a figure about one person reveals something about them. */

/** The smallest group shown. */
const least = 5;

/**
 * The groups that may be shown, and how many items the others have. If these are so few that they
 * could be derived from a total, the smallest shown group is hidden with them.
 */
export function visible<G extends { count: number }>(
  groups: readonly G[],
): { shown: G[]; hidden: number } {
  const sum = (some: readonly G[]) => some.reduce((total, { count }) => total + count, 0);
  const large = groups.filter(({ count }) => count >= least);
  const small = sum(groups) - sum(large);
  if (small === 0 || small >= least || large.length === 0) return { shown: large, hidden: small };
  const smallest = large.reduce((one, each) => each.count < one.count ? each : one);
  return {
    shown: large.filter((each) => each !== smallest),
    hidden: small + smallest.count,
  };
}
