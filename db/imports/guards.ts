/** Removes what programs add around a cell's value for the sake of other programs. */

import { mailOf, withAddress } from "./mailed_names.ts";
import type { Fault } from "./tables.ts";

/** What a spreadsheet shows in place of a value, or of one that its column is too narrow for. */
const failed =
  /^#(?:NV|N\/A|WERT!|VALUE!|REF!|BEZUG!|DIV\/0!|NAME\?|NULL!|ZAHL!|NUM!|ÜBERLAUF!|SPILL!|#{2,100})$/i;

const link =
  /^=\s?HYPERLINK\(\s?"((?:[^"]|""){0,2048})"(?:\s?[;,]\s?(?:"((?:[^"]|""){0,2048})"|([\d.]{1,20})))?\s?\)$/i;
/** What a link says of itself and not of where it leads. */
const called =
  /^(?:link|url|www|web|website|webseite|homepage|site|profile?|hier|here|[öo]ffnen|open|anzeigen|view|mehr|more|klick(?:en)?(?: sie)?(?: hier)?|click here|anrufen|call)$/i;

/** What the formula of a link shows; where it leads if that says more; null for other formulas. */
function linked(cell: string): string | null {
  const found = link.exec(cell);
  if (!found) return null;
  const [address = "", shown = ""] = [found[1], found[2] ?? found[3]].map((text) =>
    text?.replaceAll('""', '"').trim()
  );
  const mail = mailOf(address);
  if (shown === "" || called.test(shown)) return mail || address.replace(/^tel:/i, "");
  return withAddress(shown, shown, { from: 0, to: shown.length, address: mail });
}

/** Where Notion keeps the pages to which a cell leads, behind the name of each. */
const pages = / \((?:https:\/\/www\.notion\.so\/[^()\s]*|[^()\s]*%20[\da-f]{32}\.md)\)/g;

/**
 * Returns the errors of a spreadsheet among the cells, and empties them. Removes the apostrophe that our export and others put before what looks like a formula, the
 * formula (`="0815"`) with which others preserve a zero, the formula of a link, the links that Notion
 * appends to names, and the kinds that vtiger and Facebook put before it.
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
    else if (cell.endsWith(")") && /notion\.so\/|\.md\)/.test(cell)) {
      cells[at] = cell.replace(pages, "");
    } else if (first === 61) cells[at] = /^="([^"]*)"$/.exec(cell)?.[1] ?? linked(cell) ?? cell;
  }
  return faults;
}
