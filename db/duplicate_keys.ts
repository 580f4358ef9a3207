/**
 * The keys by which a scan of a tenant compares records, as hashes that last as long as the scan:
 * only records that share a key are ever compared.
 */
import { mailProviders } from "./mail_providers.ts";
import { literal } from "./pages.ts";
import type { Scope } from "./scope.ts";

/** The number of records whose keys are created in one transaction. */
const batch = 5_000;

/** A step through the records: where the next one begins, null after the last. */
export interface Step {
  next: string | null;
  count: number;
}

/**
 * The keys of the next contacts: addresses, numbers, the sound of the name alone and with a place
 * or company, the name itself if it has no sound.
 */
export async function ofContacts(
  scope: Scope,
  scanId: string,
  after: string | null,
): Promise<Step> {
  const { sql, tenantId } = scope;
  const ids = await nextIds(scope, "contacts", after);
  // Sort the two sounds of a name, so that swapped first and last names are found as well.
  const sounds = sql`
    least(split_part(c.name_sound, '-', 1), split_part(c.name_sound, '-', 2)) || '-' ||
    greatest(split_part(c.name_sound, '-', 1), split_part(c.name_sound, '-', 2))`;
  const whole = sql`c.name_sound ~ '^[0-9]+-[0-9]+$'`;
  // Without a first name, or in a non-Latin script, a name has no sound of its own.
  const silent = sql`(c.name_sound ~ '^[0-9]+-[0-9]+$') is not true and c.sort_name <> ''`;
  await sql`
    insert into duplicate_keys (tenant_id, scan_id, key, record_id)
    select distinct ${tenantId}::uuid, ${scanId}::uuid, hashtextextended(k.word, 0), k.id
    from (
      select contact_id as id, 'e' || address_key as word
      from emails
      where tenant_id = ${tenantId}
        and contact_id = any (${ids}::uuid[])
      union all
      select contact_id, 'p' || number
      from phones
      where tenant_id = ${tenantId}
        and contact_id = any (${ids}::uuid[])
      union all
      select c.id, 's' || ${sounds}
      from contacts c
      where c.tenant_id = ${tenantId}
        and c.id = any (${ids}::uuid[])
        and ${whole}
      union all
      select c.id, 'z' || ${sounds} || a.postal_code
      from contacts c
      join addresses a on a.tenant_id = c.tenant_id and a.contact_id = c.id
      where c.tenant_id = ${tenantId}
        and c.id = any (${ids}::uuid[])
        and a.postal_code <> ''
        and ${whole}
      union all
      select c.id, 'f' || ${sounds} || a.company_id
      from contacts c
      join affiliations a on a.tenant_id = c.tenant_id and a.contact_id = c.id
      where c.tenant_id = ${tenantId}
        and c.id = any (${ids}::uuid[])
        and ${whole}
      union all
      select c.id, 'n' || c.sort_name || w.place
      from contacts c
      cross join lateral (
        select '' as place
        union all
        select ' ' || a.postal_code
        from addresses a
        where a.tenant_id = c.tenant_id
          and a.contact_id = c.id
          and a.postal_code <> ''
        union all
        select ' ' || f.company_id
        from affiliations f
        where f.tenant_id = c.tenant_id
          and f.contact_id = c.id
      ) w
      where c.tenant_id = ${tenantId}
        and c.id = any (${ids}::uuid[])
        and ${silent}
    ) k
    on conflict do nothing
  `;
  return { next: ids.length < batch ? null : ids.at(-1)!, count: ids.length };
}

/**
 * The keys of the next companies: numbers, domains, mailboxes, the name and its sound with a place.
 */
export async function ofCompanies(
  scope: Scope,
  scanId: string,
  after: string | null,
): Promise<Step> {
  const { sql, tenantId } = scope;
  const ids = await nextIds(scope, "companies", after);
  const shared = sql`${[...mailProviders]}::text[]`;
  await sql`
    insert into duplicate_keys (tenant_id, scan_id, key, record_id)
    select distinct ${tenantId}::uuid, ${scanId}::uuid, hashtextextended(k.word, 0), k.id
    from (
      select company_id as id, 'p' || number as word
      from phones
      where tenant_id = ${tenantId}
        and company_id = any (${ids}::uuid[])
      union all
      select company_id,
        case when domain = any (${shared}) then 'e' || address_key else 'd' || domain end
      from emails
      where tenant_id = ${tenantId}
        and company_id = any (${ids}::uuid[])
      union all
      select c.id, w.word
      from companies c
      cross join lateral (
        values ('v' || nullif(c.vat_id, '')), ('d' || c.domain), ('n' || nullif(c.name_key, ''))
      ) as w (word)
      where c.tenant_id = ${tenantId}
        and c.id = any (${ids}::uuid[])
        and w.word is not null
      union all
      select c.id, 'z' || phonetic(c.name_key) || '-' || a.postal_code
      from companies c
      join addresses a on a.tenant_id = c.tenant_id and a.company_id = c.id
      where c.tenant_id = ${tenantId}
        and c.id = any (${ids}::uuid[])
        and a.postal_code <> ''
        and phonetic(c.name_key) <> ''
    ) k
    on conflict do nothing
  `;
  return { next: ids.length < batch ? null : ids.at(-1)!, count: ids.length };
}

/** Row-level security hides restricted ones; those in the trash are left out. */
async function nextIds(
  { sql, tenantId }: Scope,
  table: "contacts" | "companies",
  after: string | null,
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id
    from ${sql(table)}
    where tenant_id = ${tenantId}
      and deleted_at is null
      ${after === null ? sql`` : sql`and id > ${after}`}
    order by id
    limit ${literal(batch)}
  `;
  return rows.map(({ id }) => id);
}
