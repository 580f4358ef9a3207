/** The page of which records each role sees, and the words for what was decided about it. */
import type { FieldChange } from "../db/changes.ts";
import type { SightChange } from "../db/sight_changes.ts";
import type { Level, Narrowable, Sight } from "../db/sights.ts";
import { SettingsHead, SettingsTabs } from "./settings.tsx";
import { Button } from "./ui/button.tsx";
import { type Description, DescriptionList } from "./ui/descriptions.tsx";
import { FieldRow, Fieldset, Select } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { Panel } from "./ui/panel.tsx";
import type { View } from "./view.ts";

const roles: readonly Narrowable[] = ["member", "read_only"];
const parts: readonly (keyof Sight)[] = ["contacts", "companies", "deals"];
const levels: readonly Level[] = ["all", "team", "own"];

/** The page. */
export const SightsPage = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  const labels = Object.fromEntries(
    roles.flatMap((role) =>
      parts.map((part) => [`${role}.${part}`, `${t(`team.role_${role}`)}: ${t(`${part}.title`)}`])
    ),
  );
  return (
    <>
      <SettingsHead view={view} title={t("sights.title")} />
      <SettingsTabs view={view} current="sight" />
      <p>{t("sights.text")}</p>
      <Form view={view} form={form} labels={labels}>
        {roles.map((role) => (
          <Fieldset legend={t(`team.role_${role}`)}>
            <FieldRow>
              {parts.map((part) => (
                <Select
                  view={view}
                  form={form}
                  name={`${role}.${part}`}
                  label={t(`${part}.title`)}
                  options={levels.map((value) => ({ value, label: t(`sights.level_${value}`) }))}
                />
              ))}
            </FieldRow>
          </Fieldset>
        ))}
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
        </FormActions>
      </Form>
      <Panel title={t("sights.rules")}>
        <DescriptionList
          texts
          items={[
            ...levels.map((level): Description => [
              t(`sights.level_${level}`),
              t(`sights.rule_${level}`),
            ]),
            [t("sights.entries"), t("sights.rule_entries")],
            [t("duplicates.title"), t("sights.rule_duplicates")],
            [`${t("team.role_owner")}, ${t("team.role_admin")}`, t("sights.rule_privacy")],
          ]}
        />
      </Panel>
    </>
  );
};

/** What was done, and its values, in words. */
export function changeWords(view: View, change: SightChange): { what: string; detail?: string } {
  const { t } = view;
  if (change.kind === "tenant") {
    return { what: t("history.action_sight_changed"), detail: sightWords(view, change.fields) };
  }
  const told = change.fields.find(({ name }) => name === "name");
  const name = change.teamName ?? String(told?.from ?? told?.to ?? "");
  const details = change.fields.flatMap((field): string[] => {
    if (field.name === "name") {
      return change.action === "updated" ? [`${field.from} → ${field.to}`] : [];
    }
    const id = String(field.to ?? field.from ?? "");
    const who = change.names[id] ?? t("history.unknown");
    return [t(field.to ? "teams.came" : "teams.went", { name: who })];
  });
  const action = change.action as "created" | "updated" | "removed";
  return { what: t(`teams.was_${action}`, { name }), detail: details.join("; ") || undefined };
}

function sightWords({ t }: View, fields: readonly FieldChange[]): string {
  return fields.map(({ name, from, to }) => {
    const [, role, part] = /^sight_(member|read_only)_(contacts|companies|deals)$/.exec(name) ?? [];
    if (!role || !part) return name;
    const level = (value: FieldChange["to"]) => t(`sights.level_${value as Level}`);
    const who = t(`team.role_${role as Narrowable}`);
    const what = t(`${part as keyof Sight}.title`);
    return `${who}, ${what}: ${level(from)} → ${level(to)}`;
  }).join("; ");
}
