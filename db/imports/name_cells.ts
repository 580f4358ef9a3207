/**
 * Splits name cells that hold more about the person: `Eva Groß <eva@x.example>`, or lines with
 * number and address.
 */

import * as addressBlocks from "./address_blocks.ts";
import * as emailAddresses from "../email_addresses.ts";
import * as mailedNames from "./mailed_names.ts";
import type { Target } from "./targets.ts";

const labelled = /^(?:tel(?:efon)?|fon|phone|mobil|handy|e-?mail|mail)[.:]{0,2} ?(?=[+(\d]|\S+@)/i;
const number = /^[+(\d][\d ()/.-]{5,24}$/;

/** The parts of the cell, the name first; null for a mere name, and for several names. */
export function parted(text: string): [target: Target | null, text: string][] | null {
  const mailed = mailedNames.parted(text);
  if (mailed) return [[null, mailed.name], ["email", mailed.address]];
  if (!text.includes("\n")) return null;
  const block = addressBlocks.parted(text);
  if (block) return block;
  const names: string[] = [];
  const others: [Target, string][] = [];
  for (const line of text.split("\n").map((each) => each.trim()).filter(Boolean)) {
    const bare = line.replace(labelled, "");
    if (emailAddresses.isValid(bare)) others.push(["email", bare]);
    else if (number.test(bare)) others.push(["phone", line]);
    else names.push(line);
  }
  return names.length === 1 && others.length > 0 ? [[null, names[0]!], ...others] : null;
}

/** Whether most cells are like that, and more than mere addresses. */
export function areParted(cells: readonly string[]): boolean {
  const filled = cells.filter(Boolean);
  return filled.filter((cell) => parted(cell) !== null).length > filled.length / 2;
}
