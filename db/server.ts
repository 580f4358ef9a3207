/** Checks once that the database is available and suitable, before anything in it is changed. */

import postgres from "postgres";
import { wayOf } from "./database_urls.ts";
import type { AnySql } from "./pool.ts";

/** No connection that can write; the message is for the operator and contains no password. */
export class DatabaseAway extends Error {
  override name = "DatabaseAway";
}

/** The server is older than the schema requires. */
export class DatabaseTooOld extends Error {
  override name = "DatabaseTooOld";
}

/** The user of DATABASE_URL lacks privileges the schema needs; the message names them. */
export class DatabaseClosed extends Error {
  override name = "DatabaseClosed";
}

const oldest = 150_000;

/** Settings changed by the owner's functions: anyone but a superuser needs permission for that. */
const parameters = ["app.lifted", "app.sees_restricted"];

/**
 * Waits a little for a server that is just starting. Throws DatabaseAway, DatabaseTooOld or
 * DatabaseClosed.
 */
export async function checkServer(adminUrl: string, tries = 3): Promise<void> {
  const { url, ...way } = wayOf(adminUrl);
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {}, ...way });
  try {
    const [row] = await sql`
      select current_setting('server_version_num')::int as version, pg_is_in_recovery() as standby
    `;
    if (row!.version < oldest) {
      throw new DatabaseTooOld(
        `The database is PostgreSQL ${Math.floor(row!.version / 10_000)}; 15 or newer is required.`,
      );
    }
    if (row!.standby) {
      throw new DatabaseAway(
        `The database at ${
          new URL(adminUrl).host
        } is a standby, which takes no writes: promote it, ` +
          "or let DATABASE_URL name the primary and DATABASE_REPLICA_URL the standby.",
      );
    }
    await assertOpen(sql as unknown as AnySql);
  } catch (error) {
    if ([DatabaseAway, DatabaseTooOld, DatabaseClosed].some((kind) => error instanceof kind)) {
      throw error;
    }
    if (tries > 1) {
      await new Promise((done) => setTimeout(done, 500));
      return await checkServer(adminUrl, tries - 1);
    }
    throw new DatabaseAway(reasonOf(adminUrl, error));
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** The schema's owner must be a superuser, or be allowed to create roles and set our parameters. */
async function assertOpen(sql: AnySql): Promise<void> {
  const [may] = await sql<
    [Record<"name" | "quoted" | "database", string> & Record<string, boolean>]
  >`
    select current_user::text as name, quote_ident(current_user) as quoted,
      quote_ident(current_database()) as database, rolsuper as everything,
      rolcreaterole as roles,
      has_database_privilege(current_database(), 'create') as schemas,
      has_schema_privilege('public', 'create') as tables,
      has_parameter_privilege(${parameters[0]!}, 'set')
        and has_parameter_privilege(${parameters[1]!}, 'set') as parameters
    from pg_roles
    where rolname = current_user
  `;
  if (may.everything) return;
  const missing = [
    !may.roles && `alter role ${may.quoted} createrole;`,
    !may.schemas && `grant create on database ${may.database} to ${may.quoted};`,
    !may.tables && `grant create on schema public to ${may.quoted};`,
    !may.parameters &&
    `grant set on parameter ${parameters.map((each) => `"${each}"`).join(", ")} to ${may.quoted};`,
  ].filter((each) => each !== false);
  if (missing.length === 0) return;
  throw new DatabaseClosed(
    `The user ${may.name} lacks rights to prepare the database. Have a superuser run this in it:\n  ` +
      missing.join("\n  "),
  );
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

/** Why there is no connection, worded for the operator from the error. */
export function reasonOf(adminUrl: string, error: unknown): string {
  const { host } = new URL(adminUrl);
  const { code = "", message = "" } = error as { code?: string; message?: string };
  if (message.includes("no pg_hba.conf entry")) {
    return message.includes("no encryption")
      ? `The database at ${host} wants TLS, or lets nobody in from this machine: add ` +
        "?sslmode=verify-full to its URL, or a line to its pg_hba.conf."
      : `The database at ${host} lets nobody of that name in from this machine: see its pg_hba.conf.`;
  }
  if (code.startsWith("28")) {
    return `The database at ${host} refuses the user or password: correct its URL.`;
  }
  if (code === "3D000") {
    return `The server at ${host} has no database with the name in the URL: create it, or correct the URL.`;
  }
  if (/CERT|SIGNATURE|ALTNAME/.test(code)) {
    return `The certificate of the database at ${host} is not trusted (${code}): verify-full needs ` +
      "one for that name from a public authority, or from the one in the file given by sslrootcert.";
  }
  if (message.includes("before secure TLS connection")) {
    return `The database at ${host} does not support TLS: set ssl = on there, or leave out sslmode.`;
  }
  return `The database at ${host} cannot be reached: start it, or correct its URL.`;
}
