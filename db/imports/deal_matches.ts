/**
 * Finds what a batch of deals refers to and already exists: companies, persons, and the deals
 * themselves.
 */
import * as persons from "../custom_persons.ts";
import { isId } from "../ids.ts";
import type { Scope } from "../scope.ts";
import * as sights from "../sights.ts";
import { nameOf } from "./matches.ts";
import type { ImportedDeal, ImportedRecord } from "./records.ts";
import { apart } from "./texts.ts";

/** An existing deal with the same name as a row. */
export interface KnownDeal {
  uid: string;
  companyId: string | null;
  amountCents: number | null;
  expectedCloseOn: string | null;
}

/** Answers about one batch. */
export interface DealMatches {
  /** Folded names of companies and deals by name. */
  folded: Map<string, string>;
  /** Visible companies by folded name: the oldest of several. */
  companies: Map<string, string>;
  /** Identifiers of existing deals, our own and those of old systems. */
  uids: Set<string>;
  /** Deals by folded name. */
  deals: Map<string, KnownDeal[]>;
  /** Visible persons by what a row calls them, only if unambiguous. */
  persons: Map<string, string>;
}

/** Somebody named in a cell, with their role in the deal. */
export interface Named {
  name: string;
  role: string;
}

/**
 * The persons of a cell with a comma: read as a single `Last, First`, and as several with their
 * roles.
 */
export function namesIn(text: string): [whole: Named, ...parts: Named[]] {
  const parts = text.split(/[;\n]|,(?=\s)/).map((part) => part.trim()).filter(Boolean);
  if (parts.length < 2) return [named(text)];
  // What follows the last of several is about that one alone.
  const whole = /[;\n]/.test(text) ? { name: text.trim(), role: "" } : named(text);
  return [whole, ...parts.map(named)];
}

/**
 * "Max Vogt (Einkauf)"; in other files an address is in brackets, which identifies better than the
 * name.
 */
function named(text: string): Named {
  const [name, aside] = apart(text.trim());
  return aside.includes("@")
    ? { name: aside.trim(), role: "" }
    : { name: name.trim(), role: aside };
}

/**
 * Looks up a batch. Deals created by this import do not count, but its companies do. Companies and
 * persons are limited to what the importing user may see; deals are not.
 */
export async function lookup(
  scope: Scope,
  importId: string,
  batch: readonly ImportedRecord[],
): Promise<DealMatches> {
  const rows = batch.flatMap(({ deal, companies: [company] }) => deal ? [{ deal, company }] : []);
  const names = rows.flatMap(({ company }) => company ? [nameOf(company.name)] : []);
  const found = await sights.narrowly(scope, () => companiesOf(scope, names));
  const known = await dealsOf(scope, importId, rows.map(({ deal }) => deal.name));
  const texts = rows.flatMap(({ deal }) => deal.persons.flatMap(namesIn)).map(({ name }) => name);
  return {
    folded: new Map([...found, ...known].map(({ name, key }) => [name, key])),
    companies: new Map(found.flatMap(({ key, id }) => id ? [[key, id]] : [])),
    uids: await uidsOf(scope, importId, rows.flatMap(({ deal }) => deal.uid ? [deal] : [])),
    deals: Map.groupBy(known.filter(({ uid }) => uid !== null) as (KnownDeal & Keyed)[], keyOf),
    persons: await sights.narrowly(scope, () => persons.resolveAll(scope, texts)),
  };
}

interface Keyed {
  name: string;
  key: string;
}

const keyOf = ({ key }: Keyed) => key;

async function companiesOf(
  { sql, tenantId }: Scope,
  names: readonly string[],
): Promise<(Keyed & { id: string | null })[]> {
  if (names.length === 0) return [];
  return await sql<(Keyed & { id: string | null })[]>`
    select given.name, given.key, c.id
    from (select name, fold(name) as key from unnest(${[
    ...new Set(names),
  ]}::text[]) as n (name)) given
    left join lateral (
      select id
      from companies
      where tenant_id = ${tenantId}
        and sort_name collate "C" between (given.key collate "C") and given.key collate "C"
        and deleted_at is null
      order by sort_name collate "C", id
      limit 1
    ) c on true
  `;
}

async function dealsOf(
  { sql, tenantId }: Scope,
  importId: string,
  names: readonly string[],
): Promise<(Keyed & (KnownDeal | Record<keyof KnownDeal, null>))[]> {
  if (names.length === 0) return [];
  return await sql<(Keyed & KnownDeal)[]>`
    select given.name, given.key, d.external_uid as uid, d.company_id,
      d.amount_cents::float8 as amount_cents, d.expected_close_on
    from (select name, fold(name) as key from unnest(${[
    ...new Set(names),
  ]}::text[]) as n (name)) given
    left join lateral (
      select external_uid, company_id, amount_cents, expected_close_on
      from deals
      where tenant_id = ${tenantId}
        and sort_name collate "C" between (given.key collate "C") and given.key collate "C"
        and deleted_at is null
        and import_id is distinct from ${importId}
      order by sort_name collate "C", id
      limit 100
    ) d on true
  `;
}

/** Short identifiers, such as row numbers, identify a deal only together with its name. */
async function uidsOf(
  { sql, tenantId }: Scope,
  importId: string,
  deals: readonly ImportedDeal[],
): Promise<Set<string>> {
  if (deals.length === 0) return new Set();
  const rows = await sql<{ uid: string }[]>`
    select wanted.uid
    from unnest(
      ${deals.map(({ uid }) => uid)}::text[], ${deals.map(({ name }) => name)}::text[]
    ) as wanted (uid, name)
    cross join lateral (
      select sort_name
      from deals
      where tenant_id = ${tenantId}
        and external_uid between wanted.uid and wanted.uid
        and external_uid <> ''
        and deleted_at is null
        and import_id is distinct from ${importId}
      order by external_uid
      limit 20
    ) d
    where length(wanted.uid) >= 15
      or d.sort_name = fold(wanted.name)
    union
    select id::text
    from deals
    where tenant_id = ${tenantId}
      and id = any (${deals.map(({ uid }) => uid).filter(isId)}::uuid[])
      and deleted_at is null
      and import_id is distinct from ${importId}
  `;
  return new Set(rows.map(({ uid }) => uid));
}
