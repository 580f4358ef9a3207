/** Jobs whose tries are used up: shown to the operator, who revives them or throws them away. */
import { boss, deadLetters } from "./jobs.ts";
import type { AnySql } from "./pool.ts";

/** A job whose tries are used up, as the operator is shown it. */
export interface DeadLetter {
  id: string;
  name: string;
  tenantId: string | null;
  /** The code of its last error, as the worker gave it. */
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

/** Gives a dead letter a new life in its queue; false when it is gone. */
export async function revive(id: string): Promise<boolean> {
  return await (await boss()).redrive(deadLetters, { ids: [id] }) > 0;
}

/** Throws a dead letter away; false when it is gone already. */
export async function discard(sql: AnySql, id: string): Promise<boolean> {
  const { count } = await sql`
    delete from jobs.job
    where name = ${deadLetters}
      and id = ${id}
  `;
  return count > 0;
}
