/** The form of a contact, new or old, with possible duplicates and conflicts. */
import type { Duplicate } from "../../db/duplicates.ts";
import type { Origin } from "../../db/origins.ts";
import { CompanyField } from "../companies/name_field.tsx";
import { languageOptions } from "../records/choices.ts";
import { Barred, DuplicatesField } from "../records/duplicates.tsx";
import { StateFields } from "../records/fields.tsx";
import {
  DetailFields,
  RecordForm,
  type RecordFormProps,
  ReferenceFields,
} from "../records/form.tsx";
import { ReachFields } from "../records/reach.tsx";
import { DateField, FieldRow, Fieldset, Select, TextField } from "../ui/field.tsx";
import { valueOf } from "../ui/form.tsx";
import { Rows } from "../ui/rows.tsx";
import { contactLabels } from "./labels.ts";
import { PrivacyFields } from "./privacy.tsx";

interface Props extends RecordFormProps {
  origins: readonly Origin[];
  /** The contact that is edited; null for a new one. */
  contact: { id: string; name: string } | null;
  /** Records that may be the same; to be made all the same. */
  alike?: readonly Duplicate[];
  /** Whether it names somebody who was erased, objects or is restricted. */
  barred?: boolean;
}

/** The page with the form. */
export const ContactForm = (props: Props) => {
  const { view, form, contact, alike = [], barred } = props;
  return (
    <RecordForm {...props} kind="contact" record={contact} labels={contactLabels(view)}>
      <PersonFields {...props} />
      {contact ? barred && <Barred view={view} /> : (
        <DuplicatesField
          view={view}
          noun="contacts"
          found={alike}
          barred={barred}
          next={valueOf(form, "_next") !== ""}
        />
      )}
      <ReachFields view={view} form={form} />
      <CompanyRows {...props} />
      <PrivacyFields {...props} />
      <DetailFields {...props} kind="contact">
        <FieldRow>
          <StateFields {...props} kind="contact" />
          <ReferenceFields {...props} kind="contact" />
        </FieldRow>
      </DetailFields>
    </RecordForm>
  );
};

const PersonFields = ({ view, form }: Props) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name });
  return (
    <Fieldset legend={t("contacts.person")}>
      <FieldRow>
        <Select
          {...field("salutation")}
          label={t("contacts.salutation")}
          size="s"
          options={(["ms", "mr", "divers"] as const).map((value) => ({
            value,
            label: t(`contacts.salutation_${value}`),
          }))}
          empty={t("contacts.salutation_none")}
        />
        <TextField {...field("title")} label={t("contacts.titles")} size="s" maxlength={60} />
        <TextField
          {...field("firstName")}
          label={t("contacts.first_name")}
          maxlength={100}
          autofocus={valueOf(form, "_blank") !== ""}
        />
        <TextField
          {...field("namePrefix")}
          label={t("contacts.name_prefix")}
          hint={t("contacts.name_prefix_hint")}
          size="s"
          maxlength={40}
        />
        <TextField {...field("lastName")} label={t("contacts.last_name")} maxlength={100} />
        <TextField
          {...field("nameSuffix")}
          label={t("contacts.name_suffix")}
          size="s"
          maxlength={40}
        />
      </FieldRow>
      <FieldRow>
        <Select
          {...field("addressForm")}
          label={t("contacts.address_form")}
          size="s"
          options={(["formal", "informal"] as const).map((value) => ({
            value,
            label: t(`contacts.address_form_${value}`),
          }))}
        />
        <Select
          {...field("language")}
          label={t("contacts.language")}
          options={languageOptions(view.locale, valueOf(form, "language"))}
        />
        <TextField
          {...field("letterSalutation")}
          label={t("contacts.letter_salutation")}
          hint={t("contacts.letter_salutation_hint")}
          size="l"
          maxlength={200}
        />
      </FieldRow>
      <FieldRow>
        {view.edits("contact", "position")
          ? <TextField {...field("position")} label={t("contacts.position")} maxlength={100} />
          : null}
        {view.edits("contact", "birthday")
          ? (
            <TextField
              {...field("birthday")}
              label={t("contacts.birthday")}
              hint={t("contacts.birthday_hint")}
              size="s"
              maxlength={10}
            />
          )
          : null}
      </FieldRow>
    </Fieldset>
  );
};

const CompanyRows = ({ view, form }: Props) => (
  <>
    <Rows
      view={view}
      form={form}
      group="companies"
      legend={view.t("contacts.companies")}
      addLabel={view.t("contacts.company_add")}
      removeLabel={view.t("contacts.company_remove")}
      row={(prefix, fresh) => {
        const field = (name: string) => ({ view, form, name: `${prefix}.${name}` });
        return (
          <>
            <input type="hidden" name={`${prefix}.id`} value={valueOf(form, `${prefix}.id`)} />
            <CompanyField {...field("name")} fresh={fresh} />
            <TextField {...field("role")} label={view.t("contacts.role")} maxlength={100} />
            <TextField
              {...field("department")}
              label={view.t("contacts.department")}
              maxlength={100}
            />
            <DateField {...field("since")} label={view.t("contacts.company_since")} />
            <DateField {...field("until")} label={view.t("contacts.company_until")} />
          </>
        );
      }}
    />
    <datalist id="company-names" />
  </>
);
