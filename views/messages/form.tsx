/** The form of a mail: to whom, what for, what is said, and what goes with it. */
import type { Attachment } from "../../db/message_files.ts";
import type { Template } from "../../db/mail_templates.ts";
import type { Judgement } from "../../db/outgoing_gate.ts";
import type { Signatures } from "../../db/mail_signatures.ts";
import type { MailAddress } from "../../db/received_mails/headers.ts";
import { path } from "../path.ts";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import {
  Checkbox,
  FieldRow,
  HiddenField,
  RadioGroup,
  Select,
  TextArea,
  TextField,
} from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState, type Labels, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import { Recipients } from "./recipients.tsx";

interface Props {
  view: View;
  form: FormState;
  /** The draft's id where it is kept already. */
  saved: string | null;
  /** Addresses of the record that it was started from. */
  offered: readonly MailAddress[];
  templates: readonly Omit<Template, "body">[];
  files: readonly Attachment[];
  /** Who may not be written to for the purpose that is chosen. */
  barred: readonly Judgement[];
  signatures: Signatures;
}

/** What a mail may be for, as the form offers it. */
export const kinds = ["correspondence", "own_request", "contract", "marketing"] as const;

const labelsOf = ({ t }: View): Labels => ({
  to: t("outgoing.to"),
  cc: t("outgoing.cc"),
  bcc: t("outgoing.bcc"),
  subject: t("outgoing.subject"),
  body: t("outgoing.body"),
  quoted: t("outgoing.quoted"),
  kind: t("outgoing.kind"),
});

/** The page with the form. */
export const MessageFormPage = (props: Props) => {
  const { view, form, saved, files, barred } = props;
  const { t, format } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t(saved ? "outgoing.edit" : "outgoing.new")}
        crumbs={[{ href: "/messages", label: t("outgoing.title") }]}
      />
      {barred.map(({ address, bar }) => (
        <Notice view={view} kind="warn" text={`${address}: ${t(`outgoing.bar_${bar!}`)}`} />
      ))}
      <Form
        view={view}
        form={form}
        labels={labelsOf(view)}
        action={saved ? path`/messages/${saved}/edit` : "/messages/new"}
        kept
      >
        {["id", "contactId", "companyId", "dealId", "answersId"].map((name) => (
          <HiddenField name={name} value={valueOf(form, name)} />
        ))}
        <Recipients {...props} />
        <Templates {...props} />
        {view.hides ? <p class="hint">{t("field_rights.left_standing")}</p> : null}
        <TextField
          view={view}
          form={form}
          name="subject"
          label={t("outgoing.subject")}
          required
          autofocus={isFirstEmpty(form, "subject")}
          size="full"
          maxlength={200}
        />
        <TextArea
          view={view}
          form={form}
          name="body"
          label={t("outgoing.body")}
          hint={t("outgoing.body_hint")}
          autofocus={isFirstEmpty(form, "body")}
          rows={12}
        />
        <Below {...props} />
        <RadioGroup
          view={view}
          form={form}
          name="kind"
          label={t("outgoing.kind")}
          hint={t("outgoing.kind_hint")}
          options={kinds.map((value) => ({
            value,
            label: t(`outgoing.kind_${value}`),
            hint: t(`outgoing.kind_${value}_hint`),
          }))}
        />
        <div class="inline-form" id="files">
          {files.length > 0
            ? (
              <p>
                {t("outgoing.files")}:{" "}
                {files.map(({ name, size }) => `${name} (${format.bytes(size)})`).join(", ")}
              </p>
            )
            : null}
          {view.can("files.write")
            ? (
              <Button
                view={view}
                label={t(files.length > 0 ? "outgoing.files_change" : "outgoing.files_add")}
                icon="upload"
                variant="quiet"
                name="_next"
                value="files"
              />
            )
            : null}
        </div>
        <FormActions>
          <Button
            view={view}
            label={t("outgoing.preview")}
            variant="primary"
            name="_next"
            value="preview"
          />
          <Button view={view} label={t("outgoing.save")} name="_next" value="save" />
          <LinkButton view={view} href="/messages" label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
      {saved
        ? (
          <PostButton
            view={view}
            action={path`/messages/${saved}/deletion`}
            label={t("outgoing.discard")}
            icon="trash-2"
            variant="quiet"
          />
        )
        : null}
    </>
  );
};

/** Whether a new mail is to be typed on here: to whom and about what may be known. */
const isFirstEmpty = (form: FormState, name: "subject" | "body"): boolean =>
  valueOf(form, "_blank") !== "" && valueOf(form, "to") !== "" &&
  (name === "subject") === (valueOf(form, "subject") === "");

/** Templates, put in by a button of their own: the choice alone changes nothing. */
const Templates = ({ view, form, templates }: Props) => {
  const { t } = view;
  if (templates.length === 0) return null;
  return (
    <div class="inline-form">
      <Select
        view={view}
        form={form}
        name="template"
        label={t("outgoing.template")}
        empty={t("outgoing.template_none")}
        options={templates.map(({ id, name, language }) => ({
          value: id,
          label: `${name} (${t(`layout.language_${language}`)})`,
        }))}
      />
      <Button
        view={view}
        label={t("outgoing.template_use")}
        name="_next"
        value="template"
        formnovalidate
      />
    </div>
  );
};

/** Leads to the signatures in a tab of its own: the mail stays as it is. */
const NoSignature = ({ view: { t } }: { view: View }) => (
  <>
    {t("outgoing.signature_missing")}{" "}
    <a href="/account/mail#signatures" target="_blank">{t("outgoing.signature_add")}</a>
  </>
);

/** What follows the text: signature, quotation. */
const Below = ({ view, form, signatures }: Props) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name });
  const missing = signatures[valueOf(form, "language") === "en" ? "en" : "de"].trim() === "";
  return (
    <>
      <FieldRow>
        <Checkbox
          {...field("signed")}
          label={t("outgoing.signed")}
          hint={missing ? <NoSignature view={view} /> : undefined}
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
      {valueOf(form, "quoted") === "" ? null : (
        <details class="fold" open>
          <summary>{t("outgoing.quoted")}</summary>
          <TextArea
            {...field("quoted")}
            label={t("outgoing.quoted")}
            hideLabel
            rows={8}
          />
        </details>
      )}
    </>
  );
};
