/** Likely duplicates of a record about to be created: found by stored keys, without any scan. */
import { fullName } from "./full_names.ts";
import * as legalForms from "./legal_forms.ts";
import { mailProviders } from "./mail_providers.ts";
import { literal } from "./pages.ts";
import { encode } from "./phonetics.ts";
import type { Scope } from "./scope.ts";
import { companyName } from "./sights.ts";
import { shown, veil } from "./veils.ts";

/** Why a record resembles an existing one, most certain first. */
export type Reason = "email" | "vat_id" | "domain" | "phone" | "name" | "sound" | DealReason;
/** What a deal has in common with another. */
type DealReason = "company" | "person";

export interface Duplicate {
  id: string;
  name: string;
  reasons: Reason[];
  /** Where the record belongs: a person's company, or a place. */
  company: string | null;
  city: string | null;
  /** The stage of a deal. */
  stage?: string;
  /** Whether the acting user cannot see it: then only its owner is shown, as the person to ask. */
  hidden: boolean;
  /** The owner of a hidden record. */
  ownerName: string | null;
}

/** What is known of a person so far; parts may be empty. */
export interface PersonDraft {
  firstName: string;
  lastName: string;
  emails: readonly string[];
  /** As stored: in E.164. */
  phones: readonly string[];
  companies: readonly string[];
  cities: readonly string[];
  postalCodes: readonly string[];
}

/** The number of duplicates shown. */
const most = 5;
/**
 * The number of hits read per name, and per value that many records share: a sound, the number of a
 * switchboard, a group's domain. Each value gets its own query: for a list of values, the cached
 * plan would walk through all records by id.
 */
const each = 20;
const alike = 100;

/**
 * Orders index hits by id. As an expression, because ordering by the plain id would make PostgreSQL
 * walk through a million rows to find a few.
 */
const byId = (sql: Scope["sql"], row: "c" | "e" | "n") => sql`${sql(row)}.id::text`;

/** What record `p` has in common with the draft, by its rows of `hits`. */
const reasons = (sql: Scope["sql"]) =>
  sql`
    (
      select array_agg(distinct h.reason)
      from hits h
      where h.id = p.id
    ) as reasons`;

/** The order of records `p`: by their most certain hit, then by how many they have. */
const certainFirst = (sql: Scope["sql"]) =>
  sql`
    (
      select min(h.place)
      from hits h
      where h.id = p.id
    ), (
      select -count(*)
      from hits h
      where h.id = p.id
    ), p.id`;

/** Persons like this one, most certain first, at most five; `self` is left out. */
export async function listContacts(
  scope: Scope,
  draft: PersonDraft,
  self: string | null = null,
): Promise<Duplicate[]> {
  const { sql, tenantId } = scope;
  const { firstName, lastName } = draft;
  const full = lastName === "" ? firstName : [lastName, firstName].filter(Boolean).join(" ");
  return await shown(scope, () =>
    sql<Duplicate[]>`
    with hits as (
      (
        select e.contact_id as id, 'email' as reason, 1 as place
        from unnest(${draft.emails.map((each) => each.toLowerCase())}::text[]) as given (key)
        cross join lateral (
          select e.contact_id
          from emails e
          where e.tenant_id = ${tenantId}
            and e.address_key = given.key
            and e.contact_id is not null
          order by ${byId(sql, "e")}
          limit ${literal(alike)}
        ) e
      )
      union all
      (
        select n.contact_id, 'phone', 2
        from unnest(${[...draft.phones]}::text[]) as given (number)
        cross join lateral (
          select n.contact_id
          from phones n
          where n.tenant_id = ${tenantId}
            and n.number = given.number
            and n.contact_id is not null
          order by ${byId(sql, "n")}
          limit ${literal(alike)}
        ) n
      )
      union all
      (
        select c.id, 'name', 3
        from contacts c
        where c.tenant_id = ${tenantId}
          and c.sort_name collate "C" = nullif(fold(${full}), '')
          and c.deleted_at is null
        order by c.id
        limit ${literal(each)}
      )
      ${isPlaced(draft) ? alikeInSound(scope, draft) : sql``}
    )
    select p.id, ${fullName("p")} as name,
      ${reasons(sql)},
      ${companyName(scope, "p")} as company,
      p.summary->>'city' as city, ${veil(scope, "contacts")}
    from contacts p
    where p.tenant_id = ${tenantId}
      and p.id = any (array(select h.id from hits h))
      and p.deleted_at is null
      and p.id is distinct from ${self}
    order by ${certainFirst(sql)}
    limit ${literal(most)}
  `);
}

/** Whether anything is known that distinguishes persons whose names sound alike. */
const isPlaced = ({ companies, cities, postalCodes }: PersonDraft): boolean =>
  companies.length + cities.length + postalCodes.length > 0;

/** Further hits: persons whose name sounds alike and who are at the same company or place. */
function alikeInSound({ sql, tenantId }: Scope, draft: PersonDraft) {
  return sql`
      union all
      (
        select s.id, 'sound', 4
        from (
          select c.id
          from unnest(${sounds(draft)}::text[]) as heard (sound)
          cross join lateral (
            select c.id
            from contacts c
            where c.tenant_id = ${tenantId}
              and c.name_sound = heard.sound
              and c.deleted_at is null
            order by c.id
            limit ${literal(alike)}
          ) c
        ) s
        -- Single rows, not exists: without statistics the planner would hash whole tables.
        where coalesce((
          select true
          from affiliations a
          where a.tenant_id = ${tenantId}
            and a.contact_id = s.id
            and a.company_id = any (array(
              select o.id
              from companies o
              where o.tenant_id = ${tenantId}
                and o.name_key = any (array(
                  select company_key(n) from unnest(${[...draft.companies]}::text[]) n
                ))
                and o.deleted_at is null
              limit ${literal(alike)}
            ))
          limit 1
        ), (
          select true
          from addresses d
          where d.tenant_id = ${tenantId}
            and d.contact_id = s.id
            and (
              d.postal_code = any (${[...draft.postalCodes]}::text[])
              or fold(d.city) = any (array(
                select fold(n) from unnest(${[...draft.cities]}::text[]) n
              ))
            )
          limit 1
        ), false)
        limit ${literal(each)}
      )`;
}

/** The sound of the typed name, of the names swapped, and of the last name alone. */
function sounds({ firstName, lastName }: PersonDraft): string[] {
  const [first, last] = [encode(firstName), encode(lastName)];
  if (last === "") return [];
  return [...new Set([`${last}-${first}`, `${first}-${last}`, `${last}-`])];
}

/** What is known of a company so far; parts may be empty. */
export interface CompanyDraft {
  name: string;
  vatId: string;
  website: string;
  emails: readonly string[];
}

/** Companies like this one, most certain first, at most five; `self` is left out. */
export async function listCompanies(
  scope: Scope,
  draft: CompanyDraft,
  self: string | null = null,
): Promise<Duplicate[]> {
  const { sql, tenantId } = scope;
  const known = domains(draft);
  return await shown(scope, () =>
    sql<Duplicate[]>`
    with hits as (
      (
        select c.id, 'vat_id' as reason, 1 as place
        from companies c
        where c.tenant_id = ${tenantId}
          and c.vat_id = ${draft.vatId}
          and c.vat_id <> ''
        order by ${byId(sql, "c")}
        limit ${literal(alike)}
      )
      union all
      (
        select c.id, 'domain', 2
        from unnest(${known}::text[]) as given (domain)
        cross join lateral (
          select c.id
          from companies c
          where c.tenant_id = ${tenantId}
            and c.domain = given.domain
            and c.domain is not null
          order by ${byId(sql, "c")}
          limit ${literal(alike)}
        ) c
      )
      union all
      (
        select e.company_id, 'domain', 2
        from unnest(${known}::text[]) as given (domain)
        cross join lateral (
          select e.company_id
          from emails e
          where e.tenant_id = ${tenantId}
            and e.domain = given.domain
            and e.company_id is not null
          order by ${byId(sql, "e")}
          limit ${literal(alike)}
        ) e
      )
      union all
      (
        select c.id, 'name', 3
        from companies c
        where c.tenant_id = ${tenantId}
          and c.name_key = nullif(company_key(${legalForms.split(draft.name).base}), '')
          and c.deleted_at is null
        order by c.id
        limit ${literal(each)}
      )
    )
    select p.id, p.name, ${reasons(sql)}, null as company,
      p.summary->>'city' as city, ${veil(scope, "companies")}
    from companies p
    where p.tenant_id = ${tenantId}
      and p.id = any (array(select h.id from hits h))
      and p.deleted_at is null
      and p.id is distinct from ${self}
    order by ${certainFirst(sql)}
    limit ${literal(most)}
  `);
}

/** The company's own domains: those of its website and e-mail addresses. */
function domains({ website, emails }: CompanyDraft): string[] {
  const whole = /^https?:\/\//i.test(website) ? website : `https://${website}`;
  const host = URL.canParse(whole) ? new URL(whole).hostname.replace(/^www\./, "") : "";
  const all = [host, ...emails.map((address) => address.split("@").at(-1)!.toLowerCase())];
  return [...new Set(all)].filter((name) => name.includes(".") && !mailProviders.has(name));
}
