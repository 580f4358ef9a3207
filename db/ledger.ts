/**
 * The ledger of what was erased, restricted or objected to, kept outside the database and its
 * backups (identifiers only, each line chained to the previous one): a restored backup is brought
 * up to its end before anybody can sign in (clauses 5.2, 6.3 to 6.6).
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { windowDays } from "./backups/window.ts";
import { now } from "./clock.ts";
import { linesIn } from "./line_streams.ts";
import type { AnySql, Sql } from "./pool.ts";
import { removeFile, syncFolder } from "./storage.ts";

export type Kind =
  | "deleted"
  | "restricted"
  | "unrestricted"
  | "objected"
  /** Withdrawn by the person. */
  | "unobjected"
  /** A consent (Art. 7(3)); and its return where a merge that ended it is undone. */
  | "withdrawn"
  | "unwithdrawn"
  | "suppressed"
  | "unsuppressed"
  /** Art. 16; the new values are sealed beside the chain. */
  | "corrected"
  /** Reduced to what the law keeps. */
  | "retained"
  /** Made unreadable in rows that also name others; the words are sealed beside the chain. */
  | "masked";

/** A line of the chain: what happened, without the records' identifiers. */
export interface Line {
  seq: number;
  at: string;
  tenant: string | null;
  kind: Kind;
  table: string;
  count: number;
  /** SHA-256 of the identifiers, which are kept beside the chain until no backup needs them. */
  digest: string;
  prev: string;
  hash: string;
}

/** What the database records of a line besides its content. */
export type Noted = Pick<Line, "tenant" | "kind" | "table">;

/** The records and details that a line is about. */
export interface Content {
  ids: string[];
  detail: string;
}

/** The chain was altered or has a gap. */
export class LedgerBroken extends Error {
  override name = "LedgerBroken";
}

/** Only one of several processes writes the ledger at a time. */
export const lock = 7316540225;

/** Maximum lines written in one transaction. */
export const batch = 100;

/** Days until the identifiers of a line are removed: by then no backup is that old. */
const contentDays = windowDays + 7;

const folderOf = (dataDir: string) => join(dataDir, "ledger");
const chainOf = (dataDir: string) => join(folderOf(dataDir), "chain.jsonl");
const contentOf = (dataDir: string, seq: number) => join(folderOf(dataDir), `${seq}.json`);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const start = sha256("");

const hashOf = ({ hash: _, ...line }: Line) =>
  sha256(JSON.stringify([
    line.seq,
    line.at,
    line.tenant,
    line.kind,
    line.table,
    line.count,
    line.digest,
    line.prev,
  ]));

/**
 * Moves what the database has recorded into the ledger; returns how many lines. If interrupted, a
 * line may be written twice, which is harmless: each says what has to be gone.
 */
export async function keep(pool: Sql, dataDir: string): Promise<number> {
  let count = 0;
  for (let more = true; more;) {
    more = await pool.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(${lock})`;
      const rows = await sql<
        {
          id: string;
          tenantId: string | null;
          kind: Kind;
          tableName: string;
          recordIds: string[];
          detail: string;
        }[]
      >`
        select id, tenant_id, kind, table_name, to_jsonb(record_ids) as record_ids, detail
        from ledger_entries
        order by seq
        limit ${batch}
      `;
      const before = rows.length > 0 ? await lastLine(dataDir) : null;
      let last = before;
      for (const { tenantId, kind, tableName, recordIds, detail } of rows) {
        last = await append(dataDir, { tenant: tenantId, kind, table: tableName }, {
          ids: recordIds,
          detail,
        });
      }
      // A database that was set back keeps its old position until it has caught up.
      if (last && await isAt(sql, before)) await setHead(sql, last);
      await sql`delete from ledger_entries where id = any (${rows.map(({ id }) => id)}::uuid[])`;
      count += rows.length;
      return rows.length === batch;
    });
  }
  return count;
}

async function append(
  dataDir: string,
  what: Noted,
  content: Content,
): Promise<Line> {
  await Deno.mkdir(folderOf(dataDir), { recursive: true, mode: 0o700 });
  const last = await lastLine(dataDir);
  const text = JSON.stringify(content);
  const line = {
    seq: (last?.seq ?? 0) + 1,
    at: now().toISOString(),
    ...what,
    count: content.ids.length,
    digest: sha256(text),
    prev: last?.hash ?? start,
    hash: "",
  };
  line.hash = hashOf(line);
  // Write the content first: a line without it could not be replayed.
  await write(contentOf(dataDir, line.seq), text, { truncate: true });
  await write(chainOf(dataDir), `${JSON.stringify(line)}\n`, { append: true });
  await syncFolder(folderOf(dataDir));
  return line;
}

/** Whether a line says this; detects what was recorded twice. */
export const says = (line: Line, { tenant, kind, table }: Noted, content: Content): boolean =>
  line.tenant === tenant && line.kind === kind && line.table === table &&
  line.digest === sha256(JSON.stringify(content));

/** The last line that a database includes; null if that was never recorded. */
export async function headOf(sql: AnySql): Promise<Pick<Line, "seq" | "hash"> | null> {
  const [row] = await sql<Pick<Line, "seq" | "hash">[]>`select seq::int, hash from ledger_heads`;
  return row ?? null;
}

/** Records the last line that a database includes; null: the ledger has none. */
export async function setHead(sql: AnySql, line: Line | null): Promise<void> {
  await sql`
    insert into ledger_heads (seq, hash) values (${line?.seq ?? 0}, ${line?.hash ?? start})
    on conflict (only_row) do update
    set seq = excluded.seq, hash = excluded.hash
  `;
}

async function isAt(sql: AnySql, line: Line | null): Promise<boolean> {
  const at = await headOf(sql);
  return at !== null && at.hash === (line?.hash ?? start);
}

async function write(path: string, text: string, how: Deno.OpenOptions): Promise<void> {
  const file = await Deno.open(path, { create: true, write: true, mode: 0o600, ...how });
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync();
  } finally {
    file.close();
  }
}

/** The last line of the ledger; null while it has none. */
export const head = (dataDir: string): Promise<Line | null> => lastLine(dataDir);

/** The end of the chain; an incomplete last line, left by a power cut, is cut off. */
async function lastLine(dataDir: string): Promise<Line | null> {
  const path = chainOf(dataDir);
  const file = await Deno.open(path, { read: true, write: true }).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (!file) return null;
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - 4096);
    await file.seek(from, Deno.SeekMode.Start);
    const tail = await new Response(file.readable).text();
    const whole = tail.slice(0, tail.lastIndexOf("\n") + 1);
    if (whole.length < tail.length) await Deno.truncate(path, from + Buffer.byteLength(whole));
    const line = whole.trimEnd().split("\n").at(-1);
    return line ? JSON.parse(line) : null;
  } finally {
    try {
      file.close();
    } catch {
      // Reading to the end has already closed the file.
    }
  }
}

/** All lines in order, verified while reading. Throws LedgerBroken. */
export async function* read(dataDir: string): AsyncGenerator<Line> {
  const file = await Deno.open(chainOf(dataDir)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (!file) return;
  let prev = start;
  let seq = 0;
  // An incomplete last line, left by a power cut, was never committed.
  for await (const each of linesIn(file.readable)) {
    const line = parsed(each);
    if (!line || line.prev !== prev || line.seq !== seq + 1 || line.hash !== hashOf(line)) {
      throw new LedgerBroken(`line ${seq + 1} does not follow from the one before`);
    }
    prev = line.hash;
    seq = line.seq;
    yield line;
  }
}

function parsed(text: string): Line | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What a line is about; null once its identifiers were removed. Throws LedgerBroken. */
export async function contentOfLine(dataDir: string, line: Line): Promise<Content | null> {
  const text = await Deno.readTextFile(contentOf(dataDir, line.seq)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (text === null) return null;
  if (sha256(text) !== line.digest) throw new LedgerBroken(`line ${line.seq} names other records`);
  return JSON.parse(text);
}

/**
 * Removes identifiers that no backup can need any more; the chain stays. Returns how many lines.
 */
export async function trim(dataDir: string): Promise<number> {
  const before = new Date(now().getTime() - contentDays * 86_400_000).toISOString();
  const there = new Set<string>();
  let count = 0;
  for await (const line of read(dataDir)) {
    if (line.at >= before) break;
    // There are many old lines but few content files: one listing serves all.
    if (line.seq === 1) {
      for await (const { name } of Deno.readDir(folderOf(dataDir))) there.add(name);
    }
    if (!there.has(`${line.seq}.json`)) continue;
    await removeFile(contentOf(dataDir, line.seq));
    count++;
  }
  return count;
}
