/** What programs put around a cell's value for another program's sake, and mean nothing by. */

/**
 * Takes off the apostrophe that our export, and others, put before what looks like a formula, and
 * the formula (`="0815"`) by which others keep a zero, and the link that Notion puts behind a name, and the kind that vtiger puts before it.
 */
export function unguard(cells: string[]): void {
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const first = cell.charCodeAt(0);
    if (first === 39 && /^'+[=+\-@\t\r\n＝＋－＠]/.test(cell)) cells[at] = cell.slice(1);
    else if (cell.startsWith("Accounts::::")) cells[at] = cell.slice(12);
    else if (cell.endsWith(")") && cell.includes(" (https://www.notion.so/")) {
      cells[at] = cell.slice(0, cell.indexOf(" (https://www.notion.so/"));
    } else if (first === 61) cells[at] = /^="([^"]*)"$/.exec(cell)?.[1] ?? cell;
  }
}
