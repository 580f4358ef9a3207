/** The team of a tenant: its people, its open invitations. */
import type { Invitation } from "../db/invitations.ts";
import type { Role } from "../db/roles.ts";
import type { User } from "../db/users.ts";
import { path, query } from "./path.ts";
import { SettingsHead, SettingsTabs } from "./settings.tsx";
import { Badge } from "./ui/badge.tsx";
import { Button, PostButton } from "./ui/button.tsx";
import { EmailField, RadioGroup } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { Pager } from "./ui/pager.tsx";
import { Panel } from "./ui/panel.tsx";
import { type Column, DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

const roles: readonly Role[] = ["owner", "admin", "member", "read_only"];

/** The roles this person may give. */
const givable = ({ can }: View) => roles.filter((role) => role !== "owner" || can("owners.manage"));

interface Props {
  view: View;
  form: FormState;
  users: readonly User[];
  next: string | null;
  invitations: readonly Invitation[];
  /** The current user. */
  self: string;
}

export const TeamPage = ({ view, form, users, next, invitations, self }: Props) => {
  const { t } = view;
  const manages = view.can("users.manage");
  return (
    <>
      <SettingsHead view={view} title={t("team.title")} />
      <SettingsTabs view={view} current="team" />
      <div class="panel">
        <div class="people">
          <UserTable view={view} users={users} self={self} />
        </div>
        <Pager
          view={view}
          previous={view.path.includes("after=") ? "/settings/team" : null}
          next={next ? query("/settings/team", { after: next }) : null}
        />
      </div>
      {manages ? <InvitePanel view={view} form={form} /> : null}
      {invitations.length > 0
        ? (
          <Panel title={t("team.invitations")}>
            <InvitationTable view={view} invitations={invitations} />
          </Panel>
        )
        : null}
    </>
  );
};

const UserTable = (
  { view, users, self }: { view: View; users: readonly User[]; self: string },
) => {
  const { t } = view;
  const columns: Column<User>[] = [
    {
      key: "name",
      header: t("team.name"),
      cell: ({ id, name }) => (
        <>
          {name} {id === self ? <Badge label={t("team.you")} tone="accent" /> : null}
        </>
      ),
    },
    { key: "email", header: t("team.email"), priority: 2, cell: ({ email }) => email },
    {
      key: "role",
      header: t("team.role"),
      cell: (user) => (mayChange(view, user) ? <RoleForm view={view} user={user} /> : t(
        `team.role_${user.role}`,
      )),
    },
    {
      key: "state",
      header: t("team.state"),
      cell: (user) => <State view={view} user={user} self={self} />,
    },
  ];
  return (
    <DataTable<User>
      view={view}
      caption={t("team.title")}
      rows={users}
      rowId={({ id }) => `user-${id}`}
      phoneLine={({ email }) => email}
      columns={columns}
    />
  );
};

const mayChange = ({ can }: View, { role }: User) =>
  can("users.manage") && (role !== "owner" || can("owners.manage"));

const RoleForm = ({ view, user }: { view: View; user: User }) => (
  <form method="post" action={path`/settings/team/${user.id}/role`} class="inline-form role-form">
    <select name="role" aria-label={view.t("team.role_of", { name: user.name })}>
      {givable(view).map((role) => (
        <option value={role} selected={role === user.role}>{view.t(`team.role_${role}`)}</option>
      ))}
    </select>
    <Button view={view} label={view.t("team.role_save")} variant="quiet" />
  </form>
);

const State = ({ view, user, self }: { view: View; user: User; self: string }) => {
  const { t } = view;
  const off = user.deactivatedAt !== null;
  return (
    <>
      {off ? <Badge label={t("team.deactivated")} tone="warn" /> : null}
      {mayChange(view, user) && user.id !== self
        ? (
          <PostButton
            view={view}
            action={path`/settings/team/${user.id}/` + (off ? "reactivate" : "deactivate")}
            label={t(off ? "team.reactivate" : "team.deactivate")}
            variant="quiet"
          >
            <span class="visually-hidden">{user.name}</span>
          </PostButton>
        )
        : off
        ? null
        : t("team.active")} {user.guarded
        ? mayChange(view, user) && user.id !== self
          ? (
            <PostButton
              view={view}
              action={path`/settings/team/${user.id}/factors/removal`}
              label={t("team.factors_reset")}
              variant="quiet"
            >
              <span class="visually-hidden">{user.name}</span>
            </PostButton>
          )
          : null
        : off
        ? null
        : <Badge label={t("team.unguarded")} tone="neutral" />}
    </>
  );
};

const InvitePanel = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  const labels = { email: t("team.email"), role: t("team.role") };
  const filled = form.values.role ? form : { ...form, values: { ...form.values, role: "member" } };
  return (
    <Panel title={t("team.invite")} id="invite">
      <Form view={view} form={form} action="/settings/team/invitations" labels={labels}>
        <EmailField view={view} form={form} name="email" label={labels.email} required />
        <RadioGroup
          view={view}
          form={filled}
          name="role"
          label={labels.role}
          required
          options={givable(view).map((role) => ({
            value: role,
            label: t(`team.role_${role}`),
            hint: t(`team.role_${role}_hint`),
          }))}
        />
        <FormActions>
          <Button view={view} label={t("team.invite_submit")} variant="primary" />
        </FormActions>
      </Form>
    </Panel>
  );
};

const InvitationTable = (
  { view, invitations }: { view: View; invitations: readonly Invitation[] },
) => {
  const { t, format } = view;
  return (
    <DataTable<Invitation>
      view={view}
      caption={t("team.invitations")}
      rows={invitations}
      columns={[
        { key: "email", header: t("team.email"), cell: ({ email }) => email },
        {
          key: "role",
          header: t("team.role"),
          priority: 2,
          cell: ({ role }) => t(`team.role_${role}`),
        },
        {
          key: "expires",
          header: t("team.expires"),
          priority: 2,
          cell: ({ expiresAt }) =>
            expiresAt <= view.now
              ? <Badge label={t("team.expired")} tone="warn" />
              : format.date(expiresAt),
        },
        {
          key: "actions",
          header: t("common.actions"),
          cell: ({ id, email }) => (
            <div class="inline-form">
              {(["resend", "revoke"] as const).map((action) => (
                <PostButton
                  view={view}
                  action={path`/settings/team/invitations/${id}/${action}`}
                  label={t(`team.invitation_${action}`)}
                  variant="quiet"
                >
                  <span class="visually-hidden">{email}</span>
                </PostButton>
              ))}
            </div>
          ),
        },
      ]}
    />
  );
};
