/** The settings for who decides on requests: officer, deputy, days of absence. */
import type { Officer } from "../db/officers.ts";
import { OperatorHead } from "./operator.tsx";
import { SettingsHead, SettingsTabs } from "./settings.tsx";
import { Button } from "./ui/button.tsx";
import { DateField, EmailField, FieldRow, Fieldset, Select, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import type { View } from "./view.ts";

/** The provider's officer is named in the imprint; here only the deputy is. */
export const OfficerSettings = (
  { view, form, provider, officer }: {
    view: View;
    form: FormState;
    provider: boolean;
    officer: Officer;
  },
) => {
  const { t } = view;
  const labels = {
    name: t("officers.name"),
    email: t("officers.email"),
    language: t("officers.language"),
    deputyName: t("officers.deputy_name"),
    deputyEmail: t("officers.deputy_email"),
    awayFrom: t("officers.away_from"),
    awayUntil: t("officers.away_until"),
  };
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  return (
    <>
      {provider ? <OperatorHead view={view} current="officer" /> : (
        <>
          <SettingsHead view={view} title={t("officers.settings_title")} />
          <SettingsTabs view={view} current="officer" />
        </>
      )}
      <Form view={view} form={form} labels={labels}>
        <Fieldset
          legend={t("officers.tab")}
          hint={provider
            ? t("officers.settings_provider", { name: officer.name, email: officer.email })
            : t("officers.settings_hint")}
        >
          {provider ? null : (
            <FieldRow>
              <TextField {...field("name")} />
              <EmailField {...field("email")} />
            </FieldRow>
          )}
          <Select
            {...field("language")}
            options={[{ value: "de", label: "Deutsch" }, { value: "en", label: "English" }]}
            size="s"
          />
        </Fieldset>
        <Fieldset legend={t("officers.deputy")} hint={t("officers.deputy_hint")}>
          <FieldRow>
            <TextField {...field("deputyName")} />
            <EmailField {...field("deputyEmail")} />
          </FieldRow>
          <FieldRow>
            <DateField {...field("awayFrom")} />
            <DateField {...field("awayUntil")} />
          </FieldRow>
        </Fieldset>
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
        </FormActions>
      </Form>
    </>
  );
};
