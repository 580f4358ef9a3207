/** The page that imports a spreadsheet of products. */
import { Button, LinkButton } from "./ui/button.tsx";
import { FileField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** The form, with the faults of the file that was refused. */
export const ProductImport = (
  { view, form, faults }: { view: View; form: FormState; faults: readonly string[] },
) => {
  const { t } = view;
  const label = t("product_imports.file");
  return (
    <>
      <PageHeader
        view={view}
        title={t("product_imports.title")}
        crumbs={[
          { href: "/deals", label: t("deals.title") },
          { href: "/products", label: t("products.title") },
        ]}
      />
      <Form view={view} form={form} labels={{ file: label }} multipart>
        {faults.length === 0 ? null : <ul>{faults.map((fault) => <li>{fault}</li>)}</ul>}
        <p>{t("product_imports.columns")}</p>
        <p>{t("product_imports.known")}</p>
        <FileField
          view={view}
          form={form}
          name="file"
          label={label}
          hint={t("product_imports.hint")}
          accept=".csv,.xlsx,.ods,.txt"
          required
        />
        <FormActions>
          <Button view={view} label={t("product_imports.take")} icon="upload" variant="primary" />
          <LinkButton view={view} href="/products" label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};
