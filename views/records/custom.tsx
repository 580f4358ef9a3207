/** Custom fields of records: in forms, on pages, in lists, in words. */
import type { CustomField } from "../../db/custom_fields.ts";
import type { CustomValue } from "../../db/custom_values.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { isCalendarDay } from "../format.ts";
import type { Locale } from "../i18n/translate.ts";
import { path } from "../path.ts";
import type { Description } from "../ui/descriptions.tsx";
import {
  CheckboxGroup,
  DateField,
  FieldRow,
  Fieldset,
  NumberField,
  Select,
  TextArea,
  TextField,
  UrlField,
} from "../ui/field.tsx";
import type { FormState, Labels } from "../ui/form.tsx";
import { OfferedField } from "../ui/offered_field.tsx";
import type { View } from "../view.ts";
import { WebLink } from "./reach.tsx";

/** The id of a field as a part of a form's names, which take neither hyphens nor a number first. */
export const shortOf = (id: string): string => `f${id.replaceAll("-", "")}`;
/** The name of a field in the forms of records. */
export const fieldName = (id: string): string => `custom.${shortOf(id)}`;

/** The label of a field or a choice in a language; the German one serves where there is no other. */
export const labelOf = (
  { labelDe, labelEn }: { labelDe: string; labelEn: string },
  locale: Locale,
): string => locale === "en" && labelEn !== "" ? labelEn : labelDe;

/** What a field's help says in a language. */
export const helpOf = ({ helpDe, helpEn }: CustomField, locale: Locale): string =>
  locale === "en" && helpEn !== "" ? helpEn : helpDe;

/** The custom fields of a kind of record. */
export const fieldsOf = (fields: readonly CustomField[], kind: Kind): CustomField[] =>
  fields.filter(({ recordKind }) => recordKind === kind);

/** A form's custom fields, after the built-in ones; nothing if there are none. */
export const CustomFieldset = (
  { view, form, fields: all }: { view: View; form: FormState; fields: readonly CustomField[] },
) => {
  const fields = all.filter(({ readOnly }) => !readOnly);
  if (fields.length === 0) return null;
  const wide = (field: CustomField) => field.kind === "long_text" || field.kind === "choices";
  return (
    <Fieldset legend={view.t("custom_fields.title")}>
      <FieldRow>
        {fields.filter((field) => !wide(field)).map((field) => (
          <Control view={view} form={form} field={field} />
        ))}
      </FieldRow>
      {fields.filter(wide).map((field) => <Control view={view} form={form} field={field} />)}
      {fields.some(({ kind }) => kind === "person") ? <datalist id="person-names" /> : null}
    </Fieldset>
  );
};

/** The control of one field. */
export const Control = (
  { view, form, field, name = fieldName(field.id), hint = helpOf(field, view.locale) }: {
    view: View;
    form: FormState;
    field: CustomField;
    name?: string;
    /** What is said beside it, where that is more than its help. */
    hint?: string;
  },
) => {
  const { t, locale } = view;
  const { kind, required } = field;
  const props = {
    view,
    form,
    name,
    required,
    label: kind === "money" ? `${labelOf(field, locale)} (€)` : labelOf(field, locale),
    hint: hint || undefined,
  };
  if (kind === "long_text") return <TextArea {...props} />;
  if (kind === "number" || kind === "money") return <NumberField {...props} maxlength={40} />;
  if (kind === "date") return <DateField {...props} />;
  if (kind === "link") return <UrlField {...props} maxlength={500} />;
  if (kind === "choices") {
    return <CheckboxGroup {...props} options={optionsOf(view, field)} inline />;
  }
  if (kind === "choice" || kind === "yes_no") {
    return <Select {...props} options={optionsOf(view, field)} empty={t("custom_fields.none")} />;
  }
  if (kind === "person") {
    return (
      <OfferedField
        {...props}
        from="/contacts/names"
        list="person-names"
        hint={props.hint ?? t("custom_fields.person_hint")}
        maxlength={300}
      />
    );
  }
  return <TextField {...props} size="l" maxlength={500} />;
};

/** What a field offers, in the reader's language. */
export const optionsOf = ({ t, locale }: View, field: CustomField) =>
  field.kind === "yes_no"
    ? (["yes", "no"] as const).map((value) => ({ value, label: t(`custom_fields.${value}`) }))
    : field.choices.map((choice) => ({ value: choice.id, label: labelOf(choice, locale) }));

/** The words for the fields of a form, for summaries of faults and for conflicts. */
export const customLabels = ({ locale }: View, fields: readonly CustomField[]): Labels =>
  Object.fromEntries(fields.map((field) => [fieldName(field.id), labelOf(field, locale)]));

/** Words for what history and conflicts hold of custom fields: labels by name, choices by id. */
export const customNames = (
  { t, locale }: View,
  fields: readonly CustomField[],
): Record<string, string> => {
  const names: Record<string, string> = {};
  for (const field of fields) {
    names[`custom:${field.id}`] = labelOf(field, locale);
    if (field.kind === "number" || field.kind === "money") names[`kind:${field.id}`] = field.kind;
    for (const choice of field.choices) names[choice.id] = labelOf(choice, locale);
  }
  if (fields.some(({ kind }) => kind === "yes_no")) {
    names.yes = t("custom_fields.yes");
    names.no = t("custom_fields.no");
  }
  return names;
};

/** A number or an amount as it is stored, as the reader's language writes it. */
export function figureText(
  { format, locale }: Pick<View, "format" | "locale">,
  kind: "number" | "money",
  value: string,
): string {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  if (kind === "money") return format.money(Math.round(Number(value) * 100));
  return `${format.number(Number(value.split(".")[0]))}${decimals(value, locale)}`;
}

/** What a field holds, in one line of words. */
export function textOf(
  { t, format, locale }: Pick<View, "t" | "format" | "locale">,
  field: CustomField,
  values: readonly CustomValue[],
): string {
  const own = values.filter(({ fieldId }) => fieldId === field.id);
  const chosen = new Set(own.map(({ value }) => value));
  const [{ value, person } = { value: "", person: null }] = own;
  if (value === "") return "";
  switch (field.kind) {
    case "number":
    case "money":
      return figureText({ format, locale }, field.kind, value);
    case "date":
      return isCalendarDay(value) ? format.date(value) : value;
    case "yes_no":
      return t(value === "yes" ? "custom_fields.yes" : "custom_fields.no");
    case "choice":
    case "choices":
      return field.choices.filter(({ id }) => chosen.has(id))
        .map((choice) => labelOf(choice, locale)).join(", ");
    case "person":
      return person ?? "";
    default:
      return value;
  }
}

const decimals = (value: string, locale: Locale): string => {
  const [, part] = value.split(".");
  return part ? (locale === "de" ? "," : ".") + part : "";
};

/** The lines of a record's details. */
export const customItems = (
  view: View,
  fields: readonly CustomField[],
  values: readonly CustomValue[],
): Description[] =>
  values.length === 0 ? [] : fields.map((field) => {
    const text = textOf(view, field, values);
    const value = values.find(({ fieldId }) => fieldId === field.id)?.value ?? "";
    const shown = text === ""
      ? null
      : field.kind === "link"
      ? <WebLink address={value} />
      : field.kind === "person"
      ? <a href={path`/contacts/${value}`}>{text}</a>
      : field.kind === "long_text"
      ? <span class="prose">{text}</span>
      : text;
    return [labelOf(field, view.locale), shown];
  });
