/** The tenant that is measured, and the small ones that share its tables. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { AnySql, Sql } from "../../db/pool.ts";

/** Contacts of each further tenant. */
const smallStock = 1_000;

/** The tenant that was set up first: the one with the people who sign in, and with the stock. */
export async function firstTenant(sql: AnySql): Promise<string> {
  const [tenant] = await sql<{ id: string }[]>`
    select id
    from tenants
    order by created_at, id
    limit 1
  `;
  return tenant!.id;
}

/** A further tenant with nothing in it. */
export async function makeTenant(owner: Sql, slug: string): Promise<string> {
  const id = newId();
  await owner`
    insert into tenants (id, slug, name, created_at)
    values (${id}, ${slug}, ${slug}, ${now()})
  `;
  return id;
}

/** What of the first tenant's stock each further one gets: the columns that name a record. */
const copied: Record<string, readonly string[]> = {
  contacts: ["id"],
  companies: ["id"],
  affiliations: ["id", "contact_id", "company_id"],
  emails: ["id", "contact_id", "company_id"],
  phones: ["id", "contact_id", "company_id"],
  addresses: ["id", "contact_id", "company_id"],
};
/** Columns that lead to what is not copied: people, and the import that made the records. */
const left = ["owner_id", "import_id", "created_by", "updated_by", "deleted_by", "merged_into"];

/**
 * Puts so many further tenants beside the first, each with a thousand of its contacts, their
 * companies and all by which they are found; every record gets an id of its own.
 */
export async function fillTenants(owner: Sql, tenants: number): Promise<void> {
  if (tenants === 0) return;
  const first = await firstTenant(owner);
  const ids: string[] = [];
  for (let n = 1; n <= tenants; n++) ids.push(await makeTenant(owner, `small-${n}`));
  try {
    await pickPattern(owner, first);
    for (const table of Object.keys(copied)) await copy(owner, table, ids);
  } finally {
    for (const table of Object.keys(copied)) {
      await owner`drop table if exists ${owner(`bench_${table}`)}`;
    }
  }
}

/** The first thousand contacts and their dependent rows, in separate tables. */
async function pickPattern(owner: Sql, tenantId: string): Promise<void> {
  await owner`
    create table bench_contacts as
    select *
    from contacts
    where tenant_id = ${owner.unsafe(`'${tenantId}'`)}
      and deleted_at is null
    order by id
    limit ${owner.unsafe(String(smallStock))}
  `;
  await owner`
    create table bench_companies as
    select *
    from companies
    where (tenant_id, id) in (
      select a.tenant_id, a.company_id
      from affiliations a
      join bench_contacts c using (tenant_id)
      where a.contact_id = c.id
    )
  `;
  await owner`
    create table bench_affiliations as
    select a.*
    from affiliations a
    join bench_contacts c on c.tenant_id = a.tenant_id and c.id = a.contact_id
  `;
  for (const table of ["emails", "phones", "addresses"]) {
    await owner`
      create table ${owner(`bench_${table}`)} as
      select r.*
      from ${owner(table)} r
      left join bench_contacts c on c.tenant_id = r.tenant_id and c.id = r.contact_id
      left join bench_companies o on o.tenant_id = r.tenant_id and o.id = r.company_id
      where coalesce(c.id, o.id) is not null
    `;
  }
}

async function copy(owner: Sql, table: string, tenants: readonly string[]): Promise<void> {
  const found = await owner<{ name: string }[]>`
    select attname as name
    from pg_attribute
    where attrelid = ${table}::regclass
      and attnum > 0
      and not attisdropped
      and attgenerated = ''
      and attname <> all(${left})
  `;
  const columns = found.map(({ name }) => name);
  const values = columns.map((name, n) => {
    const value = name === "tenant_id"
      ? owner`t.id`
      : copied[table]!.includes(name)
      ? owner`md5(t.id::text || r.${owner(name)})::uuid`
      : owner`r.${owner(name)}`;
    return n === 0 ? value : owner`, ${value}`;
  });
  await owner`
    insert into ${owner(table)} (${owner(columns)})
    select ${values}
    from ${owner(`bench_${table}`)} r
    cross join unnest(${tenants}::uuid[]) as t (id)
  `;
}
