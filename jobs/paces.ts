/** How often something may be done that anybody can bring about: freely at first, then at a pace. */
import { elapsed } from "../db/clock.ts";

export interface PaceOptions {
  /** So many at once, after a while without any. */
  burst: number;
  /** From then on one in so many milliseconds. */
  everyMs: number;
  /** Milliseconds on a clock that only runs forwards. */
  clock?: () => number;
}

/** Counts what was done, and says how long the next one waits. */
export class Pace {
  /** When all that was done will have been made good. */
  private settled = -Infinity;

  constructor(private readonly options: PaceOptions) {}

  /** Milliseconds until one more may be done; 0: now. */
  wait(): number {
    const { burst, everyMs, clock = elapsed } = this.options;
    return Math.max(0, this.settled + everyMs - burst * everyMs - clock());
  }

  /** Notes that one was done. */
  note(): void {
    const { everyMs, clock = elapsed } = this.options;
    this.settled = Math.max(this.settled, clock()) + everyMs;
  }
}
