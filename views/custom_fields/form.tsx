/** The form of a custom field: its label, its choices, and what it is for. */
import type { CustomField, FieldCategory, FieldKind } from "../../db/custom_fields.ts";
import type { LegalBasis, Purpose } from "../../db/origins.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { path } from "../path.ts";
import { labelOf } from "../records/custom.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import {
  Checkbox,
  FieldRow,
  Fieldset,
  HiddenField,
  Select,
  TextArea,
  TextField,
} from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Rows } from "../ui/rows.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  form: FormState;
  /** The field that is changed; null for a new one. */
  field: CustomField | null;
  offered: {
    records: readonly Kind[];
    kinds: readonly FieldKind[];
    categories: readonly FieldCategory[];
    purposes: readonly Purpose[];
    legalBases: readonly LegalBasis[];
  };
}

/** The page. */
export const FieldForm = (props: Props) => {
  const { view, form, field } = props;
  const { t } = view;
  const base = "/settings/fields";
  return (
    <>
      <PageHeader
        view={view}
        title={field ? labelOf(field, view.locale) : t("custom_fields.new")}
        sub={field
          ? `${t(`custom_fields.record_${field.recordKind}`)} · ${
            t(`custom_fields.kind_${field.kind}`)
          } · ${field.name}`
          : undefined}
        crumbs={[{ href: base, label: t("custom_fields.title") }]}
      >
        {field
          ? (
            <LinkButton
              view={view}
              href={path`/settings/fields/${field.id}/deletion`}
              label={t("custom_fields.delete")}
              icon="trash-2"
            />
          )
          : null}
      </PageHeader>
      <Form view={view} form={form} labels={labels(view)}>
        {field ? null : <HiddenField name="id" value={valueOf(form, "id")} />}
        <Naming {...props} />
        {field === null || field.kind === "choice" || field.kind === "choices"
          ? <Choices {...props} />
          : null}
        <Privacy {...props} />
        <FormActions>
          <Button
            view={view}
            label={t(field ? "common.save" : "common.create")}
            variant="primary"
          />
          <LinkButton view={view} href={base} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};

const labels = ({ t }: View) => ({
  labelDe: t("custom_fields.label_de"),
  labelEn: t("custom_fields.label_en"),
  helpDe: t("custom_fields.help_de"),
  helpEn: t("custom_fields.help_en"),
  recordKind: t("custom_fields.record_kind"),
  kind: t("custom_fields.kind"),
  category: t("custom_fields.category"),
  purpose: t("custom_fields.purpose"),
  legalBasis: t("custom_fields.legal_basis"),
  anyway: t("custom_fields.choices"),
  "choices.labelDe": t("custom_fields.choices"),
  "choices.labelEn": t("custom_fields.choices"),
});

const Naming = ({ view, form, field, offered }: Props) => {
  const { t } = view;
  const of = (name: string) => ({ view, form, name });
  return (
    <Fieldset
      legend={t(field ? "custom_fields.label_de" : "custom_fields.naming")}
      hint={field ? undefined : t("custom_fields.kind_fixed")}
    >
      {field ? null : (
        <FieldRow>
          <Select
            {...of("recordKind")}
            label={t("custom_fields.record_kind")}
            required
            options={offered.records.map((value) => ({
              value,
              label: t(`custom_fields.record_${value}`),
            }))}
          />
          <Select
            {...of("kind")}
            label={t("custom_fields.kind")}
            required
            options={offered.kinds.map((value) => ({
              value,
              label: t(`custom_fields.kind_${value}`),
            }))}
          />
        </FieldRow>
      )}
      <FieldRow>
        <TextField {...of("labelDe")} label={t("custom_fields.label_de")} required maxlength={60} />
        <TextField
          {...of("labelEn")}
          label={t("custom_fields.label_en")}
          hint={t("custom_fields.label_en_hint")}
          maxlength={60}
        />
      </FieldRow>
      <FieldRow>
        <TextArea
          {...of("helpDe")}
          label={t("custom_fields.help_de")}
          size="l"
          rows={2}
        />
        <TextArea
          {...of("helpEn")}
          label={t("custom_fields.help_en")}
          size="l"
          rows={2}
        />
      </FieldRow>
      <Checkbox
        {...of("required")}
        label={t("custom_fields.required")}
        hint={t("custom_fields.required_hint")}
      />
    </Fieldset>
  );
};

const Choices = ({ view, form, field }: Props) => {
  const { t } = view;
  return (
    <>
      <Rows
        view={view}
        form={form}
        group="choices"
        legend={t("custom_fields.choices")}
        addLabel={t("custom_fields.choice_add")}
        removeLabel={t("custom_fields.choice_remove")}
        row={(prefix, fresh) => (
          <>
            <HiddenField name={`${prefix}.id`} value={valueOf(form, `${prefix}.id`)} />
            <TextField
              view={view}
              form={form}
              name={`${prefix}.labelDe`}
              label={t("custom_fields.label_de")}
              maxlength={100}
              autofocus={fresh}
            />
            <TextField
              view={view}
              form={form}
              name={`${prefix}.labelEn`}
              label={t("custom_fields.label_en")}
              maxlength={100}
            />
          </>
        )}
      />
      <p class="hint">{t("custom_fields.choices_hint")}</p>
      {field && form.errors.anyway
        ? <Checkbox view={view} form={form} name="anyway" label={t("custom_fields.anyway")} />
        : null}
    </>
  );
};

const Privacy = ({ view, form, offered }: Props) => {
  const { t } = view;
  const of = (name: string) => ({ view, form, name });
  return (
    <Fieldset legend={t("custom_fields.privacy")} hint={t("custom_fields.special")}>
      <FieldRow>
        <Select
          {...of("category")}
          label={t("custom_fields.category")}
          required
          size="l"
          options={offered.categories.map((value) => ({
            value,
            label: t(`personal_data.category_${value}`),
          }))}
        />
        <Select
          {...of("purpose")}
          label={t("custom_fields.purpose")}
          required
          empty={t("custom_fields.choose")}
          options={offered.purposes.map((value) => ({
            value,
            label: t(`contacts.purpose_${value}`),
          }))}
        />
        <Select
          {...of("legalBasis")}
          label={t("custom_fields.legal_basis")}
          required
          size="l"
          empty={t("custom_fields.choose")}
          options={offered.legalBases.map((value) => ({
            value,
            label: t(`contacts.legal_basis_${value}`),
          }))}
        />
      </FieldRow>
      <Checkbox
        {...of("provided")}
        label={t("custom_fields.provided")}
        hint={t("custom_fields.provided_hint")}
      />
    </Fieldset>
  );
};
