/** Removes what programs add around a cell's value for the sake of other programs. */

import type { Fault } from "./tables.ts";

/** What a spreadsheet shows in place of a value, or of one that its column is too narrow for. */
const failed =
  /^#(?:NV|N\/A|WERT!|VALUE!|REF!|BEZUG!|DIV\/0!|NAME\?|NULL!|ZAHL!|NUM!|ÜBERLAUF!|SPILL!|#{2,100})$/i;

/**
 * Returns the errors of a spreadsheet among the cells, and empties them. Removes the apostrophe that our export and others put before what looks like a formula, the
 * formula (`="0815"`) with which others preserve a zero, the link that Notion appends to a name,
 * and the kinds that vtiger and Facebook put before it.
 */
export function unguard(cells: string[]): Fault[] {
  const faults: Fault[] = [];
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const first = cell.charCodeAt(0);
    if (first === 35 && failed.test(cell)) {
      faults.push({ code: "cell_error", column: at, error: cell.slice(0, 10) });
      cells[at] = "";
    } else if (first === 39 && /^'+[=+\-@\t\r\n＝＋－＠]/.test(cell)) cells[at] = cell.slice(1);
    // Facebook's leads: "p:+491715551234", "z:01067", "l:123".
    else if (cell.charCodeAt(1) === 58 && /^[plz]:\+?\d/.test(cell)) cells[at] = cell.slice(2);
    else if (cell.startsWith("Accounts::::")) cells[at] = cell.slice(12);
    else if (cell.endsWith(")") && cell.includes(" (https://www.notion.so/")) {
      cells[at] = cell.slice(0, cell.indexOf(" (https://www.notion.so/"));
    } else if (first === 61) cells[at] = /^="([^"]*)"$/.exec(cell)?.[1] ?? cell;
  }
  return faults;
}
