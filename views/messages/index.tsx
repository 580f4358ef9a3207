/** The mails that a person writes, by folder. */
import type { Page } from "../../db/pages.ts";
import type { Folder, SentRow } from "../../db/sent_mails.ts";
import { path, query } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { DataTable } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { stateTones } from "./states.ts";

interface Props {
  view: View;
  folder: Folder;
  page: Page<SentRow>;
  waiting: Record<"drafts" | "failed", number>;
}

const shown: readonly Folder[] = ["sent", "queued", "failed", "drafts"];

/** One folder as a list. */
export const MessageIndex = ({ view, folder, page, waiting }: Props) => {
  const { t, format } = view;
  const here = query("/messages", { folder });
  const count = (each: Folder) =>
    each === "drafts" || each === "failed" ? waiting[each] || undefined : undefined;
  return (
    <>
      <PageHeader
        view={view}
        title={t("outgoing.title")}
        crumbs={[{ href: "/inbox", label: t("inbox.title") }]}
      >
        {view.can("mail_accounts.manage")
          ? (
            <LinkButton
              view={view}
              href="/account/mail"
              label={t("mail_accounts.title")}
              icon="settings"
              variant="quiet"
            />
          )
          : null}
        {view.can("mail.send")
          ? (
            <LinkButton
              view={view}
              href="/messages/new"
              label={t("outgoing.new")}
              icon="mail"
              variant="primary"
              shortcut="n"
            />
          )
          : null}
      </PageHeader>
      <Tabs
        label={t("outgoing.folders")}
        links={shown.map((each) => {
          const number = count(each);
          return {
            href: query("/messages", { folder: each === "sent" ? "" : each }),
            label: t(`outgoing.folder_${each}`),
            current: each === folder,
            ...(number ? { count: number > 99 ? "99+" : format.number(number) } : {}),
          };
        })}
      />
      <DataTable
        view={view}
        caption={t(`outgoing.folder_${folder}`)}
        columns={[
          {
            key: "to",
            header: t("outgoing.to"),
            cell: (row: SentRow) => recipients(row) || t("outgoing.no_recipient"),
          },
          {
            key: "subject",
            header: t("outgoing.subject"),
            wide: true,
            cell: ({ subject }) => subject || t("outgoing.no_subject"),
          },
          {
            key: "state",
            header: t("outgoing.state"),
            priority: 2,
            cell: ({ state }) => (
              <Badge label={t(`outgoing.state_${state}`)} tone={stateTones[state]} />
            ),
          },
          {
            key: "at",
            header: t("outgoing.at"),
            priority: 2,
            align: "end",
            cell: ({ at }) => <Time view={view} moment={at} as="dateTime" />,
          },
        ]}
        rows={page.rows}
        href={({ id }) => path`/messages/${id}`}
        phoneLine={({ at }) => <Time view={view} moment={at} as="dateTime" />}
        empty={<EmptyState title={t(`outgoing.empty_${folder}`)} />}
      />
      <Pager
        view={view}
        previous={page.previous && query(here, { before: page.previous })}
        next={page.next && query(here, { after: page.next })}
      />
    </>
  );
};

/** The first one by name, and how many more there are. */
function recipients({ to }: SentRow): string {
  const [first] = to;
  if (!first) return "";
  return `${first.name || first.address}${to.length > 1 ? ` +${to.length - 1}` : ""}`;
}
