/** E-mail addresses, telephone numbers and postal addresses of a person or a company. */
import { newId } from "./ids.ts";
import { keysOf, type Name } from "./postal_keys.ts";
import type { Scope } from "./scope.ts";

/** Who the contact points belong to. */
export type Holder = "contact" | "company";

export interface Email {
  kind: "work" | "home" | "other";
  address: string;
}

export interface Phone {
  kind: "work" | "mobile" | "home" | "fax" | "other";
  /** E.164, with `;ext=…` for an extension; unparsable numbers from an import stay as they are. */
  number: string;
}

export interface Address {
  kind: "work" | "home" | "billing" | "shipping" | "visit" | "other";
  street: string;
  extra: string;
  poBox: string;
  postalCode: string;
  city: string;
  region: string;
  /** ISO 3166-1 alpha-2, or empty. */
  country: string;
}

export interface ContactPoints {
  emails: Email[];
  phones: Phone[];
  addresses: Address[];
}

/**
 * The three lists as JSON columns of `holder`'s row `p`, in their given order. Built with array(),
 * like all data of a record: preparing an aggregate costs more than reading what it aggregates.
 */
export function columns({ sql }: Scope, holder: Holder) {
  const of = sql(`${holder}_id`);
  return sql`
    array_to_json(
      array(
        select json_build_object('kind', e.kind, 'address', e.address)
        from emails e
        where e.tenant_id = p.tenant_id
          and e.${of} = p.id
        order by e.position, e.id
      )
    ) as emails,
    array_to_json(
      array(
        select json_build_object('kind', n.kind, 'number', n.number)
        from phones n
        where n.tenant_id = p.tenant_id
          and n.${of} = p.id
        order by n.position, n.id
      )
    ) as phones,
    array_to_json(
      array(
        select json_build_object(
          'kind', d.kind, 'street', d.street, 'extra', d.extra, 'poBox', d.po_box,
          'postalCode', d.postal_code, 'city', d.city, 'region', d.region, 'country', d.country
        )
        from addresses d
        where d.tenant_id = p.tenant_id
          and d.${of} = p.id
        order by d.position, d.id
      )
    ) as addresses`;
}

/** Adds contact points to a record without any; sends all statements at once. */
export function create(
  { sql, tenantId }: Scope,
  holder: Holder,
  id: string,
  { emails, phones, addresses }: ContactPoints,
): Promise<unknown>[] {
  const owner = { tenant_id: tenantId, [`${holder}_id`]: id };
  const made: Promise<unknown>[] = [];
  if (emails.length > 0) {
    made.push(sql`insert into emails ${
      sql(emails.map(({ kind, address }, position) => ({
        ...owner,
        id: newId(),
        kind,
        address,
        position,
      })))
    }`);
  }
  if (phones.length > 0) {
    made.push(sql`insert into phones ${
      sql(phones.map(({ kind, number }, position) => ({
        ...owner,
        id: newId(),
        kind,
        number,
        position,
      })))
    }`);
  }
  if (addresses.length > 0) {
    made.push(sql`insert into addresses ${
      sql(addresses.map((address, position) => ({
        ...owner,
        id: newId(),
        kind: address.kind,
        street: address.street,
        extra: address.extra,
        po_box: address.poBox,
        postal_code: address.postalCode,
        city: address.city,
        region: address.region,
        country: address.country,
        position,
      })))
    }`);
  }
  return made;
}

/** Replaces the lists that differ; returns their names. */
export async function update(
  scope: Scope,
  holder: Holder,
  id: string,
  before: ContactPoints,
  after: ContactPoints,
): Promise<string[]> {
  const { sql, tenantId } = scope;
  const names = ["emails", "phones", "addresses"] as const;
  const changed = names.filter((name) => !same(before[name], after[name]));
  for (const name of changed) {
    await sql`
      delete from ${sql(name)}
      where tenant_id = ${tenantId}
        and ${sql(`${holder}_id`)} = ${id}
    `;
  }
  const none: ContactPoints = { emails: [], phones: [], addresses: [] };
  const fresh = Object.fromEntries(changed.map((name) => [name, after[name]]));
  await Promise.all(create(scope, holder, id, { ...none, ...fresh }));
  return changed;
}

/** Everything that identifies a person: addresses, numbers, their name at the postal addresses. */
export const marksOf = (
  { emails = [], phones = [], addresses = [], ...name }: Partial<ContactPoints> & Name,
): string[] => [
  ...emails.map(({ address }) => address),
  ...phones.map(({ number }) => number),
  ...keysOf(name, addresses),
];

/** What identified the person in the old record but no longer does in the new one. */
export function leaving(
  before: ContactPoints & Name,
  after: Partial<ContactPoints> & Name,
): string[] {
  const staying = new Set(marksOf(after).map((each) => each.toLowerCase()));
  return marksOf(before).filter((each) => !staying.has(each.toLowerCase()));
}

/** Whether two lists have the same entries in the same order, regardless of the order of keys. */
export function same(before: readonly object[], after: readonly object[]): boolean {
  const sorted = (rows: readonly object[]) =>
    JSON.stringify(rows.map((row) => Object.entries(row).sort()));
  return sorted(before) === sorted(after);
}
