/** Where stored files are: in a folder of this machine, or in the bucket from the register. */
import { now } from "./clock.ts";
import { Invalid } from "./errors.ts";
import type { AnySql } from "./pool.ts";

export type FilePlace = "folder" | "bucket";

/** Bucket areas besides backups; newly received mails stay on the machine that received them. */
export const bucketAreas = ["copies", "deliveries", "imports", "records"] as const;

/** Where new files are put, and whether all files are there. */
export interface FilePlaces {
  place: FilePlace;
  /** Null while some files are still in the other place. */
  settledAt: Date | null;
  /** Old versions that the last check found in the bucket and could not remove. */
  surplus: number;
  /** Why that check failed, as a code. */
  errorCode: string | null;
  lookedAt: Date | null;
}

/** Where files are stored: in the folder until somebody moves them. */
export async function find(sql: AnySql): Promise<FilePlaces> {
  const [row] = await sql<FilePlaces[]>`
    select place, settled_at, surplus, error_code, looked_at
    from file_places
  `;
  const at = new Date(0);
  return row ?? { place: "folder", settledAt: at, surplus: 0, errorCode: null, lookedAt: null };
}

/** Whether any file may be in the bucket. */
export const holdsFiles = ({ place, settledAt }: FilePlaces): boolean =>
  place === "bucket" || settledAt === null;

/**
 * From now on new files go to this place; files in the other one stay readable until they are
 * moved.
 */
export async function choose(sql: AnySql, place: FilePlace): Promise<void> {
  await sql`
    insert into file_places (place, changed_at)
    values (${place}, ${now()})
    on conflict (only_row) do update
    set place = excluded.place, settled_at = null, changed_at = excluded.changed_at
  `;
}

/** Records that the other place holds no more files. */
export async function settle(sql: AnySql, place: FilePlace): Promise<void> {
  await sql`
    update file_places
    set settled_at = ${now()}
    where place = ${place}
      and settled_at is null
  `;
}

/** Records what a check of the bucket found. */
export async function noteLook(
  sql: AnySql,
  { surplus, errorCode }: Pick<FilePlaces, "surplus" | "errorCode">,
): Promise<void> {
  await sql`
    update file_places
    set surplus = ${surplus}, error_code = ${errorCode}, looked_at = ${now()}
  `;
}

/**
 * Asserts that no file is in the bucket, so that it stays reachable while it is needed. Throws
 * Invalid.
 */
export async function assertNoneInBucket(sql: AnySql, field?: string): Promise<void> {
  if (holdsFiles(await find(sql))) throw new Invalid("processors.holds_files", field);
}
