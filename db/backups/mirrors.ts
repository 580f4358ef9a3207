/**
 * Mirrors backups from the folder into a bucket: sealed, and each file once however many backups
 * hold it. Expected and actual contents are compared, the difference is uploaded or removed, and
 * the result is checked: a deletion counts once the bucket no longer lists the object.
 */
import { dirname, join } from "node:path";
import type { S3Storage } from "../adapters/s3_storage.ts";
import { NotFound } from "../errors.ts";
import type { KeyStore } from "../key_store.ts";
import { FileBroken } from "../seals.ts";
import { ObjectMissing, syncFolder } from "../storage.ts";
import { folderOf, list, pathOf } from "../backups.ts";

/** Where backups are in the bucket; nothing else of ours is there. */
const area = "backups";
/** Interrupted uploads are removed after a day; no upload takes that long. */
const draftMs = 86_400_000;

/** The difference between folder and bucket at the end. */
export interface Mirrored {
  /** Complete backups in the bucket. */
  copies: number;
  oldestAt: Date | null;
  put: number;
  removed: number;
  /** Objects that are still missing, and those that should be gone but are still there. */
  missing: number;
  surplus: number;
}

/**
 * Makes the bucket hold exactly what the folder holds. Throws what the bucket throws, or the
 * signal.
 */
export async function mirror(
  store: KeyStore,
  bucket: S3Storage,
  at: Date,
  stop?: AbortSignal,
): Promise<Mirrored> {
  const wanted = await wantedOf(store);
  const counted = { put: 0, removed: 0 };
  await bucket.tidy(area, new Date(at.getTime() - draftMs));
  const before = await listed(bucket);
  // Deletions first, so that a full bucket cannot prevent them.
  for (const key of before.all) {
    if (wanted.has(key)) continue;
    stop?.throwIfAborted();
    await bucket.remove(key);
    counted.removed++;
  }
  for (const [key, read] of wanted) {
    if (before.current.has(key)) continue;
    stop?.throwIfAborted();
    await bucket.put(key, read());
    counted.put++;
  }
  const after = await listed(bucket);
  const whole = [...after.current].flatMap((key) =>
    /^backups\/([^/]+)\/about\.json$/.exec(key)?.[1] ?? []
  );
  const backups = await list(store);
  const oldest = backups.filter(({ name }) => whole.includes(name)).at(-1);
  return {
    ...counted,
    copies: whole.length,
    oldestAt: oldest?.at ?? null,
    missing: [...wanted.keys()].filter((key) => !after.current.has(key)).length,
    surplus: [...after.all].filter((key) => !wanted.has(key)).length,
  };
}

/**
 * Copies a complete backup from the bucket into the folder; the restore reports stored files that
 * the bucket has lost. Throws NotFound, and FileBroken if the list of files is missing.
 */
export async function fetchBackup(store: KeyStore, bucket: S3Storage, name: string): Promise<void> {
  const target = pathOf(store, name);
  if (await Deno.stat(target).then(() => true, () => false)) return;
  const prefix = `${area}/${name}`;
  const parts: string[] = [];
  for await (const { name: key } of bucket.list(prefix)) parts.push(key);
  if (!parts.includes(`${prefix}/about.json`)) throw new NotFound("backup");
  const draft = `${target}.draft`;
  await Deno.remove(draft, { recursive: true }).catch(() => {});
  const take = async (key: string, path: string) => {
    await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await Deno.open(path, { createNew: true, write: true, mode: 0o600 });
    await ReadableStream.from(bucket.get(key)).pipeTo(file.writable);
  };
  const takeFile = async (file: string) => {
    const path = join(draft, "files", file);
    try {
      await take(`${area}/files/${file}`, path);
    } catch (error) {
      if (!(error instanceof ObjectMissing)) throw error;
      await Deno.remove(path);
    }
  };
  if (!parts.includes(`${prefix}/contents.txt`)) throw new FileBroken();
  for (const key of parts) {
    const part = key.slice(prefix.length + 1);
    if (isPart(part)) await take(key, join(draft, part));
  }
  for (const file of (await Deno.readTextFile(join(draft, "contents.txt"))).split("\n")) {
    if (isFile(file)) await takeFile(file);
  }
  await Deno.remove(join(draft, "contents.txt"));
  await Deno.rename(draft, target);
  await syncFolder(folderOf(store));
}

/** Names of the complete backups in the bucket, newest first. */
export async function namesIn(bucket: S3Storage): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of bucket.list(area)) {
    const [, found] = /^backups\/([^/]+)\/about\.json$/.exec(name) ?? [];
    if (found) names.push(found);
  }
  return names.sort().reverse();
}

/**
 * What the bucket is to hold, each with a function to read it; a backup's description is its last
 * part.
 */
async function wantedOf(store: KeyStore): Promise<Map<string, () => AsyncIterable<Uint8Array>>> {
  const wanted = new Map<string, () => AsyncIterable<Uint8Array>>();
  for (const { name, tables } of await list(store)) {
    const folder = pathOf(store, name);
    const files = await filesIn(join(folder, "files"), "");
    for (const file of files) {
      wanted.set(`${area}/files/${file}`, () => read(join(folder, "files", file)));
    }
    const parts = ["key", ...tables.map((table) => `tables/${table.name}`), "about"];
    for (const part of parts) wanted.set(`${area}/${name}/${part}`, () => read(join(folder, part)));
    wanted.set(`${area}/${name}/contents.txt`, () => once(files.join("\n")));
    wanted.set(`${area}/${name}/about.json`, () => read(join(folder, "about.json")));
  }
  return wanted;
}

/** The current objects, and those including versions that deletions left behind. */
async function listed(bucket: S3Storage): Promise<{ current: Set<string>; all: Set<string> }> {
  const current = new Set<string>();
  for await (const { name } of bucket.list(area)) current.add(name);
  const all = new Set(current);
  for await (const name of bucket.versions(area)) all.add(name);
  return { current, all };
}

/** Only harmless names, because input from outside becomes a path here. */
const isPart = (part: string) =>
  /^(about|about\.json|key|contents\.txt|tables\/[a-z0-9_]+)$/.test(part);
const isFile = (name: string) => /^[a-z]+(\/[0-9A-Za-z-]+){1,3}$/.test(name);

async function filesIn(folder: string, prefix: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  });
  const all: string[] = [];
  for (const { name, isDirectory } of entries) {
    if (isDirectory) all.push(...await filesIn(join(folder, name), `${prefix}${name}/`));
    else all.push(prefix + name);
  }
  return all;
}

async function* read(path: string): AsyncGenerator<Uint8Array> {
  const file = await Deno.open(path);
  yield* file.readable;
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
