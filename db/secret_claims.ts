/** Which secret a database is sealed with; apart from the sealing, which a start need not load. */
import type { AnySql } from "./pool.ts";
import { fingerprintOf } from "./secret_chain.ts";
import { WrongSecret } from "./secret_files.ts";

/** Notes at a database's first start which secret it is sealed with. Throws WrongSecret. */
export async function claim(owner: AnySql, secretKey: string): Promise<void> {
  await owner`
    insert into installation_secrets (fingerprint) values (${fingerprintOf(secretKey)})
    on conflict do nothing
  `;
  await assertClaimed(owner, secretKey);
}

/**
 * Throws WrongSecret if another secret sealed the database: before a backup is sealed with the wrong
 * one, and before tables change.
 */
export async function assertClaimed(sql: AnySql, secretKey: string): Promise<void> {
  const claimed = await claimedBy(sql);
  if (claimed === null || claimed === fingerprintOf(secretKey)) return;
  throw new WrongSecret(
    "SECRET_KEY is not the one that this database is sealed with. Set that one, or give it a new " +
      "one by `deno task crm keys replace`.",
  );
}

/** The fingerprint of the secret that a database is sealed with; null if none is noted. */
export async function claimedBy(sql: AnySql): Promise<string | null> {
  if (!await exists(sql, "installation_secrets")) return null;
  const [row] = await sql<{ fingerprint: string }[]>`select fingerprint from installation_secrets`;
  return row?.fingerprint ?? null;
}

/** Whether a table exists: backups and databases of earlier versions lack some. */
export async function exists(sql: AnySql, table: string): Promise<boolean> {
  const [row] = await sql<[{ there: boolean }]>`
    select to_regclass(${`public.${table}`}) is not null as there
  `;
  return row.there;
}
