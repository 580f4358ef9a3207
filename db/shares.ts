/**
 * Folders that all machines of an installation must share: each running supervisor leaves a mark in
 * them under its connection's name, and a folder where one cannot be seen is not shared.
 */
import { join } from "node:path";
import type { Sql } from "./pool.ts";
import { removeFile } from "./storage.ts";

/** Below `DATA_DIR`. */
export const shared = ["backups", "files/inbound", "keys", "ledger"] as const;

const markOf = (dataDir: string, folder: string, machine: string) =>
  join(dataDir, folder, `.machine-${machine}`);
const marks = /^\.machine-([0-9a-f]{8})$/;

/** A name for a machine while its service runs. */
export const newMachine = (): string => crypto.randomUUID().slice(0, 8);

/** The name of a supervisor's database connection. */
export const connectionName = (machine: string): string => `kompaktcrm supervisor ${machine}`;

/** The machines currently running on this database. */
export async function list(owner: Sql): Promise<string[]> {
  const rows = await owner<{ machine: string }[]>`
    select distinct right(application_name, 8) as machine
    from pg_stat_activity
    where datname = current_database()
      and application_name ~ '^kompaktcrm supervisor [0-9a-f]{8}$'
  `;
  return rows.map(({ machine }) => machine);
}

/** Leaves a machine's mark and removes those of killed machines; returns how to remove it. */
export async function mark(
  owner: Sql,
  dataDir: string,
  machine: string,
): Promise<() => Promise<void>> {
  const running = new Set(await list(owner));
  for (const folder of shared) {
    for await (const { name } of Deno.readDir(join(dataDir, folder))) {
      const [, left] = marks.exec(name) ?? [];
      if (left && !running.has(left)) await removeFile(markOf(dataDir, folder, left));
    }
    await Deno.writeTextFile(markOf(dataDir, folder, machine), "", { mode: 0o600 });
  }
  return async () => {
    for (const folder of shared) await removeFile(markOf(dataDir, folder, machine));
  };
}

/** The folders in which the mark of one of these machines cannot be seen. */
export async function unshared(dataDir: string, machines: readonly string[]): Promise<string[]> {
  const missing = new Set<string>();
  for (const folder of shared) {
    for (const machine of machines) {
      const seen = await Deno.stat(markOf(dataDir, folder, machine)).then(() => true, () => false);
      if (!seen) missing.add(folder);
    }
  }
  return [...missing];
}
