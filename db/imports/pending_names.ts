/** Enters new records into the index of names beside the import that writes them. */
import type { Sql } from "../pool.ts";

/**
 * Empties the index's waiting list on a connection of its own, so that the import, which writes on
 * one connection only, need not do it. If this fails, the import does it by itself as before.
 */
export class PendingNames {
  #entering: Promise<void> | null = null;

  constructor(readonly pool: Sql) {}

  /** Starts to empty the list, unless that is going on already. */
  enter(): void {
    this.#entering ??= this.pool`select enter_pending_names()`
      .then(() => {}, () => {})
      .finally(() => this.#entering = null);
  }

  /** Waits for what was started: meanwhile PostgreSQL lets nobody else empty the list. */
  async settled(): Promise<void> {
    await this.#entering;
  }
}
