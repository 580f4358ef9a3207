/** Why a person need not be informed: the form of one, the fields for many, and how it stands. */
import type { Contact } from "../../db/contacts.ts";
import type { Ground } from "../../db/notice_exceptions.ts";
import { path } from "../path.ts";
import { withinList } from "../records/neighbours.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { RadioGroup, TextArea } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import { fullName } from "./names.ts";

const grounds: readonly Ground[] = ["known", "effort", "law", "secrecy"];

interface Props {
  view: View;
  contact: Contact;
}

/** The labels of the fields. */
export const exceptionLabels = ({ t }: View) => ({
  ground: t("contacts.exception_ground"),
  reason: t("contacts.exception_reason"),
});

/** Ground and reason. */
export const ExceptionFields = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  const labels = exceptionLabels(view);
  return (
    <>
      <RadioGroup
        view={view}
        form={form}
        name="ground"
        label={labels.ground}
        required
        options={grounds.map((value) => ({
          value,
          label: t(`contacts.notice_exception_${value}`),
        }))}
      />
      <TextArea
        view={view}
        form={form}
        name="reason"
        label={labels.reason}
        hint={t("contacts.exception_reason_hint")}
        rows={3}
        required
      />
    </>
  );
};

/** The form of one person, on a page of its own. */
export const ExceptionPage = ({ view, contact, form }: Props & { form: FormState }) => {
  const { t } = view;
  const back = withinList(view, path`/contacts/${contact.id}`);
  return (
    <>
      <PageHeader
        view={view}
        title={t("contacts.notice_exception")}
        crumbs={[
          { href: "/contacts", label: t("contacts.title") },
          { href: back, label: fullName(contact) },
        ]}
      />
      <Form
        view={view}
        form={form}
        labels={exceptionLabels(view)}
        action={withinList(view, path`/contacts/${contact.id}/notice-exception`)}
      >
        <ExceptionFields view={view} form={form} />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
          <LinkButton view={view} href={back} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};

/** On the person's page: ground, reason, who and when; whoever may write can take it back. */
export const ExceptionState = ({ view, contact }: Props) => {
  const { t, format } = view;
  const { noticeException: exception } = contact;
  if (!exception) return null;
  const { ground, reason, at, by } = exception;
  return (
    <>
      <p>{t(`contacts.notice_exception_${ground}`)}</p>
      <p>{reason}</p>
      <p class="hint">
        {t("contacts.exception_by", {
          date: format.date(new Date(at)),
          name: by ?? t("history.unknown"),
        })}
      </p>
      {view.can("contacts.write")
        ? (
          <PostButton
            view={view}
            action={withinList(view, path`/contacts/${contact.id}/notice-exception/withdrawal`)}
            label={t("contacts.exception_withdraw")}
          />
        )
        : null}
    </>
  );
};
