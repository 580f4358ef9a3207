/**
 * What own fields hold of a record: read with it, written with it, listed beside it. A value is a row
 * of canonical text: `12.5`, `2026-12-31`, `yes`, the id of a choice or of a person.
 */
import type { FieldChange } from "./changes.ts";
import * as customFields from "./custom_fields.ts";
import type { CustomField, FieldKind } from "./custom_fields.ts";
import { tellsInHistory } from "./custom_columns.ts";
import { personNamed } from "./custom_persons.ts";
import { isHidden, mayWrite, writable } from "./field_rights.ts";
import { fullName } from "./full_names.ts";
import { newId } from "./ids.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** One value of a record as it is stored. */
export interface CustomValue {
  fieldId: string;
  value: string;
  /** Of a person: the name; null where the person is restricted or in the trash. */
  person: string | null;
}

/** The values wanted of each field by its id; an empty list empties the field, none leaves it. */
export type CustomInput = Readonly<Record<string, readonly string[]>>;

/** The most persons, texts or choices that one field of a record holds. */
export const mostItems = 100;

/**
 * Puts names for the ids of persons that queries tell, while a person may be shown. Asked only where
 * a value names one: hardly any does, and PostgreSQL would make the look ready for each record.
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

/** Records whose values `column` told, with the names of the persons that those name. */
export async function told<R extends { custom: CustomValue[] }>(
  scope: Scope,
  records: readonly R[],
): Promise<readonly R[]> {
  await withNames(scope, records.flatMap(({ custom }) => custom));
  return records;
}

/**
 * The values of row `p` as one column, persons by their ids until they are `told`; a house without
 * own fields pays one look into an index.
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

/** What these fields hold of these records, by record. */
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

/** The values by field, as forms and comparisons take them. */
export function byField(values: readonly CustomValue[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { fieldId, value } of values) (found[fieldId] ??= []).push(value);
  return found;
}

/**
 * What becomes another by this input, as history tells it: values where the field's category may be
 * told, else the name alone. A person who may not be shown stays unless another takes the place.
 */
export function differences(
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
    const told = (all: readonly string[]) => all.join(", ") || null;
    changes.push(tellsInHistory(field) ? { name, from: told(old), to: told(values) } : { name });
  }
  return { wanted, changes };
}

const isPerson = (fields: readonly CustomField[], id: string) =>
  fields.find((field) => field.id === id)?.kind === "person";

/** What a record's history calls an own field. */
export const historyName = (fieldId: string): string => `custom:${fieldId}`;

/** Writes what becomes another in a record, in the caller's transaction; what history tells of it. */
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
 * Writes values in place of those that these fields of records had; those of fields, choices or
 * persons that are gone, and of fields that the role may not write, are left out.
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
    from jsonb_to_recordset(${sql.json(rows as never)})
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
 * What own fields hold of a record as words by the fields' names, for letters and offers; of no
 * record all are empty. Persons that may not be shown and fields that are hidden are left empty.
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

/** Values of one field as a letter says them. */
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

/** A date, a number or an amount as a language writes it; null for what is none. */
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
