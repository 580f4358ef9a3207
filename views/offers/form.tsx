/** The form of an offer's draft: for whom, until when, and the texts around its lines. */
import type { DealContact } from "../../db/deal_contacts.ts";
import { path } from "../path.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { DateField, FieldRow, HiddenField, Select, TextArea, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

/** The page with the form; `editing` where the draft is there already. */
export const OfferForm = ({ view, form, deal, persons, editing, back }: {
  view: View;
  form: FormState;
  deal: { id: string; title: string };
  persons: readonly DealContact[];
  editing: boolean;
  back: string;
}) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name });
  const labels = {
    contactId: t("offers.contact"),
    language: t("offers.language"),
    validUntil: t("offers.valid_until"),
    recipient: t("offers.recipient"),
    subject: t("offers.subject"),
    opening: t("offers.opening"),
    closing: t("offers.closing"),
  };
  return (
    <>
      <PageHeader
        view={view}
        title={t(editing ? "offers.edit" : "offers.new")}
        crumbs={[
          { href: "/deals", label: t("deals.title") },
          { href: path`/deals/${deal.id}`, label: deal.title },
        ]}
      />
      <Form view={view} form={form} labels={labels}>
        {["id", "version"].map((name) => <HiddenField name={name} value={valueOf(form, name)} />)}
        <FieldRow>
          <Select
            {...field("contactId")}
            label={labels.contactId}
            options={persons.map(({ id, name }) => ({ value: id, label: name }))}
            empty={t("offers.contact_none")}
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
          <DateField {...field("validUntil")} label={labels.validUntil} required />
        </FieldRow>
        <Button
          view={view}
          label={t("offers.texts_anew")}
          name="_next"
          value="texts"
          variant="quiet"
          formnovalidate
        />
        <p class="hint">{t("offers.texts_anew_hint")}</p>
        <TextArea
          {...field("recipient")}
          label={labels.recipient}
          rows={5}
          size="l"
          required
        />
        <TextField
          {...field("subject")}
          label={labels.subject}
          size="full"
          maxlength={200}
          required
        />
        <TextArea {...field("opening")} label={labels.opening} rows={6} />
        <TextArea {...field("closing")} label={labels.closing} rows={6} />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
          <LinkButton view={view} href={back} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};
