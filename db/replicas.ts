/**
 * A copy of the database that only answers reads: a page is read from it only once it has replayed
 * what the page's reader wrote, so that users always see their own writes.
 */
import { elapsed, pause } from "./clock.ts";
import type { Sql } from "./pool.ts";

/** How long a copy that lags or was unreachable is left alone. */
const unfitMs = 1_000;
const awayMs = 10_000;
/** How many seconds the copy may lag before all pages are read from the primary. */
const mostBehind = 10;

/** The copy, as far as pages need it. */
export class Replica {
  private awayUntil = 0;

  /** `pool` leads to the copy, `primary` to the database it copies. */
  constructor(readonly pool: Sql, private readonly primary: Sql) {}

  /** Notes for a session how far the primary has come: its next pages must show at least that. */
  async remember(sessionId: string): Promise<void> {
    await this.primary`
      update sessions
      set written_to = pg_current_wal_lsn()
      where id = ${sessionId}
    `;
  }

  /** Whether a session's page may be read from the copy: it keeps up and has its writes. */
  async servesSession(sessionId: string): Promise<boolean> {
    if (elapsed() < this.awayUntil) return false;
    const [row] = await this.primary<{ at: string | null }[]>`
      select written_to::text as at
      from sessions
      where id = ${sessionId}
    `;
    return await this.serves(row?.at ?? null);
  }

  /** Whether the copy keeps up and has what was written up to `at`. */
  private async serves(at: string | null): Promise<boolean> {
    if (elapsed() < this.awayUntil) return false;
    try {
      const [row] = await this.pool<[{ fit: boolean; seen: boolean }]>`
        select
          pg_is_in_recovery()
            and exists (select from pg_stat_wal_receiver where pid is not null)
            and (
              pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
              or pg_last_xact_replay_timestamp() > now() - make_interval(secs => ${mostBehind})
            ) as fit,
          coalesce(pg_last_wal_replay_lsn() >= ${at}::pg_lsn, true) as seen
      `;
      if (!row.fit) this.awayUntil = elapsed() + unfitMs;
      return row.fit && row.seen;
    } catch {
      this.awayUntil = elapsed() + awayMs;
      return false;
    }
  }

  /** The copy's pool once it has caught up with the present; null if that takes too long. */
  async caughtUp(withinMs: number): Promise<Sql | null> {
    const [{ at }] = await this.primary<[{ at: string }]>`
      select pg_current_wal_lsn()::text as at
    `;
    for (const from = elapsed();;) {
      if (await this.serves(at)) return this.pool;
      if (elapsed() - from > withinMs) return null;
      await pause(20);
    }
  }
}

/** The serving role's address at the copy: the same role and password on another host. */
export function replicaUrl(appUrl: string, replica: string): string {
  const [app, other] = [new URL(appUrl), new URL(replica)];
  other.username = app.username;
  other.password = app.password;
  if (other.pathname.length <= 1) other.pathname = app.pathname;
  return other.href;
}
