/** Own fields in exported files: what stands in a cell, such that our own import reads it back. */
import type { CustomField } from "../custom_fields.ts";
import type { CustomValue } from "../custom_values.ts";
import { headingOf } from "../imports/own_fields.ts";
import { type Column, column, type Kind, type Value } from "./columns.ts";

/** A value on its way out: of a person also the first address. */
export interface ExportedValue extends CustomValue {
  email: string | null;
}

interface Carrier {
  custom: ExportedValue[];
}

/** What a vCard calls an own field. */
export const ownProperty = ({ name }: CustomField): string =>
  `X-OWN-${name.toUpperCase().replaceAll("_", "-")}`;

const kinds: Partial<Record<CustomField["kind"], Kind>> = {
  number: "number",
  date: "day",
  yes_no: "word",
};

/** A column for each field, behind those that everybody has. */
export const ownColumns = <R extends Carrier>(fields: readonly CustomField[]): Column<R>[] =>
  fields.map((field) =>
    column(
      headingOf(field, "en"),
      headingOf(field, "de"),
      (record) => valueOf(field, record.custom),
      kinds[field.kind],
    )
  );

/** What a field holds, as a cell. */
function valueOf(field: CustomField, custom: readonly ExportedValue[]): Value {
  const text = textOf(field, custom);
  const number = field.kind === "number" || field.kind === "money";
  // More digits than a number of the machine holds stay a text.
  return number && text !== "" &&
      String(Number(text)) === text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")
    ? Number(text)
    : text;
}

/** What a field holds, as machines write it: choices by their labels, persons by name and address. */
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

/** The values by the names of their fields, for files of machines; empty ones say nothing. */
export const ownObject = (
  fields: readonly CustomField[],
  custom: readonly ExportedValue[],
): Record<string, string> =>
  Object.fromEntries(
    fields.map((field) => [field.name, textOf(field, custom)]).filter(([, text]) => text !== ""),
  );
