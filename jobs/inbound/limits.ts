/**
 * Limits how much one stranger sends, or one address receives, in a while; counted in this process
 * only.
 */
import { elapsed } from "../../db/clock.ts";
import { prefixOf, siteOf } from "../../db/network_prefixes.ts";

/** At most this many in this many milliseconds. */
export interface Rate {
  most: number;
  window: number;
}

const minute = 60_000;

export const rates = {
  /** Mails from one network address. */
  mails: { most: 60, window: minute },
  /** Unknown recipients from one network address; beyond that, guessing gets no more answers. */
  guesses: { most: 20, window: 10 * minute },
  /** Mails to one address of ours; further ones wait at their sender's server. */
  address: { most: 300, window: 60 * minute },
} satisfies Record<string, Rate>;

/** At most this many keys are kept; the oldest go first, so that a flood cannot fill the memory. */
const mostKeys = 20_000;

/** Counters of one kind by key, each in a window that begins with its first hit. */
export class Counter {
  private readonly hits = new Map<string, { count: number; until: number }>();

  constructor(private readonly rate: Rate, private readonly clock: () => number = elapsed) {}

  /** Counts one more; returns false if it exceeds the limit. */
  take(key: string): boolean {
    const at = this.clock();
    const known = this.hits.get(key);
    if (known && known.until > at) return ++known.count <= this.rate.most;
    this.hits.delete(key);
    this.hits.set(key, { count: 1, until: at + this.rate.window });
    if (this.hits.size > mostKeys) this.hits.delete(this.hits.keys().next().value!);
    return this.rate.most > 0;
  }

  /** Whether a key has used up its limit. */
  isSpent(key: string): boolean {
    const known = this.hits.get(key);
    return known !== undefined && known.until > this.clock() && known.count >= this.rate.most;
  }
}

/** Counters of the mails to one address of ours: a third of them may come from one network. */
export class AddressCounter {
  private readonly all: Counter;
  private readonly shares: Counter;

  constructor({ most, window }: Rate, clock?: () => number) {
    this.all = new Counter({ most, window }, clock);
    this.shares = new Counter({ most: Math.ceil(most / 3), window }, clock);
  }

  /** Counts one more; `stranger` is null for a mail that our operator's own server passed on. */
  take(address: string, stranger: string | null): void {
    this.all.take(address);
    if (stranger !== null) this.shares.take(shareOf(address, stranger));
  }

  /** Whether all mails of an address are used up, or those that the sender's network may send. */
  isSpent(address: string, stranger: string | null): boolean {
    return this.all.isSpent(address) ||
      stranger !== null && this.shares.isSpent(shareOf(address, stranger));
  }
}

const shareOf = (address: string, stranger: string): string =>
  `${address} ${siteOf(prefixOf(stranger))}`;

/** Connections open at once from one address. */
const mostOpen = 10;
/**
 * How many times the limit of one address an IPv6 network gets, as one customer has countless
 * addresses.
 */
const share = 4;

/** The network of an IPv6 address; null for IPv4, where addresses are scarce. */
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

  /** Counts one more; returns false if it exceeds the limit. */
  take(address: string): boolean {
    const network = networkOf(address);
    const fits = network === null || this.networks.take(network);
    return this.addresses.take(address) && fits;
  }

  /** Whether an address or its network has used up its limit. */
  isSpent(address: string): boolean {
    const network = networkOf(address);
    return this.addresses.isSpent(address) || network !== null && this.networks.isSpent(network);
  }
}

/** The open connections, each known by its id, so that one never counted is not subtracted. */
export class OpenConnections {
  private readonly keys = new Map<string, string[]>();
  private readonly counts = new Map<string, number>();

  /** Counts one more; returns false if it exceeds the limit, yet counts it until it leaves. */
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
