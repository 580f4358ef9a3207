/**
 * Recognises subtotals below the rows they add up, as spreadsheets write them: "Nord Ergebnis",
 * "North Total".
 */

import { clean } from "./cells.ts";
import type { Row } from "./tables.ts";

const behind = new Set(
  "ergebnis summe gesamt anzahl mittelwert total totals count average totale totaal suma".split(
    " ",
  ),
);
const ahead = new Set(["summe", "gesamt", "total", "totale", "totaal", "suma"]);
/** A leading zero means a telephone number or a postal code. */
const amount = /^-?(?!0\d)[\d.,'’]{1,30}(?:\s?(?:[€$£%]|[A-Z]{3}))?$/;

/** So many rows are added up; beyond that only a row's words count. */
const most = 2_000;

/**
 * Marks such rows: they name what a row above contains, hold nothing else but amounts, and omit
 * what the rows above have, or add it up. "Horst Total" below "Horst" may be a person.
 */
export class PartialSums {
  /** The cells of the last row that is no subtotal. */
  #above: readonly string[] = [];
  /** The rows since the last subtotal. */
  #rows: (readonly string[])[] = [];

  /** Marks the row if it is the sum of those above. */
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

  /** Whether the rows above have words where this row has nothing. */
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

/** The amount in a cell, with this decimal separator; 0 if there is none. */
function valueOf(cell: string, point: string): number {
  const digits = clean(cell).replaceAll(point, "P").replace(/[^\dP-]/g, "").replace("P", ".");
  return Number(digits) || 0;
}

/** What a cell says it sums up, in lower case; null if nothing. */
function namedBy(cell: string): string | null {
  if (cell.length > 200 || !cell.includes(" ")) return null;
  const text = clean(cell).toLowerCase();
  const last = text.lastIndexOf(" ");
  if (last > 0 && behind.has(text.slice(last + 1))) return text.slice(0, last);
  const first = text.indexOf(" ");
  return first > 0 && ahead.has(text.slice(0, first)) ? text.slice(first + 1) : null;
}
