/** Sums below the rows that they add up, as spreadsheets write them: "Nord Ergebnis", "North Total". */

import { clean } from "./cells.ts";
import type { Row } from "./tables.ts";

const behind = new Set(
  "ergebnis summe gesamt anzahl mittelwert total totals count average totale totaal suma".split(
    " ",
  ),
);
const ahead = new Set(["summe", "gesamt", "total", "totale", "totaal", "suma"]);
/** A zero ahead is one of a telephone number or a postal code. */
const amount = /^-?(?!0\d)[\d.,'’]{1,30}(?:\s?(?:[€$£%]|[A-Z]{3}))?$/;

/** So many rows are added up; behind them a row's words alone tell. */
const most = 2_000;

/**
 * Marks such rows: they name what a row above holds, have nothing but amounts beside, and leave out
 * what the rows above have there, or add them up. "Horst Total" under "Horst" may be somebody.
 */
export class PartialSums {
  /** What the last row that is no sum holds. */
  #above: readonly string[] = [];
  /** The rows since the last sum. */
  #rows: (readonly string[])[] = [];

  /** Marks the row if it is a sum of those above. */
  mark(row: Row): void {
    const at = row.cells.findIndex((cell) => cell.trim() !== "");
    const named = namedBy(row.cells[at] ?? "");
    if (named !== null && this.#holds(named)) {
      const others = [...row.cells.keys()]
        .filter((place) => place !== at && row.cells[place]!.trim() !== "");
      const amounts = others.length > 0 &&
        others.every((place) => amount.test(clean(row.cells[place]!)));
      if (amounts && (this.#leavesOut(row.cells, at) || this.#addsUp(row.cells, others, named))) {
        row.beyond = "total_row";
        this.#rows = [];
        return;
      }
    }
    this.#above = row.cells;
    if (this.#rows.length <= most) this.#rows.push(row.cells);
  }

  #holds(text: string): boolean {
    return this.#above.some((cell) => same(cell, text));
  }

  /** Whether words stand above where this row has nothing. */
  #leavesOut(cells: readonly string[], at: number): boolean {
    return this.#above.some((cell, place) =>
      place !== at && (cells[place] ?? "").trim() === "" && cell.trim() !== "" &&
      !amount.test(clean(cell))
    );
  }

  #addsUp(cells: readonly string[], places: readonly number[], named: string): boolean {
    if (this.#rows.length > most) return true;
    const rows = this.#rows.filter((row) => row.some((cell) => same(cell, named)));
    return [",", "."].some((point) =>
      places.every((place) => {
        const all = rows.map((row) => valueOf(row[place] ?? "", point));
        const value = valueOf(cells[place]!, point);
        const sum = all.reduce((one, other) => one + other, 0);
        const near = (number: number) => Math.abs(number - value) < 0.006 * (rows.length + 1);
        return near(sum) || near(sum / rows.length) || near(rows.length);
      })
    );
  }
}

const same = (cell: string, text: string) => clean(cell).toLowerCase() === text;

/** The amount of a cell, whose fractions stand behind this sign; 0 for none. */
function valueOf(cell: string, point: string): number {
  const digits = clean(cell).replaceAll(point, "P").replace(/[^\dP-]/g, "").replace("P", ".");
  return Number(digits) || 0;
}

/** What a cell says that it sums up, in lower case; null for one that sums up nothing. */
function namedBy(cell: string): string | null {
  if (cell.length > 200 || !cell.includes(" ")) return null;
  const text = clean(cell).toLowerCase();
  const last = text.lastIndexOf(" ");
  if (last > 0 && behind.has(text.slice(last + 1))) return text.slice(0, last);
  const first = text.indexOf(" ");
  return first > 0 && ahead.has(text.slice(0, first)) ? text.slice(first + 1) : null;
}
