/**
 * What the installation's secret seals or digests in the database, carried over from earlier
 * secrets to the current one: sealed values are resealed, tenants' keys rewrapped; of addresses and
 * codes there are only digests, which are digested once more.
 */
import { Buffer } from "node:buffer";
import * as caseFiles from "./case_files.ts";
import { isId } from "./ids.ts";
import * as identityProviders from "./identity_providers.ts";
import * as incomingTransfers from "./incoming_transfers.ts";
import * as mailAccounts from "./mail_accounts.ts";
import * as mailboxes from "./mailboxes.ts";
import type { AnySql } from "./pool.ts";
import * as connections from "./processor_connections.ts";
import * as evidence from "./processor_evidence.ts";
import * as sealedSecrets from "./sealed_secrets.ts";
import { digestAgain, fingerprintOf } from "./secret_chain.ts";
import { claimedBy, exists } from "./secret_claims.ts";
import { WrongSecret } from "./secret_files.ts";
import { isTenants } from "./tenant_seals.ts";
import * as totp from "./totp.ts";
import * as transfers from "./transfers.ts";
import * as webhooks from "./webhooks.ts";

export interface SealedColumn {
  table: string;
  column: string;
  /** The key's columns, in the order in which `useOf` takes them. */
  key: readonly string[];
  useOf: (...key: string[]) => string;
}

interface DigestColumn {
  table: string;
  column: string;
  /** The purpose of the digest. */
  info: string;
  /** The column naming whose digest it is, unless that is the tenant. */
  of?: string;
}

const ofTenant = ["tenant_id", "id"] as const;

/** Columns that belong to a tenant, sealed with the tenant's own key (see `tenant_seals.ts`). */
export const tenantColumns: readonly SealedColumn[] = [
  { table: "mailboxes", column: "password_sealed", key: ofTenant, useOf: mailboxes.useOf },
  { table: "mail_accounts", column: "password_sealed", key: ofTenant, useOf: mailAccounts.useOf },
  { table: "case_files", column: "content_sealed", key: ofTenant, useOf: caseFiles.useOf },
  { table: "transfers", column: "url_sealed", key: ofTenant, useOf: transfers.useOf },
  {
    table: "incoming_transfers",
    column: "content_sealed",
    key: ofTenant,
    useOf: incomingTransfers.useOf,
  },
  {
    table: "identity_providers",
    column: "secret_sealed",
    key: ofTenant,
    useOf: identityProviders.useOf,
  },
  { table: "webhooks", column: "sealed", key: ofTenant, useOf: webhooks.useOf },
];

/** Every column with values sealed by `sealed_secrets.ts`; a test compares it with the schema. */
export const sealedColumns: readonly SealedColumn[] = [
  ...tenantColumns,
  {
    table: "processor_connections",
    column: "secrets",
    key: ["processor_id"],
    useOf: connections.useOf,
  },
  { table: "processor_evidence", column: "content", key: ["id"], useOf: evidence.useOf },
  { table: "totp_factors", column: "secret_sealed", key: ["identity_id"], useOf: totp.useOf },
];

/** Every column with a keyed digest, and the purpose of the digest. */
export const digestColumns: readonly DigestColumn[] = [
  { table: "suppressions", column: "address_hash", info: "suppressions" },
  { table: "unsubscribe_links", column: "address_hash", info: "suppressions" },
  { table: "cases", column: "person_hash", info: "cases" },
  { table: "case_confirmations", column: "code_digest", info: "case confirmations" },
  { table: "case_codes", column: "code_digest", info: "case codes" },
  { table: "deliveries", column: "code_digest", info: "case codes" },
  { table: "recovery_codes", column: "code_digest", info: "recovery codes", of: "identity_id" },
  { table: "api_requests", column: "key_digest", info: "api requests" },
  { table: "api_requests", column: "request_digest", info: "api requests" },
];

/** What was resealed and digested again. */
export interface Resealed {
  sealed: number;
  /** Values that neither secret opens: they were unreadable before, too. */
  unreadable: number;
  digests: number;
}

/** How many at a time: sealed values may be files. */
const batch = { sealed: 20, digests: 1_000 };

/**
 * Carries a database over to the last of the secrets, in the caller's transaction: all of it or
 * nothing. Null if it is there already. A database without a fingerprint was sealed with the first.
 * Throws WrongSecret if it names another.
 */
export async function reseal(
  sql: AnySql,
  secrets: readonly string[],
): Promise<Resealed | null> {
  const named = await claimedBy(sql);
  const from = named === null ? 0 : secrets.findIndex((secret) => fingerprintOf(secret) === named);
  if (from < 0) throw new WrongSecret("This database is sealed with another SECRET_KEY.");
  if (from === secrets.length - 1) return null;
  const [before, after] = [secrets[from]!, secrets.at(-1)!];
  const done: Resealed = { sealed: 0, unreadable: 0, digests: 0 };
  for (const each of sealedColumns) await resealColumn(sql, each, before, after, done);
  for (const each of digestColumns) {
    done.digests += await redigest(sql, each, secrets.slice(from + 1));
  }
  // Anybody who had the old secret could forge these.
  await sql`delete from sessions`;
  await sql`delete from tokens where kind = 'contract'`;
  await sql`delete from rate_limits`;
  if (await exists(sql, "installation_secrets")) {
    await sql`
      insert into installation_secrets (fingerprint) values (${fingerprintOf(after)})
      on conflict (only_row) do update
      set fingerprint = excluded.fingerprint
    `;
  }
  return done;
}

async function resealColumn(
  sql: AnySql,
  { table, column, key, useOf }: SealedColumn,
  before: string,
  after: string,
  done: Resealed,
): Promise<void> {
  // A backup of an older version has fewer tables.
  if (!await exists(sql, table)) return;
  const names = sql.unsafe(key.join(", "));
  const zero = key.map(() => "00000000-0000-0000-0000-000000000000");
  for (let last = zero, more = true; more;) {
    const rows = await sql<{ key: string[]; sealed: Uint8Array }[]>`
      select to_jsonb(array[${
      sql.unsafe(key.map((name) => `${name}::text`).join(", "))
    }]) as key, ${sql(column)} as sealed
      from ${sql(table)}
      where ${sql(column)} is not null
        and (${names}) > (${sql.unsafe(idsOf(last))})
      order by ${names}
      limit ${batch.sealed}
    `;
    for (const row of rows) {
      if (isTenants(row.sealed)) continue;
      const sealed = resealed(useOf(...row.key), row.sealed, before, after);
      if (sealed) {
        await sql`
          update ${sql(table)}
          set ${sql(column)} = ${sealed}
          where (${names}) = (${sql.unsafe(idsOf(row.key))})
        `;
        done.sealed++;
      } else done.unreadable++;
    }
    last = rows.at(-1)?.key ?? last;
    more = rows.length === batch.sealed;
  }
}

/** Ids from the database, as an SQL row. */
function idsOf(key: readonly string[]): string {
  if (!key.every(isId)) throw new TypeError("no id");
  return key.map((id) => `'${id}'::uuid`).join(", ");
}

function resealed(
  use: string,
  sealed: Uint8Array,
  before: string,
  after: string,
): Buffer | null {
  try {
    return sealedSecrets.seal(after, use, sealedSecrets.open(before, use, sealed));
  } catch (error) {
    if (error instanceof sealedSecrets.SecretBroken) return null;
    throw error;
  }
}

async function redigest(
  sql: AnySql,
  { table, column, info, of = "tenant_id" }: DigestColumn,
  later: readonly string[],
): Promise<number> {
  if (!await exists(sql, table)) return 0;
  // A digest already carried over must not be found a second time.
  await sql`
    create temp table digests_before on commit drop as
    select row_number() over () as n, d.*
    from (
      select distinct ${sql(of)} as tenant_id, ${sql(column)} as digest
      from ${sql(table)}
      where ${sql(column)} is not null
    ) d
  `;
  await sql`alter table digests_before add primary key (n)`;
  let count = 0;
  for (let from = 0, more = true; more; from += batch.digests) {
    const found = await sql<{ tenantId: string; digest: Uint8Array }[]>`
      select tenant_id, digest
      from digests_before
      where n > ${from}
        and n <= ${from + batch.digests}
    `;
    const redone = found.map(({ tenantId, digest }) =>
      digestAgain(digest, { tenantId, info }, later)
    );
    const result = await sql`
      update ${sql(table)} t
      set ${sql(column)} = decode(n.after, 'hex')
      from unnest(
        ${found.map(({ tenantId }) => tenantId)}::uuid[],
        ${found.map(({ digest }) => Buffer.from(digest).toString("hex"))}::text[],
        ${redone.map((digest) => digest.toString("hex"))}::text[]
      ) as n (tenant_id, before, after)
      where t.${sql(of)} = n.tenant_id
        and t.${sql(column)} = decode(n.before, 'hex')
    `;
    count += result.count;
    more = found.length === batch.digests;
  }
  await sql`drop table digests_before`;
  return count;
}
