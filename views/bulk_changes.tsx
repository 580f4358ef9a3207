/** Changes of many records: the bar above a list, the confirmation with its count, the progress. */
import type { Action, BulkChange } from "../db/bulk_changes.ts";
import type { CustomField } from "../db/custom_fields.ts";
import type { Choices } from "../db/choices.ts";
import type { Pipeline } from "../db/pipelines.ts";
import type { Kind } from "../db/record_kinds.ts";
import { ExceptionFields, exceptionLabels } from "./contacts/notice_exceptions.tsx";
import { stageOptions } from "./deals/choices.ts";
import { query } from "./path.ts";
import { ownerOptions, statusOptions, tagOptions } from "./records/choices.ts";
import { Control, customLabels, fieldsOf, labelOf } from "./records/custom.tsx";
import { type Asked, listParameters, type Total } from "./records/lists.tsx";
import { nouns } from "./records/nouns.ts";
import { Button, LinkButton, PostButton } from "./ui/button.tsx";
import { HiddenField, Select, TextField } from "./ui/field.tsx";
import { Notice } from "./ui/flash.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** The form that the rows' ticks belong to. */
const bulkForm = "bulk-form";

const actions = (kind: Kind): readonly Action[] => [
  "tag",
  "untag",
  "owner",
  kind === "deal" ? "stage" : "status",
  ...kind === "contact" ? ["notice" as const, "notice_exception" as const] : [],
  "delete",
];

/** The fields that changes of many write. */
const written: Partial<Record<Action, string>> = {
  tag: "tags",
  untag: "tags",
  owner: "ownerId",
  status: "status",
};

const open = (view: View, kind: Kind, action: Action): boolean =>
  written[action] === undefined || view.edits(kind, written[action]);

/** The checkboxes of a list's rows, for users who may change them. */
export const bulkSelection = <Row extends { id: string }>(
  view: View,
  kind: Kind,
  label: (row: Row) => string,
) =>
  view.can(`${nouns[kind]}.write`)
    ? { form: bulkForm, name: "ids", value: ({ id }: Row) => id, label }
    : undefined;

/** What can be done with the rows ticked, or with all that the list shows. */
export const BulkBar = (
  { view, kind, asked, rows, total, fields }: {
    view: View;
    kind: Kind;
    asked: Asked;
    /** The number of rows on the page. */
    rows: number;
    /** How many there are in all; null where all of them are on the page. */
    total: Total | null;
    /** The custom fields of all kinds of records. */
    fields: readonly CustomField[];
  },
) => {
  const { t } = view;
  if (rows === 0 || !view.can(`${nouns[kind]}.write`)) return null;
  const label = t("lists.bulk_action");
  return (
    <form id={bulkForm} class="toolbar bulk-bar" method="get" action="/bulk-changes/new">
      <HiddenField name="kind" value={kind} />
      <HiddenField name="list" value={query("", listParameters(asked)).slice(1)} />
      <select name="action" id="bulk-action" aria-label={label} aria-keyshortcuts="b">
        {actions(kind).filter((action) => open(view, kind, action)).map((action) => (
          <option value={action}>{t(`lists.bulk_${action}`)}</option>
        ))}
        {fieldsOf(fields, kind).filter(({ readOnly }) => !readOnly).map((field) => (
          <option value={`custom:${field.id}`}>
            {t("lists.bulk_own", { label: labelOf(field, view.locale) })}
          </option>
        ))}
        {view.can(`${nouns[kind]}.delete`)
          ? <option value="merge">{t("lists.bulk_merge")}</option>
          : null}
        {view.can("exports.run") ? <option value="export">{t("lists.bulk_export")}</option> : null}
      </select>
      <label class="choice">
        <input type="checkbox" name="all" value="1" />
        <span>{allOf(view, total ?? { count: rows, bound: rows })}</span>
      </label>
      <Button view={view} label={t("lists.bulk_go")} />
      <output data-ticked={t("lists.bulk_ticked", { count: "{count}" })} />
      <a href="/bulk-changes">{t("lists.bulk_past")}</a>
    </form>
  );
};

/** What the tick for all of them takes, in a number as far as the list has counted. */
const allOf = ({ t }: View, { count, bound }: Total): string =>
  count > bound ? t("lists.bulk_all_more", { count: bound }) : t("lists.bulk_all", { count });

/** A change as a list asks for it: a custom field by its id. */
type Wanted = Exclude<Action, "custom"> | `custom:${string}`;

interface FormProps {
  view: View;
  form: FormState;
  asked: { kind: Kind; action: Wanted; list: string; all: boolean; ids: readonly string[] };
  count: number;
  /** The most that can be changed at once. */
  most: number;
  choices: Choices;
  /** Whose stages deals can be moved to. */
  pipelines: readonly Pipeline[];
  /** The list one came from. */
  list: string;
}

/** How many records are meant and what they are to become; nothing is changed before this is sent. */
export const BulkForm = (props: FormProps) => {
  const { view, form, asked, count, most, list, choices } = props;
  const { t } = view;
  const { kind, action } = asked;
  const field = choices.fields.find(({ id }) => `custom:${id}` === action);
  const title = action.startsWith("custom:")
    ? t("lists.bulk_own", { label: field ? labelOf(field, view.locale) : "" })
    : t(`lists.bulk_${action as Exclude<Action, "custom">}`);
  const possible = count > 0 && count <= most;
  return (
    <>
      <PageHeader
        view={view}
        title={title}
        crumbs={[{ href: list, label: t(`${nouns[kind]}.title`) }]}
      />
      <Form
        view={view}
        form={form}
        action="/bulk-changes/new"
        labels={{
          value: title,
          newTag: t("lists.bulk_new_tag"),
          ...exceptionLabels(view),
          ...customLabels(view, field ? [field] : []),
        }}
      >
        <p class="bulk-count">
          {count > most
            ? t("lists.bulk_too_many", { most })
            : t(`lists.bulk_count_${kind}`, { count })}
        </p>
        <HiddenField name="id" value={String(form.values.id)} />
        <HiddenField name="kind" value={kind} />
        <HiddenField name="action" value={action} />
        <HiddenField name="list" value={asked.list} />
        <HiddenField name="counted" value={String(count)} />
        {asked.all
          ? <HiddenField name="all" value="1" />
          : asked.ids.map((id) => <HiddenField name="ids" value={id} />)}
        {possible && field
          ? <Control view={view} form={form} field={{ ...field, required: false }} />
          : null}
        {field?.kind === "person" ? <datalist id="person-names" /> : null}
        {possible && !action.startsWith("custom:")
          ? <Value {...props} action={action as Exclude<Action, "custom">} />
          : null}
        {possible ? <p class="hint">{t("lists.bulk_hint")}</p> : null}
        <FormActions>
          {possible
            ? (
              <Button
                view={view}
                label={t(`lists.bulk_confirm_${kind}`, { count })}
                variant={action === "delete" ? "danger" : "primary"}
              />
            )
            : null}
          <LinkButton view={view} href={list} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};

const labels = {
  owner: "records.owner",
  status: "records.status",
  stage: "deals.stage",
  tag: "records.tag",
  untag: "records.tag",
} as const;

const Value = (
  { view, form, action, choices, pipelines }: FormProps & { action: Exclude<Action, "custom"> },
) => {
  const { t } = view;
  if (action === "delete" || action === "notice") return null;
  if (action === "notice_exception") return <ExceptionFields view={view} form={form} />;
  const options = action === "owner"
    ? ownerOptions(choices.owners)
    : action === "status"
    ? statusOptions(view)
    : action === "stage"
    ? stageOptions(pipelines)
    : tagOptions(choices.tags);
  const label = t(labels[action]);
  return (
    <>
      <Select
        view={view}
        form={form}
        name="value"
        label={label}
        options={options}
        empty={action === "owner"
          ? t("records.no_owner")
          : action === "tag"
          ? t("lists.columns_none")
          : undefined}
      />
      {action === "tag"
        ? (
          <TextField
            view={view}
            form={form}
            name="newTag"
            label={t("lists.bulk_new_tag")}
            maxlength={60}
          />
        )
        : null}
    </>
  );
};

/** How far it is, and what it left as it was. */
function outcomeOf({ t }: View, { status, changed, total, unseen }: BulkChange): string {
  if (status === "undone" && unseen > 0) return t("lists.bulk_undone_seen", { count: unseen });
  const left = status === "done" && changed < total ? total - changed : 0;
  const said = t(`lists.bulk_${status}`, { count: changed, total });
  return left > 0 ? `${said} ${t("lists.bulk_left", { count: left })}` : said;
}

/** How a change of very many records goes, and its undoing. */
export const BulkPage = (
  { view, change, back, undo }: { view: View; change: BulkChange; back: string; undo: string },
) => {
  const { t } = view;
  const running = change.status === "running" || change.status === "undoing";
  return (
    <>
      <PageHeader
        view={view}
        title={t(`lists.bulk_${change.action}`)}
        crumbs={[
          { href: back, label: t(`${nouns[change.kind]}.title`) },
          { href: "/bulk-changes", label: t("lists.bulk_past") },
        ]}
      />
      <div
        id="bulk-progress"
        {...(running
          ? {
            "data-hx-get": view.path,
            "data-hx-trigger": "every 2s",
            "data-hx-select": "#bulk-progress",
            "data-hx-swap": "outerHTML",
          }
          : {})}
      >
        <Notice
          view={view}
          kind={running ? "info" : "ok"}
          text={outcomeOf(view, change)}
        />
        {running
          ? (
            <LinkButton
              view={view}
              href={view.path}
              label={t("lists.bulk_look")}
              icon="refresh-cw"
            />
          )
          : change.status === "done" && change.changed > 0 && change.undoUntil > view.now
          ? (
            <PostButton
              view={view}
              action={undo}
              label={t("common.undo")}
              icon="undo-2"
            />
          )
          : null}
      </div>
    </>
  );
};
