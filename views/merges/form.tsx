/** Records side by side: what each of them says, and which of it the one record is to say. */
import type { Child } from "hono/jsx";
import type { Kind } from "../../db/duplicate_pairs.ts";
import type { Candidate, Field, List } from "../../db/merge_fields.ts";
import { query } from "../path.ts";
import { fieldLabel, valueWords } from "../records/history.tsx";
import { bases, nouns } from "../records/nouns.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { HiddenField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { fieldId, Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { errorText } from "../i18n/translate.ts";
import { PageHeader } from "../ui/page_header.tsx";
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

interface Props {
  view: View;
  form: FormState;
  /** This form's own identifier: sent twice, it merges once. */
  id: string;
  kind: Kind;
  candidates: readonly Candidate[];
  lines: readonly Line[];
  lists: readonly ListLine[];
}

/** The name a record goes by. */
export const nameOf = (kind: Kind, { row }: Candidate): string =>
  (kind === "company"
    ? [row.name, row.legal_form]
    : [row.title, row.first_name, row.name_prefix, row.last_name, row.name_suffix])
    .filter(Boolean).join(" ");

const labelOf = (view: View, kind: Kind, name: string) =>
  name === "source" ? view.t("contacts.source") : fieldLabel(view, nouns[kind], name);

/** The page: a column for each record, a line for each field. */
export const MergeForm = (props: Props) => {
  const { view, form, kind, candidates, lines, lists } = props;
  const { t } = view;
  const labels = Object.fromEntries([
    ...lines.map(({ field }) => [`choice.${field.name}`, labelOf(view, kind, field.name)]),
    ...lists.map(({ list }) => [`choice.${list}`, t(`merges.list_${list}`)]),
  ]);
  const oldest = candidates[0]!;
  return (
    <>
      <PageHeader
        view={view}
        title={t("merges.new")}
        crumbs={[{
          href: query("/duplicates", { kind: kind === "contact" ? undefined : kind }),
          label: t("duplicates.title"),
        }]}
        sub={t("merges.intro")}
      />
      <Form view={view} form={form} action="/merges/new" labels={labels}>
        <HiddenField name="id" value={props.id} />
        <HiddenField name="kind" value={kind} />
        {candidates.map(({ id, version }, n) => (
          <>
            <HiddenField name={`records.${n}.id`} value={id} />
            <HiddenField name={`records.${n}.version`} value={String(version)} />
          </>
        ))}
        <div class="merge-scroll" tabindex={0} role="region" aria-label={t("merges.caption")}>
          <table class="data merge-table">
            <caption class="visually-hidden">{t("merges.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("records.changed_field")}</th>
                {candidates.map((each) => (
                  <th scope="col">
                    <a href={`${bases[kind]}/${each.id}`}>{nameOf(kind, each)}</a>
                    <small>{t("merges.created", { date: view.format.date(each.createdAt) })}</small>
                    <a class="merge-take" href={takeHref(props, each.id)}>
                      {t("merges.take_all")}
                      <span class="visually-hidden">{`: ${nameOf(kind, each)}`}</span>
                    </a>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => <FieldLine {...props} line={line} />)}
              {lists.map((line) => <ListRow {...props} line={line} />)}
            </tbody>
          </table>
        </div>
        <Notice
          view={view}
          kind="info"
          text={t("merges.consequence", { name: nameOf(kind, oldest) })}
        />
        <FormActions>
          <Button
            view={view}
            label={t("merges.confirm", { count: candidates.length })}
            icon="merge"
            variant="primary"
          />
          <LinkButton
            view={view}
            href={query("/duplicates", { kind: kind === "contact" ? undefined : kind })}
            label={t("common.cancel")}
            variant="quiet"
          />
        </FormActions>
      </Form>
    </>
  );
};

const takeHref = ({ kind, candidates }: Props, take: string) =>
  query("/merges/new", { kind, ids: candidates.map(({ id }) => id), take });

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

const FieldLine = (props: Props & { line: Line }) => {
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

const ListRow = (props: Props & { line: ListLine }) => {
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
  if (name === "source") {
    return [
      row.source,
      t(`contacts.legal_basis_${row.legal_basis}` as "contacts.legal_basis_consent"),
    ]
      .filter(Boolean).join(" · ");
  }
  if (name === "birthday" && /^\d{4}-/.test(`${row.birthday}`)) {
    return view.format.date(`${row.birthday}`);
  }
  return columns.filter((column) => (row[column] ?? "") !== "")
    .map((column) => valueWords(view, nouns[kind], column, row[column] as string, [])).join(" ");
}
