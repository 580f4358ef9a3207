/**
 * The check before a database is used, also made by `crm restore`: if it is behind the ledger, it
 * was set back in time by a provider's restore or a restored folder, and what was erased,
 * restricted, corrected or objected to since then is applied again (clauses 5.2, 6.3 to 6.6).
 */
import type { KeyStore } from "./key_store.ts";
import * as ledger from "./ledger.ts";
import { positions } from "./ledger_positions.ts";
import type { AnySql, Sql } from "./pool.ts";

/**
 * Loaded lazily: every start checks, but hardly any has to replay, and the supervisor would keep it
 * in memory.
 */
const replaying = () => import("./ledger_replays.ts");

export interface CaughtUp {
  /** Lines applied again, and the records erased by that. */
  lines: number;
  erased: number;
}

/** The ledger does not belong to this database: nobody knows what was erased since. */
export class LedgerForeign extends Error {
  override name = "LedgerForeign";

  constructor() {
    super(
      "DATA_DIR/ledger does not belong to this database, or its end is missing: what was " +
        "erased, restricted, corrected or objected to since cannot be repeated. Nothing was " +
        "changed. Put the right ledger there from its copy and start again. If there is none " +
        "left, read: deno task crm ledger --help",
    );
  }
}

/**
 * Brings a database up to the ledger's end, as its owner; null if it is there already. Throws
 * LedgerForeign and LedgerBroken.
 */
export async function catchUp(owner: Sql, store: KeyStore): Promise<CaughtUp | null> {
  const { dataDir } = store;
  const { noted, last, isLevel } = await positions(owner, dataDir);
  if (isLevel) return null;
  if (!await knows(dataDir, noted)) throw new LedgerForeign();
  if (!noted && await isErased(owner, dataDir)) {
    // The first start of a version that records its position.
    await ledger.setHead(owner, last);
    return null;
  }
  const { assertErased, replay } = await replaying();
  const from = noted?.seq ?? 0;
  const behind = from + await owner.begin((sql) => dropKept(sql, dataDir, from));
  // What is recorded but not yet in the ledger is newer than every line, so it is added at the end.
  await ledger.keep(owner, dataDir);
  return await owner.begin(async (sql) => {
    await sql`set local statement_timeout = 0`;
    await sql`select pg_advisory_xact_lock(${ledger.lock})`;
    const end = await ledger.head(dataDir);
    const lines = (end?.seq ?? 0) - behind;
    const erased = lines > 0 ? await replay(sql, store, behind) : 0;
    await assertErased(sql, dataDir);
    await ledger.setHead(sql, end);
    return lines > 0 ? { lines, erased } : null;
  });
}

/**
 * Accepts the existing ledger as the database's own, on the operator's word; false if it already
 * is. Throws LedgerBroken if no line could follow it.
 */
export async function accept(owner: Sql, { dataDir }: KeyStore): Promise<boolean> {
  if (await knows(dataDir, await ledger.headOf(owner))) return false;
  for await (const _line of ledger.read(dataDir)) { /* proven by reading */ }
  await ledger.setHead(owner, await ledger.head(dataDir));
  return true;
}

/** Whether the chain is intact and contains the position that the database recorded. */
export async function knows(
  dataDir: string,
  noted: Pick<ledger.Line, "seq" | "hash"> | null,
): Promise<boolean> {
  let found = !noted || noted.seq === 0;
  try {
    for await (const { seq, hash } of ledger.read(dataDir)) {
      if (seq === noted?.seq) found = hash === noted.hash;
    }
    return found;
  } catch (error) {
    if (error instanceof ledger.LedgerBroken) return false;
    throw error;
  }
}

async function isErased(sql: AnySql, dataDir: string): Promise<boolean> {
  const { assertErased } = await replaying();
  try {
    await assertErased(sql, dataDir);
    return true;
  } catch (error) {
    if (error instanceof ledger.LedgerBroken) return false;
    throw error;
  }
}

/**
 * Removes entries from the database that are already in the ledger because a process was killed in
 * between; returns how many lines. What they record has been done.
 */
async function dropKept(sql: AnySql, dataDir: string, from: number): Promise<number> {
  await sql`select pg_advisory_xact_lock(${ledger.lock})`;
  const noted = await sql<(ledger.Noted & { id: string; recordIds: string[]; detail: string })[]>`
    select id, tenant_id as tenant, kind, table_name as table, to_jsonb(record_ids) as record_ids,
      detail
    from ledger_entries
    order by seq
    limit ${ledger.batch}
  `;
  const kept: string[] = [];
  for await (const line of ledger.read(dataDir)) {
    if (line.seq <= from) continue;
    const next = noted[kept.length];
    if (!next || !ledger.says(line, next, { ids: next.recordIds, detail: next.detail })) break;
    kept.push(next.id);
  }
  await sql`delete from ledger_entries where id = any (${kept}::uuid[])`;
  return kept.length;
}
