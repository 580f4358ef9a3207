/** What a user is told of: the bell in the header, the list, the words for each kind. */
import type { Notification } from "../db/notifications.ts";
import type { Page } from "../db/pages.ts";
import type { Translate } from "./i18n/translate.ts";
import { path, query } from "./path.ts";
import { PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { Icon } from "./ui/icon.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { DataTable } from "./ui/table.tsx";
import { Tabs } from "./ui/tabs.tsx";
import { Time } from "./ui/values.tsx";
import type { View } from "./view.ts";

/** How many are unread, in words; 100 stands for more. */
export const countLabel = (t: Translate, unread: number): string =>
  unread === 0
    ? t("notifications.title")
    : unread > 99
    ? t("notifications.unread_many")
    : t("notifications.unread", { count: unread });

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

/** Where a notification leads: to the record, or to the list that holds what it counts. */
export function hrefOf(row: Notification): string {
  const { contactId, companyId, importId, bulkChangeId, name, recordKind } = row;
  if (importId) return path`/imports/${importId}`;
  if (bulkChangeId) return path`/bulk-changes/${bulkChangeId}`;
  if ((contactId || companyId) && name === null) return "/notifications";
  if (contactId) return path`/contacts/${contactId}`;
  if (companyId) return path`/companies/${companyId}`;
  return recordKind === "company" ? "/companies?sort=touch" : "/contacts?sort=touch";
}

/** What a notification says. Records that may not be seen any more are not named. */
export function sentence(t: Translate, row: Notification): string {
  const { kind, recordKind, status, count } = row;
  const by = row.actorName ?? t("notifications.somebody");
  const name = row.name ?? "";
  if (kind === "import_done") {
    return t(status === "failed" ? "notifications.import_failed" : "notifications.import_done", {
      name,
    });
  }
  if (kind === "bulk_change_done") {
    const undone = status === "undone" ? "undone" : "done";
    return t(`notifications.bulk_change_${undone}`, { count: row.changed ?? 0 });
  }
  if (!row.contactId && !row.companyId) {
    const what = t(`notifications.count_${recordKind}`, { count });
    return t("notifications.assigned_several", { by, what });
  }
  return row.name === null
    ? t("notifications.assigned_hidden", { by })
    : t(`notifications.assigned_${recordKind === "company" ? "company" : "contact"}`, { by, name });
}

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
  row.readAt ? <span class="read">{sentence(view.t, row)}</span> : (
    <>
      <span class="visually-hidden">{`${view.t("notifications.new")}: `}</span>
      <b class="unread">{sentence(view.t, row)}</b>
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
