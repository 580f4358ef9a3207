/** The inbox: its folders, and the mails in each. */
import type { Filter, InboxRow, Place, Whose } from "../db/inbox.ts";
import type { Shown } from "../db/inbox_discards.ts";
import type { Failing } from "../db/mailboxes/runs.ts";
import type { Page } from "../db/pages.ts";
import { faultText } from "./mailboxes/page.tsx";
import { subjectInRow } from "./messages/subjects.ts";
import { path, query } from "./path.ts";
import { Badge } from "./ui/badge.tsx";
import { Button, LinkButton, PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { Icon } from "./ui/icon.tsx";
import { Filters, FilterSelect, FilterText } from "./ui/filters.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { type Column, DataTable } from "./ui/table.tsx";
import { Tabs } from "./ui/tabs.tsx";
import { Time } from "./ui/values.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  page: Page<InboxRow>;
  filter: Filter;
  /** How many lie open and automatic, up to a bound. */
  counts: { open: number; automatic: number; bound: number };
  /** The mailboxes that are not read; nobody looks at their pages each day. */
  failing: readonly Failing[];
  /** All that can be thrown away at once, where it is more than the page. */
  all: Shown | null;
  most: number;
}

const places: readonly Place[] = ["open", "automatic", "assigned", "discarded"];

/** A part of the inbox, or what is done with it `below` its address. */
export const inboxHref = (
  { place, whose, q }: Filter,
  more: Record<string, string | null> = {},
  below = "",
): string => query(`/inbox${below}`, { place: place === "open" ? null : place, whose, q, ...more });

/** One place of the inbox, a page at a time. */
export const InboxIndex = ({ view, page, filter, counts, failing, all, most }: Props) => {
  const { t, format } = view;
  const { place, whose, q } = filter;
  const active = (whose ? 1 : 0) + (q ? 1 : 0);
  const count = (of: Place) => {
    if (of !== "open" && of !== "automatic") return undefined;
    if (counts[of] === 0) return undefined;
    return counts[of] > counts.bound
      ? `${format.number(counts.bound)}+`
      : format.number(counts[of]);
  };
  const settles = view.can("mail.send") && (place === "open" || place === "automatic");
  return (
    <>
      <PageHeader view={view} title={t("inbox.title")}>
        <LinkButton view={view} href="/messages" label={t("outgoing.folder_sent")} />
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
        {view.can("mail_accounts.manage")
          ? (
            <LinkButton
              view={view}
              href="/settings/mailboxes"
              label={t("mailboxes.title")}
              icon="settings"
              variant="quiet"
            />
          )
          : null}
      </PageHeader>
      {failing.map(({ id, name, errorCode }) => (
        <div class="flash flash-warn">
          <Icon view={view} name="triangle-alert" />
          <p>{t("inbox.mailbox_failing", { name, reason: faultText(view, errorCode) })}</p>
          <a href={path`/settings/mailboxes/${id}`}>{t("inbox.mailbox_open")}</a>
        </div>
      ))}
      <Tabs
        label={t("inbox.title")}
        links={places.map((each) => ({
          href: inboxHref({ place: each, whose, q: "" }),
          label: t(`inbox.place_${each}`),
          current: each === place,
          count: count(each),
        }))}
      />
      <Filters
        view={view}
        action="/inbox"
        reset={inboxHref({ place, whose: null, q: "" })}
        active={active}
        keep={place === "open" ? {} : { place }}
      >
        <FilterText view={view} name="q" label={t("inbox.search")} value={q} />
        <FilterSelect
          view={view}
          name="whose"
          label={t("inbox.whose")}
          value={whose ?? ""}
          options={(["own", "shared"] as const).map((value: NonNullable<Whose>) => ({
            value,
            label: t(`inbox.whose_${value}`),
          }))}
        />
      </Filters>
      {settles && page.rows.length > 0
        ? (
          <form
            method="post"
            action={inboxHref(filter, {}, "/discarding")}
            id="discarding"
            class="toolbar bulk-bar"
          >
            {all?.last ? <All view={view} {...all} most={most} /> : null}
            <Button view={view} label={t("inbox.discard")} icon="trash-2" />
            <output data-ticked={t("lists.bulk_ticked", { count: "{count}" })} />
          </form>
        )
        : null}
      <DataTable
        view={view}
        caption={t("inbox.caption")}
        columns={columns(view, place)}
        rows={page.rows}
        rowId={({ id }) => `inbox-${id}`}
        href={({ messageId }) => path`/messages/${messageId}`}
        phoneLine={({ subject, at }) => `${format.dateTime(at)} · ${subjectInRow(view, subject)}`}
        selection={settles && page.rows.length > 0
          ? {
            form: "discarding",
            name: "ids",
            value: ({ id }) => id,
            label: (row) => row.fromName || row.fromAddress,
          }
          : undefined}
        empty={<Empty view={view} place={place} filtered={active > 0} />}
      />
      <Pager
        view={view}
        previous={page.previous && inboxHref(filter, { before: page.previous })}
        next={page.next && inboxHref(filter, { after: page.next })}
      />
    </>
  );
};

/** The tick for all that the list shows; `last` and `mark` keep out what comes while it is read. */
const All = ({ view, count, last, mark, most }: Shown & { view: View; most: number }) => (
  <label class="choice">
    <input type="hidden" name="last" value={last!} />
    <input type="hidden" name="mark" value={mark!} />
    <input type="checkbox" name="all" value="1" />
    <span>
      {count > most
        ? view.t("inbox.discard_newest", { count: most })
        : view.t("lists.bulk_all", { count })}
    </span>
  </label>
);

function columns(view: View, place: Place): Column<InboxRow>[] {
  const { t } = view;
  return [
    {
      key: "from",
      header: t("inbox.sender"),
      cell: ({ fromName, fromAddress, readAt }) => (
        <span class={readAt ? undefined : "unread"}>
          {fromName || fromAddress || t("messages.no_sender")}
          {readAt ? null : <span class="visually-hidden">({t("inbox.unread")})</span>}
        </span>
      ),
    },
    {
      key: "subject",
      header: t("inbox.subject"),
      priority: 2,
      cell: ({ subject, kind, shared }) => (
        <>
          {subjectInRow(view, subject)}{" "}
          {kind === "mail" ? null : <Badge label={t(`messages.kind_${kind}`)} />}{" "}
          {shared ? <Badge label={t("inbox.shared")} /> : null}
        </>
      ),
    },
    {
      key: "address",
      header: t("records.email"),
      priority: 3,
      cell: ({ fromAddress }) => fromAddress,
    },
    place === "discarded"
      ? {
        key: "erased",
        header: t("inbox.erased"),
        cell: ({ eraseAfter }) => <Time view={view} moment={eraseAfter} />,
      }
      : {
        key: "at",
        header: t("inbox.received"),
        priority: 2,
        cell: ({ at }) => <Time view={view} moment={at} as="dateTime" />,
      },
    ...place === "discarded" && view.can("mail.send")
      ? [{
        key: "recover",
        header: t("common.actions"),
        cell: ({ id, fromName, fromAddress }: InboxRow) => (
          <PostButton
            view={view}
            action={path`/inbox/${id}/recovery`}
            label={`${t("inbox.recover")}: ${fromName || fromAddress}`}
            icon="undo-2"
            iconOnly
            variant="quiet"
          />
        ),
      }]
      : [],
  ];
}

const Empty = ({ view, place, filtered }: { view: View; place: Place; filtered: boolean }) => {
  const { t } = view;
  if (filtered) return <EmptyState title={t("inbox.empty_filtered")} />;
  return (
    <EmptyState
      title={t(`inbox.empty_${place}`)}
      text={place === "open" ? t("inbox.empty_open_text") : undefined}
    >
      {place === "open" && view.can("mail_accounts.manage")
        ? (
          <LinkButton
            view={view}
            href="/settings/mailboxes"
            label={t("inbox.set_up")}
            icon="mail"
          />
        )
        : null}
    </EmptyState>
  );
};
