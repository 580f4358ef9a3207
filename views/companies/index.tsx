/** The list of companies. */
import type { Choices } from "../../db/choices.ts";
import type { CompanyRow } from "../../db/company_lists.ts";
import type { Page } from "../../db/pages.ts";
import type { ViewRow } from "../../db/views.ts";
import { BulkBar, bulkSelection } from "../bulk_changes.tsx";
import { statusTones } from "../records/choices.ts";
import { ColumnChoice } from "../records/column_choice.tsx";
import { chosenColumns } from "../records/columns.ts";
import { fieldsOf } from "../records/custom.tsx";
import { type CustomCells, customColumns } from "../records/custom_filters.tsx";
import { RecordFilters } from "../records/filters.tsx";
import {
  active,
  type Asked,
  listHref,
  ListMenu,
  RecordPager,
  sorting,
  type Total,
} from "../records/lists.tsx";
import { inList } from "../records/neighbours.tsx";
import { Badge, Tags } from "../ui/badge.tsx";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import { Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { ViewTabs } from "../views.tsx";

const base = "/companies";

interface Props {
  view: View;
  page: Page<CompanyRow>;
  total: Total | null;
  asked: Asked;
  choices: Choices;
  views: readonly ViewRow[];
  /** What the columns of own fields show. */
  cells: CustomCells;
}

/** The page: what can be done, the filters, the rows. */
export const CompanyIndex = (
  { view, page, total, asked, choices, views, cells }: Props,
) => (
  <>
    <PageHeader
      view={view}
      title={view.t("companies.title")}
    >
      <CompanyActions view={view} />
      <ListMenu view={view} kind="company" asked={asked} />
    </PageHeader>
    <ViewTabs view={view} kind="company" asked={asked} views={views} />
    <RecordFilters
      view={view}
      kind="company"
      base={base}
      asked={asked}
      choices={choices}
    />
    <BulkBar view={view} kind="company" asked={asked} rows={page.rows.length} />
    <DataTable
      view={view}
      caption={view.t("companies.caption")}
      columns={chosenColumns(
        [...columns(view, choices), ...own(view, choices, cells)],
        "company",
        asked.columns,
      )}
      rows={page.rows}
      rowId={rowId}
      href={inList(base, listHref(base, asked))}
      phoneLine={({ summary }) => summary.city ?? null}
      sorting={sorting(base, asked)}
      selection={bulkSelection<CompanyRow>(view, "company", ({ name }) => name)}
      empty={<Empty view={view} filtered={active(asked) > 0} />}
    />
    <RecordPager view={view} base={base} asked={asked} page={page} total={total} />
    <ColumnChoice
      view={view}
      kind="company"
      base={base}
      asked={asked}
      labels={labels(view, choices)}
      own={own(view, choices, cells).map(({ key }) => key)}
    />
  </>
);

/** The DOM id of a company's row. */
export const rowId = ({ id }: { id: string }) => `company-${id}`;

/** The columns of own fields. */
const own = (view: View, { fields }: Choices, cells: CustomCells) =>
  customColumns<CompanyRow>(view, fieldsOf(fields, "company"), cells);

/** The columns by name, for those who choose. */
const labels = (view: View, choices: Choices) =>
  Object.fromEntries(
    [...columns(view, choices), ...own(view, choices, new Map())]
      .map(({ key, header }) => [key, header]),
  );

const columns = (view: View, { owners }: Choices): Column<CompanyRow>[] => {
  const { t, format } = view;
  return [
    { key: "name", header: t("companies.name"), sort: "name", cell: ({ name }) => name },
    {
      key: "industry",
      header: t("companies.industry"),
      priority: 3,
      cell: ({ industry }) => industry,
    },
    {
      key: "email",
      header: t("records.email"),
      priority: 2,
      cell: ({ summary }) => summary.email ?? null,
    },
    {
      key: "phone",
      header: t("records.phone"),
      priority: 3,
      cell: ({ summary }) => summary.phone ? format.phone(summary.phone) : null,
    },
    {
      key: "city",
      header: t("records.city"),
      priority: 3,
      cell: ({ summary }) => summary.city ?? null,
    },
    {
      key: "tags",
      header: t("common.tags"),
      priority: 3,
      cell: ({ summary }) => summary.tags ? <Tags tags={summary.tags} /> : null,
    },
    {
      key: "status",
      header: t("records.status"),
      priority: 2,
      cell: ({ status }) => (
        <Badge label={t(`records.status_${status}`)} tone={statusTones[status]} />
      ),
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
    {
      key: "owner",
      header: t("records.owner"),
      priority: 3,
      cell: ({ ownerId }) => owners.find(({ id }) => id === ownerId)?.name ?? null,
    },
  ];
};

/** What adds companies, for those who may. */
const CompanyActions = ({ view }: { view: View }) => (
  <>
    {view.can("imports.run")
      ? <LinkButton view={view} href="/imports/new" label={view.t("common.import")} icon="upload" />
      : null}
    {view.can("companies.write")
      ? (
        <LinkButton
          view={view}
          href="/companies/new"
          label={view.t("companies.new")}
          icon="plus"
          shortcut="n"
          variant="primary"
        />
      )
      : null}
  </>
);

const Empty = ({ view, filtered }: { view: View; filtered: boolean }) =>
  filtered
    ? (
      <EmptyState title={view.t("companies.empty_filtered")}>
        <LinkButton view={view} href={base} label={view.t("common.reset")} icon="x" />
      </EmptyState>
    )
    : (
      <EmptyState title={view.t("companies.empty_title")} text={view.t("companies.empty_text")}>
        <CompanyActions view={view} />
      </EmptyState>
    );
