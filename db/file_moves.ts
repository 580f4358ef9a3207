/**
 * Moving files between folder and bucket: they can be read from either place meanwhile; safe to
 * repeat.
 */
import type { S3Storage } from "./adapters/s3_storage.ts";
import { now } from "./clock.ts";
import { bucketAreas } from "./file_places.ts";
import { localStorage, ObjectMissing, type Storage } from "./storage.ts";

/** The figures of a move. */
export interface Moved {
  files: number;
  /** Files that were erased during the move. */
  gone: number;
}

/** Unfinished uploads of an earlier run are removed after a day; no upload takes that long. */
const draftMs = 86_400_000;

/**
 * Moves all files from one place to the other, one by one, removing each only after it has arrived.
 * If interrupted, the next call continues. Throws what a place throws, and the signal's reason.
 */
export async function move(
  from: Storage,
  to: Storage,
  each: (moved: Moved) => void = () => {},
  stop?: AbortSignal,
): Promise<Moved> {
  const moved: Moved = { files: 0, gone: 0 };
  const before = new Date(now().getTime() - draftMs);
  for (const area of bucketAreas) {
    for await (const tenant of from.folders(area)) {
      await from.tidy(`${area}/${tenant}`, before);
      await to.tidy(`${area}/${tenant}`, before);
    }
    for await (const { name } of from.list(area)) {
      stop?.throwIfAborted();
      if (await moveOne(from, to, name)) moved.files++;
      else moved.gone++;
      each(moved);
    }
  }
  return moved;
}

async function moveOne(from: Storage, to: Storage, name: string): Promise<boolean> {
  try {
    // A file that is already there is complete: a put never leaves half a file.
    if (!await to.exists(name)) await to.put(name, from.get(name));
  } catch (error) {
    if (error instanceof ObjectMissing) return false;
    throw error;
  }
  // Erased meanwhile, from its old place first, so it must not remain in the new one.
  if (!await from.exists(name)) {
    await to.remove(name);
    return false;
  }
  await from.remove(name);
  return true;
}

/** How many files each place holds. */
export async function count(dataDir: string, bucket: S3Storage | null) {
  const of = async (storage: Storage) => {
    let files = 0;
    for (const area of bucketAreas) for await (const _ of storage.list(area)) files++;
    return files;
  };
  return { folder: await of(localStorage(dataDir)), bucket: bucket ? await of(bucket) : null };
}

/**
 * Removes what deletions left in the bucket: old versions and delete markers. Our objects are never
 * overwritten, so every version except the last is such a leftover. Returns how many remain.
 */
export async function sweepVersions(bucket: S3Storage): Promise<number> {
  let left = 0;
  for (const area of bucketAreas) {
    for await (const version of bucket.leftovers(area)) await bucket.drop(version);
    for await (const _ of bucket.leftovers(area)) left++;
  }
  return left;
}
