/**
 * Custom fields under the right to rectification: what they contain as text, and how a new value is
 * written, regardless of the role of the user doing it, as a person's right does not end at
 * anybody's role.
 */
import * as customFields from "./custom_fields.ts";
import type { CustomField } from "./custom_fields.ts";
import { parse } from "./custom_texts.ts";
import * as customValues from "./custom_values.ts";
import { Invalid } from "./errors.ts";
import { unlimited } from "./field_rights.ts";
import type { AnySql } from "./pool.ts";
import type { Standing } from "./rectifications.ts";
import type { Scope } from "./scope.ts";

/** A custom field of contacts, as corrections name it. */
export type CustomFieldKey = `custom.${string}`;

export const isCustom = (field: string): field is CustomFieldKey =>
  /^custom\.[0-9a-f-]{36}$/.test(field);

export const idOf = (field: CustomFieldKey): string => field.slice("custom.".length);

/** Links to persons are not corrected here but in those persons' own records. */
const correctable = ({ kind, recordKind }: CustomField) =>
  recordKind === "contact" && kind !== "person";

/** What custom fields of contacts contain now, empty ones too; choices as their labels. */
export async function standing(scope: Scope, contactIds: readonly string[]): Promise<Standing[]> {
  const fields = (await customFields.all(scope)).filter(correctable);
  const ids = fields.map(({ id }) => id);
  const values = await customValues.of(unlimited(scope), "contact", contactIds, ids);
  return contactIds.flatMap((contactId) =>
    fields.map((field): Standing => ({
      contactId,
      field: `custom.${field.id}`,
      label: field.labelDe,
      value: said(field, customValues.byField(values.get(contactId) ?? [])[field.id] ?? []),
    }))
  );
}

const said = ({ choices }: CustomField, values: readonly string[]): string =>
  values.map((value) => choices.find(({ id }) => id === value)?.labelDe ?? value).join("; ");

/** A new value in stored form. Throws Invalid on the field `value` if the field cannot hold it. */
export async function cleaned(scope: Scope, field: CustomFieldKey, text: string): Promise<string> {
  const own = await customFields.find(scope, idOf(field));
  const values = correctable(own) ? parse(own, text) : null;
  if (values === null) throw new Invalid("invalid", "value");
  return said(own, values);
}

/**
 * Writes a value from its stored form; returns how many fields were found. The ledger has no Scope
 * when it brings a restored backup up to date: it acts as the owner, for the tenant it names.
 */
export async function write(
  sql: AnySql,
  tenantId: string,
  { contactId, field, to }: { contactId: string; field: CustomFieldKey; to: string },
): Promise<number> {
  const scope = { sql, tenantId, limits: null } as unknown as Scope;
  const own = (await customFields.all(scope)).find(({ id }) => id === idOf(field));
  const values = own && parse(own, to, { point: true });
  if (!own || !values) return 0;
  await customValues.assign(scope, "contact", [{ id: contactId, custom: { [own.id]: values } }]);
  return 1;
}
