/** The pages of the first run. */
import { NewPassword } from "./passwords.tsx";
import { OfficerFields, ProviderFields, providerLabels } from "./provider.tsx";
import { Button } from "./ui/button.tsx";
import { Checkbox, EmailField, Fieldset, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  form: FormState;
}

const labelsOf = (view: View) => ({
  ...providerLabels(view),
  tenantName: view.t("setup.tenant_name"),
  "admin.name": view.t("setup.admin_name"),
  "admin.email": view.t("setup.admin_email"),
  "admin.password": view.t("setup.password"),
});

/** The form that sets everything up. */
export const SetupPage = ({ view, form }: Props) => {
  const { t } = view;
  const labels = labelsOf(view);
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  return (
    <>
      <PageHeader view={view} title={t("setup.title")} sub={t("setup.intro")} />
      <Form view={view} form={form} labels={labels} boost={false}>
        <Fieldset legend={t("setup.admin")} hint={t("setup.admin_hint")}>
          <TextField {...field("admin.name")} autocomplete="name" required size="l" />
          <EmailField {...field("admin.email")} autocomplete="username" required />
          <NewPassword {...field("admin.password")} />
        </Fieldset>
        <ProviderFields view={view} form={form} />
        <OfficerFields view={view} form={form} />
        <Fieldset legend={t("setup.tenant")} hint={t("setup.tenant_hint")}>
          <TextField {...field("tenantName")} size="l" maxlength={200} />
          <Checkbox
            view={view}
            form={form}
            name="samples"
            label={t("setup.samples")}
            hint={t("setup.samples_hint")}
          />
        </Fieldset>
        <FormActions>
          <Button view={view} label={t("setup.submit")} variant="primary" />
        </FormActions>
      </Form>
    </>
  );
};

/** What every page shows until the link from the terminal is opened. */
export const SetupWaiting = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title={view.t("setup.waiting_title")} />
    <p>{view.t("setup.waiting_text")}</p>
  </>
);

/** A set-up link that no longer works. */
export const SetupGone = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title={view.t("setup.gone_title")} />
    <p>{view.t("setup.gone_text")}</p>
  </>
);
