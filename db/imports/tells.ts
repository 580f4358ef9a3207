/** What the cells of a column tell by themselves, whatever its heading says. */

import type { Column } from "./mappings.ts";

/** Numbers that the Austrian and Swiss tax offices call UID, also where they are made up. */
export function looksTaxed({ cells }: Column): boolean {
  const filled = cells.filter(Boolean);
  const taxed = filled.filter((cell) =>
    /^(?:ATU ?\d{8}|CHE[- ]?\d{3}\.?\d{3}\.?\d{3}\b)/.test(cell)
  );
  return taxed.length > filled.length / 2;
}

/** Whether its first cells are filled by what is not even a mistyped address. */
export function sayNoAddress({ count, cells }: Column): boolean {
  const filled = cells.filter(Boolean);
  return count.share("email") === 0 && filled.length > 0 &&
    filled.every((cell) => !cell.includes("@"));
}

/** Whether half of its cells are words that others hold as well. */
export function repeats(cells: readonly string[]): boolean {
  const filled = cells.filter(Boolean);
  return filled.length > 2 && new Set(filled).size < filled.length / 2;
}
