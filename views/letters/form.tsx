/** A letter from a record: template, address, text, and what is done with it. */
import type { Template } from "../../db/letter_templates.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { query } from "../path.ts";
import { bases, nouns } from "../records/nouns.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { FieldRow, HiddenField, Select, TextArea, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

/** The page; a template that is a document has nothing to be typed. */
export const LetterForm = ({ view, form, template, templates, back, record, objected }: {
  view: View;
  form: FormState;
  template: Template | null;
  templates: readonly Omit<Template, "body">[];
  back: string;
  /** What the letter is written from. */
  record: { kind: Kind; id: string; name: string };
  /** The person objects to marketing by post. */
  objected: boolean;
}) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name });
  const labels = {
    template: t("letters.template"),
    language: t("letters.language"),
    recipient: t("letters.recipient"),
    subject: t("letters.subject"),
    body: t("letters.body"),
  };
  const isDocument = template !== null && template.documentName !== "";
  return (
    <>
      <PageHeader
        view={view}
        title={t("letters.new")}
        crumbs={[
          { href: bases[record.kind], label: t(`${nouns[record.kind]}.title`) },
          { href: back, label: record.name },
        ]}
      />
      {objected
        ? (
          <p>
            <Badge tone="warn" label={t("records.no_marketing")} /> {t("letters.objected")}
          </p>
        )
        : null}
      {/* A file comes back: htmx could not show it. */}
      <Form
        view={view}
        form={form}
        labels={labels}
        action={query("/letters/new", { [record.kind]: record.id })}
        boost={false}
      >
        <HiddenField name="id" value={valueOf(form, "id")} />
        <div class="inline-form">
          <Select
            {...field("template")}
            label={labels.template}
            options={templates.map(({ id, name }) => ({ value: id, label: name }))}
            empty={t("letters.no_template")}
          />
          <Button
            view={view}
            label={t("letters.template_use")}
            name="_next"
            value="template"
            formnovalidate
          />
        </div>
        {view.hides ? <p class="hint">{t("field_rights.left_empty")}</p> : null}
        {isDocument
          ? (
            <>
              <HiddenField name="language" value={template.language} />
              <p class="hint">{t("letters.document_letter")}</p>
            </>
          )
          : (
            <>
              <FieldRow>
                <TextArea
                  {...field("recipient")}
                  label={labels.recipient}
                  rows={5}
                  size="l"
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
              <TextField
                {...field("subject")}
                label={labels.subject}
                size="full"
                maxlength={200}
                required
              />
              <TextArea
                {...field("body")}
                label={labels.body}
                rows={16}
                required
              />
            </>
          )}
        <FormActions>
          <Button
            view={view}
            label={t("letters.keep")}
            icon="paperclip"
            variant="primary"
            name="_next"
            value="keep"
          />
          <Button
            view={view}
            label={t("letters.download")}
            icon="download"
            name="_next"
            value="download"
          />
          {isDocument ? null : (
            <Button
              view={view}
              label={t("letters.preview")}
              icon="file-text"
              name="_next"
              value="preview"
            />
          )}
          <LinkButton view={view} href={back} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};
