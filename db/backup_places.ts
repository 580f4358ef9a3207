/** What each backup location holds: recorded by the supervisor, proof for clauses 4.1 and 5.2. */
import { now } from "./clock.ts";
import type { AnySql } from "./pool.ts";

export type PlaceName = "folder" | "bucket";

/** A location as it was last found. */
export interface BackupPlace {
  place: PlaceName;
  /** Complete backups there. */
  copies: number;
  oldestAt: Date | null;
  /** Objects that are missing there, and objects that should not be there. */
  missing: number;
  surplus: number;
  /** An error code if the check failed. */
  errorCode: string | null;
  at: Date;
}

/** Records what was found, replacing the previous finding. */
export async function record(sql: AnySql, found: Omit<BackupPlace, "at">): Promise<void> {
  await sql`
    insert into backup_places ${sql({ ...found, at: now() } as never)}
    on conflict (place) do update
    set copies = excluded.copies, oldest_at = excluded.oldest_at, missing = excluded.missing,
      surplus = excluded.surplus, error_code = excluded.error_code, at = excluded.at
  `;
}

/**
 * How many copies from before an instant a location may still hold: the surplus objects of the last
 * check, plus one if that check failed or found an older copy.
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

/** Forgets a location that is no longer used. */
export async function remove(sql: AnySql, place: PlaceName): Promise<void> {
  await sql`delete from backup_places where place = ${place}`;
}

/** All locations. */
export async function list(sql: AnySql): Promise<BackupPlace[]> {
  return await sql<BackupPlace[]>`
    select place, copies, oldest_at, missing, surplus, error_code, at
    from backup_places
    order by place desc
  `;
}
