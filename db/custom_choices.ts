/** The choices of a custom field: labels by id, so that a new label applies everywhere. */
import type { FieldKind } from "./custom_fields.ts";
import { Invalid } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";

export interface Choice {
  id: string;
  labelDe: string;
  labelEn: string;
}

/** A choice as submitted by a form; without an id it is new. */
export type ChoiceInput = Omit<Choice, "id"> & { id: string | null };

/** The maximum number of choices per field. */
const most = 100;

/** Whether fields of this kind have a list of choices. */
export const offers = (kind: FieldKind): boolean => kind === "choice" || kind === "choices";

/** Throws Invalid if a field with choices has none, too many, or the same one twice. */
export function assertFit(kind: FieldKind, choices: readonly ChoiceInput[]): void {
  if (!offers(kind)) return;
  if (choices.length === 0) throw new Invalid("custom_fields.choices_missing", "choices.0.labelDe");
  if (choices.length > most) {
    throw new Invalid("custom_fields.choices_too_many", "choices.0.labelDe");
  }
  const labels = new Set<string>();
  choices.forEach(({ labelDe, labelEn }, at) => {
    const own = new Set([labelDe, labelEn].filter(Boolean).map((label) => label.toLowerCase()));
    for (const label of own) {
      if (labels.has(label)) throw new Invalid("taken", `choices.${at}.labelDe`);
      labels.add(label);
    }
  });
}

/**
 * Throws Invalid with the count if records still use a choice that is to be removed; from then on
 * none can be saved with it until the transaction ends.
 */
export async function assertUnused(
  { sql, tenantId }: Scope,
  before: readonly Choice[],
  after: readonly ChoiceInput[],
): Promise<void> {
  const kept = new Set(after.map(({ id }) => id));
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  if (gone.length === 0) return;
  // Waits for records that are just being saved with one, so that they are counted too.
  await sql`
    select
    from custom_choices
    where tenant_id = ${tenantId}
      and id = any (${gone}::uuid[])
    order by id
    for update
  `;
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int
    from custom_values v
    join custom_choices c
      on c.tenant_id = v.tenant_id and c.field_id = v.field_id and v.key = c.id::text
    where v.tenant_id = ${tenantId}
      and c.id = any (${gone}::uuid[])
  `;
  if (row.count > 0) throw new Invalid(`custom_fields.choice_in_use?count=${row.count}`, "anyway");
}

/** Whether the choices, their order or their labels differ. */
export function differ(before: readonly Choice[], after: readonly ChoiceInput[]): boolean {
  const words = (all: readonly ChoiceInput[]) =>
    JSON.stringify(all.map(({ id, labelDe, labelEn }) => [id, labelDe, labelEn]));
  return words(before) !== words(after);
}

/**
 * Saves the choices of a field in this order; deletes those left out, together with their values.
 */
export async function assign(
  { sql, tenantId }: Scope,
  fieldId: string,
  choices: readonly ChoiceInput[],
): Promise<void> {
  const rows = choices.map(({ id, labelDe, labelEn }, position) => ({
    id: id ?? newId(),
    label_de: labelDe,
    label_en: labelEn,
    position,
  }));
  await sql`
    delete from custom_choices
    where tenant_id = ${tenantId}
      and field_id = ${fieldId}
      and id <> all (${rows.map(({ id }) => id)}::uuid[])
  `;
  await sql`
    insert into custom_choices (tenant_id, id, field_id, label_de, label_en, position)
    select ${tenantId}, r.id, ${fieldId}, r.label_de, r.label_en, r.position
    from jsonb_to_recordset(${sql.json(rows)})
      as r (id uuid, label_de text, label_en text, position int)
    on conflict (tenant_id, id) do update
    set label_de = excluded.label_de, label_en = excluded.label_en, position = excluded.position
    where custom_choices.field_id = excluded.field_id
  `;
}
