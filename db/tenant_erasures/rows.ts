/** Deletes all rows of a tenant in batches: tables that others refer to come last. */
import { elapsed, pause } from "../clock.ts";
import type { AnySql, Sql } from "../pool.ts";

/** Rows deleted in one transaction, few enough that nobody waits long. */
const batch = 10_000;

/**
 * A deletion frees dependent rows, so a second round may be needed; more means somebody is writing.
 */
const mostRounds = 3;

/** Every table with a tenant, each after those that refer to it. */
export async function tenantTables(sql: AnySql): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    select c.relname as name
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p')
      and not c.relispartition
    order by c.relname
  `;
  const links = await sql<{ child: string; parent: string }[]>`
    select distinct child.relname as child, parent.relname as parent
    from pg_constraint k
    join pg_class child on child.oid = k.conrelid
    join pg_class parent on parent.oid = k.confrelid
    where k.contype = 'f'
      and child.relnamespace = 'public'::regnamespace
      and child.oid <> parent.oid
  `;
  return childrenFirst(tables.map(({ name }) => name), links);
}

/** Names in an order in which each follows all that refer to it; a cycle is broken somewhere. */
export function childrenFirst(
  names: readonly string[],
  links: readonly { child: string; parent: string }[],
): string[] {
  const left = new Set(names);
  const order: string[] = [];
  while (left.size > 0) {
    const held = new Set(links.filter(({ child }) => left.has(child)).map(({ parent }) => parent));
    const free = [...left].filter((name) => !held.has(name));
    for (const name of free.length > 0 ? free : [...left].slice(0, 1)) {
      order.push(name);
      left.delete(name);
    }
  }
  return order;
}

/** Whether this role may skip the triggers: everything they would check is deleted as well. */
async function skipsTriggers(sql: AnySql): Promise<boolean> {
  const [row] = await sql<{ may: boolean }[]>`
    select rolsuper as may
    from pg_roles
    where rolname = current_user
  `;
  return row?.may ?? false;
}

/**
 * Deletes every row of a tenant except its own in `tenants`, and reports each batch. If
 * interrupted, the next call continues. Throws if rows keep appearing.
 */
export async function eraseRows(
  owner: Sql,
  tenantId: string,
  each: (table: string, count: number) => Promise<void>,
): Promise<void> {
  const bare = await skipsTriggers(owner);
  await inRounds(await tenantTables(owner), async (table) => {
    for (let total = 0;;) {
      const from = elapsed();
      const count = await owner.begin(async (sql) => {
        // After a crash it would be deleted again, so no batch has to wait for the disk.
        await sql`set local synchronous_commit = off`;
        if (bare) await sql`set local session_replication_role = replica`;
        return await eraseBatch(sql, table, tenantId);
      });
      total += count;
      if (count > 0) await each(table, count);
      if (count < batch) return total;
      // Others get as much of the disk and the processors as this does.
      await pause(elapsed() - from);
    }
  });
}

/**
 * The same within a transaction that has just restored a backup. With foreign keys alone, rows that
 * are new in it would be checked against ones deleted before them.
 */
export async function eraseRowsWithin(sql: AnySql, tenantId: string): Promise<void> {
  await inRounds(await tenantTables(sql), async (table) => {
    for (let total = 0;;) {
      const count = await eraseBatch(sql, table, tenantId);
      total += count;
      if (count < batch) return total;
    }
  });
}

/** Goes through the tables until no rows are found in any. */
async function inRounds(
  tables: readonly string[],
  erase: (table: string) => Promise<number>,
): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    let found = 0;
    for (const table of tables) found += await erase(table);
    if (found === 0) return;
  }
  throw new Error("rows keep coming");
}

async function eraseBatch(sql: AnySql, table: string, tenantId: string): Promise<number> {
  const { count } = await sql`
    delete from ${sql(table)}
    where tenant_id = ${tenantId}
      and ctid = any(array(
        select ctid
        from ${sql(table)}
        where tenant_id = ${tenantId}
        limit ${batch}
      ))
  `;
  return count;
}
