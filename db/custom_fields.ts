/** Custom fields: what a tenant adds to its records beyond the built-in fields. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import * as fieldChoices from "./custom_choices.ts";
import { assertOpen, assertUnasked } from "./custom_demands.ts";
import { Invalid, NotFound } from "./errors.ts";
import { isHidden, type Limited, mayWrite } from "./field_rights.ts";
import { enqueue } from "./jobs.ts";
import type { LegalBasis, Purpose } from "./origins.ts";
import { literal } from "./pages.ts";
import type { Category } from "./personal_data/columns.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

export const fieldKinds = [
  "text",
  "long_text",
  "number",
  "money",
  "date",
  "choice",
  "choices",
  "yes_no",
  "link",
  "person",
] as const;
export type FieldKind = typeof fieldKinds[number];

/** What a value may reveal about a person, as categories of the personal-data map. */
export const fieldCategories = [
  "classification",
  "sales",
  "work",
  "organisation",
  "identifier",
  "contact",
  "address",
  "birth",
  "name",
  "content",
] as const satisfies readonly Category[];
export type FieldCategory = typeof fieldCategories[number];

/** Settings that cannot be changed once a field exists. */
interface Made {
  recordKind: Kind;
  kind: FieldKind;
}

export interface FieldInput {
  labelDe: string;
  /** Empty if the German label is used instead. */
  labelEn: string;
  helpDe: string;
  helpEn: string;
  required: boolean;
  category: FieldCategory;
  purpose: Purpose;
  legalBasis: LegalBasis;
  /** Art. 20 GDPR: whether the person provides it. */
  provided: boolean;
  choices: fieldChoices.ChoiceInput[];
}

export interface CustomField extends Made, FieldInput {
  id: string;
  /** The field's name in templates, machine-readable files and the API. */
  name: string;
  choices: fieldChoices.Choice[];
  /** Whether its words are left out of search, because it is hidden from some role. */
  unsearched: boolean;
  /** Whether the current role may only read it. */
  readOnly?: true;
}

/** The maximum number of fields per kind of record. */
export const most = 50;

/** The active fields as one column, in order; read along with what lists and forms offer. */
export function column({ sql, tenantId }: Scope) {
  return sql`
    array_to_json(
      array(
        select json_build_object(
          'id', f.id, 'recordKind', f.record_kind, 'kind', f.kind, 'name', f.name,
          'labelDe', f.label_de, 'labelEn', f.label_en, 'helpDe', f.help_de, 'helpEn', f.help_en,
          'required', f.required, 'category', f.category, 'purpose', f.purpose,
          'legalBasis', f.legal_basis, 'provided', f.provided, 'unsearched', f.unsearched,
          'choices', array_to_json(array(
            select json_build_object('id', c.id, 'labelDe', c.label_de, 'labelEn', c.label_en)
            from custom_choices c
            where c.tenant_id = ${tenantId}
              and c.field_id = f.id
            order by c.position, c.id
          ))
        )
        from custom_fields f
        where f.tenant_id = ${tenantId}
          and f.removed_at is null
        order by f.position, f.id
      )
    ) as fields`;
}

/** The active fields that the role may see, in order, for forms, lists, files and the API. */
export async function list(scope: Scope, recordKind?: Kind): Promise<CustomField[]> {
  return seen(scope, await all(scope, recordKind));
}

/** All active fields, regardless of role: to define them, and to meet duties to data subjects. */
export async function all(scope: Scope, recordKind?: Kind): Promise<CustomField[]> {
  const [row] = await scope.sql<[{ fields: CustomField[] }]>`select ${column(scope)}`;
  return row.fields.filter((field) => !recordKind || field.recordKind === recordKind);
}

/** Those of the fields that the role may see, each marked if it is read-only. */
export const seen = (who: Limited, fields: CustomField[]): CustomField[] =>
  who.limits === null ? fields : fields.flatMap((field): CustomField[] => {
    const { recordKind, id } = field;
    if (isHidden(who, recordKind, id)) return [];
    return [mayWrite(who, recordKind, id) ? field : { ...field, readOnly: true }];
  });

/** Returns an active field, regardless of role; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<CustomField> {
  return (await findAmong(scope, id)).field;
}

/** Returns an active field with all others of its kind of record; throws NotFound. */
async function findAmong(
  scope: Scope,
  id: string,
): Promise<{ field: CustomField; present: CustomField[] }> {
  const fields = await all(scope);
  const field = fields.find((each) => each.id === id);
  if (!field) throw new NotFound("custom_field");
  return { field, present: fields.filter(({ recordKind }) => recordKind === field.recordKind) };
}

/** Adds a field at the end. Throws Invalid if the label is taken or there are too many fields. */
export async function create(
  scope: Scope,
  id: string,
  { recordKind, kind }: Made,
  input: FieldInput,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  await lock(scope);
  const present = await all(scope, recordKind);
  if (present.some((each) => each.id === id)) return;
  if (present.length >= most) throw new Invalid("custom_fields.too_many", "labelDe");
  assertFree(present, input, null);
  fieldChoices.assertFit(kind, input.choices);
  const { choices, ...own } = input;
  const [{ position }] = await sql<[{ position: number }]>`
    select coalesce(max(position) + 1, 0) as position
    from custom_fields
    where tenant_id = ${tenantId}
  `;
  const [made] = await sql`
    insert into custom_fields ${
    sql({
      tenantId,
      id,
      recordKind,
      kind,
      name: nameFor(input.labelDe, present),
      ...own,
      position,
      createdAt: now,
      updatedAt: now,
    })
  }
    on conflict (tenant_id, id) do nothing
    returning id
  `;
  if (!made) throw new NotFound("custom_field");
  await fieldChoices.assign(scope, id, choices);
  await changes.record(scope, { kind: "custom_field", id, action: "created" });
}

/**
 * Saves a field; a choice's new label applies everywhere at once, a job updates the search texts.
 * Throws NotFound, or Invalid (`custom_fields.choice_in_use` with the count, unless `anyway`;
 * `field_rights.required`, `web_forms.provides`).
 */
export async function update(
  scope: Scope,
  id: string,
  input: FieldInput,
  anyway: boolean,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  await lock(scope);
  const { field: before, present } = await findAmong(scope, id);
  assertFree(present, input, id);
  fieldChoices.assertFit(before.kind, input.choices);
  if (input.required && !before.required) await assertOpen(scope, id);
  if (before.provided && !input.provided) await assertUnasked(scope, id);
  if (!anyway) await fieldChoices.assertUnused(scope, before.choices, input.choices);
  const { choices, ...own } = input;
  const fields = changes.differences<typeof own>(before, own);
  const reworded = fieldChoices.differ(before.choices, choices);
  if (fields.length === 0 && !reworded) return;
  await sql`
    update custom_fields
    set ${sql({ ...own, updatedAt: now })}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  const noted = reworded ? [...fields, { name: "choices" }] : fields;
  await changes.record(scope, { kind: "custom_field", id, action: "updated", fields: noted });
  if (!reworded) return;
  await fieldChoices.assign(scope, id, choices);
  const gone = before.choices.some((choice) => choices.every((each) => each.id !== choice.id));
  await enqueue(sql, "settle_custom_field", tenantId, {
    fieldId: id,
    ...(gone ? { all: true } : {}),
  });
}

/** Moves a field one place up or down among those of its kind of record; throws NotFound. */
export async function move(scope: Scope, id: string, by: -1 | 1): Promise<void> {
  const { sql, tenantId } = scope;
  await lock(scope);
  const ids = (await findAmong(scope, id)).present.map((each) => each.id);
  const [from, to] = [ids.indexOf(id), ids.indexOf(id) + by];
  if (to < 0 || to >= ids.length) return;
  [ids[from], ids[to]] = [ids[to]!, ids[from]!];
  await sql`
    update custom_fields f
    set position = place.at
    from unnest(${ids}::uuid[]) with ordinality as place (id, at)
    where f.tenant_id = ${tenantId}
      and f.id = place.id
  `;
}

/** How many records have a value of a field; stops counting at a million. */
export async function count({ sql, tenantId }: Scope, id: string): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int
    from (
      select distinct coalesce(v.contact_id, v.company_id, v.deal_id)
      from custom_values v
      where v.tenant_id = ${tenantId}
        and v.field_id = ${id}
      limit ${literal(1_000_000)}
    ) found
  `;
  return row.count;
}

/**
 * Deactivates a field at once: no page, list, file or search filter shows it any more. A job then
 * deletes its values, search words and history values, and finally the field. Throws NotFound.
 */
export async function remove(scope: Scope, id: string): Promise<CustomField> {
  const { sql, tenantId, now } = scope;
  await lock(scope);
  const field = await find(scope, id);
  await sql`
    update custom_fields
    set removed_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await changes.record(scope, { kind: "custom_field", id, action: "deleted" });
  await enqueue(sql, "settle_custom_field", tenantId, { fieldId: id });
  return field;
}

/** Concurrent changes of definitions run one after the other. */
const lock = (scope: Scope) => advisoryLocks.take(scope, "custom fields");

function assertFree(
  present: readonly CustomField[],
  { labelDe, labelEn }: FieldInput,
  id: string | null,
): void {
  const labels = present.flatMap((each) => each.id === id ? [] : [each.labelDe, each.labelEn]);
  const taken = new Set(labels.filter(Boolean).map(lower));
  if (taken.has(lower(labelDe))) throw new Invalid("taken", "labelDe");
  if (taken.has(lower(labelEn))) throw new Invalid("taken", "labelEn");
}

const lower = (label: string) => label.toLowerCase();

/** `Vertrag läuft bis` becomes `vertrag_laeuft_bis`, with a number if that is taken. */
function nameFor(label: string, present: readonly CustomField[]): string {
  const plain = label.toLowerCase()
    .replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss")
    .normalize("NFKD").replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 50);
  const base = plain || "field";
  const taken = new Set(present.map(({ name }) => name));
  let name = base;
  for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
  return name;
}
