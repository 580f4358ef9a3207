/** Reproducible chance: the same seed gives the same numbers on every machine. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Values, each with its relative frequency. */
export type Weighted<T> = readonly (readonly [T, number])[];

export class Dice {
  readonly #generator;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number {
    return uniformInt(this.#generator, from, to);
  }

  /** Returns true in so many percent of cases. */
  percent(share: number): boolean {
    return this.int(1, 1000) <= share * 10;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!;
  }

  /** Like `pick`, but values at the front come up far more often, as with names of people. */
  pickCommon<T>(list: readonly T[]): T {
    const place = (this.int(0, 999_999) / 1_000_000) ** (list.length > 80 ? 2 : 1.4);
    return list[Math.floor(place * list.length)]!;
  }

  weighted<T>(choices: Weighted<T>): T {
    let left = this.int(1, choices.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [value, weight] of choices) {
      left -= weight;
      if (left <= 0) return value;
    }
    return choices[0]![0];
  }
}
