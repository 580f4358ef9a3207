/** The pages of teams: all of them with their people, and one to change. */
import type { SightChange } from "../db/sight_changes.ts";
import type { Person, Team } from "../db/teams.ts";
import { path } from "./path.ts";
import { SettingsHead, SettingsTabs } from "./settings.tsx";
import { changeWords } from "./sights.tsx";
import { Button, LinkButton, PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { CheckboxGroup, HiddenField, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "./ui/form.tsx";
import { HistoryList } from "./ui/history.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Panel } from "./ui/panel.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

const home = "/settings/teams";

interface Props {
  view: View;
  /** The form of a new team. */
  form: FormState;
  teams: readonly Team[];
  changes: readonly SightChange[];
}

/** All teams, the form of a new one, and what was decided lately. */
export const TeamIndex = ({ view, form, teams, changes }: Props) => {
  const { t } = view;
  return (
    <>
      <SettingsHead view={view} title={t("teams.title")} />
      <SettingsTabs view={view} current="teams" />
      <p>
        {t("teams.text")} <a href="/settings/sight">{t("teams.to_sight")}</a>
      </p>
      <DataTable
        view={view}
        caption={t("teams.title")}
        columns={[
          {
            key: "name",
            header: t("common.name"),
            cell: ({ id, name }: Team) => <a href={path`/settings/teams/${id}`}>{name}</a>,
          },
          {
            key: "members",
            header: t("teams.members"),
            priority: 2,
            cell: (team) => membersOf(view, team),
          },
          {
            key: "actions",
            header: t("common.actions"),
            headerHidden: true,
            align: "end",
            cell: ({ id, name }) => (
              <PostButton
                view={view}
                action={path`/settings/teams/${id}/deletion`}
                label={`${t("teams.remove")}: ${name}`}
                icon="trash-2"
                iconOnly
                variant="quiet"
              />
            ),
          },
        ]}
        rows={teams}
        rowId={({ id }) => `team-${id}`}
        phoneLine={(team) => membersOf(view, team)}
        empty={<EmptyState title={t("teams.empty_title")} text={t("teams.empty_text")} />}
      />
      <Form view={view} form={form} action={home} labels={{ name: t("teams.new") }}>
        <HiddenField name="id" value={valueOf(form, "id")} />
        <div class="inline-form">
          <TextField view={view} form={form} name="name" label={t("teams.new")} maxlength={100} />
          <Button view={view} label={t("common.create")} icon="plus" />
        </div>
      </Form>
      {changes.length > 0
        ? (
          <Panel title={t("history.title")} id="history">
            <HistoryList
              view={view}
              entries={changes.map((change) => ({
                at: change.at,
                who: change.actorName ?? t("history.unknown"),
                ...changeWords(view, change),
              }))}
            />
          </Panel>
        )
        : null}
    </>
  );
};

const membersOf = ({ t }: View, { members }: Team) =>
  members.length === 0 ? t("teams.nobody") : members.map(({ name }) => name).join(", ");

/** One team: its name and its members. */
export const TeamForm = (
  { view, form, team, people }: {
    view: View;
    form: FormState;
    team: Team;
    /** Everybody who can be a member. */
    people: readonly Person[];
  },
) => {
  const { t } = view;
  const labels = { name: t("common.name"), members: t("teams.members") };
  return (
    <>
      <PageHeader
        view={view}
        title={team.name}
        crumbs={[{ href: home, label: t("teams.title") }]}
      />
      <Form view={view} form={form} labels={labels}>
        <TextField
          view={view}
          form={form}
          name="name"
          label={labels.name}
          maxlength={100}
          required
          size="m"
        />
        <CheckboxGroup
          view={view}
          form={form}
          name="members"
          label={labels.members}
          hint={t("teams.members_hint")}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
          <LinkButton view={view} href={home} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};
