/** Fills a tenant with the seeded stock, as the owner and by COPY: a million contacts are possible. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { openPool, type Sql } from "../../db/pool.ts";
import { type Row, tables } from "../../db/samples/rows.ts";
import { allTags, batches } from "../../db/samples/stock.ts";
import { system, withScope } from "../../db/scope.ts";
import { fillDailyWork } from "./daily_work.ts";
import { fillDeals } from "./deals.ts";
import { fillTimelines } from "./timeline.ts";
import { fillTenants, firstTenant } from "./tenants.ts";

/** Puts so many contacts, and a fifth as many companies, into the first tenant, and small ones beside it. */
export async function fillStock(
  ownerUrl: string,
  { contacts, tenants }: { contacts: number; tenants: number },
  seed = 1,
): Promise<void> {
  const pool = openPool(ownerUrl, { max: 2, name: "kompaktcrm bench", statementTimeout: 0 });
  try {
    const tenantId = await firstTenant(pool);
    const users = await pool<{ id: string }[]>`select id from users order by id`;
    const importId = await makeImport(pool, tenantId);
    const tags = await makeTags(pool, tenantId, importId);
    const plan = {
      tenantId,
      importId,
      seed,
      contacts,
      companies: Math.ceil(contacts / 5),
      now: now(),
      owners: users.map((user) => user.id),
      tags,
    };
    const indexes = await dropIndexes(pool);
    for (const batch of batches(plan, 5_000)) {
      for (const table of tables) await copy(pool, table, batch[table]);
    }
    await pool`analyze`;
    await refresh(pool, tenantId, "companies");
    await refresh(pool, tenantId, "contacts");
    await fillTenants(pool, tenants);
    await Promise.all(indexes.map((definition) => pool.unsafe(definition)));
    await fillDeals(pool, tenantId, plan.owners);
    await fillTimelines(pool, tenantId, plan.owners);
    await fillDailyWork(pool, tenantId);
    await pool`vacuum analyze`;
  } finally {
    await pool.end({ timeout: 5 });
  }
}

async function makeImport(pool: Sql, tenantId: string): Promise<string> {
  const id = newId();
  await pool`
    insert into imports (tenant_id, id, kind, status, file_name, created_at)
    values (${tenantId}, ${id}, 'file', 'done', 'bench', ${now()})
  `;
  return id;
}

async function makeTags(pool: Sql, tenantId: string, importId: string) {
  const tags = allTags.map((name) => ({ id: newId(), name }));
  await pool`
    insert into tags (tenant_id, id, name, import_id, created_at)
    select ${tenantId}, made.id, made.name, ${importId}, ${now()}
    from jsonb_to_recordset(${pool.json(tags)}) as made (id uuid, name text)
  `;
  return new Map(tags.map(({ id, name }) => [name, id]));
}

/** Indexes cost ten times the copy; those without a duty are made again when all is there. */
async function dropIndexes(pool: Sql): Promise<string[]> {
  const found = await pool<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i
    where i.indrelid in ('contacts'::regclass, 'companies'::regclass)
      and not i.indisunique
  `;
  for (const { name } of found) await pool`drop index ${pool(name)}`;
  return found.map(({ definition }) => definition);
}

async function copy(pool: Sql, table: string, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!);
  const text = rows.map((row) => columns.map((name) => field(row[name])).join("\t") + "\n").join(
    "",
  );
  const target = await pool`copy ${pool(table)} (${pool(columns)}) from stdin`.writable();
  await pipeline(Readable.from([text]), target);
}

const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function field(value: Row[string] | undefined): string {
  if (value === null || value === undefined) return "\\N";
  return String(value).replace(/[\\\t\n\r]/g, (character) => escapes[character]!);
}

/** Writes the search texts, some thousand records a transaction, two at a time. */
async function refresh(pool: Sql, tenantId: string, table: "contacts" | "companies") {
  const ids = await pool<{ id: string }[]>`
    select id
    from ${pool(table)}
    where tenant_id = ${tenantId}
    order by id
  `;
  let from = 0;
  const work = async () => {
    while (from < ids.length) {
      const some = ids.slice(from, from += 2_000).map(({ id }) => id);
      await withScope(pool, { tenantId, actor: system }, async ({ sql }) => {
        if (table === "contacts") await sql`select refresh_contact_search(${some}::uuid[])`;
        else await sql`select refresh_company_search(${some}::uuid[])`;
      });
    }
  };
  await Promise.all([work(), work()]);
}
