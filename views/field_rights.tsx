/** Rights on fields: a table of fields and roles for each kind of record, saved as a whole. */
import type { NarrowedRole } from "../db/field_levels.ts";
import type { Level } from "../db/field_rights.ts";
import type { Kind } from "../db/record_kinds.ts";
import { errorText } from "./i18n/translate.ts";
import { query } from "./path.ts";
import { SettingsHead, SettingsTabs } from "./settings.tsx";
import { Button } from "./ui/button.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import { fieldId, Form, FormActions, type FormState, type Labels, valueOf } from "./ui/form.tsx";
import { Panel } from "./ui/panel.tsx";
import { Tabs } from "./ui/tabs.tsx";
import type { View } from "./view.ts";

/** What a role may do with a field. */
export interface Cell {
  role: NarrowedRole;
  level: Level | "write";
  /** What can be chosen; nothing where it cannot be otherwise. */
  choices: readonly (Level | "write")[];
  /** Whether the reader may settle this role. */
  open: boolean;
}

export interface Row {
  /** A part of the form's names. */
  key: string;
  /** What the right is kept under. */
  field: string;
  label: string;
  /** Why not everything can be chosen. */
  hint: string | null;
  cells: readonly Cell[];
}

interface Props {
  view: View;
  form: FormState;
  kind: Kind;
  rows: readonly Row[];
  action: string;
}

const kinds: readonly Kind[] = ["contact", "company", "deal"];

/** The name of a choice in the form. */
export const nameOf = (key: string, role: string): string => `right.${key}.${role}`;

/** The page. */
export const FieldRights = (props: Props) => {
  const { view, form, kind, rows, action } = props;
  const { t } = view;
  const labels: Labels = Object.fromEntries(
    rows.flatMap(({ key, label, cells }) =>
      cells.map(({ role }) => [nameOf(key, role), saidOf(view, label, role)])
    ),
  );
  const roles = rows[0]?.cells.map(({ role }) => role) ?? [];
  return (
    <>
      <SettingsHead view={view} title={t("field_rights.title")} />
      <SettingsTabs view={view} current="field_rights" />
      <p>{t("field_rights.intro")}</p>
      <Tabs
        label={t("field_rights.kinds")}
        links={kinds.map((each) => ({
          href: query("/settings/field-rights", { kind: each }),
          label: t(`custom_fields.of_${each}`),
          current: each === kind,
        }))}
      />
      <Form view={view} form={form} labels={labels} action={action}>
        <div class="numbers-scroll" tabindex={0} role="group" aria-label={t("field_rights.title")}>
          <table class="data rights">
            <caption class="visually-hidden">{t(`custom_fields.of_${kind}`)}</caption>
            <thead>
              <tr>
                <th scope="col">{t("field_rights.field")}</th>
                {roles.map((role) => <th scope="col">{t(`team.role_${role}`)}</th>)}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  <th scope="row">
                    {row.label}
                    {row.hint ? <p class="hint">{row.hint}</p> : null}
                  </th>
                  {row.cells.map((cell) => <Choice {...props} row={row} cell={cell} />)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
        </FormActions>
      </Form>
      <Panel title={t("sights.rules")}>
        <DescriptionList
          texts
          items={[
            [t("field_rights.everywhere"), t("field_rights.everywhere_text")],
            [t("field_rights.always"), t("field_rights.always_text")],
            [t("imports.title"), t("field_rights.imports_text")],
            [`${t("team.role_owner")}, ${t("team.role_admin")}`, t("field_rights.admins_text")],
          ]}
        />
      </Panel>
    </>
  );
};

const saidOf = ({ t }: View, label: string, role: NarrowedRole): string =>
  `${label}: ${t(`team.role_${role}`)}`;

/** Who only reads sees or does not see; everybody else reads, writes or does neither. */
export const wordOf = ({ t }: View, role: NarrowedRole, level: Level | "write"): string =>
  t(`field_rights.level_${role === "read_only" && level === "write" ? "seen" : level}`);

const Choice = ({ view, form, row, cell }: Props & { row: Row; cell: Cell }) => {
  const { role, level, choices, open } = cell;
  if (!open || choices.length < 2) return <td>{wordOf(view, role, level)}</td>;
  const name = nameOf(row.key, role);
  const chosen = form.values[name] === undefined ? level : valueOf(form, name);
  const error = form.errors[name];
  return (
    <td>
      <select
        name={name}
        id={fieldId(name)}
        aria-label={saidOf(view, row.label, role)}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={error ? `${fieldId(name)}-error` : undefined}
      >
        {choices.map((each) => (
          <option value={each} selected={each === chosen}>{wordOf(view, role, each)}</option>
        ))}
      </select>
      {error ? <p class="error" id={`${fieldId(name)}-error`}>{errorText(view.t, error)}</p> : null}
    </td>
  );
};
