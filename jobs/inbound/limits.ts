/** Floods: how much one stranger, or one address of ours, gets in a while. Counted in this process only. */
import { elapsed } from "../../db/clock.ts";

/** So many in so many milliseconds. */
export interface Rate {
  most: number;
  window: number;
}

const minute = 60_000;

export const rates = {
  /** Mails from one network address. */
  mails: { most: 60, window: minute },
  /** Recipients from one network address that nobody has: whoever guesses is told nothing more. */
  guesses: { most: 20, window: 10 * minute },
  /** Mails to one address of ours; more wait at their sender's. */
  address: { most: 300, window: 60 * minute },
} satisfies Record<string, Rate>;

/** Keys remembered at most; beyond that the oldest go, as a flood must not fill the memory. */
const mostKeys = 20_000;

/** Counters of one kind by key, each in a window that begins with its first hit. */
export class Counter {
  private readonly hits = new Map<string, { count: number; until: number }>();

  constructor(private readonly rate: Rate, private readonly clock: () => number = elapsed) {}

  /** Counts one; false when it is one too many. */
  take(key: string): boolean {
    const at = this.clock();
    const known = this.hits.get(key);
    if (known && known.until > at) return ++known.count <= this.rate.most;
    this.hits.delete(key);
    this.hits.set(key, { count: 1, until: at + this.rate.window });
    if (this.hits.size > mostKeys) this.hits.delete(this.hits.keys().next().value!);
    return this.rate.most > 0;
  }

  /** Whether a key has used up what it gets. */
  isSpent(key: string): boolean {
    const known = this.hits.get(key);
    return known !== undefined && known.until > this.clock() && known.count >= this.rate.most;
  }
}
