/** Brings a restored database up to the end of the ledger. */
import { Buffer } from "node:buffer";
import { providerId } from "./controllers.ts";
import { redoMasked, redoRetained } from "./erasure_replays.ts";
import type { KeyStore } from "./key_store.ts";
import { type Content, contentOfLine, LedgerBroken, type Line, read } from "./ledger.ts";
import { forgetMentions } from "./merge_ends.ts";
import type { AnySql } from "./pool.ts";
import { digestAgain } from "./secret_chain.ts";
import { read as readEarlier } from "./secret_files.ts";
import { type Correction, write } from "./rectification_fields.ts";
import { kept } from "./rectifications.ts";
import { eraseRowsWithin, tenantTables as tablesOfTenants } from "./tenant_erasures/rows.ts";

const installationTables = ["tenants", "identities"];
const tenantTables = "users contacts companies deals activities messages files consents".split(" ");

/**
 * Applies everything after a line of the ledger to a restored database, as its owner; returns how
 * many records were erased again. Afterwards none of them is left. Throws LedgerBroken.
 */
export async function replay(sql: AnySql, store: KeyStore, behind = 0): Promise<number> {
  let erased = 0;
  const earlier = readEarlier(store.dataDir, store.secretKey) ?? [];
  for await (const line of read(store.dataDir)) {
    if (line.seq <= behind) continue;
    const content = await contentOfLine(store.dataDir, line);
    if (!content) continue;
    if (line.kind === "deleted") erased += await erase(sql, line, content.ids);
    else {
      // The secret used on the line's day, and later ones.
      const secrets = earlier.filter(({ replacedAt }) => replacedAt >= line.at)
        .map(({ secret }) => secret);
      await redo(sql, [...secrets, store.secretKey], line, content);
    }
  }
  return erased;
}

/**
 * Checks every table that can hold it for anything that the ledger says is erased: a restored
 * installation does not open before this passes. Throws LedgerBroken.
 */
export async function assertErased(sql: AnySql, dataDir: string): Promise<void> {
  for await (const line of read(dataDir)) {
    const content = line.kind === "deleted" ? await contentOfLine(dataDir, line) : null;
    if (!content) continue;
    const [row] = await sql<[{ left: number }]>`
      select count(*)::int as left
      from ${sql(line.table)}
      where id = any (${content.ids}::uuid[])
    `;
    let left = row.left;
    for (const table of line.table === "tenants" ? await tablesOfTenants(sql) : []) {
      const [rows] = await sql<[{ left: number }]>`
        select count(*)::int as left
        from ${sql(table)}
        where tenant_id = any (${content.ids}::uuid[])
      `;
      left += rows.left;
    }
    if (left > 0) throw new LedgerBroken(`what line ${line.seq} erased is there again`);
  }
}

/** Imports whose files were erased with a person: an earlier backup still has them. */
export async function importsOfErased(dataDir: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const line of read(dataDir)) {
    if (line.kind !== "masked" || line.table !== "import_rows") continue;
    ids.push(...(await contentOfLine(dataDir, line))?.ids ?? []);
  }
  return ids;
}

async function redo(
  sql: AnySql,
  secrets: readonly string[],
  line: Line,
  { ids, detail }: Content,
): Promise<void> {
  switch (line.kind) {
    case "restricted":
      if (line.table === "identities") return await markLogins(sql, line, ids);
      return await restrict(sql, line, ids, detail);
    case "unrestricted":
      if (line.table === "identities") return await markLogins(sql, line, ids);
      return await unrestrict(sql, line, ids);
    case "objected":
      if (line.table === "identities") return await markLogins(sql, line, ids);
      // The ledger does not say who raised it, so it counts as the person's own.
      await sql`
        insert into objections (tenant_id, id, contact_id, channel, objected_at, by_person)
        select tenant_id, gen_random_uuid(), id, ${detail}, ${line.at}, true
        from contacts
        where tenant_id = ${line.tenant}
          and id = any (${ids}::uuid[])
        on conflict (tenant_id, contact_id, channel) do nothing
      `;
      return;
    case "unobjected":
      await sql`
        delete from objections
        where tenant_id = ${line.tenant}
          and contact_id = any (${ids}::uuid[])
          and channel = ${detail}
      `;
      return;
    case "withdrawn":
    case "unwithdrawn": {
      const at = line.kind === "withdrawn" ? line.at : null;
      await sql`
        update consents
        set withdrawn_at = ${at}
        where tenant_id = ${line.tenant}
          and id = any (${ids}::uuid[])
          and (withdrawn_at is null) <> (${at}::timestamptz is null)
      `;
      return;
    }
    case "suppressed":
    case "unsuppressed":
      return await suppress(sql, line, detail, secrets.slice(1));
    case "retained":
      await forgetMerged(sql, line.tenant!, ids);
      return await redoRetained(sql, { ...line, tenantId: line.tenant!, ids, detail });
    case "masked":
      return await redoMasked(sql, secrets[0]!, { ...line, tenantId: line.tenant!, ids, detail });
    case "corrected": {
      const correction = kept(secrets[0]!, line.tenant!, detail);
      if (await isNewer(sql, line, correction)) return;
      // Search texts are built for the current tenant.
      await sql`select set_config('app.tenant_id', ${line.tenant}, true)`;
      await write(sql, line.tenant!, correction, new Date(line.at));
    }
  }
}

/**
 * Whether the record, or the field it corrected, was changed after the line: then the change
 * stands.
 */
async function isNewer(
  sql: AnySql,
  { tenant, at }: Line,
  { contactId, field, from }: Correction,
): Promise<boolean> {
  if (tenant === providerId) {
    const [row] = await sql<{ email: string; name: string }[]>`
      select email, name
      from identities
      where id = ${contactId}
    `;
    return row !== undefined && row[field === "identities.email" ? "email" : "name"] !== from;
  }
  const [row] = await sql<{ newer: boolean }[]>`
    select updated_at > ${at} as newer
    from contacts
    where tenant_id = ${tenant}
      and id = ${contactId}
  `;
  return row?.newer ?? false;
}

/** The same for log-ins, if the backup has those columns. */
async function markLogins(sql: AnySql, { kind, at }: Line, ids: string[]): Promise<void> {
  const [known] = await sql`
    select
    from pg_attribute
    where attrelid = 'identities'::regclass
      and attname = 'restricted_at'
  `;
  if (!known) return;
  await sql`select set_config('app.tenant_id', ${providerId}, true)`;
  if (kind === "unrestricted") {
    await sql`
      update restrictions
      set told_at = least(coalesce(told_at, ${at}), ${at}), lifted_at = ${at}
      where tenant_id = ${providerId}
        and identity_id = any (${ids}::uuid[])
        and lifted_at is null
    `;
  }
  const column = sql(kind === "objected" ? "objected_at" : "restricted_at");
  await sql`
    update identities
    set ${column} = ${kind === "unrestricted" ? null : at}
    where id = any (${ids}::uuid[])
  `;
}

async function restrict(
  sql: AnySql,
  { tenant, at }: Line,
  ids: string[],
  ground: string,
): Promise<void> {
  await sql`
    update contacts
    set restricted_at = ${at}, restricted_reason = coalesce(nullif(${ground}, ''), restricted_reason)
    where tenant_id = ${tenant}
      and id = any (${ids}::uuid[])
      and restricted_at is null
  `;
  // An earlier backup has no such table: what it contains is migrated afterwards.
  if (!await hasReasons(sql)) return;
  await sql`
    insert into restrictions (tenant_id, id, contact_id, ground, imposed_at)
    select c.tenant_id, gen_random_uuid(), c.id, coalesce(nullif(${ground}, ''), 'claims'), ${at}
    from contacts c
    where c.tenant_id = ${tenant}
      and c.id = any (${ids}::uuid[])
      and not exists (
        select
        from restrictions r
        where r.tenant_id = ${tenant}
          and r.contact_id = c.id
          and r.lifted_at is null
      )
  `;
}

async function unrestrict(sql: AnySql, { tenant, at }: Line, ids: string[]): Promise<void> {
  if (await hasReasons(sql)) {
    // It ended before, so the person was told then.
    await sql`
      update restrictions
      set told_at = least(coalesce(told_at, ${at}), ${at}), lifted_at = ${at}
      where tenant_id = ${tenant}
        and contact_id = any (${ids}::uuid[])
        and lifted_at is null
    `;
  }
  await sql`
    update contacts
    set restricted_at = null
    where tenant_id = ${tenant}
      and id = any (${ids}::uuid[])
      and restricted_at is not null
      and restricted_reason is distinct from 'retention'
  `;
}

async function hasReasons(sql: AnySql): Promise<boolean> {
  const [row] = await sql<{ there: boolean }[]>`
    select to_regclass('public.restrictions') is not null as there
  `;
  return row!.there;
}

async function suppress(
  sql: AnySql,
  { kind, tenant, at }: Line,
  detail: string,
  later: readonly string[],
): Promise<void> {
  const [noted = "", channel = "", reason = ""] = detail.split(" ");
  const use = { tenantId: tenant!, info: "suppressions" };
  const hash = digestAgain(Buffer.from(noted, "hex"), use, later).toString("hex");
  if (kind === "unsuppressed") {
    await sql`
      delete from suppressions
      where tenant_id = ${tenant}
        and address_hash = decode(${hash}, 'hex')
        and channel = ${channel}
        and reason = ${reason}
    `;
    return;
  }
  await sql`
    insert into suppressions (tenant_id, address_hash, channel, reason, created_at)
    select id, decode(${hash}, 'hex'), ${channel}, ${reason}, ${at}
    from tenants
    where id = ${tenant}
    on conflict do nothing
  `;
}

/** The same in the undo data of merges, if the backup has any. */
async function forgetMerged(sql: AnySql, tenantId: string, ids: readonly string[]): Promise<void> {
  const [row] = await sql<[{ there: boolean }]>`
    select to_regclass('public.merge_rows') is not null as there
  `;
  if (row.there) await forgetMentions({ sql, tenantId }, ids);
}

async function erase(sql: AnySql, { seq, table, tenant }: Line, ids: string[]): Promise<number> {
  if (installationTables.includes(table)) {
    if (table === "tenants") { for (const id of ids) await eraseRowsWithin(sql, id); }
    return (await sql`delete from ${sql(table)} where id = any (${ids}::uuid[])`).count;
  }
  if (!tenantTables.includes(table)) throw new LedgerBroken(`line ${seq} names a strange table`);
  if (table === "contacts") await forgetMerged(sql, tenant!, ids);
  const gone = await sql`
    delete from ${sql(table)}
    where tenant_id = ${tenant}
      and id = any (${ids}::uuid[])
  `;
  return gone.count;
}
