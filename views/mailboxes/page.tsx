/** The page of a mailbox: when it was read, what that brought, and in plain words what went wrong. */
import type { Mailbox } from "../../db/mailboxes.ts";
import type { Folder, Role } from "../../db/mailboxes/folders.ts";
import type { MessageKey } from "../i18n/translate.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { Select } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import { Nothing, Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { isBusy, MailboxState, mayChange } from "./index.tsx";

interface Props {
  view: View;
  mailbox: Mailbox & { read: readonly Folder[] };
}

export const MailboxPage = ({ view, mailbox }: Props) => {
  const { t } = view;
  const here = path`/settings/mailboxes/${mailbox.id}`;
  const busy = isBusy(view, mailbox);
  const changes = mayChange(view, mailbox);
  return (
    <div
      id="mailbox"
      {...busy
        ? {
          "data-hx-get": here,
          "data-hx-trigger": "every 2s",
          "data-hx-target": "#mailbox",
          "data-hx-select": "#mailbox",
          "data-hx-swap": "outerMorph",
        }
        : {}}
    >
      <PageHeader
        view={view}
        title={mailbox.name}
        sub={mailbox.address}
        crumbs={[{ href: "/settings/mailboxes", label: t("mailboxes.title") }]}
        marks={
          <>
            <MailboxState view={view} mailbox={mailbox} />
            {mailbox.privacy ? <Badge label={t("mailboxes.privacy_mark")} /> : null}
            {mailbox.userId === null ? <Badge label={t("inbox.shared")} /> : null}
          </>
        }
      >
        {changes
          ? (
            <>
              <PostButton
                view={view}
                action={`${here}/checks`}
                label={t("mailboxes.check")}
                icon="refresh-cw"
                variant="primary"
              />
              <LinkButton
                view={view}
                href={`${here}/edit`}
                label={t("mailboxes.edit")}
                icon="pencil"
              />
            </>
          )
          : null}
      </PageHeader>
      {busy
        ? <p role="status">{t("mailboxes.running")}</p>
        : <Fault view={view} mailbox={mailbox} />}
      <DescriptionList
        items={[
          [
            t("mailboxes.last_run"),
            mailbox.beganAt
              ? <Time view={view} moment={mailbox.beganAt} as="dateTime" />
              : t("mailboxes.never"),
          ],
          [t("mailboxes.received"), view.format.number(mailbox.received)],
          !busy && [
            t("mailboxes.next_run"),
            <Time view={view} moment={mailbox.dueAt} as="dateTime" />,
          ],
          [t("mailboxes.days"), view.format.date(mailbox.sinceOn)],
          [t("mailboxes.host"), `${mailbox.host}:${mailbox.port}`],
          [t("mailboxes.username"), mailbox.username],
        ]}
      />
      <Panel title={t("mailboxes.folders")} id="folders">
        <p class="hint">{t("mailboxes.folders_hint")}</p>
        <DataTable
          view={view}
          caption={t("mailboxes.folders")}
          columns={folderColumns(view)}
          rows={mailbox.read}
        />
        {changes && mailbox.folders.length > 0
          ? <FolderChoice view={view} mailbox={mailbox} action={`${here}/folders`} />
          : null}
      </Panel>
      {changes
        ? (
          <Panel title={t("mailboxes.remove")} id="removal">
            <p>{t("mailboxes.remove_text")}</p>
            <PostButton
              view={view}
              action={`${here}/removal`}
              label={t("mailboxes.remove")}
              variant="danger"
              icon="trash-2"
            />
          </Panel>
        )
        : null}
    </div>
  );
};

const Fault = ({ view, mailbox: { errorCode } }: Props) => {
  if (!errorCode) return null;
  return <Notice view={view} kind="error" text={faultText(view, errorCode)} />;
};

/** What is wrong with a mailbox, and what helps. */
export function faultText({ t }: View, errorCode: string): string {
  const key = `mailboxes.error_${errorCode}`;
  const known = isMessageKey(key) ? key : "mailboxes.error_unexpected";
  return `${t(known)} ${t(`${known}_help` as MessageKey)}`;
}

function folderColumns(view: View): Column<Folder>[] {
  const { t, format } = view;
  const count = (value: number | null) =>
    value === null ? <Nothing view={view} /> : format.number(value);
  return [
    {
      key: "path",
      header: t("mailboxes.folder"),
      cell: ({ path, role }) => (
        <>
          {path} <Badge label={t(`mailboxes.folder_${role}`)} />
        </>
      ),
    },
    {
      key: "server",
      header: t("mailboxes.folder_on_server"),
      align: "end",
      cell: ({ onServer }) => count(onServer),
    },
    {
      key: "known",
      header: t("mailboxes.folder_known"),
      align: "end",
      priority: 2,
      cell: ({ known }) => count(known),
    },
    {
      key: "missing",
      header: t("mailboxes.folder_missing"),
      align: "end",
      cell: ({ missing }) =>
        missing ? <Badge label={format.number(missing)} tone="warn" /> : count(missing),
    },
    {
      key: "counted",
      header: t("mailboxes.counted"),
      priority: 2,
      cell: ({ countedAt }) => <Time view={view} moment={countedAt} as="dateTime" />,
    },
  ];
}

const FolderChoice = ({ view, mailbox, action }: Props & { action: string }) => {
  const { t } = view;
  const chosen = (role: Role) => mailbox.read.find((each) => each.role === role)?.path ?? "";
  const form = { values: { inbox: chosen("inbox"), sent: chosen("sent") }, errors: {} };
  // A chosen folder that is gone stays to be seen.
  const paths = [...new Set([chosen("inbox"), chosen("sent"), ...mailbox.folders])].filter(Boolean);
  const options = paths.map((value) => ({ value, label: value }));
  return (
    <Form view={view} form={form} action={action}>
      <Select
        view={view}
        form={form}
        name="inbox"
        label={t("mailboxes.folder_inbox")}
        options={options}
        empty={t("mailboxes.folder_none")}
      />
      <Select
        view={view}
        form={form}
        name="sent"
        label={t("mailboxes.folder_sent")}
        options={options}
        empty={t("mailboxes.folder_none")}
      />
      <FormActions>
        <Button view={view} label={t("common.save")} />
      </FormActions>
    </Form>
  );
};
