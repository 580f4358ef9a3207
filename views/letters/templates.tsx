/** Templates of letters: the list, and the form of a text or of a document. */
import type { LetterField, OfferedField } from "../../db/letter_fields.ts";
import type { Template } from "../../db/letter_templates.ts";
import { path } from "../path.ts";
import { labelOf } from "../records/custom.tsx";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { FieldRow, FileField, HiddenField, Select, TextArea, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

const home = "/settings/letter-templates";

/** All templates of the tenant. */
export const LetterTemplateIndex = (
  { view, templates }: { view: View; templates: readonly Omit<Template, "body">[] },
) => {
  const { t } = view;
  return (
    <>
      <SettingsHead view={view} title={t("letters.templates")}>
        <LinkButton
          view={view}
          href={`${home}/documents/new`}
          label={t("letters.template_document_new")}
          icon="upload"
        />
        <LinkButton
          view={view}
          href={`${home}/new`}
          label={t("letters.template_new")}
          icon="plus"
          variant="primary"
          shortcut="n"
        />
      </SettingsHead>
      <SettingsTabs view={view} current="letter_templates" />
      <DataTable
        view={view}
        caption={t("letters.templates")}
        columns={[
          {
            key: "name",
            header: t("letters.name"),
            cell: ({ name }: Omit<Template, "body">) => name,
          },
          {
            key: "kind",
            header: t("letters.kind"),
            cell: ({ documentName }) =>
              t(documentName === "" ? "letters.kind_text" : "letters.kind_document"),
          },
          {
            key: "subject",
            header: t("letters.subject"),
            priority: 2,
            cell: ({ subject, documentName }) => documentName || subject,
          },
          {
            key: "language",
            header: t("letters.language"),
            priority: 2,
            cell: ({ language }) => t(`layout.language_${language}`),
          },
        ]}
        rows={templates}
        href={({ id }) => path`/settings/letter-templates/${id}/edit`}
        empty={<EmptyState title={t("letters.empty_title")} text={t("letters.empty_text")} />}
      />
    </>
  );
};

interface Props {
  view: View;
  form: FormState;
  action: string;
  id: string | null;
  kind: "text" | "document";
  fields: Readonly<Record<LetterField, { de: string; en: string }>>;
  /** The tenant's custom fields, for all kinds of records. */
  own: readonly OfferedField[];
}

/** A template, new or old; the bytes of a document are only brought with a new one. */
export const LetterTemplateForm = (props: Props) => {
  const { view, form, action, id, kind, fields } = props;
  const { t } = view;
  const field = (name: string) => ({ view, form, name });
  const labels = {
    name: t("letters.name"),
    language: t("letters.language"),
    subject: t("letters.subject"),
    body: t("letters.body"),
    document: t("letters.document"),
  };
  const isText = kind === "text";
  const example = `{${fields.salutation[view.locale]}}`;
  return (
    <>
      <PageHeader
        view={view}
        title={t(
          id
            ? "letters.template_edit"
            : isText
            ? "letters.template_new"
            : "letters.template_document_new",
        )}
        crumbs={[{ href: home, label: t("letters.templates") }]}
      >
        {id
          ? (
            <PostButton
              view={view}
              action={path`/settings/letter-templates/${id}/deletion`}
              label={t("letters.template_remove")}
              icon="trash-2"
            />
          )
          : null}
      </PageHeader>
      <Form
        view={view}
        form={form}
        labels={labels}
        action={action}
        multipart={!isText && id === null}
      >
        {["id", "version"].map((name) => <HiddenField name={name} value={valueOf(form, name)} />)}
        <FieldRow>
          <TextField
            {...field("name")}
            label={labels.name}
            size="l"
            required
            maxlength={100}
            autofocus={valueOf(form, "_blank") !== ""}
          />
          <Select
            {...field("language")}
            label={labels.language}
            size="s"
            options={(["de", "en"] as const).map((value) => ({
              value,
              label: t(`layout.language_${value}`),
            }))}
          />
        </FieldRow>
        {isText
          ? (
            <>
              <TextField {...field("subject")} label={labels.subject} size="full" maxlength={200} />
              <TextArea
                {...field("body")}
                label={labels.body}
                rows={14}
                required
              />
            </>
          )
          : id === null
          ? (
            <FileField
              {...field("document")}
              label={labels.document}
              hint={t("letters.document_hint", { example })}
              accept=".docx"
              required
            />
          )
          : (
            <p>
              <LinkButton
                view={view}
                href={path`/settings/letter-templates/${id}/document`}
                label={t("letters.template_file")}
                icon="download"
                download
              />{" "}
              {valueOf(form, "documentName")}
            </p>
          )}
        <Fields {...props} />
        <FormActions>
          <Button
            view={view}
            label={t(id ? "common.save" : isText ? "common.create" : "letters.upload")}
            variant="primary"
          />
          <LinkButton view={view} href={home} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};

/** The available fields as they are typed, with their meaning. */
const Fields = ({ view, fields, own }: Props) => (
  <details class="fold" open>
    <summary>{view.t("letters.fields")}</summary>
    <dl class="descriptions descriptions-2">
      {(Object.keys(fields) as LetterField[]).map((name) => (
        <div>
          <dt>
            <code>{`{${fields[name][view.locale]}}`}</code>
          </dt>
          <dd>{view.t(`letters.field_${name}`)}</dd>
        </div>
      ))}
      {own.map((field) => (
        <div>
          <dt>
            <code>{`{${field.name[view.locale]}}`}</code>
          </dt>
          <dd>{labelOf(field, view.locale)}</dd>
        </div>
      ))}
    </dl>
  </details>
);
