/**
 * The storage of an installation whose files may be in the folder or in the bucket from the
 * register or, during a move, in both, as known to a process at most one second ago.
 */
import { AdapterError } from "./adapters/answers.ts";
import type { S3Storage } from "./adapters/s3_storage.ts";
import { elapsed } from "./clock.ts";
import type { Config } from "./config.ts";
import { type Egress, EgressError } from "./egress.ts";
import { bucketAreas, type FilePlace, type FilePlaces, find } from "./file_places.ts";
import { openPool, type Sql } from "./pool.ts";
import * as connections from "./processor_connections.ts";
import * as processors from "./processors.ts";
import { localStorage, ObjectMissing, type Storage, StorageAway } from "./storage.ts";

/** Milliseconds for which a process may rely on what it knows. */
export const knownForMs = 1_000;
/** Attempts when a bucket is temporarily busy. */
const tries = 3;

/** The current places; `bucket` is null if no files need it. */
interface Known extends Pick<FilePlaces, "place" | "settledAt"> {
  bucket: S3Storage | null;
}

/** The bucket from the register, if it may hold what is asked for; null if there is none. */
export async function bucketOf(
  sql: Sql,
  secretKey: string,
  egress: Egress,
  category: "files" | "backups",
  most = 1,
): Promise<S3Storage | null> {
  const processor = await processors.lookupByAdapter(sql, "ionos");
  if (!processor?.connected || !processors.isOpen(processor)) return null;
  if (!processor.dataCategories.includes(category)) return null;
  const connection = await connections.open(sql, secretKey, processor.id);
  if (!connection) return null;
  // Loaded only here: most installations keep their files in the folder.
  const [{ Bucket }, { s3Storage }, { asIonos }] = await Promise.all([
    import("./adapters/s3.ts"),
    import("./adapters/s3_storage.ts"),
    import("./processor_forms.ts"),
  ]);
  const { s3Endpoint: endpoint, ...rest } = asIonos(connection);
  return s3Storage(new Bucket(egress, processor.id, { ...rest, endpoint }, most));
}

/** A storage, and how to release what it holds. */
export interface ProcessStorage extends Storage {
  end(): Promise<void>;
}

/**
 * The storage of a process. It uses a connection of its own, because callers that store something
 * may hold all others. Throws StorageAway if a bucket that is needed cannot be reached.
 */
export function processStorage(
  { dataDir, secretKey }: Pick<Config, "dataDir" | "secretKey">,
  url: string,
  egress: Egress,
): ProcessStorage {
  const pool = openPool(url, { max: 1, name: "kompaktcrm files" });
  const folder: Placed = { ...localStorage(dataDir), kind: "folder" };
  let known: Promise<Known> | undefined;
  let knownAt = 0;
  const look = async (): Promise<Known> => {
    const { place, settledAt } = await find(pool);
    const needed = place === "bucket" || settledAt === null;
    const bucket = needed ? await bucketOf(pool, secretKey, egress, "files", tries) : null;
    return { place, settledAt, bucket };
  };
  const places = async (fresh = false): Promise<Placed[]> => {
    if (fresh || !known || elapsed() - knownAt > knownForMs) {
      knownAt = elapsed();
      known = look();
      known.catch(() => known = undefined);
    }
    const { place, settledAt, bucket } = await known;
    if (place === "folder" && settledAt) return [folder];
    if (!bucket) throw new StorageAway("closed");
    const inBucket = guarded(bucket);
    if (settledAt) return [inBucket];
    return place === "bucket" ? [inBucket, folder] : [folder, inBucket];
  };
  const at = (name: string, fresh = false) =>
    isPlaced(name) ? places(fresh) : Promise.resolve([folder]);

  return {
    async put(name, bytes) {
      const [place] = await at(name);
      await place!.put(name, bytes);
      // A slow put may end after all files were moved to the other place.
      const now = await at(name, true);
      if (now.some((each) => each.kind === place!.kind)) return;
      await now[0]!.put(name, place!.get(name));
      await place!.remove(name);
    },
    async *get(name) {
      // If the file was moved since this process last looked, it is in the other place.
      for (const fresh of [false, true]) {
        for (const place of await at(name, fresh)) {
          try {
            yield* place.get(name);
            return;
          } catch (error) {
            if (!(error instanceof ObjectMissing)) throw error;
          }
        }
      }
      throw new ObjectMissing();
    },
    async remove(name) {
      // Remove it from its old place first: a move checks that place again after copying.
      for (const place of (await at(name)).reverse()) await place.remove(name);
    },
    async exists(name) {
      for (const place of await at(name)) if (await place.exists(name)) return true;
      return false;
    },
    async *list(prefix) {
      for (const place of await at(prefix)) yield* place.list(prefix);
    },
    async *folders(area) {
      const seen = new Set<string>();
      for (const place of await at(area)) {
        for await (const name of place.folders(area)) {
          if (!seen.has(name)) yield name;
          seen.add(name);
        }
      }
    },
    async tidy(prefix, before) {
      let count = 0;
      for (const place of await at(prefix)) count += await place.tidy(prefix, before);
      return count;
    },
    end: () => pool.end({ timeout: 1 }),
  };
}

/** A storage, and which of the two places it is. */
interface Placed extends Storage {
  kind: FilePlace;
}

const isPlaced = (name: string) =>
  (bucketAreas as readonly string[]).includes(name.split("/", 1)[0]!);

/** The same storage, with its errors reported as the storage being away. */
function guarded(bucket: S3Storage): Placed {
  return {
    kind: "bucket",
    put: (name, bytes) => bucket.put(name, bytes).catch(away),
    get: (name) => watched(bucket.get(name)),
    remove: (name) => bucket.remove(name).catch(away),
    exists: (name) => bucket.exists(name).catch(away),
    list: (prefix) => watched(bucket.list(prefix)),
    folders: (area) => watched(bucket.folders(area)),
    tidy: (prefix, before) => bucket.tidy(prefix, before).catch(away),
  };
}

async function* watched<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    away(error);
  }
}

function away(error: unknown): never {
  if (error instanceof EgressError || error instanceof AdapterError) {
    throw new StorageAway(error.code);
  }
  throw error;
}
