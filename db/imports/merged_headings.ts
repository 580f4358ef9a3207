/** Splits what a heading says over two columns, as spreadsheets leave merged cells: "Name", "". */

import { isGivenName } from "../given_names.ts";
import { firstIsLast } from "./column_checks.ts";
import { type Draft, put } from "./column_drafts.ts";
import { kindOf } from "./name_kinds.ts";
import type { Target } from "./targets.ts";

const named = /^(?:name|fullName)$/;
const parts: readonly Target[] = ["firstName", "lastName", "name", "fullName"];

/** Finds the two parts of a name, and of "PLZ/Ort", where only the first column has a heading. */
export function settle(draft: Draft): void {
  const { plan, columns } = draft;
  for (const [at, column] of plan.entries()) {
    const next = plan[at + 1];
    const goesOn = next && (next.name === "" || next.name === column.name) &&
      (next.target === "ignore" || next.target === column.target);
    if (!goesOn) continue;
    const [cells, more] = [draft.cells(at), draft.cells(at + 1)];
    const both = more.filter((cell, row) => cell !== "" && cells[row]);
    if (both.length * 2 <= cells.filter(Boolean).length) continue;
    const others = plan.some((each) =>
      each !== column && each !== next && parts.includes(each.target)
    );
    const persons = [...cells, ...more].every(isPart) &&
      cells.every((cell, row) => kindOf(`${cell} ${more[row]}`) !== "company") &&
      Math.max(given(cells), given(more)) * 2 >= both.length;
    if (named.test(column.target) && !others && persons) {
      const swapped = firstIsLast(columns, at, at + 1);
      put(column, swapped ? "lastName" : "firstName");
      put(next, swapped ? "firstName" : "lastName");
    } else if (column.target.endsWith(".city") && cells.every(isCode) && more.every(isTown)) {
      const { group } = column;
      put(next, column.target);
      put(column, column.target.replace(/city$/, "postalCode") as Target);
      for (const each of [column, next]) each.group = group;
    }
  }
}

/** How many begin with a first name: beside last names there may also be a town, or "VIP". */
const given = (cells: readonly string[]): number =>
  cells.filter((cell) => isGivenName(cell.split(/[ -]/, 1)[0]!)).length;

/** One part of a name, not all of it. */
const isPart = (cell: string): boolean =>
  /^(?:(?:Dr|Prof)\. ?)*(?:\p{Ll}{2,4} ){0,2}\p{Lu}[\p{L}'’.-]*(?: (?:\p{Lu}[\p{L}.-]*|und \p{Lu}\p{L}+))?$/u
    .test(cell) || cell === "";
const isCode = (cell: string): boolean => /^(?:[A-Z]{1,2}[- ])?\d{4,5}$|^$/.test(cell);
const isTown = (cell: string): boolean => /^\p{L}[^\d]*$|^$/u.test(cell);
