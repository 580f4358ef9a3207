/** Reads whole records for an export in batches from a cursor, including what belongs to each. */
import { fullName } from "../full_names.ts";
import { shown } from "../field_rights.ts";
import type { Kind } from "../record_kinds.ts";
import type { ExportedValue } from "./custom_fields.ts";
import type { Fragment } from "../pool.ts";
import type { Scope } from "../scope.ts";

export interface ExportedEmail {
  address: string;
  kind: string;
}

export interface ExportedPhone {
  /** E.164, with `;ext=` for an extension; text that is not a number is left as it is. */
  number: string;
  kind: string;
}

export interface ExportedAddress {
  kind: string;
  street: string;
  extra: string;
  po_box: string;
  postal_code: string;
  city: string;
  region: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

interface Reachable {
  id: string;
  customerNumber: string;
  status: string;
  website: string;
  notes: string;
  /** Name of the responsible user; null if there is none. */
  owner: string | null;
  source: string;
  emails: ExportedEmail[];
  phones: ExportedPhone[];
  addresses: ExportedAddress[];
  tags: string[];
  /** Values of custom fields. */
  custom: ExportedValue[];
  lastTouchAt: Date;
  createdAt: Date;
  updatedAt: Date;
}

export interface ExportedContact extends Reachable {
  externalUid: string;
  salutation: string;
  title: string;
  firstName: string;
  namePrefix: string;
  lastName: string;
  nameSuffix: string;
  letterSalutation: string;
  addressForm: string;
  language: string;
  position: string;
  /** `YYYY-MM-DD`, or `--MM-DD` if the year is unknown. */
  birthday: string | null;
  companies: { name: string; role: string; department: string; primary: boolean }[];
  sourceChannel: string;
  legalBasis: string;
  purpose: string;
  noticeDueOn: string | null;
  noticeSentAt: Date | null;
  noticeException: string | null;
  /** Channels by which the person must not be addressed. */
  objections: string[];
  retainUntil: string | null;
  retainReason: string | null;
}

export interface ExportedCompany extends Reachable {
  name: string;
  legalForm: string;
  industry: string;
  vatId: string;
  taxNumber: string;
  registerCourt: string;
  registerNumber: string;
  /** Name of the parent company; null if there is none. */
  belongsTo: string | null;
}

/** Rows per round trip. */
export const batch = 100;

/** The addresses, phones, tags and so on of a contact or company `c`, as json columns. */
function reach({ sql, tenantId }: Scope, owner: "contact_id" | "company_id") {
  const id = sql(owner);
  const tags = sql(owner === "contact_id" ? "contact_tags" : "company_tags");
  return sql`
    (
      select coalesce(json_agg(
        json_build_object('address', e.address, 'kind', e.kind) order by e.position, e.id
      ), '[]')
      from emails e
      where e.tenant_id = ${tenantId}
        and e.${id} = c.id
    ) as emails,
    (
      select coalesce(json_agg(
        json_build_object('number', p.number, 'kind', p.kind) order by p.position, p.id
      ), '[]')
      from phones p
      where p.tenant_id = ${tenantId}
        and p.${id} = c.id
    ) as phones,
    (
      select coalesce(json_agg(
        json_build_object(
          'kind', a.kind, 'street', a.street, 'extra', a.extra, 'po_box', a.po_box,
          'postal_code', a.postal_code, 'city', a.city, 'region', a.region, 'country', a.country
        ) order by a.position, a.id
      ), '[]')
      from addresses a
      where a.tenant_id = ${tenantId}
        and a.${id} = c.id
    ) as addresses,
    (
      select coalesce(json_agg(t.name order by t.name_key), '[]')
      from ${tags} x
      join tags t on t.tenant_id = x.tenant_id and t.id = x.tag_id
        and t.changing is distinct from 'removing'
      where x.tenant_id = ${tenantId}
        and x.${id} = c.id
    ) as tags
  `;
}

/**
 * The values of custom fields of a record `c`, persons with name and first address, as a json
 * column. Tenants without custom fields skip the lookup per record.
 */
export function ownValues({ sql, tenantId }: Scope, kind: Kind) {
  return sql`
    case when (select exists (select from custom_fields where tenant_id = ${tenantId})) then (
      select coalesce(json_agg(json_build_object(
        'fieldId', v.field_id, 'value', v.value, 'email', x.summary ->> 'email',
        'person', ${fullName("x")}
      ) order by v.field_id, v.item), '[]')
      from custom_values v
      left join contacts x
        on x.tenant_id = v.tenant_id and x.id = v.person_id and x.deleted_at is null
        and x.restricted_at is null
      where v.tenant_id = ${tenantId}
        and v.${sql(`${kind}_id`)} = c.id
    ) else '[]' end as custom`;
}

/** The same records without what is hidden from the role; for most roles they are unchanged. */
export function seen<R extends object>(
  scope: Scope,
  kind: Kind,
  batches: AsyncIterable<R[]>,
): AsyncIterable<R[]> {
  return scope.limits?.[kind] === undefined ? batches : narrowed(scope, kind, batches);
}

async function* narrowed<R extends object>(
  scope: Scope,
  kind: Kind,
  batches: AsyncIterable<R[]>,
): AsyncGenerator<R[]> {
  for await (const batch of batches) yield batch.map((record) => shown(scope, kind, record));
}

/** A query for the wanted ids; null for all. */
export type Only = Fragment | null;

/**
 * Living contacts by name, all or those wanted, but never restricted persons. The cursor fetches
 * the next rows once these are taken.
 */
export function contacts(scope: Scope, only: Only = null): AsyncIterable<ExportedContact[]> {
  const { sql, tenantId } = scope;
  return seen(
    scope,
    "contact",
    sql<ExportedContact[]>`
    select c.id, c.external_uid, c.salutation, c.title, c.first_name, c.name_prefix, c.last_name,
      c.name_suffix, c.letter_salutation, c.address_form, c.language, c.position, c.birthday,
      c.customer_number, c.status, c.website, c.notes, c.source, c.source_channel, c.legal_basis,
      c.purpose, c.notice_due_on, c.notice_sent_at, c.notice_exception,
      c.retain_until, c.retain_reason,
      c.last_touch_at, c.created_at, c.updated_at,
      (
        select coalesce(json_agg(
          json_build_object(
            'name', o.name, 'role', f.role, 'department', f.department, 'primary', f.is_primary
          ) order by f.is_primary desc, f.id
        ), '[]')
        from affiliations f
        join companies o on o.tenant_id = f.tenant_id and o.id = f.company_id
        where f.tenant_id = ${tenantId}
          and f.contact_id = c.id
          and f.until_on is null
          and o.deleted_at is null
      ) as companies,
      case when (select exists (select from objections where tenant_id = ${tenantId})) then (
        select coalesce(json_agg(b.channel order by b.channel), '[]')
        from objections b
        where b.tenant_id = ${tenantId}
          and b.contact_id = c.id
      ) else '[]' end as objections,
      i.name as owner, ${ownValues(scope, "contact")}, ${reach(scope, "contact_id")}
    from contacts c
    left join users u on u.tenant_id = c.tenant_id and u.id = c.owner_id
    left join identities i on i.id = u.identity_id
    where c.tenant_id = ${tenantId}
      and c.deleted_at is null
      and c.restricted_at is null
      ${only === null ? sql`` : sql`and c.id in (${only})`}
    order by c.sort_name collate "C", c.id
  `.cursor(batch),
  );
}

/** Living companies by name, all or those wanted. */
export function companies(scope: Scope, only: Only = null): AsyncIterable<ExportedCompany[]> {
  const { sql, tenantId } = scope;
  return seen(
    scope,
    "company",
    sql<ExportedCompany[]>`
    select c.id, c.name, c.legal_form, c.industry, c.customer_number, c.vat_id, c.tax_number,
      c.register_court, c.register_number, c.status, c.website, c.notes, c.source,
      c.last_touch_at, c.created_at, c.updated_at,
      (
        select o.name
        from companies o
        where o.tenant_id = ${tenantId}
          and o.id = c.parent_id
          and o.deleted_at is null
      ) as belongs_to,
      i.name as owner, ${ownValues(scope, "company")}, ${reach(scope, "company_id")}
    from companies c
    left join users u on u.tenant_id = c.tenant_id and u.id = c.owner_id
    left join identities i on i.id = u.identity_id
    where c.tenant_id = ${tenantId}
      and c.deleted_at is null
      ${only === null ? sql`` : sql`and c.id in (${only})`}
    order by c.sort_name collate "C", c.id
  `.cursor(batch),
  );
}

/**
 * The most e-mails, phones and addresses that any record has, which decide a table's number of
 * columns.
 */
export interface Widths {
  emails: number;
  phones: number;
  addresses: number;
}

/** The widths of the wanted records of a kind, each at least 1 and at most 20. */
export async function widths(
  { sql, tenantId }: Scope,
  kind: "contacts" | "companies",
  only: Only = null,
): Promise<Widths> {
  const id = sql(kind === "contacts" ? "contact_id" : "company_id");
  const most = (table: string) =>
    sql`
      select least(20, coalesce(max(n), 1))::int
      from (
        select count(*) as n
        from ${sql(table)}
        where tenant_id = ${tenantId}
          and ${id} is not null
          ${only === null ? sql`` : sql`and ${id} in (${only})`}
        group by ${id}
      ) counted
    `;
  const [row] = await sql<Widths[]>`
    select (${most("emails")}) as emails, (${most("phones")}) as phones,
      (${most("addresses")}) as addresses
  `;
  return row!;
}

/** The tenant's language, used for tables that people read. */
export async function locale({ sql, tenantId }: Scope): Promise<"de" | "en"> {
  const [row] = await sql<{ locale: "de" | "en" }[]>`
    select locale
    from tenants
    where id = ${tenantId}
  `;
  return row?.locale ?? "de";
}
