/**
 * Reads blocks of records that share a key, a bounded range at a time, and selects pairs to
 * compare.
 */
import type { FirmFacts, PersonFacts } from "./duplicate_scores.ts";
import { mailProviders } from "./mail_providers.ts";
import { literal } from "./pages.ts";
import type { Scope } from "./scope.ts";

/** The number of keys read at a time; also the maximum number of records read for one key. */
export const stretch = 10_000;
/** The number of neighbours each record is compared with: keeps the work linear in large blocks. */
export const reach = 12;

export interface Blocks {
  /** Ids that share a key, at least two. */
  blocks: string[][];
  /** The last key of the range; null if nothing is left. */
  next: string | null;
}

/** The blocks after a key. */
export async function read(
  { sql, tenantId }: Scope,
  scanId: string,
  after: string | null,
): Promise<Blocks> {
  const open = sql`
    from duplicate_keys
    where tenant_id = ${tenantId}
      and scan_id = ${scanId}
      ${after === null ? sql`` : sql`and key > ${after}::bigint`}`;
  const [end] = await sql<[{ count: number; last: string; before: string | null }]>`
    with keys as materialized (
      select key ${open} order by key limit ${literal(stretch)}
    )
    select count(*)::int as count, max(key)::text as last,
      (select max(key) from keys where key < (select max(key) from keys))::text as before
    from keys
  `;
  if (end.count === 0) return { blocks: [], next: null };
  // The last block may be cut: it comes complete in the next range, unless it fills one alone.
  const upTo = end.count < stretch ? end.last : end.before ?? end.last;
  const rows = await sql<{ ids: string[] }[]>`
    select array_agg(record_id order by record_id) as ids
    from (
      select key, record_id
      ${open}
        and key <= ${upTo}::bigint
      order by key, record_id
      limit ${literal(stretch)}
    ) k
    group by key
    having count(*) > 1
  `;
  return { blocks: rows.map(({ ids }) => ids), next: end.count < stretch ? null : upTo };
}

/** The pairs to compare: in each block, every record with the next ones by name and place. */
export function pairsOf<F extends { id: string; name: string; postalCodes: string[] }>(
  blocks: readonly (readonly string[])[],
  facts: ReadonlyMap<string, F>,
): [F, F][] {
  const seen = new Set<string>();
  const pairs: [F, F][] = [];
  for (const block of blocks) {
    const ordered = block.flatMap((id) => facts.get(id) ?? [])
      .map((one) => ({ one, key: `${one.name} ${one.postalCodes[0] ?? ""} ${one.id}` }))
      .sort((a, b) => a.key < b.key ? -1 : 1).map(({ one }) => one);
    ordered.forEach((a, at) => {
      for (const b of ordered.slice(at + 1, at + 1 + reach)) {
        const pair: [F, F] = a.id < b.id ? [a, b] : [b, a];
        const key = pair[0].id + pair[1].id;
        if (seen.has(key)) continue;
        seen.add(key);
        pairs.push(pair);
      }
    });
  }
  return pairs;
}

/** The data by which those contacts among these that are outside the trash are compared. */
export async function persons(
  { sql, tenantId }: Scope,
  ids: readonly string[],
): Promise<Map<string, PersonFacts>> {
  const points = facets(sql, "contact");
  const rows = await sql<PersonFacts[]>`
    select p.id, p.sort_name as name, p.birthday, p.customer_number,
      split_part(coalesce(p.name_sound, ''), '-', 1) as last_sound,
      split_part(coalesce(p.name_sound, ''), '-', 2) as first_sound, ${points},
      array(
        select company_id
        from affiliations
        where tenant_id = p.tenant_id
          and contact_id = p.id
      ) as company_ids
    from contacts p
    where p.tenant_id = ${tenantId}
      and p.id = any (${[...ids]}::uuid[])
      and p.deleted_at is null
  `;
  return new Map(rows.map((row) => [row.id, row]));
}

/** The data by which those companies among these that are outside the trash are compared. */
export async function firms(
  { sql, tenantId }: Scope,
  ids: readonly string[],
): Promise<Map<string, FirmFacts>> {
  const points = facets(sql, "company");
  const rows = await sql<FirmFacts[]>`
    select p.id, p.name_key as name, phonetic(p.name_key) as sound, p.vat_id, p.customer_number,
      p.parent_id, ${points},
      array(
        select domain
        from emails
        where tenant_id = p.tenant_id
          and company_id = p.id
        union
        select p.domain
        where p.domain is not null
      ) as domains
    from companies p
    where p.tenant_id = ${tenantId}
      and p.id = any (${[...ids]}::uuid[])
      and p.deleted_at is null
  `;
  for (const row of rows) row.domains = row.domains.filter((each) => !mailProviders.has(each));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Addresses, numbers and places of row `p`. */
function facets(sql: Scope["sql"], kind: "contact" | "company") {
  const own = (table: string) =>
    sql`from ${sql(table)} x where x.tenant_id = p.tenant_id and x.${sql(`${kind}_id`)} = p.id`;
  return sql`
    array(select x.address_key ${own("emails")}) as emails,
    array(select x.number ${own("phones")}) as phones,
    array(
      select x.postal_code ${own("addresses")} and x.postal_code <> '' order by x.position
    ) as postal_codes,
    array(
      select fold(x.street) || ' ' || x.postal_code
      ${own("addresses")}
        and x.street <> ''
        and x.postal_code <> ''
    ) as streets`;
}
