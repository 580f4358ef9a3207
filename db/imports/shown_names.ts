/** Columns of shown names and customers, which hold the person's name again or the company's. */

import type { Column } from "./mappings.ts";
import * as nameKinds from "./name_kinds.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

/** Settles whose name each of them holds, by what the columns beside it say. */
export function settle(plan: PlanColumn[], columns: Column[]): void {
  const filled = (...targets: Target[]) =>
    plan.some(({ target }, at) => targets.includes(target) && columns[at]!.count.filled > 0);
  plan.forEach((column, at) => {
    const { cells, count } = columns[at]!;
    if (count.filled === 0 || column.secret) return;
    // An account of the ledger is a number, and no employer.
    const ledger = column.target === "company.name" && /account/i.test(column.name) &&
      cells.every((cell) => /^\d*$/.test(cell));
    if (ledger) column.target = "ignore";
  });
  plan.forEach((column, at) => {
    const { cells, count } = columns[at]!;
    if (count.filled === 0 || column.secret) return;
    if (
      column.target === "fullName" && !filled("company.name") &&
      namesOthers(cells, plan, columns)
    ) {
      column.target = "company.name";
    } else if (
      column.target === "ignore" && /^(?:customer|client|kunde|kundin)$/i.test(column.name) &&
      filled("company.name") && !filled("firstName", "lastName", "fullName") &&
      count.share("words", "reversedName", "company") > 0.5
    ) {
      column.target = "fullName";
    }
  });
}

const within = (cell: string) => (part: string) => cell.toLowerCase().includes(part.toLowerCase());

/** Whether the shown names are of several words and none of them is of the person beside it. */
function namesOthers(cells: readonly string[], plan: PlanColumn[], columns: Column[]): boolean {
  const [first, last] = (["firstName", "lastName"] as const).map((target) =>
    plan.findIndex((column) => column.target === target)
  );
  const partsOf = (row: number) =>
    [columns[first!]?.cells[row], columns[last!]?.cells[row]].filter(Boolean) as string[];
  const rows = cells.flatMap((cell, row) => {
    const parts = partsOf(row);
    return cell && parts.length > 0 ? [{ cell, parts }] : [];
  });
  const own = ({ cell, parts }: (typeof rows)[number]) =>
    nameKinds.tell(cell) !== "company" &&
    // "Groß & Kollegen Leipzig" names a house after her, "E. Groß" only herself.
    (cell.split(/\s+/).length < 3 ? parts.some(within(cell)) : parts.every(within(cell)));
  const other = ({ cell, parts }: (typeof rows)[number]) =>
    /\s/.test(cell) && nameKinds.tell(cell) !== "person" &&
    parts.join(" ").toLowerCase() !== cell.toLowerCase();
  return rows.length > 0 && first! >= 0 && last! >= 0 &&
    rows.filter(own).length <= rows.length / 4 && rows.filter(other).length > rows.length / 2;
}
