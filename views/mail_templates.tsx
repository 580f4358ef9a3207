/** Templates of mails: the list and the form. */
import type { Field } from "../db/mail_fields.ts";
import type { Template } from "../db/mail_templates.ts";
import { path } from "./path.ts";
import { SettingsHead, SettingsTabs } from "./settings.tsx";
import { Badge } from "./ui/badge.tsx";
import { Button, LinkButton, PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { Checkbox, FieldRow, HiddenField, Select, TextArea, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

/** The fields there are, by their names in both languages. */
type FieldNames = Record<Field, { de: string; en: string }>;

const home = "/settings/mail-templates";

/** One's own templates and the shared ones. */
export const MailTemplateIndex = (
  { view, templates }: { view: View; templates: readonly Omit<Template, "body">[] },
) => {
  const { t } = view;
  return (
    <>
      <SettingsHead view={view} title={t("mail_templates.title")}>
        <LinkButton
          view={view}
          href={`${home}/new`}
          label={t("mail_templates.new")}
          icon="plus"
          variant="primary"
          shortcut="n"
        />
      </SettingsHead>
      <SettingsTabs view={view} current="mail_templates" />
      <DataTable
        view={view}
        caption={t("mail_templates.title")}
        columns={[
          {
            key: "name",
            header: t("mail_templates.name"),
            cell: ({ name }: Omit<Template, "body">) => name,
          },
          {
            key: "subject",
            header: t("outgoing.subject"),
            priority: 2,
            cell: ({ subject }) => subject,
          },
          {
            key: "language",
            header: t("outgoing.language"),
            priority: 2,
            cell: ({ language }) => t(`layout.language_${language}`),
          },
          {
            key: "shared",
            header: t("mail_templates.for_whom"),
            cell: ({ shared }) =>
              shared
                ? <Badge label={t("mail_templates.for_all")} tone="accent" />
                : t("mail_templates.for_me"),
          },
        ]}
        rows={templates}
        href={({ id }) => path`/settings/mail-templates/${id}/edit`}
        empty={
          <EmptyState
            title={t("mail_templates.empty_title")}
            text={t("mail_templates.empty_text")}
          />
        }
      />
    </>
  );
};

/** A template, new or existing. Shared ones are shown to everybody and changed by users who manage them. */
export const MailTemplateForm = (
  { view, form, action, id, fields }: {
    view: View;
    form: FormState;
    action: string;
    id: string | null;
    fields: FieldNames;
  },
) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name });
  const mayShare = view.can("mail_templates.manage");
  const locked = valueOf(form, "shared") !== "" && !mayShare;
  const labels = {
    name: t("mail_templates.name"),
    subject: t("outgoing.subject"),
    body: t("outgoing.body"),
  };
  return (
    <>
      <PageHeader
        view={view}
        title={t(id ? "mail_templates.edit" : "mail_templates.new")}
        crumbs={[{ href: home, label: t("mail_templates.title") }]}
      />
      {locked ? <p class="hint">{t("mail_templates.locked")}</p> : null}
      <Form view={view} form={form} labels={labels} action={action}>
        {["id", "version"].map((name) => <HiddenField name={name} value={valueOf(form, name)} />)}
        <FieldRow>
          <TextField
            {...field("name")}
            label={labels.name}
            required
            maxlength={100}
            autofocus={valueOf(form, "_blank") !== ""}
          />
          <Select
            {...field("language")}
            label={t("outgoing.language")}
            size="s"
            options={(["de", "en"] as const).map((value) => ({
              value,
              label: t(`layout.language_${value}`),
            }))}
          />
        </FieldRow>
        <TextField {...field("subject")} label={labels.subject} size="full" maxlength={200} />
        <TextArea {...field("body")} label={labels.body} rows={12} required />
        <Fields view={view} fields={fields} />
        {mayShare ? <Checkbox {...field("shared")} label={t("mail_templates.share")} /> : null}
        {locked ? null : (
          <FormActions>
            <Button
              view={view}
              label={t(id ? "common.save" : "common.create")}
              variant="primary"
            />
            <LinkButton view={view} href={home} label={t("common.cancel")} variant="quiet" />
          </FormActions>
        )}
      </Form>
      {id && !locked
        ? (
          <PostButton
            view={view}
            action={path`/settings/mail-templates/${id}/deletion`}
            label={t("mail_templates.remove")}
            icon="trash-2"
            variant="quiet"
          />
        )
        : null}
    </>
  );
};

/** The available fields as they are typed, with their meaning. */
const Fields = ({ view, fields }: { view: View; fields: FieldNames }) => (
  <details class="fold">
    <summary>{view.t("mail_templates.fields")}</summary>
    <dl class="descriptions descriptions-2">
      {(Object.keys(fields) as Field[]).map((name) => (
        <div>
          <dt>
            <code>{`{{${fields[name][view.locale]}}}`}</code>
          </dt>
          <dd>{view.t(`mail_templates.field_${name}`)}</dd>
        </div>
      ))}
    </dl>
  </details>
);
