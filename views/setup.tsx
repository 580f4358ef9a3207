/** The pages of the first run. */
import { NewPassword } from "./passwords.tsx";
import { Button } from "./ui/button.tsx";
import { Checkbox, EmailField, FieldRow, Fieldset, Select, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** The European Economic Area and Switzerland: where a provider may sit. */
const countries = (
  "AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
).split(" ");

interface Props {
  view: View;
  form: FormState;
}

const labelsOf = ({ t }: View) => ({
  "provider.name": t("setup.provider_name"),
  "provider.legalForm": t("setup.provider_legal_form"),
  "provider.street": t("setup.street"),
  "provider.postalCode": t("setup.postal_code"),
  "provider.city": t("setup.city"),
  "provider.country": t("setup.country"),
  "provider.email": t("setup.provider_email"),
  "provider.dpoName": t("setup.dpo_name"),
  "provider.dpoEmail": t("setup.dpo_email"),
  tenantName: t("setup.tenant_name"),
  "admin.name": t("setup.admin_name"),
  "admin.email": t("setup.admin_email"),
  "admin.password": t("setup.password"),
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
        <Provider {...{ view, form }} />
        <Fieldset legend={t("setup.dpo")} hint={t("setup.dpo_hint")}>
          <TextField {...field("provider.dpoName")} required size="l" />
          <EmailField {...field("provider.dpoEmail")} required />
        </Fieldset>
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

const Provider = ({ view, form }: Props) => {
  const { t } = view;
  const labels = labelsOf(view);
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  const country = form.values["provider.country"]
    ? form
    : { ...form, values: { ...form.values, "provider.country": "DE" } };
  const names = new Intl.DisplayNames(view.locale, { type: "region" });
  const options = countries.map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, view.locale));
  return (
    <Fieldset legend={t("setup.provider")} hint={t("setup.provider_hint")}>
      <FieldRow>
        <TextField {...field("provider.name")} autocomplete="organization" required size="l" />
        <TextField {...field("provider.legalForm")} size="s" maxlength={100} />
      </FieldRow>
      <TextField {...field("provider.street")} autocomplete="street-address" required size="l" />
      <FieldRow>
        <TextField
          {...field("provider.postalCode")}
          autocomplete="postal-code"
          required
          size="xs"
        />
        <TextField {...field("provider.city")} autocomplete="address-level2" required />
      </FieldRow>
      <Select {...field("provider.country")} form={country} options={options} required />
      <EmailField {...field("provider.email")} autocomplete="email" required />
    </Fieldset>
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
