/**
 * The same backups in a bucket, as they lie in the folder: sealed, each file once however many
 * backups hold it. What should be there is compared with what is; the difference is put or removed,
 * and then looked at again: a deletion counts when the bucket does not list it any more.
 */
import { dirname, join } from "node:path";
import type { S3Storage } from "../adapters/s3_storage.ts";
import { NotFound } from "../errors.ts";
import type { KeyStore } from "../key_store.ts";
import { FileBroken } from "../seals.ts";
import { ObjectMissing, syncFolder } from "../storage.ts";
import { folderOf, list, pathOf } from "../backups.ts";

/** Where backups lie in the bucket; nothing else of ours does. */
const area = "backups";
/** Broken uploads of another run are gone after a day; nobody uploads for as long. */
const draftMs = 86_400_000;

/** How folder and bucket agree at the end. */
export interface Mirrored {
  /** Whole backups in the bucket. */
  copies: number;
  oldestAt: Date | null;
  put: number;
  removed: number;
  /** Objects that are still not there, and those that still are. */
  missing: number;
  surplus: number;
}

/** Makes the bucket hold what the folder holds, and no more. Throws what the bucket throws, or the signal. */
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
  // First what has to go: a full bucket must not keep it.
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
 * Takes a whole backup out of the bucket into the folder, under its name; stored files that the bucket
 * lost are left for the restore to tell. Throws NotFound, and FileBroken where the list of them is gone.
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

/** Names of whole backups in the bucket, the newest first. */
export async function namesIn(bucket: S3Storage): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of bucket.list(area)) {
    const [, found] = /^backups\/([^/]+)\/about\.json$/.exec(name) ?? [];
    if (found) names.push(found);
  }
  return names.sort().reverse();
}

/** What the bucket is to hold, each with the way to read it; a backup's own words come last of its parts. */
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

/** What lies there now, and that with the versions that deletions left behind. */
async function listed(bucket: S3Storage): Promise<{ current: Set<string>; all: Set<string> }> {
  const current = new Set<string>();
  for await (const { name } of bucket.list(area)) current.add(name);
  const all = new Set(current);
  for await (const name of bucket.versions(area)) all.add(name);
  return { current, all };
}

/** Names that lead nowhere else: what comes from outside becomes a path. */
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
