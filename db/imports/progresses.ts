/** Records the progress of a run on another connection, so that pages see it before the end. */
import { elapsed } from "../clock.ts";
import type { Sql } from "../pool.ts";
import { type Who, withScope } from "../scope.ts";
import * as states from "./states.ts";

/** The shortest time between two reports, in milliseconds, and the share of a run that may pass. */
const least = 1_000;
const part = 1 / 20;

/**
 * Milliseconds from one report to the next after a run has taken so many: reports are few however
 * long it takes. Every record created is checked against the import's row, and each report leaves a
 * version of that row behind that cannot be cleaned up before the run ends.
 */
export const pauseAfter = (taken: number): number => Math.max(least, taken * part);

/** Records the progress of a run from time to time. */
export class Progress {
  #begun = elapsed();
  #last = this.#begun;
  #writing: Promise<void> = Promise.resolve();
  #busy = false;

  constructor(readonly pool: Sql, readonly who: Who, readonly importId: string) {}

  /** So many rows are done; written only when it is time for it. */
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

  /** Waits for the last report, which must not block the run's final update or come after it. */
  settled(): Promise<void> {
    return this.#writing;
  }
}
