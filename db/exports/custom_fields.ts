/**
 * Custom fields in exported files: writes their cells so that our own import can read them back.
 */
import type { CustomField } from "../custom_fields.ts";
import type { CustomValue } from "../custom_values.ts";
import { headingOf } from "../imports/custom_fields.ts";
import { type Column, column, type Kind, type Value } from "./columns.ts";

/** A value to be exported; for a person including their first address. */
export interface ExportedValue extends CustomValue {
  email: string | null;
}

interface Carrier {
  custom: ExportedValue[];
}

/** The vCard property of a custom field. */
export const ownProperty = ({ name }: CustomField): string =>
  `X-OWN-${name.toUpperCase().replaceAll("_", "-")}`;

const kinds: Partial<Record<CustomField["kind"], Kind>> = {
  number: "number",
  date: "day",
  yes_no: "word",
};

/** One column per custom field, to follow the standard columns. */
export const ownColumns = <R extends Carrier>(fields: readonly CustomField[]): Column<R>[] =>
  fields.map((field) =>
    column(
      headingOf(field, "en"),
      headingOf(field, "de"),
      (record) => valueOf(field, record.custom),
      kinds[field.kind],
    )
  );

/** The value of a field as a cell. */
function valueOf(field: CustomField, custom: readonly ExportedValue[]): Value {
  const text = textOf(field, custom);
  const number = field.kind === "number" || field.kind === "money";
  // A number with more digits than a machine number can hold stays text.
  return number && text !== "" &&
      String(Number(text)) === text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")
    ? Number(text)
    : text;
}

/** The value of a field in machine-readable form: choices by label, persons by name and address. */
export function textOf(field: CustomField, custom: readonly ExportedValue[]): string {
  const own = custom.filter(({ fieldId }) => fieldId === field.id);
  const [{ value = "", person = null, email = null } = {}] = own;
  if (field.kind === "choice" || field.kind === "choices") {
    return field.choices.filter(({ id }) => own.some((each) => each.value === id))
      .map(({ labelDe }) => labelDe).join("; ");
  }
  if (field.kind !== "person") return value;
  return person && email ? `${person} <${email}>` : person ?? "";
}

/** The values by field name, for machine-readable files; empty ones are omitted. */
export const ownObject = (
  fields: readonly CustomField[],
  custom: readonly ExportedValue[],
): Record<string, string> =>
  Object.fromEntries(
    fields.map((field) => [field.name, textOf(field, custom)]).filter(([, text]) => text !== ""),
  );
