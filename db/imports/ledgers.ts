/** Handles mixed customer lists, in which a company's row names a contact person. */

import { type Cells, every } from "./cells.ts";
import { saysPerson } from "./headings.ts";
import type { Plan } from "./plans.ts";

/**
 * Whether the row names a contact person in columns for that, while individuals have other columns.
 */
export function attends(cells: Cells, { columns, kind }: Plan): boolean {
  if (!cells.has("customerNumber")) return false;
  const named = every(cells, "lastName", "firstName");
  // "z. Hd. Frau Groß" behind the name of a company.
  if (kind === "companies" && named.length === 0 && !cells.has("fullName")) return true;
  const own = columns.filter(({ target }) => target === "lastName");
  if (named.length > 0) {
    return own.some(({ name }) => !saysPerson(name)) &&
      named.every(({ column }) => saysPerson(column.name));
  }
  return own.length > 0 && every(cells, "fullName").some(({ column }) => saysPerson(column.name));
}

/** Splits the cells into contact details of the person who is named, and all others. */
export function parted(cells: Cells): { theirs: Cells; others: Cells } {
  const [theirs, others]: [Cells, Cells] = [new Map(), new Map()];
  for (const [target, list] of cells) {
    const [own, rest] = [true, false].map((said) =>
      list.filter(({ column }) =>
        /^(?:email|phone|address)/.test(target) && saysPerson(column.name) === said
      )
    );
    if (own!.length > 0) theirs.set(target, own!);
    const left = /^(?:email|phone|address)/.test(target) ? rest! : list;
    if (left.length > 0) others.set(target, left);
  }
  return { theirs, others };
}
