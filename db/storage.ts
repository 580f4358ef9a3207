/** Where sealed bytes are stored: in our own folder, or behind the same interface in a bucket. */
import { dirname, join } from "node:path";
import { now } from "./clock.ts";

/** An object in a storage. */
export interface StoredObject {
  name: string;
  /** When it was stored. */
  at: Date;
}

/** A storage of whole objects. Names are `area/ID` or `area/ID/ID`, never what a person typed. */
export interface Storage {
  /** Stores everything, or nothing if `bytes` throws. The name must be new. */
  put(name: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** The bytes piece by piece. Throws ObjectMissing at the first one. */
  get(name: string): AsyncIterable<Uint8Array>;
  /** Removes an object; one already gone is no error. */
  remove(name: string): Promise<void>;
  exists(name: string): Promise<boolean>;
  /** Everything under `area` or `area/ID`, in no particular order. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** The next parts of the names in an area: the tenants with objects there. */
  folders(area: string): AsyncIterable<string>;
  /** Removes what interrupted puts before a given time left under a prefix; returns how many. */
  tidy(prefix: string, before: Date): Promise<number>;
}

/** There is no such object. */
export class ObjectMissing extends Error {
  override name = "ObjectMissing";
}

/** The storage cannot be reached at the moment; its contents are fine. */
export class StorageAway extends Error {
  override name = "StorageAway";

  constructor(readonly code: string) {
    super(`storage: ${code}`);
  }
}

/** Names of our own making; nothing else gets near a path. */
const objectName = /^[a-z]+(\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){1,2}$/;
const listable = /^[a-z]+(\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/;
const isName = (text: string) => objectName.test(`x/${text}`);

/** Bytes read at a time. */
const readSize = 256 * 1024;

/** The storage in `DATA_DIR/files`. */
export function localStorage(dataDir: string): Storage {
  const root = join(dataDir, "files");
  const pathOf = (name: string) => {
    if (!objectName.test(name)) throw new TypeError("not the name of an object");
    return join(root, name);
  };
  const folderOf = (prefix: string) => {
    if (!listable.test(prefix)) throw new TypeError("not the name of a folder");
    return join(root, prefix);
  };

  return {
    async put(name, bytes) {
      const path = pathOf(name);
      const draft = `${path}.draft`;
      await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        await write(draft, bytes);
        await Deno.rename(draft, path);
      } catch (error) {
        await removeFile(draft);
        throw error;
      }
      await syncFolder(dirname(path));
    },
    async *get(name) {
      const file = await Deno.open(pathOf(name)).catch(missing);
      try {
        for (;;) {
          const bytes = new Uint8Array(readSize);
          const read = await file.read(bytes);
          if (read === null) return;
          yield bytes.subarray(0, read);
        }
      } finally {
        file.close();
      }
    },
    remove: (name) => removeFile(pathOf(name)),
    exists: (name) => Deno.stat(pathOf(name)).then(() => true, () => false),
    async *list(prefix) {
      for await (const { name, isDirectory } of entries(folderOf(prefix))) {
        if (!isName(name)) continue;
        const found = `${prefix}/${name}`;
        if (isDirectory) yield* this.list(found);
        else {
          const info = await Deno.stat(pathOf(found)).catch(() => null);
          if (info) yield { name: found, at: info.mtime ?? new Date(0) };
        }
      }
    },
    async *folders(area) {
      for await (const { name, isDirectory } of entries(folderOf(area))) {
        if (isDirectory && isName(name)) yield name;
      }
    },
    async tidy(prefix, before) {
      let count = 0;
      for await (const { name } of entries(folderOf(prefix))) {
        if (!name.endsWith(".draft")) continue;
        const path = join(root, prefix, name);
        const info = await Deno.stat(path).catch(() => null);
        if (!info?.mtime || info.mtime >= before) continue;
        await removeFile(path);
        count++;
      }
      return count;
    },
  };
}

/** Writes a new file through to the disk, dated by our own clock. */
async function write(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await Deno.open(path, { createNew: true, write: true, mode: 0o600 });
  try {
    for await (const chunk of bytes) {
      for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
    }
    const at = now();
    await file.utime(at, at);
    await file.sync();
  } finally {
    file.close();
  }
}

/** Whether something failed because the disk is full. */
export function isDiskFull(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && ["ENOSPC", "EDQUOT", "EFBIG"].includes(code);
}

/** Makes a rename survive a power cut, where the system lets folders be synced. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await Deno.open(path).catch(() => null);
  await folder?.sync().catch(() => {});
  folder?.close();
}

/** Removes a file; one already gone is no error. */
export async function removeFile(path: string): Promise<void> {
  await Deno.remove(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/** The entries of a folder; none if it does not exist. */
async function* entries(path: string): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function missing(error: unknown): never {
  throw error instanceof Deno.errors.NotFound ? new ObjectMissing() : error;
}

/** Whether an entry is a folder or a link to one, as when a part is on another disk. */
export async function isFolder(path: string, entry: Deno.DirEntry): Promise<boolean> {
  if (!entry.isSymlink) return entry.isDirectory;
  return await Deno.stat(path).then((info) => info.isDirectory, () => false);
}
