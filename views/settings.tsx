/** The settings of a tenant, and the links to all their parts. */
import type { Child } from "hono/jsx";
import type { Action } from "../db/roles.ts";
import type { Samples } from "../db/samples.ts";
import type { MessageKey } from "./i18n/translate.ts";
import { SamplesPanel } from "./samples.tsx";
import { Button } from "./ui/button.tsx";
import { NumberField, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { Icon } from "./ui/icon.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

const part = <K extends string>(
  key: K,
  address: string,
  label: MessageKey,
  action: Action,
) => ({
  key,
  href: `/settings${address}`,
  label,
  action,
});

/** What settings are about, and the parts of each. */
const groups = [
  ["tenants.group_organisation", [
    part("general", "", "tenants.settings_general", "settings.manage"),
    part("contract", "/contract", "contracts.title", "contract.manage"),
  ]],
  ["tenants.group_people", [
    part("team", "/team", "team.title", "users.read"),
    part("teams", "/teams", "teams.title", "users.manage"),
    part("sight", "/sight", "sights.title", "users.manage"),
    part("field_rights", "/field-rights", "field_rights.title", "fields.manage"),
    part("sign_in", "/sign-in", "factors.settings", "settings.manage"),
  ]],
  ["tenants.group_records", [
    part("fields", "/fields", "custom_fields.title", "fields.manage"),
    part("pipelines", "/pipelines", "pipelines.title", "pipelines.manage"),
    part("lost_reasons", "/lost-reasons", "pipelines.reasons", "pipelines.manage"),
  ]],
  ["tenants.group_letters", [
    part("mailboxes", "/mailboxes", "mailboxes.title", "mail_accounts.manage"),
    part("mail_templates", "/mail-templates", "mail_templates.title", "mail.send"),
    part("letter_templates", "/letter-templates", "letters.templates", "letter_templates.manage"),
    part("offers", "/offers", "offers.settings", "offers.manage"),
  ]],
  ["tenants.group_privacy", [
    part("requests", "/requests", "cases.title", "requests.manage"),
    part("retention", "/retention", "retentions.tab", "retention.manage"),
    part("officer", "/officer", "officers.tab", "settings.manage"),
    part("agreement", "/agreement", "agreements.title", "settings.manage"),
    part("processors", "/processors", "processors.announced_tab", "settings.manage"),
  ]],
  ["tenants.group_outside", [
    part("forms", "/forms", "web_forms.title", "settings.manage"),
    part("api", "/api", "api.tab", "settings.manage"),
    part("webhooks", "/webhooks", "webhooks.title", "settings.manage"),
  ]],
] as const;
type Part = typeof groups[number][1][number];

/** The top of a part of the settings: the part's own name, with the way back to all of them. */
export const SettingsHead = (
  { view, title, children }: { view: View; title: string; children?: Child },
) => (
  <PageHeader
    view={view}
    title={title}
    crumbs={view.can("settings.manage")
      ? [{ href: "/settings", label: view.t("tenants.settings") }]
      : []}
  >
    {children}
  </PageHeader>
);

/**
 * The parts of the settings, each for those who may see it: beside the page where there is room,
 * folded up above it where there is none.
 */
export const SettingsTabs = ({ view, current }: { view: View; current: Part["key"] }) => {
  const { t } = view;
  const shown = groups.map(([label, parts]) =>
    [label, (parts as readonly Part[]).filter(({ action }) => view.can(action))] as const
  ).filter(([, parts]) => parts.length > 0);
  const here = shown.flatMap(([, parts]) => parts).find(({ key }) => key === current);
  return (
    <nav class="settings-nav" aria-label={t("tenants.settings")}>
      <details>
        <summary class="button">
          <span>{here ? t(here.label) : t("tenants.settings_parts")}</span>
          <Icon view={view} name="chevron-down" />
        </summary>
        {shown.map(([label, parts]) => (
          <section>
            <p id={`part-${label.split("_")[1]}`}>{t(label)}</p>
            <ul aria-labelledby={`part-${label.split("_")[1]}`}>
              {parts.map(({ key, href, label }) => (
                <li>
                  <a href={href} aria-current={key === current ? "page" : undefined}>{t(label)}</a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </details>
    </nav>
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
