/** The form that creates and edits every kind of record: the frame around its fields. */
import type { Child } from "hono/jsx";
import type { CustomField } from "../../db/custom_fields.ts";
import type { Choices } from "../../db/choices.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Fieldset, HiddenField, TextArea, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState, type Labels, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import { CustomFieldset, customLabels, customNames, fieldsOf } from "./custom.tsx";
import { Conflict, type Difference, TagFields } from "./fields.tsx";
import { FixedFields } from "./fixed_fields.tsx";
import { withinList } from "./neighbours.tsx";
import { bases, nouns, recordHref } from "./nouns.ts";

/** What the forms of all kinds are made from. */
export interface RecordFormProps {
  view: View;
  form: FormState;
  choices: Choices;
  /** What another user has saved meanwhile. */
  differences?: readonly Difference[];
}

interface Frame extends RecordFormProps {
  kind: Kind;
  /** The record that is edited; null for a new one. */
  record: { id: string; name: string } | null;
  /** Its fields in words, own ones apart. */
  labels: Labels;
  /** Labels for values shown in a conflict, by value. */
  names?: Record<string, string>;
  /** Fields that are carried unseen. */
  hidden?: readonly string[];
  /** Where a new one is cancelled to. */
  home?: string;
  children: Child;
}

/** The page with the form. */
export const RecordForm = (props: Frame) => {
  const { view, form, kind, record, differences, home = bases[kind], hidden = [] } = props;
  const { t } = view;
  const noun = nouns[kind];
  const fields: readonly CustomField[] = fieldsOf(props.choices.fields, kind);
  const labels: Labels = { ...props.labels, ...customLabels(view, fields) };
  const back = record ? withinList(view, recordHref(kind, record.id)) : home;
  return (
    <>
      <PageHeader
        view={view}
        title={t(record ? `${noun}.edit` : `${noun}.new`)}
        crumbs={[
          { href: bases[kind], label: t(`${noun}.title`) },
          ...(record ? [{ href: back, label: record.name }] : []),
        ]}
      />
      {differences
        ? (
          <Conflict
            {...props}
            differences={differences}
            labels={labels}
            names={{ ...props.names, ...customNames(view, fields) }}
          />
        )
        : null}
      <Form view={view} form={form} labels={labels}>
        {["id", "version", ...hidden].map((name) => (
          <HiddenField name={name} value={valueOf(form, name)} />
        ))}
        {props.children}
        <CustomFieldset view={view} form={form} fields={fields} />
        <FixedFields view={view} kind={kind} fields={fields} />
        <FormActions>
          <Button
            view={view}
            label={t(record ? "common.save" : "common.create")}
            variant="primary"
          />
          {record === null && kind === "contact"
            ? <Button view={view} label={t("contacts.create_next")} name="_next" value="1" />
            : null}
          <LinkButton view={view} href={back} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};

/** What every record stores besides its own data; `children` come first. */
export const DetailFields = (
  { children, ...props }: RecordFormProps & { kind: Kind; children: Child },
) => {
  const { view, form, kind } = props;
  return (
    <Fieldset legend={view.t("records.details")}>
      {children}
      {view.edits(kind, "tags") ? <TagFields {...props} /> : null}
      {view.edits(kind, "notes")
        ? (
          <TextArea
            view={view}
            form={form}
            name="notes"
            label={view.t("records.notes")}
          />
        )
        : null}
    </Fieldset>
  );
};

/** Customer number, website and the like, as far as the role may write them. */
export const ReferenceFields = ({ view, form, kind }: RecordFormProps & { kind: Kind }) => (
  <>
    {view.edits(kind, "customerNumber")
      ? (
        <TextField
          view={view}
          form={form}
          name="customerNumber"
          label={view.t("records.customer_number")}
          size="s"
          maxlength={40}
        />
      )
      : null}
    {view.edits(kind, "website")
      ? (
        <TextField
          view={view}
          form={form}
          name="website"
          label={view.t("records.website")}
          inputmode="url"
          maxlength={300}
        />
      )
      : null}
  </>
);
