/** What a live check of a processor's answers showed; the proofs of clauses 4.1 and 5.2 use it. */
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";

/** A figure of a check: a number, a place, a day. */
export type Figure = string | number | boolean | null;

export interface CheckResult {
  kind: string;
  passed: boolean;
  figures: Record<string, Figure>;
}

export interface Check extends CheckResult {
  id: string;
  at: Date;
}

/** Stores what checks found. */
export async function record(
  sql: AnySql,
  processorId: string,
  results: readonly CheckResult[],
): Promise<void> {
  for (const { kind, passed, figures } of results) {
    await sql`
      insert into processor_checks (id, processor_id, kind, passed, figures, at)
      values (${newId()}, ${processorId}, ${kind}, ${passed}, ${sql.json(figures)}, ${now()})
    `;
  }
}

/** The latest result of each kind. */
export async function latest(sql: AnySql, processorId: string): Promise<Check[]> {
  return await sql<Check[]>`
    select distinct on (kind) id, kind, passed, figures, at
    from processor_checks
    where processor_id = ${processorId}
      and at > ${new Date(now().getTime() - 90 * 86_400_000)}
    order by kind, at desc, id desc
  `;
}

/** Removes results older than a year; returns their number. */
export async function removeOld(sql: AnySql): Promise<number> {
  const { count } = await sql`
    delete from processor_checks
    where at < ${new Date(now().getTime() - 365 * 86_400_000)}
  `;
  return count;
}
