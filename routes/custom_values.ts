/** Custom fields in the forms of records: read, checked, and filled in again. */
import { z } from "zod";
import type { CustomField } from "../db/custom_fields.ts";
import * as persons from "../db/custom_persons.ts";
import { longest, ordered, parse } from "../db/custom_texts.ts";
import { byField, type CustomInput, type CustomValue } from "../db/custom_values.ts";
import { amountFault } from "../db/money.ts";
import type { Scope } from "../db/scope.ts";
import { fieldName, shortOf } from "../views/records/custom.tsx";
import { number } from "../views/records/custom_filters.tsx";
import type { FormState } from "../views/ui/form.tsx";
import type { View } from "../views/view.ts";
import { lines } from "./records.ts";

const faults: Partial<Record<CustomField["kind"], string>> = {
  number: "number",
  date: "date",
  link: "url",
  text: `too_long?max=${longest.text}`,
  long_text: `too_long?max=${longest.long_text}`,
};

/** The one field of a form: any text in, its stored values out, a fault beside it. */
const valueOf = (field: CustomField) =>
  z.preprocess(
    (sent) =>
      [sent ?? []].flat().map(String).slice(0, 200).join(field.kind === "choices" ? ";" : ""),
    lines(20_000),
  ).transform((text, context) => {
    const values = parse(field, text);
    if (values === null) {
      const fault = field.kind === "money" ? amountFault(text) : faults[field.kind];
      context.addIssue({ code: "custom", message: fault ?? "option" });
      return z.NEVER;
    }
    if (field.required && values.length === 0) {
      context.addIssue({ code: "custom", message: "required" });
      return z.NEVER;
    }
    return values;
  });

/** A form's custom fields as one object by short name, without those that are read-only. */
export const customSchema = (fields: readonly CustomField[]) =>
  z.preprocess(
    (sent) => typeof sent === "object" && sent !== null && !Array.isArray(sent) ? sent : {},
    z.object(
      Object.fromEntries(
        fields.filter(({ readOnly }) => !readOnly)
          .map((field) => [shortOf(field.id), valueOf(field)]),
      ),
    ),
  ) as z.ZodType<Record<string, string[]>>;

/**
 * What was read, by the ids of fields, persons found by what was written; or a fault for each
 * person that nobody or several may be. Who stood there before and is not renamed stays.
 */
export async function customInput(
  scope: Scope,
  fields: readonly CustomField[],
  read: Readonly<Record<string, string[]>>,
  before: readonly CustomValue[] = [],
): Promise<{ input: CustomInput; faults: Record<string, string> }> {
  const input: Record<string, string[]> = {};
  const faults: Record<string, string> = {};
  for (const field of fields) {
    if (field.readOnly) continue;
    const values = read[shortOf(field.id)] ?? [];
    const [text] = values;
    if (field.kind !== "person" || text === undefined) {
      input[field.id] = values;
      continue;
    }
    const stood = before.find(({ fieldId, person }) => fieldId === field.id && person === text);
    const found = stood ? [stood.value] : await persons.resolve(scope, text);
    if (found.length === 1) input[field.id] = found;
    else {
      faults[fieldName(field.id)] = found.length === 0
        ? "custom_fields.person_unknown"
        : "custom_fields.person_several";
    }
  }
  return { input, faults };
}

/** How the values of a record stand in its form. */
export function customTexts(
  fields: readonly CustomField[],
  values: readonly CustomValue[],
  view: View,
): FormState["values"] {
  const stored = byField(values);
  return Object.fromEntries(fields.map((field) => {
    const own = stored[field.id] ?? [];
    const [value = ""] = own;
    const text = {
      money: () => value && view.format.amount(Math.round(Number(value) * 100)),
      number: () => number(view, value),
      choices: () => ordered(field, own),
      person: () => values.find(({ fieldId }) => fieldId === field.id)?.person ?? "",
    } as Partial<Record<CustomField["kind"], () => string | string[]>>;
    return [fieldName(field.id), text[field.kind]?.() ?? value];
  }));
}
