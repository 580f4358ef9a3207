/** Forms for staff: a letter that came by post, and the organisation's letterhead. */
import type { Land } from "../../db/authorities.ts";
import type { Right } from "../../db/letters.ts";
import { MailLink } from "../imprint.tsx";
import { Button } from "../ui/button.tsx";
import {
  CheckboxGroup,
  DateField,
  EmailField,
  FieldRow,
  HiddenField,
  PhoneField,
  Select,
  TextArea,
  TextField,
} from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import type { Desk } from "./desk.tsx";

interface Props {
  view: View;
  desk: Desk;
  form: FormState;
}

const crumbs = (view: View, desk: Desk) => [{ href: desk.base, label: view.t("cases.title") }];

/** Enters a letter with the day on which it arrived; rights may be left to the recognition. */
export const CaseForm = ({ view, desk, form, rights }: Props & { rights: readonly Right[] }) => {
  const { t } = view;
  const labels = {
    receivedOn: t("cases.received_on"),
    name: t("cases.person"),
    email: t("cases.email"),
    address: t("cases.address"),
    rights: t("cases.rights"),
    text: t("cases.text"),
    language: t("cases.language"),
  };
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  return (
    <>
      <PageHeader view={view} title={t("cases.new_title")} crumbs={crumbs(view, desk)} />
      <Form view={view} form={form} labels={labels}>
        <HiddenField name="id" value={valueOf(form, "id")} />
        <FieldRow>
          <DateField {...field("receivedOn")} hint={t("cases.received_on_hint")} required />
          <Select
            {...field("language")}
            options={[{ value: "de", label: "Deutsch" }, { value: "en", label: "English" }]}
            size="s"
          />
        </FieldRow>
        <TextField {...field("name")} maxlength={200} required size="l" />
        <EmailField {...field("email")} hint={t("cases.email_hint")} />
        <TextArea {...field("address")} rows={3} size="l" />
        <TextArea {...field("text")} hint={t("cases.text_hint")} rows={8} />
        <CheckboxGroup
          {...field("rights")}
          hint={t("cases.rights_hint")}
          options={rights.map((value) => ({ value, label: t(`cases.right_${value}`) }))}
          inline
        />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
        </FormActions>
      </Form>
    </>
  );
};

/** The sender of a tenant's letters, and whose holidays count. */
export const LetterheadForm = (
  { view, desk, form, lands, address, mailTo }: Props & {
    lands: readonly Land[];
    address: string;
    /** Where letters are taken by mail; null where no mail is taken. */
    mailTo: string | null;
  },
) => {
  const { t } = view;
  const labels = {
    street: t("setup.street"),
    postalCode: t("setup.postal_code"),
    city: t("setup.city"),
    land: t("provider.land"),
    email: t("cases.own_email"),
    phone: t("provider.phone"),
  };
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  return (
    <>
      <PageHeader
        view={view}
        title={t("cases.letterhead")}
        sub={t("cases.letterhead_text")}
        crumbs={crumbs(view, desk)}
      />
      <p>
        {t("cases.public_form")} <a href={new URL(address).pathname}>{address}</a>
      </p>
      {mailTo
        ? (
          <p>
            {t("cases.privacy_address")} <MailLink address={mailTo} />
          </p>
        )
        : null}
      <Form view={view} form={form} labels={labels}>
        <TextField {...field("street")} autocomplete="address-line1" maxlength={200} size="l" />
        <FieldRow>
          <TextField
            {...field("postalCode")}
            autocomplete="postal-code"
            maxlength={20}
            size="xs"
          />
          <TextField {...field("city")} autocomplete="address-level2" maxlength={100} />
        </FieldRow>
        <Select
          {...field("land")}
          hint={t("cases.land_hint")}
          empty={t("provider.land_none")}
          options={lands.map((value) => ({ value, label: t(`complaints.land_${value}`) }))}
        />
        <EmailField {...field("email")} autocomplete="email" />
        <PhoneField {...field("phone")} maxlength={50} />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
        </FormActions>
      </Form>
    </>
  );
};
