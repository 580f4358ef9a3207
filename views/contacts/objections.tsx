/** A contact's objections to marketing: as words, as the form of its page, and that form once refused. */
import type { Child } from "hono/jsx";
import type { Contact } from "../../db/contacts.ts";
import type { Channel } from "../../db/objections.ts";
import { path } from "../path.ts";
import { withinList } from "../records/neighbours.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { CheckboxGroup, HiddenField, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import { fullName } from "./names.ts";

const channels: readonly Channel[] = ["all", "email", "phone", "post", "sms"];

interface Props {
  view: View;
  contact: Contact;
}

/** The form filled with the current objections. */
export const objected = ({ objections }: Contact) => ({
  channels: objections.map(({ channel }) => channel),
});

/** On the contact's page: a form for those who may write, otherwise words. */
export const Objections = ({ view, contact }: Props) => {
  const { t, format } = view;
  if (view.can("contacts.write")) {
    const form: FormState = { values: objected(contact), errors: {} };
    return (
      <ObjectionForm view={view} contact={contact} form={form}>
        <Button view={view} label={t("contacts.objection_save")} />
      </ObjectionForm>
    );
  }
  const words = contact.objections.map(({ channel, objectedAt }) =>
    t("contacts.objection_since", {
      channel: t(`contacts.objection_${channel}`),
      date: format.date(objectedAt),
    })
  );
  return (
    <DescriptionList
      items={[[t("contacts.objections"), words.join(", ") || t("contacts.objection_none")]]}
    />
  );
};

/** The form on a page of its own, where a refused one stands. */
export const ObjectionsPage = ({ view, contact, form }: Props & { form: FormState }) => {
  const { t } = view;
  const back = withinList(view, path`/contacts/${contact.id}`);
  return (
    <>
      <PageHeader
        view={view}
        title={t("contacts.objections")}
        crumbs={[
          { href: "/contacts", label: t("contacts.title") },
          { href: back, label: fullName(contact) },
        ]}
      />
      <ObjectionForm view={view} contact={contact} form={form}>
        <FormActions>
          <Button view={view} label={t("contacts.objection_save")} variant="primary" />
          <LinkButton view={view} href={back} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </ObjectionForm>
    </>
  );
};

/** What the person raised is taken back with its reason alone, which is asked for only then. */
const ObjectionForm = (
  { view, contact, form, children }: Props & { form: FormState; children: Child },
) => {
  const { t, format } = view;
  const standing = new Map(contact.objections.map((each) => [each.channel, each]));
  const labels = { reason: t("contacts.withdrawal") };
  return (
    <Form
      view={view}
      form={form}
      labels={labels}
      action={withinList(view, path`/contacts/${contact.id}/objections`)}
    >
      <CheckboxGroup
        view={view}
        form={form}
        name="channels"
        label={t("contacts.objections")}
        inline
        options={channels.map((value) => {
          const found = standing.get(value);
          if (!found) return { value, label: t(`contacts.objection_${value}`) };
          const key = found.byPerson ? "contacts.since_by_person" : "contacts.since";
          const hint = t(key, { date: format.date(found.objectedAt) });
          return { value, label: t(`contacts.objection_${value}`), hint };
        })}
      />
      <HiddenField name="seen" value={[...standing.keys()].join(" ")} />
      {contact.objections.some(({ byPerson }) => byPerson)
        ? (
          <TextField
            view={view}
            form={form}
            name="reason"
            label={labels.reason}
            hint={t("contacts.withdrawal_hint")}
            size="l"
            maxlength={200}
          />
        )
        : null}
      {children}
    </Form>
  );
};
