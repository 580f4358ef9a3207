/** Notifications: the bell in the header, and the list. */
import type { Notification } from "../db/notification_texts.ts";
import type { Page } from "../db/pages.ts";
import { countLabel, sentence } from "./notification_texts.ts";
import { path, query } from "./path.ts";
import { LinkButton, PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { Icon } from "./ui/icon.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { DataTable } from "./ui/table.tsx";
import { Tabs } from "./ui/tabs.tsx";
import { Time } from "./ui/values.tsx";
import type { View } from "./view.ts";

/** The link to the list with the count of what is new, which `static/js/news.js` keeps fresh. */
export const Bell = ({ view }: { view: View }) => {
  const unread = view.user?.unread ?? 0;
  return (
    <>
      <a class="bell" href="/notifications" data-unread={unread}>
        <Icon view={view} name="bell" />
        <span class="visually-hidden" data-label>{countLabel(view.t, unread)}</span>
        <span class="bell-count" aria-hidden="true" data-count>
          {unread > 99 ? "99+" : unread || ""}
        </span>
      </a>
      <span class="visually-hidden" role="status" id="news" />
    </>
  );
};

/** All notifications or the unread ones, a page at a time. */
export const NotificationIndex = (
  { view, page, unread }: { view: View; page: Page<Notification>; unread: boolean },
) => {
  const { t } = view;
  const here = unread ? "/notifications?show=unread" : "/notifications";
  const newest = page.previous === null ? page.rows[0]?.id : undefined;
  const fresh = page.rows.some(({ readAt }) => readAt === null);
  return (
    <>
      <PageHeader view={view} title={t("notifications.title")}>
        {newest && fresh
          ? (
            <PostButton
              view={view}
              action={query("/notifications/reading", { show: unread && "unread" || null })}
              fields={{ upTo: newest }}
              label={t("notifications.read_all")}
              icon="check"
            />
          )
          : null}
        <LinkButton
          view={view}
          href="/account#notifications"
          label={t("notifications.settings")}
          icon="settings"
          variant="quiet"
        />
      </PageHeader>
      <Tabs
        label={t("notifications.choice")}
        links={[
          { href: "/notifications", label: t("common.all"), current: !unread },
          {
            href: "/notifications?show=unread",
            label: t("notifications.unread_only"),
            current: unread,
          },
        ]}
      />
      <div id="notifications" {...page.previous === null ? live(here) : {}}>
        <DataTable
          view={view}
          caption={t("notifications.title")}
          columns={[
            {
              key: "text",
              header: t("notifications.text"),
              cell: (row: Notification) => <Sentence view={view} row={row} />,
            },
            {
              key: "at",
              header: t("notifications.at"),
              priority: 2,
              cell: ({ createdAt }) => <Time view={view} moment={createdAt} as="relative" />,
            },
            {
              key: "read",
              header: t("common.actions"),
              cell: (row) => <Reading view={view} row={row} unread={unread} />,
            },
          ]}
          rows={page.rows}
          rowId={({ id }) => `notification-${id}`}
          href={({ id }) => path`/notifications/${id}`}
          phoneLine={({ createdAt }) => view.format.relative(createdAt)}
          empty={
            <EmptyState
              title={t(unread ? "notifications.none_unread" : "notifications.none")}
              text={t("notifications.none_text")}
            >
              <a href="/account#notifications">{t("notifications.choose")}</a>
            </EmptyState>
          }
        />
        <Pager
          view={view}
          previous={page.previous && query(here, { before: page.previous })}
          next={page.next && query(here, { after: page.next })}
        />
      </div>
    </>
  );
};

/** The first page takes in what comes while it is looked at. */
const live = (here: string) => ({
  "data-hx-get": here,
  "data-hx-trigger": "news from:body",
  "data-hx-select": "#notifications",
  "data-hx-target": "this",
  "data-hx-swap": "outerMorph",
});

const Sentence = ({ view, row }: { view: View; row: Notification }) =>
  row.readAt ? <span class="read">{sentence(view, row)}</span> : (
    <>
      <span class="visually-hidden">{`${view.t("notifications.new")}: `}</span>
      <b class="unread">{sentence(view, row)}</b>
    </>
  );

const Reading = (
  { view, row, unread }: { view: View; row: Notification; unread: boolean },
) =>
  row.readAt ? null : (
    <PostButton
      view={view}
      action={query(path`/notifications/${row.id}/reading`, { show: unread && "unread" || null })}
      label={view.t("notifications.read_one")}
      icon="check"
      iconOnly
      variant="quiet"
    />
  );
