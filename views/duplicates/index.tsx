/** The list of possible duplicates: how likely, why, and what was decided. */
import type { Filter, Kind, Pair, Side } from "../../db/duplicate_pairs.ts";
import type { Scan } from "../../db/duplicate_scans.ts";
import type { Reason } from "../../db/duplicate_scores.ts";
import type { Page } from "../../db/pages.ts";
import { path, query } from "../path.ts";
import { bases } from "../records/nouns.ts";
import { Badge } from "../ui/badge.tsx";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { Filters, FilterSelect } from "../ui/filters.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { DataTable } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { View } from "../view.ts";

const base = "/duplicates";

/** What speaks for persons, and what for companies. */
const reasonsOf: Record<Kind, readonly Reason[]> = {
  contact: ["email", "phone", "name", "sound", "company", "postal_code", "birthday"],
  company: ["vat_id", "domain", "phone", "name", "sound", "postal_code"],
};

interface Props {
  view: View;
  page: Page<Pair>;
  filter: Filter;
  /** How many there are; `more` where they were not counted to the end. */
  total: { count: number; more: boolean };
  scan: Scan | null;
}

/** The parts of the page, and where merged records are listed. */
export const DuplicateTabs = (
  { view, current }: { view: View; current: Kind | "merged" },
) => (
  <Tabs
    label={view.t("duplicates.title")}
    links={[
      { href: base, label: view.t("layout.contacts"), current: current === "contact" },
      {
        href: query(base, { kind: "company" }),
        label: view.t("layout.companies"),
        current: current === "company",
      },
      { href: "/merges", label: view.t("merges.title"), current: current === "merged" },
    ]}
  />
);

/** The address of a list. */
const hrefOf = ({ kind, reason, sure, dismissed }: Filter, more: Record<string, string> = {}) =>
  query(base, {
    kind: kind === "contact" ? undefined : kind,
    reason: reason ?? undefined,
    sure: sure ? "1" : undefined,
    state: dismissed ? "dismissed" : undefined,
    ...more,
  });

/** Pairs of one kind, a page at a time, with the look that found them. */
export const DuplicateIndex = (props: Props) => {
  const { view, page, filter, total } = props;
  const { t } = view;
  const active = [filter.reason, filter.sure, filter.dismissed].filter(Boolean).length;
  return (
    <>
      <Head {...props} />
      <DuplicateTabs view={view} current={filter.kind} />
      <Filters
        view={view}
        action={base}
        reset={query(base, { kind: filter.kind === "contact" ? undefined : filter.kind })}
        active={active}
        keep={filter.kind === "contact" ? {} : { kind: filter.kind }}
      >
        <FilterSelect
          view={view}
          name="sure"
          label={t("duplicates.likelihood")}
          value={filter.sure ? "1" : ""}
          options={[{ value: "1", label: t("duplicates.sure") }]}
        />
        <FilterSelect
          view={view}
          name="reason"
          label={t("duplicates.reason")}
          value={filter.reason ?? ""}
          options={reasonsOf[filter.kind].filter((value) => view.shows(filter.kind, value)).map((
            value,
          ) => ({
            value,
            label: t(`duplicates.reason_${value}`),
          }))}
        />
        <FilterSelect
          view={view}
          name="state"
          label={t("duplicates.state")}
          value={filter.dismissed ? "dismissed" : ""}
          options={[{ value: "dismissed", label: t("duplicates.dismissed") }]}
        />
      </Filters>
      <DataTable
        view={view}
        caption={t("duplicates.caption")}
        columns={[
          {
            key: "one",
            header: t("duplicates.one"),
            cell: ({ one }: Pair) => <Who {...props} side={one} />,
          },
          {
            key: "other",
            header: t("duplicates.other"),
            cell: ({ other }) => <Who {...props} side={other} />,
          },
          {
            key: "reasons",
            header: t("duplicates.reason"),
            priority: 2,
            cell: ({ reasons }) => reasonsIn(view, reasons),
          },
          {
            key: "score",
            header: t("duplicates.likelihood"),
            priority: 2,
            cell: ({ score, sure }) => (
              <Badge
                label={t(sure ? "duplicates.sure" : "duplicates.likely", { score })}
                tone={sure ? "accent" : "neutral"}
              />
            ),
          },
          {
            key: "actions",
            header: t("common.actions"),
            headerHidden: true,
            align: "end",
            cell: (pair) => <Buttons view={view} pair={pair} />,
          },
        ]}
        rows={page.rows}
        rowId={({ id }) => `pair-${id}`}
        phoneLine={({ reasons }) => reasonsIn(view, reasons)}
        empty={
          <EmptyState
            title={t(
              active > 0
                ? "duplicates.empty_filtered"
                : props.scan === null
                ? "duplicates.empty_never"
                : props.scan.status === "running"
                ? "duplicates.empty_yet"
                : "duplicates.empty_title",
            )}
            text={active > 0 ? undefined : t("duplicates.empty_text")}
          />
        }
      />
      <Pager
        view={view}
        previous={page.previous && hrefOf(filter, { before: page.previous })}
        next={page.next && hrefOf(filter, { after: page.next })}
        shown={page.rows.length === 0 ? undefined : t(
          total.more ? "duplicates.count_more" : "duplicates.count",
          { count: total.count },
        )}
      />
    </>
  );
};

/** When it was looked for, and the wish for another look. */
const Head = ({ view, scan, filter }: Props) => {
  const { t, format } = view;
  const running = scan?.status === "running";
  const sub = scan === null
    ? t("duplicates.never")
    : running
    ? t("duplicates.running", { count: scan.looked })
    : scan.status === "failed"
    ? t("duplicates.failed", { at: format.dateTime(scan.startedAt) })
    : t("duplicates.looked", { count: scan.looked, at: format.dateTime(scan.finishedAt!) });
  return (
    <PageHeader
      view={view}
      title={t("duplicates.title")}
      sub={
        <span
          id="scan"
          role="status"
          {...(running
            ? {
              "data-hx-get": hrefOf(filter),
              "data-hx-trigger": "every 2s",
              "data-hx-target": "#main",
              "data-hx-select": "#main",
              "data-hx-swap": "outerMorph",
            }
            : {})}
        >
          {sub}
        </span>
      }
    >
      {running
        ? <LinkButton view={view} href={hrefOf(filter)} label={t("mail_accounts.reload")} />
        : (
          <PostButton
            view={view}
            action="/duplicates/scans"
            fields={{ kind: filter.kind }}
            label={t("duplicates.look")}
            icon="search"
          />
        )}
    </PageHeader>
  );
};

const reasonsIn = ({ t }: View, reasons: readonly Reason[]) =>
  reasons.map((reason) => t(`duplicates.reason_${reason}`)).join(", ");

const Who = ({ filter, side }: Props & { side: Side }) => (
  <span class="pair-side">
    <a href={`${bases[filter.kind]}/${side.id}`}>{side.name}</a>
    <small>{[side.company, side.city, side.email].filter(Boolean).join(" · ")}</small>
  </span>
);

const Buttons = ({ view, pair }: { view: View; pair: Pair }) => {
  const { t } = view;
  const both = t("duplicates.both", { one: pair.one.name, other: pair.other.name });
  const named = (label: string) => ({ label: `${label}: ${both}` });
  return (
    <div class="row-actions">
      {pair.dismissedAt
        ? (
          <PostButton
            view={view}
            action={query(path`/duplicates/${pair.id}/dismissal/withdrawal`, { back: view.path })}
            {...named(t("duplicates.reopen"))}
            icon="undo-2"
            iconOnly
            variant="quiet"
          />
        )
        : (
          <>
            <LinkButton
              view={view}
              href={query("/merges/new", { kind: pair.kind, ids: [pair.one.id, pair.other.id] })}
              label={t("duplicates.compare")}
              icon="arrow-left-right"
            />
            <PostButton
              view={view}
              action={query(path`/duplicates/${pair.id}/dismissal`, { back: view.path })}
              {...named(t("duplicates.dismiss"))}
              icon="x"
              iconOnly
              variant="quiet"
            />
          </>
        )}
    </div>
  );
};
