/** Adds stored files to a backup: as hard links, or fetched from where they are stored. */
import { dirname, join } from "node:path";
import { bucketAreas } from "../file_places.ts";
import { isFolder, ObjectMissing, type Storage } from "../storage.ts";

/** Writes a new file and flushes it to the disk. */
export async function write(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await Deno.open(path, { createNew: true, write: true, mode: 0o600 });
  try {
    for await (const chunk of bytes) {
      for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
    }
    await file.sync();
  } finally {
    file.close();
  }
}

/** Hard-links files, which takes no room while the original exists. Stored files never change. */
export async function linkFiles(from: string, to: string): Promise<number> {
  let count = 0;
  const entries: Deno.DirEntry[] = [];
  try {
    for await (const entry of Deno.readDir(from)) entries.push(entry);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
  for (const entry of entries) {
    const { name } = entry;
    const [source, target] = [join(from, name), join(to, name)];
    if (await isFolder(source, entry)) count += await linkFiles(source, target);
    else if (!name.endsWith(".draft") && !name.startsWith(".")) {
      await Deno.mkdir(dirname(target), { recursive: true, mode: 0o700 });
      const put = await Deno.link(source, target).then(() => true, async (error) => {
        // Removed meanwhile: either its row is newer than the snapshot, or it has been erased.
        if (error instanceof Deno.errors.NotFound) return false;
        await Deno.copyFile(source, target);
        return true;
      });
      if (put) count++;
    }
  }
  return count;
}

/**
 * Adds files that are stored elsewhere: each is fetched once, and later backups hard-link it. A
 * backup does not depend on the bucket.
 */
export async function fetchFiles(
  storage: Storage | undefined,
  earlier: readonly string[],
  to: string,
  stop?: AbortSignal,
): Promise<number> {
  if (!storage) return 0;
  let count = 0;
  for (const area of bucketAreas) {
    for await (const { name } of storage.list(area)) {
      stop?.throwIfAborted();
      const target = join(to, name);
      if (await isThere(target)) continue;
      await Deno.mkdir(dirname(target), { recursive: true, mode: 0o700 });
      const places = earlier.map((folder) => join(folder, name));
      if (!await linkFirst(places, target)) {
        try {
          await write(target, storage.get(name));
        } catch (error) {
          await Deno.remove(target).catch(() => {});
          if (error instanceof ObjectMissing) continue;
          throw error;
        }
      }
      count++;
    }
  }
  return count;
}

const isThere = (path: string) => Deno.stat(path).then(() => true, () => false);

/** Hard-links the first of these files that exists. */
async function linkFirst(places: readonly string[], target: string): Promise<boolean> {
  for (const place of places) {
    if (!await isThere(place)) continue;
    await Deno.link(place, target).catch(() => Deno.copyFile(place, target));
    return true;
  }
  return false;
}

/** How many files a folder contains, including subfolders. */
export async function countFiles(folder: string): Promise<number> {
  let count = 0;
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  });
  for (const { name, isDirectory } of entries) {
    count += isDirectory ? await countFiles(join(folder, name)) : 1;
  }
  return count;
}
