/** What lies where of the backups: the supervisor notes it, the proof of clauses 4.1 and 5.2 asks. */
import { now } from "./clock.ts";
import type { AnySql } from "./pool.ts";

export type PlaceName = "folder" | "bucket";

/** A place as it was last found. */
export interface BackupPlace {
  place: PlaceName;
  /** Whole backups there. */
  copies: number;
  oldestAt: Date | null;
  /** Objects that should lie there and do not, and those that should not and do. */
  missing: number;
  surplus: number;
  /** Why the look failed, in a word. */
  errorCode: string | null;
  at: Date;
}

/** Notes what was found; in place of what was found before. */
export async function record(sql: AnySql, found: Omit<BackupPlace, "at">): Promise<void> {
  await sql`
    insert into backup_places ${sql({ ...found, at: now() } as never)}
    on conflict (place) do update
    set copies = excluded.copies, oldest_at = excluded.oldest_at, missing = excluded.missing,
      surplus = excluded.surplus, error_code = excluded.error_code, at = excluded.at
  `;
}

/**
 * How many copies from before an instant a place may still hold: what the last look did not see to
 * be gone counts, and so does a look that failed.
 */
export async function countBefore(
  sql: AnySql,
  place: PlaceName,
  instant: Date,
): Promise<number> {
  const found = (await list(sql)).find((each) => each.place === place);
  if (!found) return 0;
  const { oldestAt, surplus, errorCode } = found;
  return surplus + Number(errorCode !== null || (oldestAt !== null && oldestAt < instant));
}

/** Forgets a place that is not used any more. */
export async function remove(sql: AnySql, place: PlaceName): Promise<void> {
  await sql`delete from backup_places where place = ${place}`;
}

/** Every place there is. */
export async function list(sql: AnySql): Promise<BackupPlace[]> {
  return await sql<BackupPlace[]>`
    select place, copies, oldest_at, missing, surplus, error_code, at
    from backup_places
    order by place desc
  `;
}
