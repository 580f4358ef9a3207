/**
 * Describes the values of a person's custom fields: for access (Art. 15) and portability (Art. 20
 * GDPR).
 */
import { figure } from "./custom_values.ts";
import type { FieldKind } from "./custom_fields.ts";
import { personNamed } from "./custom_persons.ts";
import { fullName } from "./full_names.ts";
import type { LegalBasis, Purpose } from "./origins.ts";
import type { Rows } from "./person_tables.ts";
import type { Scope } from "./scope.ts";

/** The language of the answer to the person. */
export type Language = "de" | "en";

/** A value as disclosed to the person, with the tenant's label. */
export interface ReadableValue {
  name: string;
  label: string;
  kind: FieldKind;
  value: string;
  purpose: Purpose;
  legalBasis: LegalBasis;
}

/** Rows of `custom_values` with the label and purpose of their field instead of ids. */
export async function inWords(
  scope: Scope,
  tables: readonly Rows[],
  language: Language,
): Promise<Rows[]> {
  const given = await withEntries(scope, tables, language);
  const own = given.find(({ table }) => table === "custom_values");
  if (!own) return given;
  const pairs = own.rows.map((row) => ({
    fieldId: String(row.field_id),
    value: String(row.value),
  }));
  const readable = await say(scope, pairs, language);
  const rows = own.rows.map((row, at) => {
    const { label, kind, value, purpose, legalBasis } = readable[at]!;
    return { ...row, field_id: label, field_kind: kind, value, purpose, legal_basis: legalBasis };
  });
  return given.map((each) => each === own ? { table: own.table, rows } : each);
}

/** Describes the custom fields of unconfirmed form entries, one line per value. */
async function withEntries(
  scope: Scope,
  tables: readonly Rows[],
  language: Language,
): Promise<Rows[]> {
  const entries = tables.find(({ table }) => table === "web_form_entries");
  if (!entries) return [...tables];
  const pairs = entries.rows.flatMap(({ custom }, at) =>
    Object.entries(custom as Record<string, string[]>).flatMap(([fieldId, values]) =>
      values.map((value) => ({ at, fieldId, value }))
    )
  );
  const readable = pairs.length === 0 ? [] : await say(scope, pairs, language);
  const lines = Map.groupBy(readable, ({ place }) => pairs[place]!.at);
  const rows = entries.rows.map((row, at) => ({
    ...row,
    custom: (lines.get(at) ?? []).map(({ label, kind, value }) =>
      `${label}: ${figure(kind, value.replace(/ EUR$/, ""), language) ?? value}`
    ).join("\n"),
  }));
  return tables.map((each) => each === entries ? { table: entries.table, rows } : each);
}

/** What persons have provided themselves, in the order of the fields, by contact. */
export async function provided(
  scope: Scope,
  contactIds: readonly string[],
): Promise<Map<string, ReadableValue[]>> {
  const { sql, tenantId } = scope;
  const rows = await sql<{ contactId: string; fieldId: string; value: string }[]>`
    select v.contact_id, v.field_id, v.value
    from custom_values v
    join custom_fields f on f.tenant_id = v.tenant_id and f.id = v.field_id
    where v.tenant_id = ${tenantId}
      and v.contact_id = any (${[...contactIds]}::uuid[])
      and f.provided
      and f.removed_at is null
    order by f.position, f.id, v.item
  `;
  // For programs: always in one language.
  const readable = await say(scope, rows, "de");
  const found = new Map<string, ReadableValue[]>();
  rows.forEach(({ contactId }, at) => {
    found.set(contactId, [...found.get(contactId) ?? [], readable[at]!]);
  });
  return found;
}

/**
 * Labels for fields, and for the choices and persons that values refer to; German if there is no
 * other. Leaves out fields that no longer exist: `place` is the index of the pair described.
 */
async function say(
  { sql, tenantId }: Scope,
  pairs: readonly { fieldId: string; value: string }[],
  language: Language,
): Promise<(ReadableValue & { place: number })[]> {
  const label = (row: "f" | "c") =>
    language === "de"
      ? sql`${sql(row)}.label_de`
      : sql`coalesce(nullif(${sql(row)}.label_en, ''), ${sql(row)}.label_de)`;
  const [yes, no] = language === "de" ? ["ja", "nein"] : ["yes", "no"];
  return await sql<(ReadableValue & { place: number })[]>`
    select (given.at - 1)::int as place, f.name, ${label("f")} as label, f.kind,
      case f.kind
        when 'person' then coalesce(${fullName("x")}, '')
        when 'choice' then coalesce(${label("c")}, '')
        when 'choices' then coalesce(${label("c")}, '')
        when 'yes_no' then case given.value when 'yes' then ${yes!} else ${no!} end
        when 'money' then given.value || ' EUR'
        else given.value end as value,
      f.purpose, f.legal_basis
    from unnest(
      ${pairs.map(({ fieldId }) => fieldId)}::uuid[], ${pairs.map(({ value }) => value)}::text[]
    ) with ordinality as given (field_id, value, at)
    join custom_fields f on f.tenant_id = ${tenantId} and f.id = given.field_id
    left join custom_choices c
      on c.tenant_id = ${tenantId} and c.field_id = f.id and c.id::text = given.value
    left join lateral (${personNamed({ sql, tenantId }, sql`given.value`)}) x on true
    order by given.at
  `;
}
