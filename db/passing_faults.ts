/** Recognises temporary faults, which are not caused by what was being done. */

/**
 * Error codes of lost connections, and the SQLSTATE classes of PostgreSQL for a lost connection, a
 * transaction to be repeated, lack of space or memory, a lock not obtained, and a shutdown.
 */
const passing = /^(CONNECT|ECONN|EPIPE|08|40|53|55P03|57)/;

/** That the process was told to stop, and that the file storage is away. */
const passingNames: readonly unknown[] = ["AbortError", "StorageAway"];

/** Whether a later retry may succeed. */
export function isPassing(error: unknown): boolean {
  const { code = "", name } = error as Error & { code?: unknown };
  return passingNames.includes(name) || passing.test(String(code));
}
