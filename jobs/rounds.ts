/** Rounds: run something for one tenant after another without any of them holding up the others. */
import type { AppLog } from "../db/log.ts";
import * as tenants from "../db/tenants.ts";
import type { Tools } from "./job.ts";

/**
 * Tenants that may fail in a row before a round ends, because the fault is then not a single
 * tenant's.
 */
const mostInRow = 20;
/**
 * Turns of one tenant that may fail, so that one user's letter does not block those of colleagues.
 */
const mostInTenant = 3;

/**
 * The faults of a round. A failure in one tenant is logged and the next tenant follows; if hardly
 * anything succeeds any more, and at the end of the round, the first fault is thrown.
 */
export class Faults {
  private first: { error: unknown } | null = null;
  private inRow = 0;
  private readonly ofTenants = new Map<string, number>();

  constructor(private readonly tools: { log: Pick<AppLog, "error">; signal: AbortSignal }) {}

  /** Runs one turn and returns whether it succeeded. Throws if the round has to end. */
  async keep(tenantId: string, turn: () => Promise<unknown>): Promise<boolean> {
    const { log, signal } = this.tools;
    signal.throwIfAborted();
    const before = this.ofTenants.get(tenantId) ?? 0;
    if (before >= mostInTenant) return false;
    try {
      await turn();
      this.inRow = 0;
      return true;
    } catch (error) {
      if (signal.aborted) throw error;
      this.first ??= { error };
      this.ofTenants.set(tenantId, before + 1);
      log.error("a tenant was left out of a round", error, { tenantId });
      if (before === 0 && ++this.inRow >= mostInRow) throw error;
      return false;
    }
  }

  /**
   * Throws the first fault, if any, so that the queue retries the round and its failure is visible.
   */
  end(): void {
    if (this.first) throw this.first.error;
  }
}

/** Runs every tenant's turn. Throws as `Faults` does, and when the signal aborts. */
export async function inEachTenant(
  { pool, log, signal }: Pick<Tools, "pool" | "log" | "signal">,
  turn: (tenantId: string) => Promise<unknown>,
): Promise<void> {
  const faults = new Faults({ log, signal });
  for await (const tenantId of tenants.each(pool, signal)) {
    await faults.keep(tenantId, () => turn(tenantId));
  }
  faults.end();
}
