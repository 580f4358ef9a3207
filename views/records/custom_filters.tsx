/** Custom fields in lists: as filters with their chips, as columns, for sorting. */
import type { CustomField } from "../../db/custom_fields.ts";
import type { CustomFilter } from "../../db/custom_filters.ts";
import type { CustomValue } from "../../db/custom_values.ts";
import type { Filter } from "../../db/record_filters.ts";
import { isCalendarDay } from "../format.ts";
import type { Column } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { labelOf, optionsOf, textOf } from "./custom.tsx";
import { type Chip, FilterDay, FilterWords, without } from "./filter_fields.tsx";

/** The values of the columns shown, by record. */
export type CustomCells = ReadonlyMap<string, readonly CustomValue[]>;

const parts = ["is", "like", "from", "to", "empty"] as const;

/** The parameters of a list's address that its filters by custom fields make. */
export const customParameters = (filters: readonly CustomFilter[] = []): Record<string, string> =>
  Object.fromEntries(filters.flatMap((filter) =>
    parts.flatMap((part) => {
      const value = filter[part];
      if (value === undefined) return [];
      return [[`custom.${filter.field}.${part}`, value === true ? "1" : plain(value)]];
    })
  ));

/** A number with three decimals alone would be read as one with a group of three digits. */
const plain = (value: string) => /^-?\d{1,3}\.\d{3}$/.test(value) ? `${value}0` : value;

/** The filters of each field, as its kind allows. */
export const CustomFilterFields = (
  { view, fields, filter }: { view: View; fields: readonly CustomField[]; filter: Filter },
) => <>{fields.map((field) => <FieldFilter view={view} field={field} filter={filter} />)}</>;

const FieldFilter = (
  { view, field, filter }: { view: View; field: CustomField; filter: Filter },
) => {
  const label = labelOf(field, view.locale);
  const asked = filter.custom?.find((each) => each.field === field.id);
  const name = (part: typeof parts[number]) => `custom.${field.id}.${part}`;
  if (["choice", "choices", "yes_no"].includes(field.kind)) {
    return (
      <label>
        {label}
        <select name={name("is")} id={`filter-${name("is")}`}>
          <option value="">{view.t("common.all")}</option>
          {optionsOf(view, field).map(({ value, label }) => (
            <option value={value} selected={value === asked?.is}>{label}</option>
          ))}
        </select>
      </label>
    );
  }
  if (field.kind === "date") {
    return (
      <>
        <FilterDay name={name("from")} label={from(view, label)} value={asked?.from} />
        <FilterDay name={name("to")} label={to(view, label)} value={asked?.to} />
      </>
    );
  }
  if (field.kind === "number" || field.kind === "money") {
    return (
      <>
        <FilterWords
          name={name("from")}
          label={from(view, label)}
          value={number(view, asked?.from)}
        />
        <FilterWords name={name("to")} label={to(view, label)} value={number(view, asked?.to)} />
      </>
    );
  }
  return <FilterWords name={name("like")} label={label} value={asked?.like} />;
};

const from = ({ t }: View, label: string) => t("custom_fields.from", { label });
const to = ({ t }: View, label: string) => t("custom_fields.to", { label });

/** A stored number as a user would type it; it parses to the same number. */
export const number = ({ locale }: View, value = "") =>
  locale === "de" ? value.replace(".", ",") : plain(value);

/** The ticks for records that lack a field. */
export const CustomEmpties = (
  { view, fields, filter }: { view: View; fields: readonly CustomField[]; filter: Filter },
) => (
  <>
    {fields.map((field) => (
      <label class="choice">
        <input
          type="checkbox"
          name={`custom.${field.id}.empty`}
          value="1"
          checked={filter.custom?.some((each) => each.field === field.id && each.empty) ?? false}
        />
        <span>{view.t("custom_fields.empty_of", { label: labelOf(field, view.locale) })}</span>
      </label>
    ))}
  </>
);

/** The filters in use in words; one by a field that is gone is still there to be taken off. */
export const customChips = (
  view: View,
  filter: Filter,
  fields: readonly CustomField[],
): Chip[] =>
  (filter.custom ?? []).map((asked) => {
    const rest = filter.custom!.filter((each) => each !== asked);
    return {
      words: chipWords(view, asked, fields.find(({ id }) => id === asked.field)),
      without: rest.length > 0 ? { ...filter, custom: rest } : without(filter, "custom"),
    };
  });

function chipWords(view: View, asked: CustomFilter, field: CustomField | undefined): string {
  const { t, format, locale } = view;
  if (!field) return t("custom_fields.gone");
  const label = labelOf(field, locale);
  const said = (value: string) => isCalendarDay(value) ? format.date(value) : number(view, value);
  if (asked.empty) return t("custom_fields.empty_of", { label });
  const option = optionsOf(view, field).find(({ value }) => value === asked.is)?.label;
  const words = [
    asked.is === undefined ? "" : option ?? t("history.unknown"),
    asked.like ?? "",
    asked.from === undefined ? "" : t("custom_fields.at_least", { value: said(asked.from) }),
    asked.to === undefined ? "" : t("custom_fields.at_most", { value: said(asked.to) }),
  ].filter(Boolean).join(", ");
  return `${label}: ${words}`;
}

/** Kinds whose values have an order that says something. */
const sortable = ["text", "number", "money", "date", "choice", "yes_no"];

/** What a list can be sorted by beside the usual. */
export const customSorts = ({ locale }: View, fields: readonly CustomField[]) =>
  fields.filter(({ kind }) => sortable.includes(kind)).map((field) => ({
    value: `custom:${field.id}`,
    label: labelOf(field, locale),
  }));

/** A column for each field; its cells were read for the rows of the page alone. */
export const customColumns = <Row extends { id: string }>(
  view: View,
  fields: readonly CustomField[],
  cells: CustomCells,
): Column<Row>[] =>
  fields.map((field) => ({
    key: `custom:${field.id}`,
    header: labelOf(field, view.locale),
    ...(sortable.includes(field.kind) ? { sort: `custom:${field.id}` } : {}),
    cell: ({ id }: Row) => textOf(view, field, cells.get(id) ?? []) || null,
  }));
