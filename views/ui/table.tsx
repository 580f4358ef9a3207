/** The list every index page is made of: dense rows that lose columns, not sense, on a phone. */

import type { Child } from "hono/jsx";
import { fill, gap } from "../markup.ts";
import type { View } from "../view.ts";
import { Icon } from "./icon.tsx";

export interface Column<Row> {
  key: string;
  header: string;
  /** Keeps the header for screen readers: the cells say by themselves what they are. */
  headerHidden?: true;
  cell: (row: Row) => Child;
  /** 1 is always shown (default), 2 from tablets up, 3 on wide screens, 4 on the widest only. */
  priority?: 1 | 2 | 3 | 4;
  /** Numbers are aligned at the end. */
  align?: "end";
  /** Never truncated: half a telephone number is useless. */
  whole?: true;
  /** Is given more room than others before it is cut. */
  wide?: true;
  /** This column names the row (the first one by default) and carries the row's link. */
  heading?: boolean;
  /** The name to sort by, when the list can be sorted by this column. */
  sort?: string;
}

/** How the list is sorted now, and the address of another order. */
export interface Sorting {
  by: string;
  direction: "asc" | "desc";
  href: (by: string, direction: "asc" | "desc") => string;
}

export interface TableProps<Row> {
  view: View;
  /** Says what the table lists; for screen readers, unless `showCaption`. */
  caption: string;
  showCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** The DOM id of a row, from the function beside the noun's row. */
  rowId?: (row: Row) => string;
  /** Where a row leads; the heading cell becomes the link, and a click on the row follows it. */
  href?: (row: Row) => string;
  /** A second line under the heading, on phones, for what the lost columns said. */
  phoneLine?: (row: Row) => Child;
  sorting?: Sorting;
  /** A tick per row; the ticks belong to the form with the id `form`. */
  selection?: {
    form: string;
    name: string;
    value: (row: Row) => string;
    label: (row: Row) => string;
    /** Values that are ticked already. */
    ticked?: ReadonlySet<string>;
  };
  /** Shown instead of the table when there are no rows. */
  empty?: Child;
}

const classes = <Row,>({ priority, align, whole, wide }: Column<Row>) =>
  [
    priority && priority > 1 ? `priority-${priority}` : "",
    align === "end" ? "end" : "",
    whole ? "whole" : "",
    wide ? "wide" : "",
  ].filter(Boolean).join(" ") || undefined;

const Header = <Row,>({ view, column, sorting }: {
  view: View;
  column: Column<Row>;
  sorting?: Sorting;
}) => {
  if (!column.sort || !sorting) {
    return (
      <th scope="col" class={classes(column)}>
        {column.headerHidden ? <span class="visually-hidden">{column.header}</span> : column.header}
      </th>
    );
  }
  const current = sorting.by === column.sort;
  const next = current && sorting.direction === "asc" ? "desc" : "asc";
  return (
    <th
      scope="col"
      class={classes(column)}
      aria-sort={current ? (sorting.direction === "asc" ? "ascending" : "descending") : undefined}
    >
      <a
        class="sort"
        href={sorting.href(column.sort, next)}
        title={view.t(next === "asc" ? "common.sort_ascending" : "common.sort_descending")}
      >
        {column.header}
        {current ? <Icon view={view} name={next === "desc" ? "arrow-up" : "arrow-down"} /> : null}
      </a>
    </th>
  );
};

/** A text that holds a word longer than a column is wide may break anywhere; others never do. */
export const breakable = (content: Child): Child =>
  typeof content === "string" && /\S{30}/.test(content)
    ? <span class="long-word">{content}</span>
    : content;

/** A column with what is the same in all its cells. */
type Laid<Row> = Column<Row> & { class?: string };

/**
 * Writes rows: their markup is made once with gaps and filled for each, for a page is mostly rows.
 * `values` follows the gaps from the first to the last.
 */
function rowWriter<Row>(
  table: TableProps<Row>,
  columns: readonly Laid<Row>[],
  heading: Laid<Row> | undefined,
  ticked: boolean,
): (row: Row) => Child {
  const { view, rowId, selection, href, phoneLine } = table;
  const filled = fill(
    <tr id={rowId && gap}>
      {selection
        ? (
          <td class="tick">
            <label class="tick-label">
              <input
                type="checkbox"
                form={selection.form}
                name={selection.name}
                value={gap}
                checked={ticked}
                aria-label={view.t("common.select_row", { name: gap })}
              />
            </label>
          </td>
        )
        : null}
      {columns.map((column) =>
        column === heading
          ? (
            <th scope="row" class={column.class}>
              {href ? <a class="row-link" href={gap}>{gap}</a> : gap}
              {phoneLine ? <span class="phone-line">{gap}</span> : null}
            </th>
          )
          : <td class={column.class}>{gap}</td>
      )}
    </tr>,
  );
  // A list that can be sorted cuts its cells.
  const shown = table.sorting ? (content: Child) => content : breakable;
  const values = (row: Row): Child[] => {
    const all: Child[] = rowId ? [rowId(row)] : [];
    if (selection) {
      all.push(selection.value(row), selection.label(row));
    }
    for (const column of columns) {
      if (column === heading && href) all.push(href(row));
      all.push(shown(column.cell(row)));
      if (column === heading && phoneLine) all.push(phoneLine(row));
    }
    return all;
  };
  return (row) => filled(values(row)) as unknown as Child;
}

/** The table, or `empty` when there is nothing to list. */
export const DataTable = <Row,>(table: TableProps<Row>) => {
  const { view, columns, rows, selection } = table;
  if (rows.length === 0 && table.empty) return table.empty as ReturnType<typeof Header>;
  const laid = columns.map((column) => ({ ...column, class: classes(column) }));
  const heading = laid.find((column) => column.heading) ?? laid[0];
  const write = rowWriter(table, laid, heading, false);
  const ticked = selection?.ticked;
  const writeTicked = ticked?.size ? rowWriter(table, laid, heading, true) : write;
  return (
    <table class="data">
      <caption class={table.showCaption ? undefined : "visually-hidden"}>{table.caption}</caption>
      <thead>
        <tr>
          {selection
            ? (
              <th scope="col" class="tick">
                <span class="visually-hidden">{view.t("common.select")}</span>
                <label class="tick-label" data-needs-script hidden>
                  <input type="checkbox" data-select-all={selection.name} />
                  <span class="visually-hidden">{view.t("common.select_all")}</span>
                </label>
              </th>
            )
            : null}
          {columns.map((column) => <Header view={view} column={column} sorting={table.sorting} />)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (ticked?.has(selection!.value(row)) ? writeTicked : write)(row))}
      </tbody>
    </table>
  );
};
