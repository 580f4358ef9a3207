/** Faults that pass by themselves: of the moment, and not of what was being done. */

/**
 * The names of lost connections, and the SQLSTATE classes of PostgreSQL for a lost connection, a
 * transaction to be repeated, no room or memory left, a lock waited for in vain, and a shutdown.
 */
const passing = /^(CONNECT|ECONN|EPIPE|08|40|53|55P03|57)/;

/** Whether doing the same again later may succeed; also where the process was told to stop. */
export function isPassing(error: unknown): boolean {
  const { code = "", name } = error as Error & { code?: unknown };
  return name === "AbortError" || passing.test(String(code));
}
