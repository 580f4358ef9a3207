/** Is the database there, and fit for us? Asked once, before anything is changed in it. */

import postgres from "postgres";
import type { AnySql } from "./pool.ts";

/** No connection; the message is for the operator and names no password. */
export class DatabaseAway extends Error {
  override name = "DatabaseAway";
}

/** The server is older than what the schema needs. */
export class DatabaseTooOld extends Error {
  override name = "DatabaseTooOld";
}

const oldest = 150_000;

/** Waits a little for a server that is just starting. Throws DatabaseAway or DatabaseTooOld. */
export async function checkServer(adminUrl: string, tries = 3): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [row] = await sql`select current_setting('server_version_num')::int as version`;
    if (row!.version < oldest) {
      throw new DatabaseTooOld(
        `The database is PostgreSQL ${Math.floor(row!.version / 10_000)}; 15 or newer is needed.`,
      );
    }
  } catch (error) {
    if (error instanceof DatabaseTooOld) throw error;
    if (tries > 1) {
      await new Promise((done) => setTimeout(done, 500));
      return await checkServer(adminUrl, tries - 1);
    }
    throw new DatabaseAway(reason(adminUrl, error));
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Whether another process of ours is connected to this database. */
export async function othersAreAtWork(sql: AnySql): Promise<boolean> {
  const [row] = await sql<[{ others: boolean }]>`
    select exists (
      select
      from pg_stat_activity
      where datname = current_database()
        and application_name like 'kompaktcrm%'
        and pid <> pg_backend_pid()
    ) as others
  `;
  return row.others;
}

function reason(adminUrl: string, error: unknown): string {
  const { host } = new URL(adminUrl);
  const code = (error as { code?: string }).code ?? "";
  if (code.startsWith("28")) return `The database at ${host} refuses the user or password.`;
  if (code === "3D000") return `The server at ${host} has no database of the name in DATABASE_URL.`;
  return `The database at ${host} cannot be reached.`;
}
