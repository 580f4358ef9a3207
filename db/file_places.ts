/** Where stored files lie: in the folder of this machine, or in the bucket of the register. */
import { now } from "./clock.ts";
import { Invalid } from "./errors.ts";
import type { AnySql } from "./pool.ts";

export type FilePlace = "folder" | "bucket";

/** What lies in the bucket, beside backups; mails that just came in stay on the machine that took them. */
export const bucketAreas = ["copies", "deliveries", "imports", "records"] as const;

/** Where files are put, and whether all of them lie there. */
export interface FilePlaces {
  place: FilePlace;
  /** Null while some still lie in the other place. */
  settledAt: Date | null;
  /** Old versions that the last look found in the bucket, and could not take away. */
  surplus: number;
  /** Why that look failed, in a word. */
  errorCode: string | null;
  lookedAt: Date | null;
}

/** Where files lie; in the folder, until somebody moves them. */
export async function find(sql: AnySql): Promise<FilePlaces> {
  const [row] = await sql<FilePlaces[]>`
    select place, settled_at, surplus, error_code, looked_at
    from file_places
  `;
  const at = new Date(0);
  return row ?? { place: "folder", settledAt: at, surplus: 0, errorCode: null, lookedAt: null };
}

/** Whether any file may lie in the bucket. */
export const holdsFiles = ({ place, settledAt }: FilePlaces): boolean =>
  place === "bucket" || settledAt === null;

/** From now on files are put there; those of the other place are found until they are moved. */
export async function choose(sql: AnySql, place: FilePlace): Promise<void> {
  await sql`
    insert into file_places (place, changed_at)
    values (${place}, ${now()})
    on conflict (only_row) do update
    set place = excluded.place, settled_at = null, changed_at = excluded.changed_at
  `;
}

/** Notes that nothing lies in the other place any more. */
export async function settle(sql: AnySql, place: FilePlace): Promise<void> {
  await sql`
    update file_places
    set settled_at = ${now()}
    where place = ${place}
      and settled_at is null
  `;
}

/** Notes what a look at the bucket found. */
export async function noteLook(
  sql: AnySql,
  { surplus, errorCode }: Pick<FilePlaces, "surplus" | "errorCode">,
): Promise<void> {
  await sql`
    update file_places
    set surplus = ${surplus}, error_code = ${errorCode}, looked_at = ${now()}
  `;
}

/** Keeps the bucket reachable for as long as files lie there. Throws Invalid. */
export async function assertNoneInBucket(sql: AnySql, field?: string): Promise<void> {
  if (holdsFiles(await find(sql))) throw new Invalid("processors.holds_files", field);
}
