/**
 * Which records this process showed to whom, written together a moment later: a page that only reads
 * opens no write of its own. What a killed process had not written yet, a tenth of a second, is lost.
 */
import { isLost } from "../db/held_connections.ts";
import type { AppLog } from "../db/log.ts";
import type { Sql } from "../db/pool.ts";
import type { Kind } from "../db/record_kinds.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { type Opened, record } from "../db/visits.ts";

/** How long notes are gathered, in milliseconds. */
const gatherMs = 100;
/** Notes written by one statement. */
const batch = 500;
/** Notes that wait while the database is away, at most, and for how long before it is tried again. */
const most = 5_000;
const retryMs = 1_000;

/** The notes of one process. */
export class Visits {
  #waiting: Opened[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(readonly pool: Sql, readonly log: AppLog) {}

  /** Notes that the acting user opened a record that was found. */
  note({ tenantId, actor: { userId }, now }: Scope, kind: Kind, id: string): void {
    if (userId === null) return;
    if (this.#waiting.length >= most) this.#lost(this.#waiting.splice(0), "too many wait");
    this.#waiting.push({ tenantId, userId, kind, id, at: now });
    this.#writeIn(gatherMs);
  }

  /** Returns once all that was noted so far is written, lost, or waits for the database. */
  settled(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#writing = this.#writing.then(() => this.#write());
  }

  #writeIn(milliseconds: number): void {
    this.#timer ??= setTimeout(() => void this.settled(), milliseconds);
  }

  async #write(): Promise<void> {
    const houses = Map.groupBy(this.#waiting.splice(0), ({ tenantId }) => tenantId);
    for (const [tenantId, opened] of houses) {
      for (let from = 0; from < opened.length; from += batch) {
        await this.#writeThese(tenantId, opened.slice(from, from + batch));
      }
    }
  }

  async #writeThese(tenantId: string, opened: Opened[]): Promise<void> {
    try {
      await withScope(this.pool, { tenantId, actor: system }, (scope) => record(scope, opened));
    } catch (error) {
      if (isLost(error)) {
        this.#waiting.push(...opened);
        return this.#writeIn(retryMs);
      }
      // One of them was removed since: those beside it are noted all the same.
      if ((error as { code?: string }).code !== "23503") return this.#lost(opened, error);
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
