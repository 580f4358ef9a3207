/** Custom fields for programs: one object with the fields' names, checked against their definitions. */
import { z } from "zod";
import * as customFields from "../../db/custom_fields.ts";
import type { CustomField } from "../../db/custom_fields.ts";
import { longest, parse } from "../../db/custom_texts.ts";
import { type CustomInput, type CustomValue, mostItems } from "../../db/custom_values.ts";
import * as people from "../../db/deal_persons.ts";
import type { Kind } from "../../db/record_kinds.ts";
import type { Ctx } from "../web.tsx";
import { refused, shaped } from "./bodies.ts";

const Value = z.union([z.string(), z.boolean(), z.array(z.string()), z.null()]);
type Value = z.output<typeof Value>;

/** Custom fields in the description, which is the same for all tenants: only each tenant knows its own. */
export const Custom = z.record(z.string(), Value).meta({
  id: "CustomValues",
  description:
    "The tenant's custom fields by their names; null means empty; fields hidden from the " +
    "token's user are missing. Numbers and amounts in euros are strings such as `12.50`, people are " +
    "ids of contacts, choices their German labels. Fields left out stay unchanged",
});

/** A text that the field takes, already as it is stored. */
const stored = (field: CustomField, fault: string) =>
  z.string("invalid").transform((text, context) => {
    const values = parse(field, text, { point: true });
    if (values !== null) return values;
    context.addIssue({ code: "custom", message: fault });
    return z.NEVER;
  });

/** What one field takes but null, to the values that are stored. */
function valueOf(field: CustomField): z.ZodType<string[]> {
  const label = z.enum(field.choices.map(({ labelDe }) => labelDe));
  const idOf = (wanted: string) => field.choices.find(({ labelDe }) => labelDe === wanted)!.id;
  const kinds: Record<CustomField["kind"], () => z.ZodType<string[]>> = {
    text: () => stored(field, `too_long?max=${longest.text}`),
    long_text: () => stored(field, `too_long?max=${longest.long_text}`),
    number: () => stored(field, "number"),
    money: () => stored(field, "deals.amount_invalid"),
    date: () => z.iso.date("date").refine((day) => day >= "1000", "date").transform((day) => [day]),
    choice: () => label.transform((wanted) => [idOf(wanted)]),
    choices: () =>
      z.array(label).max(mostItems).transform((all) =>
        field.choices.filter(({ labelDe }) => all.includes(labelDe)).map(({ id }) => id)
      ),
    yes_no: () => z.boolean().transform((yes) => [yes ? "yes" : "no"]),
    link: () => stored(field, "url"),
    person: () => z.uuid("option").transform((id) => [id]),
  };
  return kinds[field.kind]();
}

/** One field as it may be sent: null empties it, where it is not demanded. */
const sendable = (field: CustomField) => {
  const value = valueOf(field).nullable().transform((values) => values ?? []);
  return field.required ? value.refine((values) => values.length > 0, "required") : value;
};

/**
 * A body's custom fields by their ids; a new record needs each mandatory one. Throws
 * a Problem that names each field that is unknown or wrong.
 */
export async function customOf(
  c: Ctx,
  kind: Kind,
  sent: Readonly<Record<string, Value>> = {},
  { fresh }: { fresh: boolean },
): Promise<CustomInput> {
  const { scope } = c.var;
  const fields = await customFields.list(scope, kind);
  const schema = z.object({
    custom: z.strictObject(Object.fromEntries(fields.map((field) => {
      const value = sendable(field);
      if (field.readOnly) return [field.name, z.undefined("field_rights.read_only").optional()];
      return [field.name, fresh && field.required ? value : value.optional()];
    }))),
  });
  const { custom } = shaped(c, schema, { custom: sent });
  const read = custom as Record<string, string[] | undefined>;
  const named = fields.filter((field) => field.kind === "person" && read[field.name]?.length);
  const known = await people.named(scope, named.flatMap(({ name }) => read[name]!));
  for (const { name } of named) {
    const there = known.some(({ id }) => id === read[name]![0]);
    if (!there) throw refused(c, `/custom/${name}`, "option");
  }
  return Object.fromEntries(
    fields.flatMap(({ id, name }) => read[name] === undefined ? [] : [[id, read[name]]]),
  );
}

/** A record's values as a program gets them; people who may not be shown are left out. */
export async function customValuesOf(
  c: Ctx,
  kind: Kind,
  values: readonly CustomValue[],
): Promise<Record<string, Value>> {
  const fields = await customFields.list(c.var.scope, kind);
  const held = Map.groupBy(values, ({ fieldId }) => fieldId);
  return Object.fromEntries(fields.map((field) => [field.name, told(field, held.get(field.id))]));
}

function told(field: CustomField, values: readonly CustomValue[] = []): Value {
  const [first] = values;
  const labels = field.choices.filter(({ id }) => values.some(({ value }) => value === id))
    .map(({ labelDe }) => labelDe);
  if (field.kind === "choices") return labels;
  if (first === undefined) return null;
  if (field.kind === "choice") return labels[0] ?? null;
  if (field.kind === "yes_no") return first.value === "yes";
  return field.kind === "person" && first.person === null ? null : first.value;
}
