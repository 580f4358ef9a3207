/** Floods: how much one stranger, or one address of ours, gets in a while. Counted in this process only. */
import { elapsed } from "../../db/clock.ts";
import { prefixOf } from "../../db/rate_limits.ts";

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

/** Connections open at once from one address. */
export const mostOpen = 10;
/** What a whole network of IPv6 gets, as often as one address: one customer has more than anybody counts. */
const share = 4;

/** The network of an IPv6 address; null for IPv4, where an address is dear. */
const networkOf = (address: string): string | null =>
  address.includes(":") && !address.includes(".") ? prefixOf(address) : null;

/** Counters of one kind by the sender's address and by its network. */
export class SenderCounter {
  private readonly addresses: Counter;
  private readonly networks: Counter;

  constructor({ most, window }: Rate, clock?: () => number) {
    this.addresses = new Counter({ most, window }, clock);
    this.networks = new Counter({ most: share * most, window }, clock);
  }

  /** Counts one; false when it is one too many. */
  take(address: string): boolean {
    const network = networkOf(address);
    const fits = network === null || this.networks.take(network);
    return this.addresses.take(address) && fits;
  }

  /** Whether an address, or its network, has used up what it gets. */
  isSpent(address: string): boolean {
    const network = networkOf(address);
    return this.addresses.isSpent(address) || network !== null && this.networks.isSpent(network);
  }
}

/** The connections that are open, each known by its id: one that was never counted takes none away. */
export class OpenConnections {
  private readonly keys = new Map<string, string[]>();
  private readonly counts = new Map<string, number>();

  /** Counts one; false when it is one too many: it counts until it is left all the same. */
  enter(id: string, address: string): boolean {
    const network = networkOf(address);
    const keys = network === null ? [address] : [address, network];
    this.keys.set(id, keys);
    for (const key of keys) this.counts.set(key, this.of(key) + 1);
    return this.of(address) <= mostOpen &&
      (network === null || this.of(network) <= share * mostOpen);
  }

  leave(id: string): void {
    for (const key of this.keys.get(id) ?? []) {
      if (this.of(key) > 1) this.counts.set(key, this.of(key) - 1);
      else this.counts.delete(key);
    }
    this.keys.delete(id);
  }

  private of(key: string): number {
    return this.counts.get(key) ?? 0;
  }
}
