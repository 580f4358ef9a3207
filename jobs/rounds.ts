/** Rounds: what is done for one house after the other, none of which keeps another waiting. */
import type { AppLog } from "../db/log.ts";
import * as tenants from "../db/tenants.ts";
import type { Tools } from "./job.ts";

/** Houses that may fail in a row before a round ends: the fault is then not that of a house. */
const mostInRow = 20;
/** Turns of one house that may fail: one user's letter keeps no colleague's, and no house the others. */
const mostInHouse = 3;

/**
 * Faults of a round. What fails in one house is noted, and the next one has its turn; where hardly
 * anything succeeds any more, and at the end of the round, the first fault is thrown.
 */
export class Faults {
  private first: { error: unknown } | null = null;
  private inRow = 0;
  private readonly ofHouses = new Map<string, number>();

  constructor(private readonly tools: { log: Pick<AppLog, "error">; signal: AbortSignal }) {}

  /** Does one turn; whether it went well. Throws where the round has to end. */
  async keep(tenantId: string, turn: () => Promise<unknown>): Promise<boolean> {
    const { log, signal } = this.tools;
    signal.throwIfAborted();
    const before = this.ofHouses.get(tenantId) ?? 0;
    if (before >= mostInHouse) return false;
    try {
      await turn();
      this.inRow = 0;
      return true;
    } catch (error) {
      if (signal.aborted) throw error;
      this.first ??= { error };
      this.ofHouses.set(tenantId, before + 1);
      log.error("a house was left out of a round", error, { tenantId });
      if (before === 0 && ++this.inRow >= mostInRow) throw error;
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
