/** Citus under the tables: whether it is there, and what has to be set for it before anything else. */
import { openPool, type Sql } from "./pool.ts";

/** What Citus refuses as it comes, and the product needs on the coordinator and every worker. */
export const settings = {
  // The tenant of a transaction is set where its rows are, too: policies ask for it there.
  "citus.propagate_set_commands": "local",
  // Ours write beside the row under the same tenant, so on the same shard.
  "citus.enable_unsafe_triggers": "on",
  // Policies and triggers on a shard look at tables of the same tenant, or at reference copies.
  "citus.allow_nested_distributed_execution": "on",
} as const;

/** Whether the extension is in this database. */
export async function isThere(sql: Sql): Promise<boolean> {
  const [found] = await sql`select from pg_extension where extname = 'citus'`;
  return found !== undefined;
}

/** The same, for who has no connection yet. */
export async function isAt(url: string): Promise<boolean> {
  const sql = openPool(url, { max: 1, name: "kompaktcrm queue" });
  return await isThere(sql).finally(() => sql.end({ timeout: 1 }));
}

/** The settings that this connection does not have as they should be. */
export async function missing(sql: Sql): Promise<(keyof typeof settings)[]> {
  const names = Object.keys(settings) as (keyof typeof settings)[];
  const rows = await sql<{ name: keyof typeof settings; value: string | null }[]>`
    select name, current_setting(name, true) as value
    from unnest(${names}::text[]) as wanted (name)
  `;
  return rows.filter(({ name, value }) => value !== settings[name]).map(({ name }) => name);
}

/**
 * Writes the settings into the database on all nodes where Citus is there and lacks them; they hold
 * for connections opened afterwards. Does nothing elsewhere.
 */
export async function prepare(ownerUrl: string): Promise<void> {
  const sql = openPool(ownerUrl, { max: 1, name: "kompaktcrm prepare" });
  try {
    if (!await isThere(sql)) return;
    for (const name of await missing(sql)) {
      const [{ command }] = await sql<[{ command: string }]>`
        select format(
          'alter database %I set %s = %L', current_database(), ${name}::text,
          ${settings[name]}::text
        ) as command
      `;
      await sql.unsafe(command);
      await sql`select run_command_on_workers(${command})`;
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}
