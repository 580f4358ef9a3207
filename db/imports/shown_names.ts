/**
 * Handles columns of display names and customers, which repeat the person's or the company's name.
 */

import { saysPerson } from "./headings.ts";
import type { Column } from "./mappings.ts";
import * as nameKinds from "./name_kinds.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

/** Determines whose name each of them holds, from the other columns. */
export function settle(plan: PlanColumn[], columns: Column[]): void {
  const filled = (...targets: Target[]) =>
    plan.some(({ target }, at) => targets.includes(target) && columns[at]!.count.filled > 0);
  plan.forEach((column, at) => {
    const { cells, count } = columns[at]!;
    if (count.filled === 0 || column.secret) return;
    // A ledger account is a number, not an employer.
    const ledger = column.target === "company.name" && /account/i.test(column.name) &&
      cells.every((cell) => /^\d*$/.test(cell));
    if (ledger) column.target = "ignore";
  });
  const person = plan.findIndex(({ target, name }) => target === "fullName" && saysPerson(name));
  plan.forEach((column, at) => {
    const { cells, count } = columns[at]!;
    if (count.filled === 0 || column.secret) return;
    // "display_name" beside "primary_contact_name", as Close writes it.
    if (
      column.target === "fullName" && person >= 0 && !saysPerson(column.name) &&
      !filled("company.name", "firstName", "lastName") &&
      differs(cells, columns[person]!.cells)
    ) {
      column.target = "company.name";
    } else if (
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

/** Whether most rows have something else in the other column. */
function differs(cells: readonly string[], others: readonly string[]): boolean {
  const both = cells.filter((cell, row) => cell && others[row]);
  const same = cells.filter((cell, row) => cell && cell === others[row]);
  return both.length > 0 && same.length < both.length / 2;
}

const within = (cell: string) => (part: string) => cell.toLowerCase().includes(part.toLowerCase());

/** Whether the display names have several words, none of them the name of the row's person. */
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
    nameKinds.kindOf(cell) !== "company" &&
    // "Groß & Kollegen Leipzig" is a company named after her, "E. Groß" is herself.
    (cell.split(/\s+/).length < 3 ? parts.some(within(cell)) : parts.every(within(cell)));
  const other = ({ cell, parts }: (typeof rows)[number]) =>
    /\s/.test(cell) && nameKinds.kindOf(cell) !== "person" &&
    parts.join(" ").toLowerCase() !== cell.toLowerCase();
  return rows.length > 0 && first! >= 0 && last! >= 0 &&
    rows.filter(own).length <= rows.length / 4 && rows.filter(other).length > rows.length / 2;
}
