/** Files on their way between folder and bucket: found in either place meanwhile, safe to repeat. */
import type { S3Storage } from "./adapters/s3_storage.ts";
import { now } from "./clock.ts";
import { bucketAreas } from "./file_places.ts";
import { localStorage, ObjectMissing, type Storage } from "./storage.ts";

/** A move's figures. */
export interface Moved {
  files: number;
  /** Those that were erased while they were on their way. */
  gone: number;
}

/** Broken uploads of another run are gone after a day; nobody uploads for as long. */
const draftMs = 86_400_000;

/**
 * Moves every file from one place to the other, one after the other, each removed only after it is
 * there. Broken off anywhere, the next call goes on. Throws what a place throws, and the signal.
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
    // One that is there already came whole: a put leaves nothing half.
    if (!await to.exists(name)) await to.put(name, from.get(name));
  } catch (error) {
    if (error instanceof ObjectMissing) return false;
    throw error;
  }
  // Erased meanwhile: whoever erases looks at its old place first, so it must not stand in the new one.
  if (!await from.exists(name)) {
    await to.remove(name);
    return false;
  }
  await from.remove(name);
  return true;
}

/** How many files lie in each place. */
export async function count(dataDir: string, bucket: S3Storage | null) {
  const of = async (storage: Storage) => {
    let files = 0;
    for (const area of bucketAreas) for await (const _ of storage.list(area)) files++;
    return files;
  };
  return { folder: await of(localStorage(dataDir)), bucket: bucket ? await of(bucket) : null };
}

/**
 * Takes away what deletions left in the bucket: old versions and the marks that hide them. Our objects
 * are never written twice, so every version but the last is one. Returns how many there still are.
 */
export async function sweepVersions(bucket: S3Storage): Promise<number> {
  let left = 0;
  for (const area of bucketAreas) {
    for await (const version of bucket.leftovers(area)) await bucket.drop(version);
    for await (const _ of bucket.leftovers(area)) left++;
  }
  return left;
}
