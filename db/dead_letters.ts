/** Jobs that used up their attempts: shown to the operator, who retries or discards them. */
import { boss, deadLetters } from "./jobs.ts";
import type { AnySql } from "./pool.ts";

/** A job that used up its attempts, as shown to the operator. */
export interface DeadLetter {
  id: string;
  name: string;
  tenantId: string | null;
  /** The code of its last error, as reported by the worker. */
  error: string | null;
  createdAt: Date;
  diedAt: Date;
}

/** The dead letters, newest first; at most 100. */
export async function list(sql: AnySql): Promise<DeadLetter[]> {
  return await sql<DeadLetter[]>`
    select id, source_name as name, data ->> 'tenantId' as tenant_id,
      source_output ->> 'message' as error, source_created_on as created_at, created_on as died_at
    from jobs.job
    where name = ${deadLetters}
      and state < 'active'
      and source_name is not null
    order by created_on desc, id
    limit 100
  `;
}

/** Returns a dead letter to its queue; false if it no longer exists. */
export async function revive(id: string): Promise<boolean> {
  return await (await boss()).redrive(deadLetters, { ids: [id] }) > 0;
}

/** Discards a dead letter; false if it no longer exists. */
export async function discard(sql: AnySql, id: string): Promise<boolean> {
  const { count } = await sql`
    delete from jobs.job
    where name = ${deadLetters}
      and id = ${id}
  `;
  return count > 0;
}
