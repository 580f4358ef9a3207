/**
 * Goes once over all rows of a table: how many there are, what each column holds, which dates and
 * decimals.
 */

import { type NamedOwner, OwnerTally } from "./assignees.ts";
import { clean, cut, named } from "./cells.ts";
import { ColumnCount } from "./contents.ts";
import { DateCount, DecimalCount } from "./dates.ts";
import type { Inspection } from "./inspections.ts";
import type { Column } from "./mappings.ts";
import * as ownerColumns from "./owner_columns.ts";
import type { Decision, PlanColumn } from "./plans.ts";
import { limits, Unreadable } from "./problems.ts";
import type { Row } from "./tables.ts";
import { Turns } from "./turns.ts";

/**
 * Every row is counted; the contents of the first rows and of every 50th after them are examined.
 */
const closely = 1_000;
const stride = 50;
const kept = 300;
const shown = 20;

interface Tally {
  column: Column;
  dates: DateCount;
  decimals: DecimalCount;
  filled: number;
  fiveDigits: number;
  fourDigits: number;
}

export class Survey {
  records = 0;
  /** Rows that the spreadsheet hides. */
  hidden = 0;
  samples: Inspection["samples"] = [];
  #tallies: Tally[] = [];
  /** Names in columns of owners, by column: all of them, unless there are too many. */
  #owners = new Map<number, OwnerTally>();

  constructor(headings: string[], readonly hasHeader: boolean, readonly most: number) {
    headings.forEach((heading, at) => {
      this.#add(heading);
      if (ownerColumns.named(heading)) this.#owners.set(at, new OwnerTally());
    });
  }

  /** Takes all rows, yielding to other work of the process. */
  async takeAll(rows: AsyncIterable<Row>): Promise<void> {
    const turns = new Turns();
    for await (const row of rows) {
      this.take(row);
      if (turns.isOver) await turns.next();
    }
  }

  /** Takes the next data row; the caller must have left out blank ones. */
  take(row: Row): void {
    this.records++;
    if (this.records > this.most) throw new Unreadable("too_many_rows", { limit: this.most });
    if (row.hidden) this.hidden++;
    if (row.beyond) return;
    if (!this.hasHeader) { while (this.#tallies.length < row.cells.length) this.#add(""); }
    const weighed = this.records <= closely || this.records % stride === 0;
    this.#tallies.forEach((tally, at) =>
      weigh(tally, clean(row.cells[at] ?? ""), weighed, this.records)
    );
    for (const [at, tally] of this.#owners) tally.take(named(row.cells[at] ?? ""));
    if (this.samples.length < shown) {
      this.samples.push({
        row: row.number,
        cells: row.cells.map((cell) => cut(clean(cell), 300)),
        ...(row.currencies ? { currencies: row.currencies } : {}),
      });
    }
  }

  get columns(): Column[] {
    return this.#tallies.map((tally) => tally.column);
  }

  /** The people named in a column of owners; none for any other column. */
  ownersIn(column: number): NamedOwner[] {
    return this.#owners.get(column)?.list() ?? [];
  }

  /** Whether most postal codes have five digits, so that those with four have lost a zero. */
  lostZeros(plan: PlanColumn[]): boolean {
    const codes = this.#tallies.filter((_, at) => plan[at]?.target.endsWith("postalCode"));
    const [five, four] = [sum(codes, "fiveDigits"), sum(codes, "fourDigits")];
    return four > 0 && five > four;
  }

  /** How the dates and decimals of each column are read; columns with secrets are left out. */
  decisions(plan: PlanColumn[], locale: "de" | "en"): Decision[] {
    const spoken = this.#areAmerican(plan) ? "en" : locale;
    return this.#tallies.flatMap((tally, at): Decision[] => {
      const column = plan[at];
      if (!column || column.secret) return [];
      const base = { column: at, name: column.name, used: column.target !== "ignore" };
      if (tally.dates.total > tally.filled * 0.6) {
        const { order, certain } = tally.dates.decide(spoken);
        return [{ ...base, kind: "date", choice: order, certain, samples: tally.dates.samples }];
      }
      if (tally.decimals.total > tally.filled * 0.4) {
        const decided = tally.decimals.decide(locale);
        return [{ ...base, kind: "decimal", ...decided, samples: tally.decimals.samples }];
      }
      return [];
    });
  }

  /** Whether every address is in the United States, where the month comes first. */
  #areAmerican(plan: readonly PlanColumn[]): boolean {
    const cells = plan.flatMap(({ target }, at) =>
      target.endsWith(".country") ? this.#tallies[at]!.column.cells.filter(Boolean) : []
    );
    return cells.length > 0 &&
      cells.every((cell) =>
        /^(?:us|usa|u\.s\.(?:a\.)?|united states(?: of america)?)$/i.test(cell)
      );
  }

  #add(heading: string): void {
    if (this.#tallies.length >= limits.columns) {
      throw new Unreadable("too_many_columns", { limit: limits.columns });
    }
    const filled = Array.from({ length: Math.min(this.records, kept) }, () => "");
    this.#tallies.push({
      column: { heading, count: new ColumnCount(), cells: filled },
      dates: new DateCount(),
      decimals: new DecimalCount(),
      filled: 0,
      fiveDigits: 0,
      fourDigits: 0,
    });
  }
}

function weigh(tally: Tally, cell: string, weighed: boolean, records: number): void {
  if (records <= kept) tally.column.cells.push(cell);
  if (cell === "") return;
  tally.filled++;
  if (weighed) tally.column.count.take(cell);
  else tally.column.count.filled++;
  const code = cell.charCodeAt(0);
  if (code > 57 || (code < 48 && code !== 45 && code !== 43)) return;
  if (/^\d{5}$/.test(cell)) tally.fiveDigits++;
  else if (/^\d{4}$/.test(cell)) tally.fourDigits++;
  tally.dates.take(cell);
  tally.decimals.take(cell);
}

function sum(tallies: Tally[], field: "fiveDigits" | "fourDigits"): number {
  return tallies.reduce((total, tally) => total + tally[field], 0);
}
