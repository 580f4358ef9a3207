/** Labels for the custom fields in a person's history, for the right of access (Art. 15 GDPR). */
import type { FieldChange } from "./changes.ts";
import type { Language } from "./custom_access.ts";
import { yesNo } from "./custom_values.ts";
import type { Rows } from "./person_tables.ts";
import type { Scope } from "./scope.ts";

/** A field change; for a custom field that holds numbers or dates, `kind` says how to format it. */
export interface ReadableChange extends FieldChange {
  kind?: string;
}

/** Kinds whose values are formatted by language. */
const readAs = ["date", "number", "money"];

/** The prefix of custom fields in the history. */
const prefix = "custom:";

/**
 * Rows of `changes` with labels instead of the ids of custom fields and choices; others unchanged.
 */
export async function inWords(
  scope: Scope,
  tables: readonly Rows[],
  language: Language,
): Promise<Rows[]> {
  const histories = tables.find(({ table }) => table === "changes");
  const changed = histories?.rows.flatMap(fieldsOf).filter(({ name }) => name.startsWith(prefix));
  if (!histories || !changed?.length) return [...tables];
  const labels = await labelsOf(scope, [...new Set(changed.flatMap(idsOf))], language);
  const label = (id: string) => labels.get(id)?.label;
  const said = (value: FieldChange["from"], kind: string | undefined) => {
    if (typeof value !== "string") return value;
    if (kind === "yes_no") return yesNo[language][value === "yes" ? "yes" : "no"];
    return value.split(", ").map((each) => label(each) ?? each).join(", ");
  };
  const readable = (field: FieldChange): ReadableChange => {
    if (!field.name.startsWith(prefix)) return field;
    const own = labels.get(field.name.slice(prefix.length));
    return {
      name: prefix + (own?.label ?? ""),
      ...(own && readAs.includes(own.kind) ? { kind: own.kind } : {}),
      ...("from" in field ? { from: said(field.from, own?.kind) } : {}),
      ...("to" in field ? { to: said(field.to, own?.kind) } : {}),
    };
  };
  const rows = histories.rows.map((row) => ({ ...row, fields: fieldsOf(row).map(readable) }));
  return tables.map((each) => each === histories ? { table: each.table, rows } : each);
}

const fieldsOf = ({ fields }: Record<string, unknown>): FieldChange[] =>
  Array.isArray(fields) ? fields : [];

/** The ids that a change of a custom field may contain. */
const idsOf = ({ name, from, to }: FieldChange): string[] =>
  [name.slice(prefix.length), ...`${from ?? ""}, ${to ?? ""}`.split(", ")]
    .filter((each) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(each));

async function labelsOf(
  { sql, tenantId }: Scope,
  ids: readonly string[],
  language: Language,
): Promise<Map<string, { label: string; kind: string }>> {
  const rows = await sql<{ id: string; labelDe: string; labelEn: string; kind: string }[]>`
    select f.id, f.label_de, f.label_en, f.kind
    from custom_fields f
    where f.tenant_id = ${tenantId}
      and f.id = any (${[...ids]}::uuid[])
      and f.removed_at is null
    union all
    select c.id, c.label_de, c.label_en, 'choice'
    from custom_choices c
    where c.tenant_id = ${tenantId}
      and c.id = any (${[...ids]}::uuid[])
  `;
  return new Map(
    rows.map(({ id, labelDe, labelEn, kind }) => [
      id,
      { label: language === "de" ? labelDe : labelEn || labelDe, kind },
    ]),
  );
}
