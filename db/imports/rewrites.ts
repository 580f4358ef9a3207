/** Reads and rewrites existing records in batches, as far as imports change them. */
import * as points from "../contact_points.ts";
import * as customValues from "../custom_values.ts";
import { newId } from "../ids.ts";
import type { Channel } from "../objections.ts";
import type { Scope } from "../scope.ts";
import * as tags from "../tags.ts";
import type { Stored, Texts } from "./merges.ts";

export type Kind = "contact" | "company";

/** The current state of a record, with the companies that a person belongs to. */
export interface Standing extends Stored {
  companyIds: string[];
  /** Marketing channels to which a person objects. */
  objections: Channel[];
}

/** The current records, locked, without restricted persons and contents of the trash. */
export async function find(scope: Scope, kind: Kind, ids: string[]): Promise<Standing[]> {
  const { sql, tenantId } = scope;
  if (kind === "company") {
    const rows = await sql<Row[]>`
      select p.id, p.version, jsonb_build_object(
          'legal_form', p.legal_form, 'industry', p.industry, 'customer_number', p.customer_number,
          'vat_id', p.vat_id, 'tax_number', p.tax_number, 'register_court', p.register_court,
          'register_number', p.register_number, 'website', p.website, 'notes', p.notes,
          'status', p.status, 'owner_id', p.owner_id
        ) as texts,
        '{}'::uuid[] as company_ids, '{}'::text[] as objections,
        ${tags.column(scope, kind)},
        ${customValues.column(scope, kind)},
        ${points.columns(scope, kind)}
      from companies p
      where p.tenant_id = ${tenantId}
        and p.id = any (${ids}::uuid[])
        and p.deleted_at is null
      for update of p
    `;
    return rows.map(standing);
  }
  const rows = await sql<Row[]>`
    select p.id, p.version, jsonb_build_object(
        'salutation', p.salutation, 'title', p.title, 'first_name', p.first_name,
        'name_prefix', p.name_prefix, 'last_name', p.last_name, 'name_suffix', p.name_suffix,
        'language', p.language, 'position', p.position, 'birthday', p.birthday,
        'customer_number', p.customer_number, 'website', p.website, 'notes', p.notes,
        'letter_salutation', p.letter_salutation, 'address_form', p.address_form,
        'status', p.status, 'external_uid', p.external_uid, 'owner_id', p.owner_id
      ) as texts,
      array(
        select f.company_id
        from affiliations f
        where f.tenant_id = p.tenant_id
          and f.contact_id = p.id
      ) as company_ids,
      array(
        select b.channel
        from objections b
        where b.tenant_id = p.tenant_id
          and b.contact_id = p.id
      ) as objections,
      ${tags.column(scope, kind)},
      ${customValues.column(scope, kind)},
      ${points.columns(scope, kind)}
    from contacts p
    where p.tenant_id = ${tenantId}
      and p.id = any (${ids}::uuid[])
      and p.deleted_at is null
      and p.restricted_at is null
    for update of p
  `;
  return rows.map(standing);
}

type Row = Omit<Standing, "custom" | "tags"> & tags.Carried & {
  custom: customValues.CustomValue[];
};

const standing = ({ custom, tagged, ...row }: Row): Standing => ({
  ...row,
  tags: tagged.map(({ name }) => name),
  custom: customValues.byField(custom),
});

/** Writes the texts of whole records; each gets a new version. */
export async function writeTexts(
  { sql, tenantId, actor, now }: Scope,
  kind: Kind,
  rows: readonly (Texts & { id: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  // The previous owner may have been erased by the time the import is undone.
  const owner = sql`owner_id = (
          select u.id
          from users u
          where u.tenant_id = ${tenantId}
            and u.id = r.owner_id
        )`;
  const written = sql`version = p.version + 1, last_touch_at = ${now}, updated_at = ${now},
      updated_by = ${actor.userId}`;
  if (kind === "company") {
    await sql`
      update companies p
      set legal_form = r.legal_form, industry = r.industry, customer_number = r.customer_number,
        vat_id = r.vat_id, tax_number = r.tax_number, register_court = r.register_court,
        register_number = r.register_number, website = r.website, notes = r.notes,
        status = r.status, ${owner}, ${written}
      from jsonb_populate_recordset(null::companies, ${sql.json(rows)}) r
      where p.tenant_id = ${tenantId}
        and p.id = r.id
    `;
    return;
  }
  await sql`
    update contacts p
    set salutation = r.salutation, title = r.title, first_name = r.first_name,
      name_prefix = r.name_prefix, last_name = r.last_name, name_suffix = r.name_suffix,
      language = r.language, position = r.position, birthday = r.birthday,
      customer_number = r.customer_number, website = r.website, notes = r.notes,
      letter_salutation = r.letter_salutation, address_form = r.address_form, status = r.status,
      external_uid = r.external_uid, ${owner}, ${written}
    from jsonb_populate_recordset(null::contacts, ${sql.json(rows)}) r
    where p.tenant_id = ${tenantId}
      and p.id = r.id
  `;
}

export const lists = ["emails", "phones", "addresses"] as const;
export type List = typeof lists[number];

/** Replaces a record's whole list of contact points. */
export async function writeList(
  { sql, tenantId }: Scope,
  kind: Kind,
  name: List,
  all: readonly { id: string; entries: readonly object[] }[],
): Promise<void> {
  if (all.length === 0) return;
  const owner = `${kind}_id`;
  await sql`
    delete from ${sql(name)}
    where tenant_id = ${tenantId}
      and ${sql(owner)} = any (${all.map(({ id }) => id)}::uuid[])
  `;
  const rows = all.flatMap(({ id, entries }) =>
    entries.map((entry, position) => ({
      ...underscored(entry),
      id: newId(),
      [owner]: id,
      position,
    }))
  );
  const entries = sql.json(rows);
  if (name === "emails") {
    await sql`
      insert into emails (tenant_id, id, contact_id, company_id, position, kind, address)
      select ${tenantId}, r.id, r.contact_id, r.company_id, r.position, r.kind, r.address
      from jsonb_populate_recordset(null::emails, ${entries}) r
    `;
  } else if (name === "phones") {
    await sql`
      insert into phones (tenant_id, id, contact_id, company_id, position, kind, number)
      select ${tenantId}, r.id, r.contact_id, r.company_id, r.position, r.kind, r.number
      from jsonb_populate_recordset(null::phones, ${entries}) r
    `;
  } else {
    await sql`
      insert into addresses (
        tenant_id, id, contact_id, company_id, position, kind, street, extra, po_box, postal_code,
        city, region, country
      )
      select ${tenantId}, r.id, r.contact_id, r.company_id, r.position, r.kind, r.street, r.extra,
        r.po_box, r.postal_code, r.city, r.region, r.country
      from jsonb_populate_recordset(null::addresses, ${entries}) r
    `;
  }
}

const underscored = (entry: object): object =>
  Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
