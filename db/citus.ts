/** Support for Citus: whether it is present, and the settings it needs before anything else. */
import { openPool, type Sql } from "./pool.ts";

/** Citus defaults that the product needs changed on the coordinator and every worker. */
export const settings = {
  // Set the tenant of a transaction on the workers too: policies ask for it there.
  "citus.propagate_set_commands": "local",
  // Our triggers only write rows of the same tenant, so they stay on the same shard.
  "citus.enable_unsafe_triggers": "on",
  // Policies and triggers on a shard read tables of the same tenant, or reference copies.
  "citus.allow_nested_distributed_execution": "on",
} as const;

/** Whether the extension is installed in this database. */
export async function isThere(sql: Sql): Promise<boolean> {
  const [found] = await sql`select from pg_extension where extname = 'citus'`;
  return found !== undefined;
}

/** The same, for callers without a connection. */
export async function isAt(url: string): Promise<boolean> {
  const sql = openPool(url, { max: 1, name: "kompaktcrm queue" });
  return await isThere(sql).finally(() => sql.end({ timeout: 1 }));
}

/** The settings that have wrong values on this connection. */
export async function missing(sql: Sql): Promise<(keyof typeof settings)[]> {
  const names = Object.keys(settings) as (keyof typeof settings)[];
  const rows = await sql<{ name: keyof typeof settings; value: string | null }[]>`
    select name, current_setting(name, true) as value
    from unnest(${names}::text[]) as wanted (name)
  `;
  return rows.filter(({ name, value }) => value !== settings[name]).map(({ name }) => name);
}

/**
 * Writes missing settings to the database on all nodes if Citus is present; they apply to
 * connections opened afterwards. Otherwise does nothing.
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
