/** Own fields for machines: a schema by the fields of a house, and values between it and the store. */
import { z } from "zod";
import { offers } from "../db/custom_choices.ts";
import type { CustomField } from "../db/custom_fields.ts";
import { parse } from "../db/custom_texts.ts";
import { byField, type CustomInput, type CustomValue } from "../db/custom_values.ts";
import { isId } from "../db/ids.ts";

type Value = string | boolean | string[] | null;

/** One value: null empties the field, numbers are decimal texts so that no digit is lost. */
function valueSchema(field: CustomField): z.ZodType<Value> {
  const label = { description: field.labelEn || field.labelDe };
  const labels = field.choices.map(({ labelDe }) => labelDe) as [string, ...string[]];
  const plain = {
    text: () => z.string().max(500),
    long_text: () => z.string().max(10_000),
    number: () => z.string().regex(/^-?\d{1,14}(\.\d{1,6})?$/),
    money: () => z.string().regex(/^\d{1,11}(\.\d{1,2})?$/),
    date: () => z.iso.date(),
    choice: () => z.enum(labels),
    choices: () => z.array(z.enum(labels)).max(100),
    yes_no: () => z.boolean(),
    link: () => z.url({ protocol: /^https?$/ }).max(500),
    person: () => z.uuid().meta({ description: "The id of a contact" }),
  } satisfies Record<CustomField["kind"], () => z.ZodType>;
  return plain[field.kind]().nullable().meta(label) as z.ZodType<Value>;
}

/**
 * The own fields of a kind of record as one object by their names, to read and to write: a field that
 * is left out stays as it is. Fields to choose from that offer nothing yet are no part of it.
 */
export const customBody = (fields: readonly CustomField[]) =>
  z.strictObject(Object.fromEntries(
    fields.filter(({ kind, choices }) => !offers(kind) || choices.length > 0)
      .map((field) => [field.name, valueSchema(field).optional()]),
  ));

/** What a body says, by the ids of fields; what is not sent is left out. */
export function inputOfBody(
  fields: readonly CustomField[],
  body: Readonly<Record<string, Value | undefined>>,
): CustomInput {
  return Object.fromEntries(fields.flatMap((field) => {
    const value = body[field.name];
    if (value === undefined) return [];
    const texts = value === null
      ? ""
      : Array.isArray(value)
      ? value.join(";")
      : typeof value === "boolean"
      ? value ? "yes" : "no"
      : value;
    const stored = field.kind === "person" && isId(texts)
      ? [texts]
      : parse(field, texts, { point: true });
    return [[field.id, stored ?? []]];
  }));
}

/** A record's values as a body has them; null where a field holds nothing. */
export function bodyOf(
  fields: readonly CustomField[],
  values: readonly CustomValue[],
): Record<string, Value> {
  const stored = byField(values);
  return Object.fromEntries(fields.map((field) => {
    const own = stored[field.id] ?? [];
    const labels = field.choices.filter(({ id }) => own.includes(id)).map((each) => each.labelDe);
    const [value = null] = own;
    const hidden = field.kind === "person" &&
      values.some(({ fieldId, person }) => fieldId === field.id && person === null);
    const told: Value = field.kind === "choices"
      ? labels
      : field.kind === "choice"
      ? labels[0] ?? null
      : field.kind === "yes_no"
      ? value === null ? null : value === "yes"
      : hidden
      ? null
      : value;
    return [field.name, told];
  }));
}
