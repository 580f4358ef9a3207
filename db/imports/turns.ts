/** Long reading in a process that serves others as well: a large spreadsheet takes many seconds. */
import { setImmediate as immediately } from "node:timers/promises";
import { elapsed } from "../clock.ts";

/** Milliseconds after which others have their turn. */
const longest = 20;

/** Of one reading: where `isOver`, it has to wait for `next` before it goes on. */
export class Turns {
  #since = elapsed();

  get isOver(): boolean {
    return elapsed() - this.#since > longest;
  }

  /** Lets everybody else go first. */
  async next(): Promise<void> {
    await immediately();
    this.#since = elapsed();
  }
}
