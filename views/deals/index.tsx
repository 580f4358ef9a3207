/** The list of deals. */
import type { Choices } from "../../db/choices.ts";
import type { DealRow } from "../../db/deal_lists.ts";
import type { Page } from "../../db/pages.ts";
import type { Stage } from "../../db/stages.ts";
import type { ViewRow } from "../../db/views.ts";
import { BulkBar, bulkSelection } from "../bulk_changes.tsx";
import { ColumnChoice } from "../records/column_choice.tsx";
import { chosenColumns } from "../records/columns.ts";
import { fieldsOf } from "../records/custom.tsx";
import { type CustomCells, customColumns } from "../records/custom_filters.tsx";
import { RecordFilters } from "../records/filters.tsx";
import {
  active,
  type Asked,
  inSight,
  listHref,
  ListMenu,
  RecordPager,
  sorting,
  type Total,
} from "../records/lists.tsx";
import { inList } from "../records/neighbours.tsx";
import { Tags } from "../ui/badge.tsx";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import { Money, Nothing, Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { ViewTabs } from "../views.tsx";
import { daysIn, isRotting, stagesById } from "./choices.ts";
import type { DealChoices } from "./filters.tsx";
import { Rotting, StageMark } from "./marks.tsx";

const base = "/deals";

interface Props {
  view: View;
  page: Page<DealRow>;
  total: Total | null;
  asked: Asked;
  choices: Choices;
  deals: DealChoices;
  companyName: string | null;
  views: readonly ViewRow[];
  /** What the columns of own fields show. */
  cells: CustomCells;
}

/** The page: what can be done, the filters, the rows. */
export const DealIndex = (props: Props) => {
  const { view, page, total, asked, choices, deals, companyName, views, cells } = props;
  const own = customColumns<DealRow>(view, fieldsOf(choices.fields, "deal"), cells);
  const all = [...columns(props).filter(({ key }) => inSight(view, "deal", key)), ...own];
  return (
    <>
      <PageHeader view={view} title={view.t("deals.title")}>
        <LinkButton
          view={view}
          href="/deals/board"
          label={view.t("deals.board")}
          icon="square-kanban"
        />
        <NewDeal view={view} />
        <ListMenu view={view} kind="deal" asked={asked} />
      </PageHeader>
      <ViewTabs view={view} kind="deal" asked={asked} views={views} />
      <RecordFilters
        view={view}
        kind="deal"
        base={base}
        asked={asked}
        choices={choices}
        companyName={companyName}
        deals={deals}
      />
      <BulkBar
        view={view}
        kind="deal"
        asked={asked}
        rows={page.rows.length}
        fields={choices.fields}
      />
      <DataTable
        view={view}
        caption={view.t("deals.caption")}
        columns={chosenColumns(all, "deal", asked.columns)}
        rows={page.rows}
        rowId={rowId}
        href={inList(base, listHref(base, asked))}
        phoneLine={(row) => phoneLine(view, row)}
        sorting={sorting(base, asked)}
        selection={bulkSelection<DealRow>(view, "deal", ({ title }) => title)}
        empty={<Empty view={view} filtered={active(asked) > 0} />}
      />
      <RecordPager view={view} base={base} asked={asked} page={page} total={total} />
      <ColumnChoice
        view={view}
        kind="deal"
        base={base}
        asked={asked}
        labels={Object.fromEntries(all.map(({ key, header }) => [key, header]))}
        own={own.map(({ key }) => key)}
      />
    </>
  );
};

/** The DOM id of a deal's row. */
export const rowId = ({ id }: { id: string }) => `deal-${id}`;

/** The way to a new deal, for those who may; `more` are fields to fill in ahead. */
export const NewDeal = ({ view, href = "/deals/new" }: { view: View; href?: string }) =>
  view.can("deals.write")
    ? (
      <LinkButton
        view={view}
        href={href}
        label={view.t("deals.new")}
        icon="plus"
        shortcut="n"
        variant="primary"
      />
    )
    : null;

const phoneLine = ({ format }: View, { summary, amountCents, currency }: DealRow) =>
  [summary.company, amountCents === null ? null : format.moneyInShort(amountCents, currency)]
    .filter(Boolean).join(" · ") || null;

const columns = ({ view, choices, deals }: Props): Column<DealRow>[] => {
  const { t } = view;
  const stages = stagesById(deals.pipelines);
  return [
    { key: "name", header: t("deals.name"), sort: "name", cell: ({ title }) => title },
    {
      key: "company",
      header: t("contacts.company"),
      priority: 2,
      cell: ({ summary }) => summary.company ?? null,
    },
    {
      key: "stage",
      header: t("deals.stage"),
      cell: (row) => <Stand view={view} row={row} stage={stages.get(row.stageId)} />,
    },
    {
      key: "amount",
      header: t("deals.amount"),
      align: "end",
      priority: 2,
      sort: "amount",
      cell: ({ amountCents, currency }) => (
        <Money view={view} cents={amountCents} currency={currency} />
      ),
    },
    {
      key: "close",
      header: t("deals.close"),
      priority: 2,
      sort: "close",
      cell: ({ expectedCloseOn }) => <Time view={view} moment={expectedCloseOn} />,
    },
    {
      key: "tags",
      header: t("common.tags"),
      priority: 3,
      cell: ({ summary }) => summary.tags ? <Tags tags={summary.tags} /> : null,
    },
    {
      key: "owner",
      header: t("records.owner"),
      priority: 3,
      cell: ({ ownerId }) => choices.owners.find(({ id }) => id === ownerId)?.name ?? null,
    },
    {
      key: "since",
      header: t("deals.since"),
      priority: 3,
      cell: ({ stageSince }) => <Time view={view} moment={stageSince} />,
    },
    {
      key: "touch",
      header: t("records.last_touch"),
      priority: 3,
      sort: "touch",
      cell: ({ lastTouchAt }) => <Time view={view} moment={lastTouchAt} />,
    },
    {
      key: "created",
      header: t("records.created"),
      priority: 3,
      sort: "created",
      cell: ({ createdAt }) => <Time view={view} moment={createdAt} />,
    },
    { key: "source", header: t("contacts.source"), priority: 3, cell: ({ source }) => source },
    {
      key: "pipeline",
      header: t("deals.pipeline"),
      priority: 3,
      cell: ({ pipelineId }) => deals.pipelines.find(({ id }) => id === pipelineId)?.name ?? null,
    },
  ];
};

const Stand = ({ view, row, stage }: { view: View; row: DealRow; stage: Stage | undefined }) =>
  stage
    ? (
      <>
        <StageMark stage={stage} />
        {isRotting(view, row, stage)
          ? (
            <>
              {" "}
              <Rotting view={view} days={daysIn(view, row)} inShort />
            </>
          )
          : null}
      </>
    )
    : <Nothing view={view} />;

const Empty = ({ view, filtered }: { view: View; filtered: boolean }) =>
  filtered
    ? (
      <EmptyState title={view.t("deals.empty_filtered")}>
        <LinkButton view={view} href={base} label={view.t("common.reset")} icon="x" />
      </EmptyState>
    )
    : (
      <EmptyState title={view.t("deals.empty_title")} text={view.t("deals.empty_text")}>
        <NewDeal view={view} />
      </EmptyState>
    );
