/** The form of a company, new or old, and what it says about twins and conflicts. */
import type { Choices } from "../../db/choices.ts";
import type { Duplicate } from "../../db/duplicates.ts";
import { recordLabels } from "../contacts/labels.ts";
import { path } from "../path.ts";
import { DuplicatesField } from "../records/duplicates.tsx";
import { CustomFieldset, customLabels, customNames, fieldsOf } from "../records/custom.tsx";
import { FixedFields } from "../records/fixed_fields.tsx";
import { Conflict, type Difference, StateFields, TagFields } from "../records/fields.tsx";
import { ReachFields } from "../records/reach.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { FieldRow, Fieldset, HiddenField, TextArea, TextField } from "../ui/field.tsx";
import { CompanyField } from "./name_field.tsx";
import { Form, FormActions, type FormState, type Labels, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  form: FormState;
  choices: Choices;
  /** The usual legal forms, to choose from while typing. */
  legalForms: readonly string[];
  /** The company that is edited; null for a new one. */
  company: { id: string; name: string } | null;
  /** Records that may be the same; to be made all the same. */
  alike?: readonly Duplicate[];
  /** What somebody else saved meanwhile. */
  differences?: readonly Difference[];
}

/** Field names without row numbers, in words. */
const companyLabels = ({ t }: View): Labels => ({
  name: t("companies.name"),
  legalForm: t("companies.legal_form"),
  industry: t("companies.industry"),
  parentName: t("companies.parent"),
  vatId: t("companies.vat_id"),
  taxNumber: t("companies.tax_number"),
  registerCourt: t("companies.register_court"),
  registerNumber: t("companies.register_number"),
  ...recordLabels({ t }),
});

/** The page with the form. */
export const CompanyForm = (props: Props) => {
  const { view, form, company, alike = [], differences } = props;
  const { t } = view;
  const fields = fieldsOf(props.choices.fields, "company");
  const labels: Labels = { ...companyLabels(view), ...customLabels(view, fields) };
  const back = company ? path`/companies/${company.id}` : "/companies";
  return (
    <>
      <PageHeader
        view={view}
        title={t(company ? "companies.edit" : "companies.new")}
        crumbs={[
          { href: "/companies", label: t("companies.title") },
          ...(company ? [{ href: back, label: company.name }] : []),
        ]}
      />
      {differences
        ? (
          <Conflict
            {...props}
            differences={differences}
            labels={labels}
            names={customNames(view, fields)}
          />
        )
        : null}
      <Form view={view} form={form} labels={labels}>
        {["id", "version"].map((name) => <HiddenField name={name} value={valueOf(form, name)} />)}
        <NameFields {...props} />
        {company ? null : <DuplicatesField view={view} noun="companies" found={alike} />}
        <ReachFields view={view} form={form} />
        <RegisterFields {...props} />
        <Fieldset legend={t("records.details")}>
          <FieldRow>
            <StateFields {...props} kind="company" />
          </FieldRow>
          {view.edits("company", "tags") ? <TagFields {...props} /> : null}
          {view.edits("company", "notes")
            ? (
              <TextArea
                view={view}
                form={form}
                name="notes"
                label={t("records.notes")}
                maxlength={20000}
              />
            )
            : null}
        </Fieldset>
        <CustomFieldset view={view} form={form} fields={fields} />
        <FixedFields view={view} kind="company" fields={fields} />
        <FormActions>
          <Button
            view={view}
            label={t(company ? "common.save" : "common.create")}
            variant="primary"
          />
          <LinkButton view={view} href={back} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};

const NameFields = ({ view, form, legalForms }: Props) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name });
  return (
    <Fieldset legend={t("contacts.company")}>
      <FieldRow>
        <TextField
          {...field("name")}
          label={t("companies.name")}
          required
          size="l"
          maxlength={200}
          autofocus={valueOf(form, "_blank") !== ""}
        />
        <TextField
          {...field("legalForm")}
          label={t("companies.legal_form")}
          hint={t("companies.legal_form_hint")}
          maxlength={60}
          list="legal-forms"
        />
        {view.edits("company", "industry")
          ? <TextField {...field("industry")} label={t("companies.industry")} maxlength={100} />
          : null}
      </FieldRow>
      <FieldRow>
        {view.edits("company", "parentId")
          ? <HiddenField name="parentId" value={valueOf(form, "parentId")} />
          : null}
        {view.edits("company", "parentId")
          ? <CompanyField {...field("parentName")} label={t("companies.parent")} />
          : null}
        {view.edits("company", "customerNumber")
          ? (
            <TextField
              {...field("customerNumber")}
              label={t("records.customer_number")}
              size="s"
              maxlength={40}
            />
          )
          : null}
        {view.edits("company", "website")
          ? (
            <TextField
              {...field("website")}
              label={t("records.website")}
              inputmode="url"
              size="l"
              maxlength={300}
            />
          )
          : null}
      </FieldRow>
      <datalist id="company-names" />
      <datalist id="legal-forms">
        {legalForms.map((name) => <option value={name} />)}
      </datalist>
    </Fieldset>
  );
};

const RegisterFields = ({ view, form }: Props) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name });
  return (
    <Fieldset legend={t("companies.register")}>
      <FieldRow>
        {view.edits("company", "vatId")
          ? <TextField {...field("vatId")} label={t("companies.vat_id")} maxlength={30} />
          : null}
        {view.edits("company", "taxNumber")
          ? <TextField {...field("taxNumber")} label={t("companies.tax_number")} maxlength={30} />
          : null}
        {view.edits("company", "register")
          ? (
            <TextField
              {...field("registerCourt")}
              label={t("companies.register_court")}
              maxlength={100}
            />
          )
          : null}
        {view.edits("company", "register")
          ? (
            <TextField
              {...field("registerNumber")}
              label={t("companies.register_number")}
              hint={t("companies.register_number_hint")}
              maxlength={40}
            />
          )
          : null}
      </FieldRow>
    </Fieldset>
  );
};
