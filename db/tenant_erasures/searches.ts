/**
 * Searches for what must be gone: in every file of the database, every table, the newest backup,
 * logs and exports. In each place a control must be found, otherwise the search did not work.
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import * as backups from "../backups.ts";
import { bucketAreas } from "../file_places.ts";
import * as keys from "../key_store.ts";
import type { Sql } from "../pool.ts";
import { isFolder, removeFile } from "../storage.ts";
import type { Vault } from "../vault.ts";
import { bytesOf, controlWord } from "./canaries.ts";

/** What to search for: the tenant's id and its planted word. */
export interface Sought {
  tenantId: string;
  word: string;
  keyIds: readonly string[];
}

export interface Finding {
  place: "database_files" | "tables" | "backup" | "logs" | "files" | "ledger" | "keys";
  hits: number;
  /** Whether the control was found there; null if the place is empty. */
  control: boolean | null;
  bytes: number;
  /** For tables: those with hits. */
  parts?: Record<string, number>;
}

/** Where a tenant's id may remain after its erasure: the proof of it, and what the law demands. */
const kept = ["tenant_erasures", "contract_letters", "customer_invoices", "certificates"];

/** Searches everywhere. `clusterFolder` is the database server's own, if it is on this machine. */
export async function search(
  owner: Sql,
  store: Vault,
  clusterFolder: string | null,
  sought: Sought,
): Promise<Finding[]> {
  const control = await controlWord(owner);
  const found: Finding[] = [await searchTables(owner, sought, control)];
  if (clusterFolder) {
    await owner`checkpoint`;
    const needles = [bytesOf(sought.tenantId), Buffer.from(sought.word)];
    const { hits, bytes, control: seen } = await searchFolder(
      clusterFolder,
      needles,
      Buffer.from(control),
    );
    found.push({ place: "database_files", hits, bytes, control: seen });
  }
  found.push(await searchBackup(store, sought, control));
  const texts = [Buffer.from(sought.tenantId), Buffer.from(sought.word)];
  for (const place of ["logs", "files", "ledger"] as const) {
    // The ledger keeps the id until no backup can need it, but nothing of the record itself.
    const needles = place === "ledger" ? texts.slice(1) : texts;
    const finding = await searchPlanted(join(store.dataDir, place), needles, control);
    if (place === "files") finding.hits += await countStored(store, sought.tenantId);
    found.push({ place, ...finding });
  }
  const there = new Set(await keys.list(store));
  found.push({
    place: "keys",
    hits: sought.keyIds.filter((id) => there.has(id)).length,
    control: there.size > 0 ? true : null,
    bytes: 0,
  });
  return found;
}

/** Whether nothing was found except every control. */
export const isClean = (found: readonly Finding[]): boolean =>
  found.every(({ hits, control }) => hits === 0 && control !== false);

async function searchTables(owner: Sql, { tenantId, word }: Sought, control: string) {
  const tables = await owner<{ schema: string; name: string; bytes: number }[]>`
    select n.nspname as schema, c.relname as name, pg_relation_size(c.oid)::float8 as bytes
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'jobs')
      and c.relkind = 'r'
    order by 1, 2
  `;
  const parts: Record<string, number> = {};
  const finding: Finding = { place: "tables", hits: 0, control: false, bytes: 0, parts };
  await owner.begin("read only", async (sql) => {
    await sql`set local statement_timeout = 0`;
    for (const { schema, name, bytes } of tables) {
      const [row] = await sql<[{ hits: number; control: number }]>`
        select
          (count(*) filter (
            where strpos(t::text, ${word}) > 0
              or (${!kept.includes(name)} and strpos(t::text, ${tenantId}) > 0)
          ))::int as hits,
          (count(*) filter (where strpos(t::text, ${control}) > 0))::int as control
        from ${sql(schema)}.${sql(name)} t
      `;
      finding.hits += row.hits;
      if (row.hits > 0) parts[schema === "public" ? name : `${schema}.${name}`] = row.hits;
      finding.bytes += bytes;
      if (row.control > 0) finding.control = true;
    }
  });
  return finding;
}

async function searchBackup(store: Vault, { tenantId, word }: Sought, control: string) {
  const finding: Finding = { place: "backup", hits: 0, control: null, bytes: 0 };
  const [newest] = await backups.list(store);
  if (!newest) return finding;
  finding.control = false;
  for (const { name } of newest.tables) {
    const needles = kept.includes(name) ? [word] : [word, tenantId];
    const rows = backups.rowsOf(store, newest, name);
    const found = await searchStream(rows, [...needles, control].map((each) => Buffer.from(each)));
    if (found.hits.at(-1)! > 0) finding.control = true;
    finding.hits += found.hits.slice(0, -1).reduce((sum, each) => sum + each, 0);
    finding.bytes += found.bytes;
  }
  return finding;
}

/** A folder of ours; its control is a file that is there for the duration of the search. */
async function searchPlanted(folder: string, needles: Buffer[], control: string) {
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  const planted = join(folder, `.search-${crypto.randomUUID()}`);
  try {
    await Deno.writeTextFile(planted, control, { mode: 0o600 });
    return await searchFolder(folder, needles, Buffer.from(control));
  } finally {
    await removeFile(planted);
  }
}

/**
 * Files under the tenant's name wherever they are stored, since those in a bucket are in no folder.
 */
async function countStored(store: Vault, tenantId: string): Promise<number> {
  if (!store.storage) return 0;
  let hits = 0;
  for (const area of bucketAreas) {
    for await (const _ of store.storage.list(`${area}/${tenantId}`)) hits++;
  }
  return hits;
}

/** Searches for bytes in all files under a folder, and in their names. */
export async function searchFolder(
  folder: string,
  needles: readonly Buffer[],
  control: Buffer,
): Promise<{ hits: number; control: boolean; bytes: number }> {
  const total = { hits: 0, control: false, bytes: 0 };
  for await (const path of filesUnder(folder)) {
    const name = Buffer.from(path.slice(folder.length));
    total.hits += needles.filter((needle) => name.includes(needle)).length;
    const file = await Deno.open(path).catch(() => null);
    // Gone meanwhile: the server removes files that it no longer needs.
    if (!file) continue;
    const bytes = path.endsWith(".gz")
      ? file.readable.pipeThrough(new DecompressionStream("gzip"))
      : file.readable;
    const found = await searchStream(bytes, [...needles, control]);
    if (found.hits.at(-1)! > 0) total.control = true;
    total.hits += found.hits.slice(0, -1).reduce((sum, each) => sum + each, 0);
    total.bytes += found.bytes;
  }
  return total;
}

async function* filesUnder(folder: string): AsyncGenerator<string> {
  const entries: Deno.DirEntry[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) entries.push(entry);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (await isFolder(path, entry)) yield* filesUnder(path);
    else if (entry.isFile) yield path;
  }
}

/** How often each needle occurs in a stream, even across the boundaries of its pieces. */
export async function searchStream(
  source: AsyncIterable<Uint8Array>,
  needles: readonly Buffer[],
): Promise<{ hits: number[]; bytes: number }> {
  const hits = needles.map(() => 0);
  const longest = Math.max(...needles.map(({ length }) => length));
  let rest = Buffer.alloc(0);
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    const text = Buffer.concat([rest, chunk]);
    needles.forEach((needle, index) => {
      for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
        // Anything entirely within the rest was counted with the previous piece.
        if (at + needle.length > rest.length) hits[index]!++;
      }
    });
    rest = Buffer.from(text.subarray(Math.max(0, text.length - longest + 1)));
  }
  return { hits, bytes };
}
