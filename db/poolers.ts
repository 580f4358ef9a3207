/**
 * PostgreSQL behind a pooler that lends a connection for one transaction at a time: pages and jobs
 * query through it, while anything that needs its own session bypasses it.
 */
import { openPool } from "./pool.ts";
import { DatabaseAway } from "./server.ts";
import { replicaUrl } from "./replicas.ts";

/**
 * The serving role's address at the pooler. Throws DatabaseAway if the pooler lets nobody through
 * or forgets prepared statements: without those, PgBouncer 1.18 occasionally loses an answer.
 */
export async function throughPooler(appUrl: string, pooler: string): Promise<string> {
  const url = new URL(replicaUrl(appUrl, pooler));
  const pool = openPool(url.href, { max: 1, name: "kompaktcrm pooler", sessionUrl: appUrl });
  let kept = false;
  try {
    kept = await keepsStatements(pool);
  } catch (error) {
    const { message } = error as Error;
    throw new DatabaseAway(
      `The pooler at ${url.host} does not let the role ${
        decodeURIComponent(url.username)
      } through ` +
        `(${message}). Its settings: deno task crm deploy-files --target pgbouncer`,
    );
  } finally {
    await pool.end({ timeout: 1 });
  }
  if (kept) return url.href;
  throw new DatabaseAway(
    `The pooler at ${url.host} forgets prepared statements: PgBouncer 1.21 or newer is needed, ` +
      "with max_prepared_statements set.",
  );
}

/** Where a process sends its queries, and where it gets sessions if that is a pooler. */
export const wayTo = (appUrl: string, { pooledUrl }: { pooledUrl?: string }) => ({
  url: pooledUrl ?? appUrl,
  sessionUrl: pooledUrl && appUrl,
});

/**
 * Whether a statement prepared on one connection is known on all. PgBouncer does this since 1.21
 * under names of its own; a pooler that keeps our names forgets them with the connection.
 */
async function keepsStatements(pool: ReturnType<typeof openPool>): Promise<boolean> {
  return await pool.begin(async (sql) => {
    await sql`select ${1}::int as one`;
    const rows = await sql.unsafe<{ name: string }[]>("select name from pg_prepared_statements")
      .simple();
    return rows.some(({ name }) => name.startsWith("PGBOUNCER_"));
  });
}
