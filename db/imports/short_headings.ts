/** Headings so short that their cells have to tell whether they mean what they may mean. */

import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

/** The heading, what it may mean, and what its cells then look like. */
const short: readonly [heading: RegExp, target: Target, cell: RegExp][] = [
  // Otherwise Wednesday.
  [/^m\.? ?i\.?$/i, "middleName", /^\p{Lu}\.?$/u],
  // Otherwise a district.
  [/^krs\.?$/i, "company.registerNumber", /^\d{4,10}$/],
  // Otherwise when somebody comes in.
  [/^ein$/i, "company.taxNumber", /^\d{2}-?\d{7}$/],
  [/^m[eé]l$/i, "email", /@/],
  // Otherwise a price or a place of work.
  [/^ap$/i, "fullName", /^[^\d]*\p{L}{2}[^\d]*$/u],
];
const weekday = /^(?:di|do)\.?$/i;

/** Ignores columns with such a heading most of whose cells look like anything else. */
export function settle(plan: readonly PlanColumn[], columns: readonly Column[]): void {
  const week = plan.some(({ name }) => weekday.test(name));
  const persons = plan.some(({ target }) => /^(?:fullName|firstName|lastName)$/.test(target));
  const registered = plan.some(({ target }) => target === "company.registerNumber");
  for (const [at, column] of plan.entries()) {
    const { name, target } = column;
    const [, , cell] = short.find(([heading, meant]) => meant === target && heading.test(name)) ??
      [];
    const filled = columns[at]!.cells.filter(Boolean);
    const other = cell && filled.filter((text) => cell.test(text)).length < filled.length / 2 ||
      week && target === "middleName" && /^mi\.?$/i.test(name);
    // A person's faith; of companies, in French registers written without accents, it is the name.
    const faith = persons && !registered && target === "company.name" &&
      /^denomination$/i.test(name);
    if (other || faith) Object.assign(column, { target: "ignore", group: "", confidence: 0 });
  }
}
