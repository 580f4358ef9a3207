/**
 * Own fields under the right of rectification: what stands there in words, and how a new value is
 * written; whoever of the house does it, for a person's right ends at nobody's role.
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

/** An own field of contacts, as corrections name it. */
export type OwnField = `custom.${string}`;

export const isOwn = (field: string): field is OwnField => /^custom\.[0-9a-f-]{36}$/.test(field);

export const idOf = (field: OwnField): string => field.slice("custom.".length);

/** Persons are put right at themselves. */
const correctable = ({ kind, recordKind }: CustomField) =>
  recordKind === "contact" && kind !== "person";

/** What own fields of contacts hold now, empty ones too; choices by their labels. */
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

/** A new value as it is kept. Throws Invalid on the field `value` where the field cannot hold it. */
export async function cleaned(scope: Scope, field: OwnField, text: string): Promise<string> {
  const own = await customFields.find(scope, idOf(field));
  const values = correctable(own) ? parse(own, text) : null;
  if (values === null) throw new Invalid("invalid", "value");
  return said(own, values);
}

/**
 * Writes a value by what was kept of it; how many fields it found. The ledger has no Scope when it
 * brings a restored backup up to date: it acts as the owner, for the tenant that it names.
 */
export async function write(
  sql: AnySql,
  tenantId: string,
  { contactId, field, to }: { contactId: string; field: OwnField; to: string },
): Promise<number> {
  const scope = { sql, tenantId, limits: null } as unknown as Scope;
  const own = (await customFields.all(scope)).find(({ id }) => id === idOf(field));
  const values = own && parse(own, to, { point: true });
  if (!own || !values) return 0;
  await customValues.assign(scope, "contact", [{ id: contactId, custom: { [own.id]: values } }]);
  return 1;
}
