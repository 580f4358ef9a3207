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

/** Marks such rows: they name what a row above holds, and have nothing but amounts beside. */
export class PartialSums {
  /** What the last row that is no sum holds, in lower case. */
  #above: readonly string[] = [];

  /** Marks the row if it is a sum of those above. */
  mark(row: Row): void {
    const at = row.cells.findIndex((cell) => cell.trim() !== "");
    const named = namedBy(row.cells[at] ?? "");
    if (named !== null && this.#holds(named)) {
      const others = row.cells.filter((cell, place) => place !== at && cell.trim() !== "");
      if (others.length > 0 && others.every((cell) => amount.test(clean(cell)))) {
        row.beyond = "total_row";
        return;
      }
    }
    this.#above = row.cells;
  }

  #holds(text: string): boolean {
    return this.#above.some((cell) => clean(cell).toLowerCase() === text);
  }
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
