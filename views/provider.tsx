/** The fields about the provider, at the set-up and in the operator's settings. */
import { Button } from "./ui/button.tsx";
import {
  Checkbox,
  EmailField,
  FieldRow,
  Fieldset,
  PhoneField,
  Select,
  TextField,
} from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { Panel } from "./ui/panel.tsx";
import { OperatorHead } from "./operator.tsx";
import { country } from "./processors/words.ts";
import type { Land } from "../db/authorities.ts";
import type { View } from "./view.ts";

/** The European Economic Area and Switzerland: where a provider may sit. */
const countries = (
  "AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
).split(" ");

interface Props {
  view: View;
  form: FormState;
}

/** The words beside the fields. */
export const providerLabels = ({ t }: View) => ({
  "provider.name": t("setup.provider_name"),
  "provider.legalForm": t("setup.provider_legal_form"),
  "provider.street": t("setup.street"),
  "provider.postalCode": t("setup.postal_code"),
  "provider.city": t("setup.city"),
  "provider.land": t("provider.land"),
  "provider.country": t("setup.country"),
  "provider.email": t("setup.provider_email"),
  "provider.phone": t("provider.phone"),
  "provider.representedBy": t("provider.represented_by"),
  "provider.registerEntry": t("provider.register_entry"),
  "provider.vatId": t("provider.vat_id"),
  "provider.dpoName": t("setup.dpo_name"),
  "provider.dpoEmail": t("setup.dpo_email"),
});

/** Who runs the installation: name, address, e-mail. */
export const ProviderFields = ({ view, form }: Props) => {
  const { t } = view;
  const labels = providerLabels(view);
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  const countryForm = form.values["provider.country"]
    ? form
    : { ...form, values: { ...form.values, "provider.country": "DE" } };
  const options = countries.map((value) => ({ value, label: country(view, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, view.locale));
  return (
    <Fieldset legend={t("setup.provider")} hint={t("setup.provider_hint")}>
      <FieldRow>
        <TextField {...field("provider.name")} autocomplete="organization" required size="l" />
        <TextField {...field("provider.legalForm")} size="s" maxlength={100} />
      </FieldRow>
      <TextField {...field("provider.street")} autocomplete="address-line1" required size="l" />
      <FieldRow>
        <TextField
          {...field("provider.postalCode")}
          autocomplete="postal-code"
          required
          size="xs"
        />
        <TextField {...field("provider.city")} autocomplete="address-level2" required />
      </FieldRow>
      <Select {...field("provider.country")} form={countryForm} options={options} required />
      <EmailField {...field("provider.email")} autocomplete="email" required />
    </Fieldset>
  );
};

/** The data protection officer. */
export const OfficerFields = ({ view, form }: Props) => {
  const { t } = view;
  const labels = providerLabels(view);
  return (
    <Fieldset legend={t("setup.dpo")} hint={t("setup.dpo_hint")}>
      <TextField
        {...{ view, form }}
        name="provider.dpoName"
        label={labels["provider.dpoName"]}
        required
        size="l"
      />
      <EmailField
        {...{ view, form }}
        name="provider.dpoEmail"
        label={labels["provider.dpoEmail"]}
        required
      />
    </Fieldset>
  );
};

/** What the operator may change about the provider; the imprint shows it at once. */
export const ProviderSettings = (
  { view, form, factors, lands }: Props & { factors: FormState; lands: readonly Land[] },
) => {
  const { t } = view;
  const labels = providerLabels(view);
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  return (
    <>
      <OperatorHead view={view} current="provider" />
      <Form view={view} form={form} labels={labels}>
        <ProviderFields view={view} form={form} />
        <Fieldset legend={t("provider.imprint")} hint={t("provider.imprint_hint")}>
          <PhoneField {...field("provider.phone")} />
          <TextField {...field("provider.representedBy")} size="l" maxlength={200} />
          <TextField {...field("provider.registerEntry")} size="l" maxlength={200} />
          <TextField {...field("provider.vatId")} size="s" maxlength={20} />
          <Select
            {...field("provider.land")}
            hint={t("provider.land_hint")}
            empty={t("provider.land_none")}
            options={lands.map((value) => ({ value, label: t(`complaints.land_${value}`) }))}
          />
        </Fieldset>
        <OfficerFields view={view} form={form} />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
        </FormActions>
      </Form>
      <FactorDemand view={view} form={factors} />
    </>
  );
};

/** Whether operators have to have a second factor. */
const FactorDemand = ({ view, form }: Props) => {
  const { t } = view;
  const labels = { demanded: t("provider.factors_demanded") };
  return (
    <Panel title={t("provider.factors")} id="factors">
      <Form view={view} form={form} labels={labels} action="/operator/provider/factors">
        <Checkbox
          view={view}
          form={form}
          name="demanded"
          label={labels.demanded}
          hint={t("provider.factors_hint")}
        />
        <FormActions>
          <Button view={view} label={t("common.save")} />
        </FormActions>
      </Form>
    </Panel>
  );
};
