/**
 * What the database writes into its own log: never a value, whereas by default PostgreSQL logs a
 * refused statement with the row's values, for as long as others keep that log.
 */
import * as citus from "./citus.ts";
import type { Sql } from "./pool.ts";

/** Settings of a database, which apply to connections opened afterwards. */
const settings: Readonly<Record<string, string>> = {
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
};

/** The settings that could let this connection's values into the log, as they should be. */
export async function missing(sql: Sql): Promise<{ name: string; value: string }[]> {
  const rows = await sql<{ name: string; value: string }[]>`
    select name, setting as value
    from pg_settings
    where name = any (${Object.keys(settings)}::text[])
    order by name
  `;
  return rows.filter(({ name, value }) => value !== settings[name])
    .map(({ name }) => ({ name, value: settings[name]! }));
}

/**
 * Sets what is missing for the database and this connection, as far as its user may; the rest is up
 * to the operator, whom `crm doctor` tells. Safe to repeat, and from two processes at once.
 */
export async function quieten(owner: Sql): Promise<void> {
  const wanted = await missing(owner);
  if (wanted.length === 0) return;
  const sharded = await citus.isThere(owner);
  await owner.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(7316540232)`;
    const allowed = await sql<{ command: string; name: string; value: string }[]>`
      select format('alter database %I set %s = %L', current_database(), w.name, w.value) as command,
        w.name, w.value
      from unnest(
        ${wanted.map(({ name }) => name)}::text[], ${wanted.map(({ value }) => value)}::text[]
      ) as w (name, value)
      where has_parameter_privilege(w.name, 'set')
        and (
          select pg_has_role(d.datdba, 'usage')
          from pg_database d
          where d.datname = current_database()
        )
      order by w.name
    `;
    for (const { command, name, value } of allowed) {
      await sql.unsafe(command);
      if (sharded) await sql`select run_command_on_workers(${command})`;
      await sql`select set_config(${name}, ${value}, false)`;
    }
  });
}
