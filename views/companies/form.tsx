/** The form of a company, new or old, with possible duplicates and conflicts. */
import type { Duplicate } from "../../db/duplicates.ts";
import { recordLabels } from "../contacts/labels.ts";
import { DuplicatesField } from "../records/duplicates.tsx";
import { StateFields } from "../records/fields.tsx";
import {
  DetailFields,
  RecordForm,
  type RecordFormProps,
  ReferenceFields,
} from "../records/form.tsx";
import { ReachFields } from "../records/reach.tsx";
import { FieldRow, Fieldset, HiddenField, TextField } from "../ui/field.tsx";
import { type Labels, valueOf } from "../ui/form.tsx";
import type { View } from "../view.ts";
import { CompanyField } from "./name_field.tsx";

interface Props extends RecordFormProps {
  /** The usual legal forms, to choose from while typing. */
  legalForms: readonly string[];
  /** The company that is edited; null for a new one. */
  company: { id: string; name: string } | null;
  /** Records that may be the same; to be made all the same. */
  alike?: readonly Duplicate[];
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
  const { view, form, company, alike = [] } = props;
  return (
    <RecordForm {...props} kind="company" record={company} labels={companyLabels(view)}>
      <NameFields {...props} />
      {company ? null : <DuplicatesField view={view} noun="companies" found={alike} />}
      <ReachFields view={view} form={form} />
      <RegisterFields {...props} />
      <DetailFields {...props} kind="company">
        <FieldRow>
          <StateFields {...props} kind="company" />
        </FieldRow>
      </DetailFields>
    </RecordForm>
  );
};

const NameFields = (props: Props) => {
  const { view, form, legalForms } = props;
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
        <ReferenceFields {...props} kind="company" />
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
