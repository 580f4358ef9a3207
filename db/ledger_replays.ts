/** A database that was taken in brought to the end of the ledger. */
import { contentOfLine, LedgerBroken, type Line, read } from "./ledger.ts";
import type { AnySql } from "./pool.ts";
import { eraseRowsWithin } from "./tenant_erasures/rows.ts";

const houseTables = ["tenants", "identities"];
const tenantTables = "users contacts companies deals activities messages files consents".split(" ");

/**
 * Does to a database that was taken in all that the ledger says, as its owner; how many records
 * were erased again. Afterwards none of them is left. Throws LedgerBroken.
 */
export async function replay(sql: AnySql, dataDir: string): Promise<number> {
  let erased = 0;
  for await (const line of read(dataDir)) {
    const content = await contentOfLine(dataDir, line);
    if (!content) continue;
    const { ids, detail } = content;
    if (line.kind === "deleted") {
      erased += await erase(sql, line, ids);
    } else if (line.kind === "restricted" || line.kind === "unrestricted") {
      const at = line.kind === "restricted" ? line.at : null;
      await sql`
        update contacts
        set restricted_at = ${at}
        where tenant_id = ${line.tenant}
          and id = any (${ids}::uuid[])
          and (restricted_at is null) = ${at !== null}
      `;
    } else if (line.kind === "objected") {
      await sql`
        insert into objections (tenant_id, id, contact_id, channel, objected_at)
        select tenant_id, gen_random_uuid(), id, ${detail}, ${line.at}
        from contacts
        where tenant_id = ${line.tenant}
          and id = any (${ids}::uuid[])
        on conflict (tenant_id, contact_id, channel) do nothing
      `;
    } else {
      const [hash = "", channel = "", reason = ""] = detail.split(" ");
      await sql`
        insert into suppressions (tenant_id, address_hash, channel, reason, created_at)
        select id, decode(${hash}, 'hex'), ${channel}, ${reason}, ${line.at}
        from tenants
        where id = ${line.tenant}
        on conflict do nothing
      `;
    }
  }
  return erased;
}

async function erase(sql: AnySql, { seq, table, tenant }: Line, ids: string[]): Promise<number> {
  if (houseTables.includes(table)) {
    if (table === "tenants") { for (const id of ids) await eraseRowsWithin(sql, id); }
    return (await sql`delete from ${sql(table)} where id = any (${ids}::uuid[])`).count;
  }
  if (!tenantTables.includes(table)) throw new LedgerBroken(`line ${seq} names a strange table`);
  const gone = await sql`
    delete from ${sql(table)}
    where tenant_id = ${tenant}
      and id = any (${ids}::uuid[])
  `;
  return gone.count;
}
