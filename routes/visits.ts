/**
 * Collects who opened which records and writes it in batches, so that a page that only reads does not
 * have to write. If the process is killed, the last tenth of a second is lost.
 */
import type { AppLog } from "../db/log.ts";
import { isPassing } from "../db/passing_faults.ts";
import type { Sql } from "../db/pool.ts";
import type { Kind } from "../db/record_kinds.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { type Opened, record } from "../db/visits.ts";

/** How long notes are collected before they are written, in milliseconds. */
const gatherMs = 100;
/** Notes written by one statement. */
const batch = 500;
/** The most notes that wait while the database is unavailable. */
const most = 5_000;
/** How long to wait before trying again, in milliseconds. */
const retryMs = 1_000;

/** The notes of one web process. */
export class Visits {
  #waiting: Opened[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(readonly pool: Sql, readonly log: AppLog) {}

  /** Notes that the acting user opened this record. */
  note({ tenantId, actor: { userId }, now }: Scope, kind: Kind, id: string): void {
    if (userId === null) return;
    if (this.#waiting.length >= most) this.#lost(this.#waiting.splice(0), "too many wait");
    this.#waiting.push({ tenantId, userId, kind, id, at: now });
    this.#writeIn(gatherMs);
  }

  /** Writes what was noted so far; returns once it is written, lost, or waiting for the database. */
  settled(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#writing = this.#writing.then(() => this.#write());
  }

  #writeIn(milliseconds: number): void {
    this.#timer ??= setTimeout(() => void this.settled(), milliseconds);
  }

  async #write(): Promise<void> {
    const byTenant = Map.groupBy(this.#waiting.splice(0), ({ tenantId }) => tenantId);
    for (const [tenantId, opened] of byTenant) {
      for (let from = 0; from < opened.length; from += batch) {
        await this.#writeThese(tenantId, opened.slice(from, from + batch));
      }
    }
  }

  async #writeThese(tenantId: string, opened: Opened[]): Promise<void> {
    try {
      await withScope(this.pool, { tenantId, actor: system }, (scope) => record(scope, opened));
    } catch (error) {
      if (isPassing(error)) {
        this.#waiting.push(...opened);
        return this.#writeIn(retryMs);
      }
      if ((error as { code?: string }).code !== "23503") return this.#lost(opened, error);
      // A record or user has been removed since: halve the batch until only that note is left out.
      if (opened.length === 1) return;
      const middle = opened.length >> 1;
      await this.#writeThese(tenantId, opened.slice(0, middle));
      await this.#writeThese(tenantId, opened.slice(middle));
    }
  }

  #lost(opened: readonly Opened[], error: unknown): void {
    this.log.error("who opened which records was not noted", error, { count: opened.length });
  }
}
