/**
 * The values of a record's custom fields: read, saved and listed with it. A value is a row of
 * canonical text: `12.5`, `2026-12-31`, `yes`, the id of a choice or of a person.
 */
import type { FieldChange } from "./changes.ts";
import * as customFields from "./custom_fields.ts";
import type { CustomField, FieldKind } from "./custom_fields.ts";
import { isInHistory } from "./custom_columns.ts";
import { personNamed } from "./custom_persons.ts";
import { isHidden, mayWrite, writable } from "./field_rights.ts";
import { fullName } from "./full_names.ts";
import { newId } from "./ids.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** A value of a record, as stored. */
export interface CustomValue {
  fieldId: string;
  value: string;
  /** For a person: the name; null if the person is restricted or in the trash. */
  person: string | null;
}

/** The new values of each field by its id; an empty list clears a field, a missing one keeps it. */
export type CustomInput = Readonly<Record<string, readonly string[]>>;

/** The maximum number of persons, texts or choices in one field of a record. */
export const mostItems = 100;

/**
 * Adds the names of persons to values that contain their ids, if they may be shown. A separate
 * query, since hardly any value needs it and PostgreSQL would prepare the lookup for each record.
 */
async function withNames<V extends CustomValue>(
  { sql, tenantId }: Scope,
  values: readonly V[],
): Promise<void> {
  const meant = values.filter(({ person }) => person !== null);
  if (meant.length === 0) return;
  const rows = await sql<{ id: string; name: string }[]>`
    select x.id, ${fullName("x")} as name
    from contacts x
    where x.tenant_id = ${tenantId}
      and x.id = any (${meant.map(({ person }) => person)}::uuid[])
      and x.deleted_at is null
      and x.restricted_at is null
  `;
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  for (const value of meant) value.person = names.get(value.person!) ?? null;
}

/** The records with `column`'s values, completed with the names of the persons they refer to. */
export async function addNames<R extends { custom: CustomValue[] }>(
  scope: Scope,
  records: readonly R[],
): Promise<readonly R[]> {
  await withNames(scope, records.flatMap(({ custom }) => custom));
  return records;
}

/**
 * The values of row `p` as one column, with persons as ids until `addNames` adds names; a tenant
 * without custom fields only pays for one index lookup.
 */
export function column(scope: Scope, kind: Kind) {
  const { sql } = scope;
  return sql`
    array_to_json(
      array(
        select json_build_object('fieldId', v.field_id, 'value', v.value, 'person', v.person_id)
        from custom_values v
        where v.tenant_id = p.tenant_id
          and v.${sql(`${kind}_id`)} = p.id
        order by v.field_id, v.item
      )
    ) as custom`;
}

/** The values of these fields in these records, by record. */
export async function of(
  scope: Scope,
  kind: Kind,
  ids: readonly string[],
  fieldIds: readonly string[],
): Promise<Map<string, CustomValue[]>> {
  const seen = fieldIds.filter((id) => !isHidden(scope, kind, id));
  if (ids.length === 0 || seen.length === 0) return new Map();
  const { sql, tenantId } = scope;
  const rows = await sql<(CustomValue & { recordId: string })[]>`
    select v.${sql(`${kind}_id`)} as record_id, v.field_id, v.value, v.person_id as person
    from custom_values v
    where v.tenant_id = ${tenantId}
      and v.${sql(`${kind}_id`)} = any (${[...ids]}::uuid[])
      and v.field_id = any (${seen}::uuid[])
    order by v.field_id, v.item
  `;
  await withNames(scope, rows);
  return Map.groupBy(rows, ({ recordId }) => recordId);
}

/** The values grouped by field, for forms and comparisons. */
export function byField(values: readonly CustomValue[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { fieldId, value } of values) (found[fieldId] ??= []).push(value);
  return found;
}

/**
 * The changes this input makes, for the history: values if the field's category allows it,
 * otherwise the name alone. A person who may not be shown stays unless replaced by another.
 */
function differences(
  fields: readonly CustomField[],
  before: readonly CustomValue[],
  input: CustomInput,
): { wanted: CustomInput; changes: FieldChange[] } {
  const standing = byField(before);
  const hidden = new Set(
    before.filter(({ person, fieldId }) => person === null && isPerson(fields, fieldId))
      .map(({ fieldId }) => fieldId),
  );
  const wanted: Record<string, readonly string[]> = {};
  const changes: FieldChange[] = [];
  for (const field of fields) {
    const values = input[field.id];
    if (values === undefined || (values.length === 0 && hidden.has(field.id))) continue;
    const old = standing[field.id] ?? [];
    if (old.join("\n") === values.join("\n")) continue;
    wanted[field.id] = values;
    const name = historyName(field.id);
    const listed = (all: readonly string[]) => all.join(", ") || null;
    changes.push(
      isInHistory(field) ? { name, from: listed(old), to: listed(values) } : { name },
    );
  }
  return { wanted, changes };
}

const isPerson = (fields: readonly CustomField[], id: string) =>
  fields.find((field) => field.id === id)?.kind === "person";

/** The name of a custom field in a record's history. */
export const historyName = (fieldId: string): string => `custom:${fieldId}`;

/**
 * Saves the changed values of a record, in the caller's transaction; returns the history entries.
 */
export async function update(
  scope: Scope,
  kind: Kind,
  recordId: string,
  before: readonly CustomValue[],
  input: CustomInput = {},
): Promise<FieldChange[]> {
  if (Object.keys(input).length === 0) return [];
  const fields = (await customFields.list(scope, kind)).filter(({ id }) =>
    mayWrite(scope, kind, id)
  );
  const { wanted, changes } = differences(fields, before, input);
  await assign(scope, kind, [{ id: recordId, custom: wanted }]);
  return changes;
}

/**
 * Replaces the values of these fields in the records; leaves out values of fields, choices or
 * persons that no longer exist, and of fields that the role may not write.
 */
export async function assign(
  scope: Scope,
  kind: Kind,
  records: readonly { id: string; custom: CustomInput }[],
): Promise<void> {
  const { sql, tenantId } = scope;
  const named = records.flatMap(({ id, custom }) =>
    Object.entries(writable(scope, kind, custom)).map(([fieldId, values]) => ({
      id,
      fieldId,
      values,
    }))
  );
  if (named.length === 0) return;
  const owner = sql(`${kind}_id`);
  await sql`
    delete from custom_values v
    using unnest(
      ${named.map(({ id }) => id)}::uuid[], ${named.map(({ fieldId }) => fieldId)}::uuid[]
    ) as given (record_id, field_id)
    where v.tenant_id = ${tenantId}
      and v.${owner} = given.record_id
      and v.field_id = given.field_id
  `;
  const rows = named.flatMap(({ id, fieldId, values }) =>
    [...new Set(values)].filter(Boolean).slice(0, mostItems).map((value, item) => ({
      id: newId(),
      record_id: id,
      field_id: fieldId,
      item,
      value,
    }))
  );
  if (rows.length === 0) return;
  await sql`
    insert into custom_values (
      tenant_id, id, field_id, kind, ${owner}, item, value, choice_id, person_id
    )
    select ${tenantId}, r.id, f.id, f.kind, r.record_id, r.item, r.value, c.id, x.id
    from jsonb_to_recordset(${sql.json(rows)})
      as r (id uuid, record_id uuid, field_id uuid, item int, value text)
    join custom_fields f
      on f.tenant_id = ${tenantId} and f.id = r.field_id and f.record_kind = ${kind}
      and f.removed_at is null
    left join custom_choices c
      on c.tenant_id = f.tenant_id and c.field_id = f.id and f.kind in ('choice', 'choices')
      and c.id::text = r.value
    left join lateral (${personNamed(scope, sql`r.value`)}) x on true
    where (f.kind not in ('choice', 'choices') or c.id is not null)
      and (f.kind <> 'person' or x.id is not null)
  `;
}

/**
 * The values of a record's custom fields as texts by field name, for letters and offers; all empty
 * without a record. Hidden fields and persons who may not be shown are left empty.
 */
export async function named(
  scope: Scope,
  kind: Kind,
  id: string | null,
  locale: "de" | "en",
): Promise<Record<string, string>> {
  const fields = await customFields.all(scope, kind);
  const found = id === null ? null : await of(scope, kind, [id], fields.map((field) => field.id));
  const values = found?.get(id!) ?? [];
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      inWords(field, values.filter(({ fieldId }) => fieldId === field.id), locale),
    ]),
  );
}

export const yesNo = { de: { yes: "ja", no: "nein" }, en: { yes: "yes", no: "no" } } as const;

/** The values of one field as written in a letter. */
function inWords(
  { kind, choices }: CustomField,
  values: readonly CustomValue[],
  locale: "de" | "en",
): string {
  const [{ value = "", person = null } = {}] = values;
  if (value === "") return "";
  const held = new Set(values.map((each) => each.value));
  switch (kind) {
    case "choice":
    case "choices":
      return choices.filter((choice) => held.has(choice.id))
        .map(({ labelDe, labelEn }) => locale === "en" && labelEn || labelDe).join(", ");
    case "date":
    case "money":
    case "number":
      return figure(kind, value, locale) ?? value;
    case "yes_no":
      return yesNo[locale][value === "yes" ? "yes" : "no"];
    case "person":
      return person ?? "";
    default:
      return value;
  }
}

/** A date, number or amount formatted for a language; null if it is none of these. */
export function figure(kind: FieldKind, value: string, locale: "de" | "en"): string | null {
  const tag = locale === "de" ? "de-DE" : "en-GB";
  const format = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(tag, options).format(value as Intl.StringNumericLiteral);
  switch (kind) {
    case "date":
      return value.split("-").reverse().join(locale === "de" ? "." : "/");
    case "money":
      return format({ style: "currency", currency: "EUR" });
    case "number":
      return format({ maximumFractionDigits: 6 });
    default:
      return null;
  }
}
