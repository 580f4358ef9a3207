/**
 * Copies of the whole database, table by table in one snapshot, each sealed with a daily key that
 * is stored elsewhere. A logical copy: it works on any server, contains no remains of deleted rows
 * and no indexes, and any later version can restore it.
 */
import { join } from "node:path";
import type { Readable } from "node:stream";
import { z } from "zod";
import { type ForeignKey, foreignKeys, type Table, tables } from "./backups/catalogue.ts";
import { fetchFiles, linkFiles, write } from "./backups/files.ts";
import { windowDays } from "./backups/window.ts";
import { now } from "./clock.ts";
import { NotFound } from "./errors.ts";
import { isId } from "./ids.ts";
import * as keys from "./key_store.ts";
import type { KeyStore } from "./key_store.ts";
import type { Sql } from "./pool.ts";
import { FileBroken, seal, unseal } from "./seals.ts";
import { syncFolder } from "./storage.ts";
import type { Vault } from "./vault.ts";

export { type ForeignKey, foreignKeys, type Table, tables, windowDays };

const about = z.object({
  format: z.literal(1),
  name: z.string(),
  at: z.coerce.date(),
  /** The key that opens it; destroyed together with it. */
  keyId: z.uuid(),
  /** The number and checksum of each migration in the copied database. */
  migrations: z.array(z.object({ number: z.number(), checksum: z.string() })),
  tables: z.array(
    z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number() }),
  ),
  /** The number of stored files copied with it, still sealed. */
  files: z.number(),
  /** Whether the count is of files actually copied, excluding those removed meanwhile. */
  exact: z.boolean().default(false),
});

/** A backup's description of itself; contains nothing personal. */
export type Backup = z.infer<typeof about>;

const namePattern = /^\d{4}-\d\d-\d\dt\d{9}z$/;

/** The folder where backups are stored. */
export const folderOf = ({ dataDir }: KeyStore): string => join(dataDir, "backups");

/** The path of a backup. Throws NotFound if the name is not valid. */
export function pathOf(store: KeyStore, name: string): string {
  if (!namePattern.test(name)) throw new NotFound("backup");
  return join(folderOf(store), name);
}

const contextOf = (name: string, part: string) => `backup ${name} ${part}`;

/**
 * Copies the database and files as they are now, completely or not at all: until it is complete,
 * its folder has another name. Throws the reason for stopping, between two tables.
 */
export async function make(
  owner: Sql,
  store: Vault,
  stop?: AbortSignal,
): Promise<Backup> {
  const at = now();
  const name = at.toISOString().replace(/[:.]/g, "").toLowerCase();
  const draft = `${pathOf(store, name)}.draft`;
  await Deno.mkdir(join(draft, "tables"), { recursive: true, mode: 0o700 });
  const keyId = await keys.create(store);
  try {
    // Write this first: whoever removes an interrupted backup has to find its key.
    await write(join(draft, "key"), once(new TextEncoder().encode(keyId)));
    const key = { id: keyId, bytes: await keys.read(store, keyId) };
    const copied: Backup["tables"] = [];
    const migrations = await owner.begin(
      "isolation level repeatable read read only",
      async (sql) => {
        await sql`set local statement_timeout = 0`;
        await sql`set local idle_in_transaction_session_timeout = 0`;
        for (const table of await tables(sql)) {
          stop?.throwIfAborted();
          const counted = { rows: 0 };
          const copy = await sql`
            copy ${sql(table.name)} (${sql(table.columns)}) to stdout
          `.readable();
          const sealed = seal(key, contextOf(name, table.name), packed(lines(copy, counted)));
          try {
            await write(join(draft, "tables", table.name), sealed);
          } finally {
            await drain(copy);
          }
          copied.push({ ...table, rows: counted.rows });
        }
        return await sql<{ number: number; checksum: string }[]>`
        select number, checksum
        from schema_migrations
        order by number
      `;
      },
    );
    const earlier = (await list(store)).map((each) => join(pathOf(store, each.name), "files"));
    const files = await linkFiles(join(store.dataDir, "files"), join(draft, "files")) +
      await fetchFiles(store.storage, earlier, join(draft, "files"), stop);
    const made: Backup = {
      format: 1,
      name,
      at,
      keyId,
      migrations: [...migrations],
      tables: copied,
      files,
      exact: true,
    };
    const text = new TextEncoder().encode(JSON.stringify(made));
    await write(join(draft, "about"), seal(key, contextOf(name, "about"), once(text)));
    await write(join(draft, "about.json"), once(text));
    await Deno.rename(draft, pathOf(store, name));
    await syncFolder(folderOf(store));
    return made;
  } catch (error) {
    await keys.destroy(store, keyId);
    await Deno.remove(draft, { recursive: true }).catch(() => {});
    throw error;
  }
}

/** All complete backups, newest first. */
export async function list(store: KeyStore): Promise<Backup[]> {
  const names = (await folders(store)).filter((name) => namePattern.test(name)).sort().reverse();
  const found = await Promise.all(names.map((name) => aboutOf(store, name)));
  return found.filter((each) => each !== null);
}

/** When the newest backup was made. Ones dated in the future by a wrong clock are ignored. */
export async function newestOf(store: KeyStore): Promise<Date | null> {
  return (await list(store)).find(({ at }) => at <= now())?.at ?? null;
}

/**
 * The times of everything stored there from before an instant, incomplete ones too; newest first.
 */
export async function listBefore(store: KeyStore, at: Date): Promise<Date[]> {
  const times = (await folders(store)).map((name) => timeOf(name));
  return times.filter((each) => each < at).sort((a, b) => b.getTime() - a.getTime());
}

/** The folder's description of itself; null for half a backup, as a manual copy may leave it. */
async function aboutOf(store: KeyStore, name: string): Promise<Backup | null> {
  try {
    const text = await Deno.readTextFile(join(folderOf(store), name, "about.json"));
    return about.parse(JSON.parse(text));
  } catch (error) {
    const isHalf = error instanceof Deno.errors.NotFound || error instanceof SyntaxError ||
      error instanceof z.ZodError;
    if (isHalf) return null;
    throw error;
  }
}

/** A backup's description of itself, checked against its seal. Throws NotFound or FileBroken. */
export async function find(store: KeyStore, name: string): Promise<Backup> {
  const path = pathOf(store, name);
  if (!await Deno.stat(path).then(() => true, () => false)) throw new NotFound("backup");
  const text = await new Response(
    ReadableStream.from(opened(store, name, "about", join(path, "about"))),
  ).text();
  return about.parse(JSON.parse(text));
}

/** The rows of one of its tables, in the format that COPY reads. Throws FileBroken. */
export function rowsOf(
  store: KeyStore,
  { name }: Backup,
  table: string,
): AsyncIterable<Uint8Array> {
  const path = join(pathOf(store, name), "tables", table);
  return unpacked(opened(store, name, table, path));
}

/** Days that an interrupted backup may remain: no backup takes that long. */
const draftDays = 1;

/**
 * The nightly run may start some seconds early, so it also removes what expires within the hour.
 */
const leewayMs = 3_600_000;

/**
 * Removes backups older than the window, and interrupted ones. The key is destroyed first: then no
 * copy of the folder, wherever it is, can be opened any more. Returns how many.
 */
export async function removeOld(store: KeyStore): Promise<number> {
  let count = 0;
  for (const name of await folders(store)) {
    const days = name.endsWith(".draft") ? draftDays : windowDays;
    if (timeOf(name) >= new Date(now().getTime() - days * 86_400_000 + leewayMs)) continue;
    const path = join(folderOf(store), name);
    const keyId = await Deno.readTextFile(join(path, "key")).catch(() => null);
    if (keyId && isId(keyId)) await keys.destroy(store, keyId);
    await Deno.remove(path, { recursive: true });
    count++;
  }
  return count;
}

/** The folders of backups, including interrupted ones. */
async function folders(store: KeyStore): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folderOf(store))) {
      if (isDirectory && namePattern.test(name.replace(/\.draft$/, ""))) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names;
}

/** The instant in a folder's name. */
const timeOf = (name: string): Date =>
  new Date(name.slice(0, 17).replace(/t(..)(..)(..)/, "T$1:$2:$3") + "Z");

async function* opened(store: KeyStore, name: string, part: string, path: string) {
  const file = await Deno.open(path).catch(() => {
    throw new FileBroken();
  });
  yield* unseal(contextOf(name, part), file.readable, async (id) => {
    if (id === null) throw new FileBroken();
    return await keys.read(store, id);
  });
}

/** Reads a copy to its end: before that its connection answers nothing, not even a rollback. */
async function drain(copy: Readable): Promise<void> {
  if (!copy.destroyed) { for await (const _ of copy.iterator({ destroyOnReturn: false })); }
  // The driver stops reading when the last chunk fills its buffer, and nothing resumes it.
  copy._read(0);
}

/** Counts rows as they pass: in COPY's text format each ends with its only unescaped line break. */
async function* lines(copy: Readable, counted: { rows: number }) {
  for await (const chunk of copy.iterator({ destroyOnReturn: false })) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) counted.rows++;
    yield chunk;
  }
}

const packed = (plain: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  ReadableStream.from(plain).pipeThrough(new CompressionStream("gzip") as never);

const unpacked = (sealed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  ReadableStream.from(sealed).pipeThrough(new DecompressionStream("gzip") as never);

async function* once(bytes: Uint8Array) {
  yield bytes;
}
