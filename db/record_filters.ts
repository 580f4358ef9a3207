/** What lists of records can be filtered by, as conditions of their queries. */
import { customConditions, type CustomFilter } from "./custom_filters.ts";
import type { Status } from "./contacts.ts";
import { dealConditions, type DealFilter } from "./deal_filters.ts";
import { seenFilter } from "./field_rights.ts";
import { words } from "./fragments.ts";
import { legalBases, type LegalBasis } from "./origins.ts";
import { ownedBy, teamOf } from "./owners.ts";
import type { Fragment } from "./pool.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import type { StageKind } from "./stages.ts";

/**
 * What a record may lack; deals have no address or number. `activity`: nothing is planned;
 * `notice`: the person was not informed (Art. 13, 14 GDPR); `exception`: nor need be, as is recorded.
 */
export const empties = [
  "email",
  "phone",
  "address",
  "company",
  "owner",
  "amount",
  "close",
  "activity",
  "notice",
  "exception",
] as const;
export type Empty = typeof empties[number];

/** Less common filters; each is left out if unused. */
export interface Further extends DealFilter {
  /** The beginning of a town's name, in any spelling, or of a postal code. */
  place?: string;
  /** The beginning of the name of the company that the contact or deal belongs to. */
  firm?: string;
  /** A part of the text that says where the data come from. */
  source?: string;
  basis?: LegalBasis;
  /** Calendar days in Europe/Berlin, including the last one. */
  createdFrom?: string;
  createdTo?: string;
  touchFrom?: string;
  touchTo?: string;
  empty?: Empty[];
  custom?: CustomFilter[];
}

export interface Filter extends Further {
  q: string;
  tag: string | null;
  /** A user, or a team as `teamOwner` names it. */
  owner: string | null;
  /** For deals, the kind of stage. */
  status: Status | StageKind | null;
  company: string | null;
}

/** The status a list is filtered by: deals without anything planned means open ones. */
export const statusOf = (kind: Kind, { status, empty }: Filter): Filter["status"] =>
  kind === "deal" && empty?.includes("activity") ? status ?? "open" : status;

/** The user whose records are wanted, as `search_records` takes it: teams are passed separately. */
export const ownerOf = ({ owner }: Filter): string | null => teamOf(owner) === null ? owner : null;

/** The filters without a parameter of their own, as `search_records` takes them. */
export function furtherOf(
  filter: Filter,
  scope: Scope,
  kind: Kind,
): Further & { rottingAt?: Date; team?: string } {
  const { now } = scope;
  const { q: _, tag: __, owner, status: ___, company: ____, ...further } = seenFilter(
    scope,
    kind,
    filter,
  );
  const team = teamOf(owner);
  return {
    ...further,
    ...(further.rotting ? { rottingAt: now } : {}),
    ...(team === null ? {} : { team }),
  };
}

/** Literals, not parameters: for each of these the planner knows how rare it is. */
const literals = new Map<string, Fragment>(
  [
    ...["lead", "prospect", "customer", "partner", "supplier", "former"],
    ...["open", "won", "lost"],
    ...legalBases,
  ].map((word) => [word, words(`'${word}'`)]),
);

/**
 * The conditions on row `p`, without the search, as `further_conditions` has them in SQL; filters
 * hidden from the role have no effect. If `many` match, each row is checked by itself: a join would
 * gather all matches for the first page. Custom fields likewise if few records are read (`each`).
 */
export function conditions(
  scope: Scope,
  kind: Kind,
  given: Filter,
  many = false,
  each = many,
) {
  const { sql, tenantId } = scope;
  const filter = seenFilter(scope, kind, given);
  // Created once: on a list without filters the empty fragments were most of the work.
  const none = sql``;
  const apart = many ? sql`offset 0` : none;
  const { tag, owner, company, place, firm, source, basis, empty = [] } = filter;
  const status = statusOf(kind, filter);
  const ofPerson = kind === "contact";
  const ofDeal = kind === "deal";
  const recordId = sql(`${kind}_id`);
  const without = (table: string) =>
    sql`and not exists (
        select
        from ${sql(table)} e
        where e.tenant_id = ${tenantId}
          and e.${recordId} = p.id
        ${apart}
      )`;
  return sql`
      ${ownedBy(scope, "p.owner_id", owner)}
      ${status === null ? none : sql`and p.status = ${literals.get(status) ?? status}`}
      ${
    tag === null ? none : sql`
      and exists (
        select
        from ${sql(`${kind}_tags`)} x
        where x.tenant_id = ${tenantId}
          and x.tag_id = ${tag}
          and x.${recordId} = p.id
        ${apart}
      )`
  }
      ${
    company === null || !ofPerson ? none : sql`
      and exists (
        select
        from affiliations f
        where f.tenant_id = ${tenantId}
          and f.company_id = ${company}
          and f.contact_id = p.id
      )`
  }
      ${company === null || !ofDeal ? none : sql`and p.company_id = ${company}`}
      ${
    company === null || !ofDeal || scope.actor.narrowed === false
      ? none
      : sql`and sees_company(${company})`
  }
      ${
    firm === undefined || !ofPerson ? none : sql`
      and exists (
        select
        from affiliations f
        join companies o on o.tenant_id = f.tenant_id and o.id = f.company_id
        where f.tenant_id = ${tenantId}
          and f.contact_id = p.id
          and o.deleted_at is null
          and ${beginning(sql, "o.sort_name", sql`fold(${firm})`)}
        ${apart}
      )`
  }
      ${
    firm === undefined || !ofDeal ? none : sql`
      and exists (
        select
        from companies o
        where o.tenant_id = ${tenantId}
          and o.id = p.company_id
          and o.deleted_at is null
          and ${beginning(sql, "o.sort_name", sql`fold(${firm})`)}
      )`
  }
      ${
    place === undefined || ofDeal ? none : sql`
      and exists (
        select
        from addresses d
        where d.tenant_id = ${tenantId}
          and d.${recordId} = p.id
          and ${placed(sql, place).within}
        ${apart}
      )`
  }
      ${source === undefined ? none : sql`and strpos(lower(p.source), lower(${source})) > 0`}
      ${
    basis === undefined || !ofPerson
      ? none
      : sql`and p.legal_basis = ${literals.get(basis) ?? basis}`
  }
      ${between(sql, "p.created_at", filter.createdFrom, filter.createdTo, none)}
      ${between(sql, "p.last_touch_at", filter.touchFrom, filter.touchTo, none)}
      ${empty.includes("email") && !ofDeal ? without("emails") : none}
      ${empty.includes("phone") && !ofDeal ? without("phones") : none}
      ${empty.includes("address") && !ofDeal ? without("addresses") : none}
      ${empty.includes("company") && ofPerson ? without("affiliations") : none}
      ${empty.includes("owner") ? sql`and p.owner_id is null` : none}
      ${
    empty.includes("notice") && ofPerson
      ? sql`and p.notice_sent_at is null and p.notice_exception is null`
      : none
  }
      ${empty.includes("exception") && ofPerson ? sql`and p.notice_exception is not null` : none}
      ${
    !empty.includes("activity") ? none : sql`
      and not ${planned(scope, kind, apart)}`
  }
      ${filter.custom ? customConditions(scope, kind, filter.custom, each) : none}
      ${ofDeal ? dealConditions(scope, filter) : none}`;
}

/**
 * Whether something is planned for the record of row `p`. For the few rows of a page each is
 * checked `apart`: otherwise PostgreSQL would first gather everything planned in the tenant.
 */
export const planned = ({ sql, tenantId }: Scope, kind: Kind, apart: Fragment = sql``) =>
  sql`exists (
        select
        from activity_links l
        join activities a on a.tenant_id = l.tenant_id and a.id = l.activity_id
        where l.tenant_id = ${tenantId}
          and l.${sql(`${kind}_id`)} = p.id
          and l.open_due is not null
          and a.deleted_at is null
        ${apart}
      )`;

/** A range, which an index can serve for any text; LIKE would not get past row-level security. */
export const beginning = (sql: Scope["sql"], column: string, text: Fragment) =>
  sql`${sql(column)} collate "C" >= ${text} and ${
    sql(column)
  } collate "C" < ${text} || chr(1114111)`;

/** The column of address `d` that may begin with a place, and the condition that it does. */
export function placed(sql: Scope["sql"], place: string) {
  return /^\d/.test(place)
    ? {
      column: sql`d.postal_code`,
      within: beginning(sql, "d.postal_code", sql`${place}::text`),
    }
    : { column: sql`d.city_key`, within: beginning(sql, "d.city_key", sql`fold(${place})`) };
}

/** The condition that a column lies between two days in Berlin, either of which may be missing. */
export const between = (
  sql: Scope["sql"],
  column: string,
  from: string | undefined,
  to: string | undefined,
  none: Fragment = sql``,
) =>
  from === undefined && to === undefined ? none : sql`
      ${
    from === undefined
      ? none
      : sql`and ${sql(column)} >= ${from}::date::timestamp at time zone 'Europe/Berlin'`
  }
      ${
    to === undefined
      ? none
      : sql`and ${sql(column)} < (${to}::date + 1)::timestamp at time zone 'Europe/Berlin'`
  }`;
