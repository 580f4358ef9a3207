/** The lists of activities and of tasks: shares by when they are due, filters, rows. */
import type { ActivityRow, Share } from "../../db/activity_lists.ts";
import type { Owner } from "../../db/choices.ts";
import type { Page } from "../../db/pages.ts";
import { query } from "../path.ts";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { Icon } from "../ui/icon.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { BatchBar, batchSelection, type Wish } from "./batches.tsx";
import { addressOf, type Asked, ListFilters, ofRecord } from "./filters.tsx";
import { AboutLinks, DoneButton, DueTime, KindMark, NumberToCall } from "./marks.tsx";
import { hrefIn, rowId } from "./rows.tsx";

interface Props {
  view: View;
  /** `/activities` or `/tasks`. */
  base: "/activities" | "/tasks";
  page: Page<ActivityRow>;
  counts: Record<Exclude<Share, "done">, number>;
  /** How far counts go. */
  bound: number;
  asked: Asked;
  owners: readonly Owner[];
  teams: readonly Owner[];
  /** The record that the list is narrowed to, by name. */
  record: { name: string; href: string } | null;
  /** What is ticked, and chosen above, because something was missing. */
  wish: Wish;
}

const shares: readonly Share[] = ["open", "overdue", "today", "week", "done"];

/** The page. */
export const ActivityIndex = (props: Props) => {
  const { view, base, page, asked, record, owners, wish } = props;
  const { t } = view;
  const here = addressOf(base, asked);
  return (
    <>
      <PageHeader
        view={view}
        title={t(base === "/tasks" ? "activities.tasks" : "activities.title")}
        sub={record ? <a href={record.href}>{record.name}</a> : undefined}
      >
        <LinkButton
          view={view}
          href="/activities/calendar#today"
          label={t("calendars.title")}
          icon="calendar"
        />
        {view.can("activities.write")
          ? (
            <LinkButton
              view={view}
              href={query("/activities/new", {
                kind: base === "/tasks" ? "task" : null,
                ...ofRecord(asked.filter),
                back: here,
              })}
              label={t(base === "/tasks" ? "activities.new_task" : "activities.new")}
              icon="plus"
              shortcut="n"
              variant="primary"
            />
          )
          : null}
      </PageHeader>
      <ShareTabs {...props} />
      <ListFilters {...props} isEmpty={page.rows.length === 0} />
      {page.rows.length > 0
        ? <BatchBar view={view} share={asked.filter.share} owners={owners} wish={wish} />
        : null}
      <DataTable
        view={view}
        caption={t(base === "/tasks" ? "activities.tasks_caption" : "activities.caption")}
        columns={columns(view, asked)}
        rows={page.rows}
        rowId={rowId}
        selection={batchSelection(view, wish)}
        href={hrefIn(here)}
        phoneLine={(row) => (
          <>
            {DueTime({ view, activity: row })}
            {row.about[0] ? ` · ${row.about[0].name}` : null}{" "}
            {NumberToCall({ view, activity: row })}
          </>
        )}
        empty={<Empty view={view} base={base} asked={asked} />}
      />
      <Pager
        view={view}
        previous={page.previous && query(here, { before: page.previous })}
        next={page.next && query(here, { after: page.next })}
      />
    </>
  );
};

const ShareTabs = ({ view, base, counts, bound, asked }: Props) => (
  <Tabs
    label={view.t("activities.shares")}
    links={shares.map((share) => ({
      href: addressOf(base, asked, share),
      label: view.t(`activities.share_${share}`),
      current: share === asked.filter.share,
      count: share === "done" || counts[share] === 0
        ? undefined
        : counts[share] < bound
        ? view.format.number(counts[share])
        : `${view.format.number(bound)}+`,
    }))}
  />
);

const columns = (view: View, { filter, owner }: Asked): Column<ActivityRow>[] => {
  const { t } = view;
  return [
    {
      key: "done",
      header: t("activities.complete"),
      headerHidden: true,
      cell: (activity) => DoneButton({ view, activity }),
    },
    filter.share === "done"
      ? {
        key: "done_at",
        header: t("activities.done_at"),
        priority: 2,
        cell: ({ doneAt }) => Time({ view, moment: doneAt, as: "dateTime" }),
      }
      : {
        key: "due",
        header: t("activities.due"),
        priority: 2,
        cell: (activity) => DueTime({ view, activity }),
      },
    {
      key: "subject",
      header: t("activities.subject"),
      heading: true,
      cell: ({ kind, subject, priority, rrule, doneAt }) => (
        <>
          {KindMark({ view, kind })} {subject}
          {priority === "high"
            ? (
              <span class="priority-high" title={t("activities.priority_high")}>
                {Icon({ view, name: "circle-alert" })}
                <span class="visually-hidden">
                  {`${t("activities.priority")}: ${t("activities.priority_high")}`}
                </span>
              </span>
            )
            : null}
          {rrule && doneAt === null
            ? (
              <span class="series-mark" title={t("activities.next_of_series")}>
                {Icon({ view, name: "repeat" })}
              </span>
            )
            : null}
        </>
      ),
    },
    {
      key: "about",
      header: t("activities.about"),
      priority: 2,
      cell: ({ about }) => AboutLinks({ about }),
    },
    ...filter.kind === "call"
      ? [{
        key: "phone",
        header: t("records.phone"),
        priority: 2 as const,
        whole: true as const,
        cell: (activity: ActivityRow) => NumberToCall({ view, activity }),
      }]
      : [],
    // One's own need no name.
    ...owner === "" ? [] : [{
      key: "owner",
      header: t("activities.owner"),
      priority: 3 as const,
      cell: ({ ownerName }: ActivityRow) => ownerName,
    }],
  ];
};

const Empty = ({ view, base, asked }: Pick<Props, "view" | "base" | "asked">) => {
  const { t } = view;
  const { filter, owner } = asked;
  const narrowed = filter.q !== "" || owner !== "" || filter.priority !== null ||
    filter.record !== null ||
    (base !== "/tasks" && filter.kind !== null);
  if (narrowed) {
    return (
      <EmptyState title={t("activities.empty_filtered")}>
        <LinkButton view={view} href={base} label={t("common.reset")} icon="x" />
      </EmptyState>
    );
  }
  return filter.share === "done" ? <EmptyState title={t("activities.empty_done")} /> : (
    <EmptyState
      title={t("activities.empty_open")}
      text={view.can("activities.write") ? t("activities.empty_open_text") : undefined}
    />
  );
};
