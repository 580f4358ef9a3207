/** How far a run is, written by another connection so that pages see it before the end. */
import { elapsed } from "../clock.ts";
import type { Sql } from "../pool.ts";
import { type Who, withScope } from "../scope.ts";
import * as states from "./states.ts";

/** The least time between two reports, in milliseconds, and the part of a run that may pass. */
const least = 1_000;
const part = 1 / 20;

/**
 * Milliseconds from one report to the next, when a run has taken so many: reports are few however
 * long it takes. Every record that it makes is checked against the import's row, of which each
 * report leaves a version behind that cannot be cleared away before the run ends.
 */
export const pauseAfter = (taken: number): number => Math.max(least, taken * part);

/** Writes how far a run is, now and then. */
export class Progress {
  #begun = elapsed();
  #last = this.#begun;
  #writing: Promise<void> = Promise.resolve();
  #busy = false;

  constructor(readonly pool: Sql, readonly who: Who, readonly importId: string) {}

  /** So many rows are done: written where it is time for it. */
  report(done: number): void {
    const at = elapsed();
    if (this.#busy || at - this.#last < pauseAfter(at - this.#begun)) return;
    this.#busy = true;
    this.#last = at;
    this.#writing = withScope(this.pool, this.who, (scope) => {
      return states.report(scope, this.importId, done);
    }).catch(() => {}).finally(() => {
      this.#busy = false;
    });
  }

  /** Waits for the last report: it must not wait for the run's own last word, nor come after it. */
  settled(): Promise<void> {
    return this.#writing;
  }
}
