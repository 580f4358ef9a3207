/**
 * Limits how often something may happen that anybody can trigger: freely at first, then at a fixed
 * pace.
 */
import { elapsed } from "../db/clock.ts";

export interface PaceOptions {
  /** So many are allowed at once after a quiet period. */
  burst: number;
  /** After that, one every so many milliseconds. */
  everyMs: number;
  /** The time in milliseconds, from a clock that never goes back. */
  clock?: () => number;
}

/** Counts actions, and says how long the next one must wait. */
export class Pace {
  /** When the actions so far no longer count. */
  private settled = -Infinity;

  constructor(private readonly options: PaceOptions) {}

  /** Milliseconds until the next action is allowed; 0 means now. */
  wait(): number {
    const { burst, everyMs, clock = elapsed } = this.options;
    return Math.max(0, this.settled + everyMs - burst * everyMs - clock());
  }

  /** Records one action. */
  note(): void {
    const { everyMs, clock = elapsed } = this.options;
    this.settled = Math.max(this.settled, clock()) + everyMs;
  }
}
