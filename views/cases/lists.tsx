/** Lists beside the queue: current restrictions, and statistics on closed requests. */
import type { Counter } from "../../db/case_counters.ts";
import type { Page } from "../../db/pages.ts";
import type { Standing } from "../../db/restrictions.ts";
import { path, query } from "../path.ts";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import type { Desk } from "./desk.tsx";

/** Who is restricted, since when and why, with the way to the request. */
export const RestrictionList = (
  { view, desk, found }: { view: View; desk: Desk; found: Page<Standing> },
) => {
  const { t, format } = view;
  const here = `${desk.base}/restrictions`;
  return (
    <>
      <PageHeader
        view={view}
        title={t("case_lists.restrictions")}
        crumbs={[{ href: desk.base, label: t("cases.title") }]}
      />
      <p class="hint">{t("case_lists.restrictions_hint")}</p>
      <DataTable<Standing>
        view={view}
        caption={t("case_lists.restrictions")}
        rows={found.rows}
        empty={<EmptyState title={t("case_lists.restrictions_none")} />}
        phoneLine={({ ground }) => t(`cases.ground_${ground}`)}
        columns={[
          { key: "name", header: t("cases.person"), cell: ({ name }) => name },
          {
            key: "ground",
            header: t("cases.restriction_ground"),
            priority: 2,
            cell: ({ ground }) => t(`cases.ground_${ground}`),
          },
          {
            key: "since",
            header: t("case_lists.restrictions_since"),
            priority: 2,
            cell: ({ imposedAt }) => format.date(imposedAt),
          },
          {
            key: "ends",
            header: t("cases.restriction_ends_on"),
            priority: 3,
            cell: ({ liftOn }) => liftOn ? format.date(liftOn) : "",
          },
          {
            key: "case",
            header: t("cases.number"),
            cell: ({ caseId, number }) =>
              caseId
                ? <a href={desk.base + path`/${caseId}`}>{number}</a>
                : t("case_lists.restrictions_brought_back"),
          },
        ]}
      />
      <Pager
        view={view}
        previous={found.previous && query(here, { before: found.previous })}
        next={found.next && query(here, { after: found.next })}
      />
    </>
  );
};

/** What remains after the evidence: numbers of nobody. */
export const CounterList = (
  { view, desk, counters }: { view: View; desk: Desk; counters: readonly Counter[] },
) => {
  const { t, format } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("case_lists.counters")}
        crumbs={[{ href: desk.base, label: t("cases.title") }]}
      />
      <p class="hint">{t("case_lists.counters_hint")}</p>
      <DataTable<Counter>
        view={view}
        caption={t("case_lists.counters")}
        rows={counters}
        empty={<EmptyState title={t("case_lists.counters_none")} />}
        phoneLine={({ right }) => t(`cases.right_${right}`)}
        columns={[
          { key: "year", header: t("case_lists.counters_year"), cell: ({ year }) => String(year) },
          {
            key: "right",
            header: t("cases.rights"),
            priority: 2,
            cell: ({ right }) => t(`cases.right_${right}`),
          },
          {
            key: "outcome",
            header: t("case_lists.counters_outcome"),
            cell: ({ outcome }) => t(`cases.status_${outcome}`),
          },
          {
            key: "count",
            header: t("case_lists.counters_count"),
            cell: ({ count }) => format.number(count),
          },
          {
            key: "in_time",
            header: t("case_lists.counters_in_time"),
            priority: 3,
            cell: ({ inTime }) => format.number(inTime),
          },
        ]}
      />
    </>
  );
};
