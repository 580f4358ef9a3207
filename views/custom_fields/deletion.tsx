/** The question before a custom field and all its values are deleted for good. */
import type { CustomField } from "../../db/custom_fields.ts";
import { path } from "../path.ts";
import { labelOf } from "../records/custom.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { emptyForm, Form, FormActions } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

/** The page, with how many records have a value, and the templates of letters and web forms that name the field. */
export const FieldDeletion = (
  { view, field, count, templates, forms }: {
    view: View;
    field: CustomField;
    count: number;
    templates: readonly string[];
    forms: readonly string[];
  },
) => {
  const { t } = view;
  const label = labelOf(field, view.locale);
  const back = path`/settings/fields/${field.id}`;
  return (
    <>
      <PageHeader
        view={view}
        title={t("custom_fields.delete")}
        crumbs={[
          { href: "/settings/fields", label: t("custom_fields.title") },
          { href: back, label },
        ]}
      />
      <Form view={view} form={emptyForm}>
        <p>{t("custom_fields.delete_text", { label, count })}</p>
        {templates.length === 0
          ? null
          : <p>{t("custom_fields.delete_templates", { names: templates.join(", ") })}</p>}
        {forms.length === 0
          ? null
          : <p>{t("custom_fields.delete_forms", { names: forms.join(", ") })}</p>}
        <FormActions>
          <Button view={view} label={t("custom_fields.delete_confirm")} variant="danger" />
          <LinkButton view={view} href={back} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};
