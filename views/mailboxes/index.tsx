/** The mailboxes that a person has or shares, each with how it is. */
import type { Mailbox } from "../../db/mailboxes.ts";
import { path } from "../path.ts";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { Badge } from "../ui/badge.tsx";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import { Time } from "../ui/values.tsx";
import type { View } from "../view.ts";

export const MailboxIndex = (
  { view, mailboxes }: { view: View; mailboxes: readonly Mailbox[] },
) => {
  const { t } = view;
  return (
    <>
      <SettingsHead view={view} title={t("mailboxes.title")}>
        <LinkButton
          view={view}
          href="/settings/mailboxes/new"
          label={t("mailboxes.new")}
          variant="primary"
          icon="plus"
        />
      </SettingsHead>
      <SettingsTabs view={view} current="mailboxes" />
      <DataTable
        view={view}
        caption={t("mailboxes.caption")}
        columns={columns(view)}
        rows={mailboxes}
        href={({ id }) => path`/settings/mailboxes/${id}`}
        phoneLine={({ address }) => address}
        empty={
          <EmptyState title={t("mailboxes.empty_title")} text={t("mailboxes.empty_text")}>
            <LinkButton
              view={view}
              href="/settings/mailboxes/new"
              label={t("mailboxes.new")}
              icon="plus"
            />
          </EmptyState>
        }
      />
      <p class="hint">{t("mailboxes.privacy")}</p>
    </>
  );
};

/** Whether a mailbox is all right, in a word. */
export const MailboxState = ({ view, mailbox }: { view: View; mailbox: Mailbox }) => {
  const { t } = view;
  if (isBusy(view, mailbox)) return <Badge label={t("mailboxes.state_running")} tone="accent" />;
  if (mailbox.errorCode) return <Badge label={t("mailboxes.state_failing")} tone="danger" />;
  return mailbox.finishedAt
    ? <Badge label={t("mailboxes.state_ok")} tone="ok" />
    : <Badge label={t("mailboxes.state_new")} />;
};

/** Whether it is being checked, or is about to be. */
export const isBusy = (view: View, { running, dueAt, errorCode, finishedAt }: Mailbox): boolean =>
  running || (dueAt <= view.now && (errorCode === null || finishedAt === null));

/** Whether the user may change it: one's own, or a shared one if the user manages the tenant. */
export const mayChange = (view: View, { userId }: Mailbox): boolean =>
  userId !== null || view.can("settings.manage");

function columns(view: View): Column<Mailbox>[] {
  const { t, format } = view;
  return [
    {
      key: "name",
      header: t("mailboxes.name"),
      cell: ({ name, userId }) => (
        <>
          {name} {userId === null ? <Badge label={t("inbox.shared")} /> : null}
        </>
      ),
    },
    {
      key: "address",
      header: t("mailboxes.address"),
      priority: 2,
      cell: ({ address }) => address,
    },
    {
      key: "state",
      header: t("mailboxes.state"),
      cell: (mailbox) => <MailboxState view={view} mailbox={mailbox} />,
    },
    {
      key: "run",
      header: t("mailboxes.last_run"),
      priority: 2,
      cell: ({ beganAt }) => <Time view={view} moment={beganAt} as="relative" />,
    },
    {
      key: "received",
      header: t("mailboxes.received"),
      align: "end",
      priority: 3,
      cell: ({ received }) => format.number(received),
    },
    {
      key: "check",
      header: t("common.actions"),
      priority: 2,
      cell: (mailbox) =>
        mayChange(view, mailbox)
          ? (
            <PostButton
              view={view}
              action={path`/settings/mailboxes/${mailbox.id}/checks`}
              label={`${t("mailboxes.check")}: ${mailbox.name}`}
              icon="refresh-cw"
              iconOnly
              variant="quiet"
            />
          )
          : null,
    },
  ];
}
