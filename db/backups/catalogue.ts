/** What a backup holds: every table of ours with its stored columns, and the foreign keys. */
import type { AnySql } from "../pool.ts";

export interface Table {
  name: string;
  /** Stored columns in order; generated ones are computed again. */
  columns: string[];
}

/**
 * Every table of the schema `public`. The queue is left out: its jobs belong to the running system.
 */
export async function tables(sql: AnySql): Promise<Table[]> {
  return await sql<Table[]>`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p')
      and not c.relispartition
      and a.attnum > 0
      and not a.attisdropped
      and a.attgenerated = ''
    group by c.relname
    order by c.relname
  `;
}

export interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

/** Every foreign key, as it has to be recreated. */
export async function foreignKeys(sql: AnySql): Promise<ForeignKey[]> {
  return await sql<ForeignKey[]>`
    select r.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k
    join pg_class r on r.oid = k.conrelid
    where k.contype = 'f'
      and k.conparentid = 0
      and r.relnamespace = 'public'::regnamespace
    order by r.relname, k.conname
  `;
}
