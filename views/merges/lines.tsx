/** The lines of the comparison: what each record says, with what can be chosen. */
import type { Child } from "hono/jsx";
import type { CustomField } from "../../db/custom_fields.ts";
import type { Candidate, Field, List } from "../../db/merge_fields.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { errorText } from "../i18n/translate.ts";
import { labelOf as customLabel, textOf } from "../records/custom.tsx";
import { fieldLabel, valueWords } from "../records/history.tsx";
import { nouns } from "../records/nouns.ts";
import { fieldId, type FormState, valueOf } from "../ui/form.tsx";
import { Nothing } from "../ui/values.tsx";
import type { View } from "../view.ts";

/** A line of the comparison with the records whose value can be chosen. */
export interface Line {
  field: Field;
  choices: readonly string[];
}

/** A list of which all is kept, with the records whose entries may come first. */
export interface ListLine {
  list: List;
  choices: readonly string[];
}

/** A custom field. */
export interface OwnLine {
  field: CustomField;
  name: string;
  choices: readonly string[];
}

/** What the form is made of. */
export interface Props {
  view: View;
  form: FormState;
  /** This form's own identifier: sent twice, it merges once. */
  id: string;
  kind: Kind;
  candidates: readonly Candidate[];
  lines: readonly Line[];
  own: readonly OwnLine[];
  lists: readonly ListLine[];
}

/** The words for a field of the comparison. */
export const labelOf = (view: View, kind: Kind, name: string) =>
  name === "source" ? view.t("contacts.source") : fieldLabel(view, nouns[kind], name);

/** The head of a line, with its fault. */
const Head = ({ view, form, name, label }: Props & { name: string; label: string }) => (
  <th scope="row" id={`${fieldId(`choice.${name}`)}-label`}>
    {label}
    {form.errors[`choice.${name}`]
      ? (
        <p class="error" id={`${fieldId(`choice.${name}`)}-error`}>
          {errorText(view.t, form.errors[`choice.${name}`]!)}
        </p>
      )
      : null}
  </th>
);

/** A value that can be chosen; the first one of a line is where faults lead. */
const Choice = (
  { form, name, value, first, said, children }: Props & {
    name: string;
    value: string;
    first: boolean;
    said: string;
    children?: Child;
  },
) => {
  const key = `choice.${name}`;
  const wrong = form.errors[key] !== undefined;
  return (
    <label class="choice">
      <input
        type="radio"
        name={key}
        id={first ? fieldId(key) : undefined}
        value={value}
        checked={valueOf(form, key) === value}
        aria-label={said}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={wrong ? `${fieldId(key)}-error` : undefined}
      />
      <span>{children}</span>
    </label>
  );
};

/** A field of the record. */
export const FieldLine = (props: Props & { line: Line }) => {
  const { view, kind, candidates, line: { field, choices } } = props;
  const { t } = view;
  const label = labelOf(view, kind, field.name);
  const open = choices.length > 1;
  return (
    <tr class={open ? "merge-open" : undefined}>
      <Head {...props} name={field.name} label={label} />
      {candidates.map((each) => {
        const text = wordsOf(view, kind, field, each);
        const words = <span class="merge-value">{text || <Nothing view={view} />}</span>;
        return (
          <td>
            {open && choices.includes(each.id)
              ? (
                <Choice
                  {...props}
                  name={field.name}
                  value={each.id}
                  first={choices[0] === each.id}
                  said={`${label}: ${text}`}
                >
                  {words}
                </Choice>
              )
              : words}
            {open && field.name === "notes" && each.id === choices.at(-1)
              ? (
                <Choice
                  {...props}
                  name="notes"
                  value="all"
                  first={false}
                  said={t("merges.all_notes")}
                >
                  {t("merges.all_notes")}
                </Choice>
              )
              : null}
          </td>
        );
      })}
    </tr>
  );
};

/** A custom field. */
export const OwnRow = (props: Props & { line: OwnLine }) => {
  const { view, candidates, line: { field, name, choices } } = props;
  const label = customLabel(field, view.locale);
  const open = choices.length > 1;
  return (
    <tr class={open ? "merge-open" : undefined}>
      <Head {...props} name={name} label={label} />
      {candidates.map((each) => {
        const text = textOf(view, field, each.custom);
        const words = <span class="merge-value">{text || <Nothing view={view} />}</span>;
        const choice = { name, value: each.id, first: choices[0] === each.id };
        return (
          <td>
            {open && choices.includes(each.id)
              ? <Choice {...props} {...choice} said={`${label}: ${text}`}>{words}</Choice>
              : words}
          </td>
        );
      })}
    </tr>
  );
};

/** A list of which all is kept. */
export const ListRow = (props: Props & { line: ListLine }) => {
  const { view, candidates, line: { list, choices } } = props;
  const { t, format } = view;
  const open = choices.length > 1;
  const said = (value: string) => list === "phones" ? format.phone(value) : value;
  return (
    <tr class={open ? "merge-open" : undefined}>
      <Head {...props} name={list} label={t(`merges.list_${list}`)} />
      {candidates.map((each) => {
        const values = each.lists[list].map(said);
        const words = values.length === 0
          ? <Nothing view={view} />
          : values.slice(0, 5).map((value) => <span class="merge-value">{value}</span>);
        return (
          <td>
            {open && choices.includes(each.id)
              ? (
                <Choice
                  {...props}
                  name={list}
                  value={each.id}
                  first={choices[0] === each.id}
                  said={`${t(`merges.list_${list}`)}: ${values[0]}`}
                >
                  {words}
                </Choice>
              )
              : words}
          </td>
        );
      })}
    </tr>
  );
};

/** A field's value in words. */
function wordsOf(view: View, kind: Kind, { name, columns }: Field, each: Candidate): string {
  const { t } = view;
  const { row } = each;
  if (name === "owner_id") return each.ownerName ?? "";
  if (name === "parent_id") return each.parentName ?? "";
  if (kind === "deal" && name in dealWords) return dealWords[name]!(view, each);
  if (name === "source") {
    return [
      row.source,
      t(`contacts.legal_basis_${row.legal_basis}` as "contacts.legal_basis_consent"),
    ]
      .filter(Boolean).join(" · ");
  }
  return columns.filter((column) => (row[column] ?? "") !== "" && !isSaid(each, column))
    .map((column) => valueWords(view, nouns[kind], column, row[column] as string, [])).join(" ");
}

/** What of a deal is more than one column's words. */
const dealWords: Readonly<Record<string, (view: View, each: Candidate) => string>> = {
  amount: ({ t, format }, { row }) =>
    [
      row.amount_cents === null ? "" : format.money(Number(row.amount_cents), String(row.currency)),
      row.lines ? t("merges.lines", { count: Number(row.lines) }) : "",
    ].filter(Boolean).join(", "),
  stage: (_, { row }) => String(row.stage_words),
  company_id: (_, { row }) => String(row.company_name ?? ""),
  source: (_, { row }) => String(row.source),
};

/** Whether a company's name says its legal form already, as most do. */
const isSaid = ({ row }: Candidate, column: string): boolean =>
  column === "legal_form" && String(row.name).includes(String(row.legal_form));
