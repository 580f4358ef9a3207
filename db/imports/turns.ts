/**
 * Lets long reading pause in a process that serves others too: a large spreadsheet takes many
 * seconds.
 */
import { setImmediate as immediately } from "node:timers/promises";
import { elapsed } from "../clock.ts";

/** Milliseconds after which others get their turn. */
const longest = 20;

/** For one reading: when `isOver`, it has to wait for `next` before continuing. */
export class Turns {
  #since = elapsed();

  get isOver(): boolean {
    return elapsed() - this.#since > longest;
  }

  /** Lets everything else go first. */
  async next(): Promise<void> {
    await immediately();
    this.#since = elapsed();
  }
}
