/** Rounds: what is done for one house after the other, none of which keeps another waiting. */
import type { AppLog } from "../db/log.ts";
import * as tenants from "../db/tenants.ts";
import type { Tools } from "./job.ts";

/** Houses that may fail in a row before a round ends: the fault is then not that of a house. */
const mostInRow = 20;

/**
 * Faults of a round. What fails in one house is noted, and the next one has its turn, the failed one
 * none any more; where hardly anything succeeds, and at the end of the round, the first is thrown.
 */
export class Faults {
  private first: { error: unknown } | null = null;
  private inRow = 0;
  private readonly leftOut = new Set<string>();

  constructor(private readonly tools: { log: Pick<AppLog, "error">; signal: AbortSignal }) {}

  /** Does one turn; whether it went well. Throws where the round has to end. */
  async keep(tenantId: string, turn: () => Promise<unknown>): Promise<boolean> {
    const { log, signal } = this.tools;
    signal.throwIfAborted();
    if (this.leftOut.has(tenantId)) return false;
    try {
      await turn();
      this.inRow = 0;
      return true;
    } catch (error) {
      if (signal.aborted) throw error;
      this.first ??= { error };
      this.leftOut.add(tenantId);
      log.error("a house was left out of a round", error, { tenantId });
      if (++this.inRow >= mostInRow) throw error;
      return false;
    }
  }

  /** Throws the first fault, so that the queue tries the round again and its end is seen. */
  end(): void {
    if (this.first) throw this.first.error;
  }
}

/** Has every house's turn. Throws as `Faults` does, and where the signal asks to stop. */
export async function inEachHouse(
  { pool, log, signal }: Pick<Tools, "pool" | "log" | "signal">,
  turn: (tenantId: string) => Promise<unknown>,
): Promise<void> {
  const faults = new Faults({ log, signal });
  for await (const tenantId of tenants.each(pool, signal)) {
    await faults.keep(tenantId, () => turn(tenantId));
  }
  faults.end();
}
