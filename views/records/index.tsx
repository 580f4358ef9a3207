/** The page of every list of records: actions, filters, rows, choosing columns. */
import type { Child } from "hono/jsx";
import type { Choices } from "../../db/choices.ts";
import type { Page } from "../../db/pages.ts";
import type { Kind } from "../../db/record_kinds.ts";
import type { ViewRow } from "../../db/views.ts";
import { BulkBar, bulkSelection } from "../bulk_changes.tsx";
import type { DealChoices } from "../deals/filters.tsx";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { ViewTabs } from "../views.tsx";
import { ColumnChoice } from "./column_choice.tsx";
import { chosenColumns } from "./columns.ts";
import { fieldsOf } from "./custom.tsx";
import { type CustomCells, customColumns } from "./custom_filters.tsx";
import { RecordFilters } from "./filters.tsx";
import {
  active,
  type Asked,
  inSight,
  listHref,
  ListMenu,
  RecordPager,
  resetHref,
  sorting,
  type Total,
} from "./lists.tsx";
import { inList } from "./neighbours.tsx";
import { bases, nouns } from "./nouns.ts";

/** What the route has read for a list. */
export interface Listed<Row> {
  view: View;
  page: Page<Row>;
  total: Total | null;
  asked: Asked;
  choices: Choices;
  views: readonly ViewRow[];
  /** What the columns of custom fields show. */
  cells: CustomCells;
  /** The company the list is narrowed to, by name. */
  companyName?: string | null;
  /** What only deals are narrowed by. */
  deals?: DealChoices;
}

/** How a kind of records is listed. */
interface Shown<Row> {
  kind: Kind;
  /** All columns it can show, custom fields apart; the first is its name. */
  columns: readonly Column<Row>[];
  label: (row: Row) => string;
  phoneLine: (row: Row) => Child;
  sub?: Child;
  /** The buttons that add records, for users who may. */
  actions: Child;
  /** Ways to other pages, before what adds. */
  ways?: Child;
}

/** The whole page. */
export const RecordIndex = <Row extends { id: string }>(props: Listed<Row> & Shown<Row>) => {
  const { view, kind, page, total, asked, choices, views, cells, companyName, deals } = props;
  const base = bases[kind];
  const noun = nouns[kind];
  const own = customColumns<Row>(view, fieldsOf(choices.fields, kind), cells);
  const columns = [...props.columns.filter(({ key }) => inSight(view, kind, key)), ...own];
  const empty = page.rows.length > 0
    ? undefined
    : active(asked) > 0
    ? (
      <EmptyState title={view.t(`${noun}.empty_filtered`)}>
        <LinkButton
          view={view}
          href={resetHref(base, asked)}
          label={view.t("common.reset")}
          icon="x"
        />
      </EmptyState>
    )
    : (
      <EmptyState
        title={view.t(`${noun}.empty_title`)}
        text={view.can(`${noun}.write`) ? view.t(`${noun}.empty_text`) : undefined}
      >
        {props.actions}
      </EmptyState>
    );
  return (
    <>
      <PageHeader view={view} title={view.t(`${noun}.title`)} sub={props.sub}>
        {props.ways}
        {props.actions}
        <ListMenu view={view} kind={kind} asked={asked} />
      </PageHeader>
      <ViewTabs view={view} kind={kind} asked={asked} views={views} />
      <RecordFilters
        view={view}
        kind={kind}
        base={base}
        asked={asked}
        choices={choices}
        companyName={companyName}
        deals={deals}
        isEmpty={page.rows.length === 0}
      />
      <BulkBar
        view={view}
        kind={kind}
        asked={asked}
        rows={page.rows.length}
        total={total}
        fields={choices.fields}
      />
      <DataTable
        view={view}
        caption={view.t(`${noun}.caption`)}
        columns={chosenColumns(columns, kind, asked.columns)}
        rows={page.rows}
        rowId={({ id }) => `${kind}-${id}`}
        href={inList(base, listHref(base, asked))}
        phoneLine={props.phoneLine}
        sorting={sorting(base, asked)}
        selection={bulkSelection<Row>(view, kind, props.label)}
        empty={empty}
      />
      <RecordPager view={view} base={base} asked={asked} page={page} total={total} />
      <ColumnChoice
        view={view}
        kind={kind}
        base={base}
        asked={asked}
        labels={Object.fromEntries(columns.map(({ key, header }) => [key, header]))}
        own={own.map(({ key }) => key)}
      />
    </>
  );
};

/** The link to a new record, for users who may create one. */
export const NewRecord = (
  { view, kind, href = `${bases[kind]}/new` }: { view: View; kind: Kind; href?: string },
) =>
  view.can(`${nouns[kind]}.write`)
    ? (
      <LinkButton
        view={view}
        href={href}
        label={view.t(`${nouns[kind]}.new`)}
        icon="plus"
        shortcut="n"
        variant="primary"
      />
    )
    : null;

/** The ways to new records: a file of them, or one by one. */
export const ImportOrNew = ({ view, kind }: { view: View; kind: Kind }) => (
  <>
    {view.can("imports.run")
      ? <LinkButton view={view} href="/imports/new" label={view.t("common.import")} icon="upload" />
      : null}
    <NewRecord view={view} kind={kind} />
  </>
);
