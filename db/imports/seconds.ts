/** Finds values of a row that do not fit, because another column fills the only place for them. */

import * as countries from "../countries.ts";
import type { Cell, Cells } from "./cells.ts";
import { first } from "./cells.ts";
import { type Problem, problem } from "./problems.ts";
import type { Target } from "./targets.ts";

const single = new Set<string>(
  ("title firstName lastName fullName position department role birthday website customerNumber " +
    "company.name company.nameExtra company.vatId company.taxNumber company.registerNumber " +
    "company.industry company.website").split(" "),
);

/** A warning for each value left out because of another one in the same place. */
export function leftOut(cells: Cells, row: number): Problem[] {
  const found: Problem[] = [];
  for (const [target, list] of cells) {
    if (list.length < 2) continue;
    if (single.has(target)) found.push(...others(list, first(cells, target), row));
    else if (/address\.\w+\.(?!extra|houseNumber)/.test(target)) {
      found.push(...inGroups(target, list, row));
    }
  }
  return found;
}

/** The columns of one group form one address; the first value of each part counts. */
function inGroups(target: Target, list: Cell[], row: number): Problem[] {
  const groups = Map.groupBy(list, ({ column }) => `${target} ${column.group}`);
  const named = target.endsWith(".country");
  return [...groups.values()].flatMap((group) => {
    const texts = group.map(({ text }) => text);
    if (!named) return others(group, texts[0]!, row);
    const kept = knownCountry(texts);
    const country = countries.lookup(kept);
    return others(group.filter(({ text }) => countries.lookup(text) !== country), kept, row);
  });
}

/** The first text that names a country, or else the first one. */
export function knownCountry(texts: string[]): string {
  return texts.find((text) => countries.lookup(text) !== null) ?? texts[0]!;
}

function others(list: Cell[], kept: string, row: number): Problem[] {
  const fold = (text: string) => text.toLowerCase();
  return list.filter(({ text }) => !fold(kept).includes(fold(text)))
    .map(({ text, column }) => problem(row, column.name, text, "second_value", { kept }));
}
