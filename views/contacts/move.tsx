/** The form of a contact's change to another company. */
import type { Contact } from "../../db/contacts.ts";
import { path } from "../path.ts";
import { withinList } from "../records/neighbours.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { DateField, FieldRow, Select, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import { fullName } from "./names.ts";

/** The page: which company is left, which one follows, from which day. */
export const MoveForm = (
  { view, contact, form }: { view: View; contact: Contact; form: FormState },
) => {
  const { t } = view;
  const back = withinList(view, path`/contacts/${contact.id}`);
  const field = (name: string) => ({ view, form, name });
  const labels = { companyName: t("contacts.move_to"), on: t("contacts.move_on") };
  return (
    <>
      <PageHeader
        view={view}
        title={t("contacts.move")}
        crumbs={[
          { href: "/contacts", label: t("contacts.title") },
          { href: back, label: fullName(contact) },
        ]}
      />
      <p>{t("contacts.move_text")}</p>
      <Form view={view} form={form} labels={{ ...labels, from: t("contacts.move_from") }}>
        <FieldRow>
          <Select
            {...field("from")}
            label={t("contacts.move_from")}
            required
            options={contact.companies.filter(({ untilOn }) => untilOn === null)
              .map(({ companyId, companyName }) => ({ value: companyId, label: companyName }))}
          />
          <TextField
            {...field("companyName")}
            label={labels.companyName}
            hint={t("contacts.company_hint")}
            required
            size="l"
            maxlength={200}
          />
          <DateField {...field("on")} label={labels.on} required />
          <TextField {...field("role")} label={t("contacts.role")} maxlength={100} />
          <TextField {...field("department")} label={t("contacts.department")} maxlength={100} />
        </FieldRow>
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
          <LinkButton view={view} href={back} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};
