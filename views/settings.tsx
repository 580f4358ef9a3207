/** The settings of a tenant, and the row of links to their parts. */
import type { Samples } from "../db/samples.ts";
import { SamplesPanel } from "./samples.tsx";
import { Button } from "./ui/button.tsx";
import { NumberField, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Tabs } from "./ui/tabs.tsx";
import type { View } from "./view.ts";

type Part =
  | "api"
  | "webhooks"
  | "forms"
  | "contract"
  | "field_rights"
  | "fields"
  | "general"
  | "sight"
  | "team"
  | "teams"
  | "sign_in"
  | "mailboxes"
  | "mail_templates"
  | "letter_templates"
  | "offers"
  | "agreement"
  | "processors"
  | "officer"
  | "requests"
  | "retention"
  | "pipelines"
  | "lost_reasons";

/** The parts of the settings, each for those who may see it. */
export const SettingsTabs = (
  { view, current }: { view: View; current: Part },
) => {
  const links = [
    ...(view.can("settings.manage")
      ? [{ href: "/settings", label: view.t("tenants.settings_general"), key: "general" }]
      : []),
    { href: "/settings/team", label: view.t("team.title"), key: "team" },
    ...(view.can("users.manage")
      ? [
        { href: "/settings/teams", label: view.t("teams.title"), key: "teams" },
        { href: "/settings/sight", label: view.t("sights.title"), key: "sight" },
      ]
      : []),
    ...(view.can("settings.manage")
      ? [{ href: "/settings/sign-in", label: view.t("factors.settings"), key: "sign_in" }]
      : []),
    ...(view.can("mail.send")
      ? [{
        href: "/settings/mail-templates",
        label: view.t("mail_templates.title"),
        key: "mail_templates",
      }]
      : []),
    ...(view.can("mail_accounts.manage")
      ? [{ href: "/settings/mailboxes", label: view.t("mailboxes.title"), key: "mailboxes" }]
      : []),
    ...(view.can("letter_templates.manage")
      ? [{
        href: "/settings/letter-templates",
        label: view.t("letters.templates"),
        key: "letter_templates",
      }]
      : []),
    ...(view.can("offers.manage")
      ? [{ href: "/settings/offers", label: view.t("offers.settings"), key: "offers" }]
      : []),
    ...(view.can("requests.manage")
      ? [{ href: "/settings/requests", label: view.t("cases.title"), key: "requests" }]
      : []),
    ...(view.can("retention.manage")
      ? [{ href: "/settings/retention", label: view.t("retentions.tab"), key: "retention" }]
      : []),
    ...(view.can("settings.manage")
      ? [
        { href: "/settings/agreement", label: view.t("agreements.title"), key: "agreement" },
        {
          href: "/settings/processors",
          label: view.t("processors.announced_tab"),
          key: "processors",
        },
        { href: "/settings/officer", label: view.t("officers.tab"), key: "officer" },
        { href: "/settings/forms", label: view.t("web_forms.title"), key: "forms" },
        { href: "/settings/api", label: view.t("api.tab"), key: "api" },
        { href: "/settings/webhooks", label: view.t("webhooks.title"), key: "webhooks" },
      ]
      : []),
    ...(view.can("contract.manage")
      ? [{ href: "/settings/contract", label: view.t("contracts.title"), key: "contract" }]
      : []),
    ...(view.can("fields.manage")
      ? [
        { href: "/settings/fields", label: view.t("custom_fields.title"), key: "fields" },
        {
          href: "/settings/field-rights",
          label: view.t("field_rights.title"),
          key: "field_rights",
        },
      ]
      : []),
    ...(view.can("pipelines.manage")
      ? [
        { href: "/settings/pipelines", label: view.t("pipelines.title"), key: "pipelines" },
        { href: "/settings/lost-reasons", label: view.t("pipelines.reasons"), key: "lost_reasons" },
      ]
      : []),
  ];
  return (
    <Tabs
      label={view.t("tenants.settings")}
      links={links.map(({ key, ...link }) => ({ ...link, current: key === current }))}
    />
  );
};

/** Name, days in the trash, and the way to be rid of sample data. */
export const SettingsPage = (
  { view, form, samples }: { view: View; form: FormState; samples: Samples | null },
) => {
  const { t } = view;
  const labels = { name: t("tenants.name"), trashDays: t("tenants.trash_days") };
  return (
    <>
      <PageHeader view={view} title={t("tenants.settings")} />
      <SettingsTabs view={view} current="general" />
      <Form view={view} form={form} labels={labels}>
        <TextField
          view={view}
          form={form}
          name="name"
          label={labels.name}
          autocomplete="organization"
          required
          size="l"
        />
        <NumberField
          view={view}
          form={form}
          name="trashDays"
          label={labels.trashDays}
          hint={t("tenants.trash_days_hint")}
          inputmode="numeric"
          required
          size="m"
        />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
        </FormActions>
      </Form>
      <SamplesPanel view={view} samples={samples} />
    </>
  );
};
