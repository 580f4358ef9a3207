/** What the cells of a column show by themselves, whatever its heading says. */

import { isGivenName } from "../given_names.ts";
import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";

/**
 * Whether the cells are numbers that Austrian and Swiss tax offices call UID, even invented ones.
 */
export function looksTaxed({ cells }: Column): boolean {
  const filled = cells.filter(Boolean);
  const taxed = filled.filter((cell) =>
    /^(?:ATU ?\d{8}|CHE[- ]?\d{3}\.?\d{3}\.?\d{3}\b)/.test(cell)
  );
  return taxed.length > filled.length / 2;
}

/** Whether most cells are words that occur only once, and none says yes or no. */
export function areNames(cells: readonly string[]): boolean {
  const filled = cells.filter(Boolean);
  const words = filled.filter((cell) => /^\p{L}[^@]{2,}$/u.test(cell));
  return words.length > filled.length * 0.7 && new Set(filled).size > filled.length * 0.7 &&
    !filled.some((cell) => /^(?:ja|nein|yes|no|true|false|wahr|falsch|x)$/i.test(cell));
}

/** Whether its first cells are filled with something that is not even a mistyped address. */
export function sayNoAddress({ count, cells }: Column): boolean {
  const filled = cells.filter(Boolean);
  return count.share("email") === 0 && filled.length > 0 &&
    filled.every((cell) => !cell.includes("@"));
}

/** Whether half of its cells are words that occur repeatedly. */
export function repeats(cells: readonly string[]): boolean {
  const filled = cells.filter(Boolean);
  return filled.length > 2 && new Set(filled).size < filled.length / 2;
}

const state =
  /^(?:closed|open|won|lost|new|pending|active|inactive|done|paid|shipped|cancell?ed|offen|neu|aktiv|inaktiv|gewonnen|verloren|erledigt|abgeschlossen|bezahlt|storniert|[a-z]-?kund(?:e|in))\b/i;

/** Whether the cells say how things stand, or are a few words over and over, and so no names. */
export function areStates(cells: readonly string[]): boolean {
  const filled = cells.filter(Boolean);
  const distinct = new Set(filled).size;
  return filled.length >= 20 && distinct <= Math.min(10, filled.length / 5) ||
    filled.length > 1 && filled.filter((cell) => state.test(cell)).length > filled.length * 0.6;
}

/**
 * Whether names beside these last names are first names: a word or two, none of them a last name.
 */
export function areFirst(names: readonly string[], lasts: readonly string[]): boolean {
  const filled = names.filter(Boolean);
  const single = filled.filter((name) => /^\p{Lu}\p{L}+(?:[ -]\p{Lu}\p{L}+)?$/u.test(name));
  return single.length > filled.length * 0.8 &&
    !names.some((name, row) => lasts[row] && name.includes(lasts[row]));
}

/** Whether enough of the names begin with a first name that we know to be those of persons. */
export function areGiven(cells: readonly string[]): boolean {
  const filled = cells.filter(Boolean);
  const given = filled.filter((cell) => isGivenName(cell.split(" ", 1)[0]!));
  return given.length > 0 && given.length >= filled.length * 0.3;
}

/**
 * Whether the columns are swapped: mailboxes mostly read first.last, in this order, or else given
 * names are in the second.
 */
export function firstIsLast(columns: readonly Column[], one: number, two: number): boolean {
  const emails = columns.find((column) => column.count.share("email") > 0.5);
  let swapped = 0;
  emails?.cells.forEach((email, row) => {
    const box = email.toLowerCase();
    if (box.startsWith((columns[two]?.cells[row] ?? "?").toLowerCase())) swapped++;
    if (box.startsWith((columns[one]?.cells[row] ?? "?").toLowerCase())) swapped--;
  });
  const given = (at: number) =>
    (columns[at]?.cells ?? []).filter((cell) => isGivenName(cell.split(/[\s&-]/, 1)[0]!)).length;
  const behind = given(two);
  return swapped > 0 || swapped === 0 && behind > 1 && given(one) * 3 < behind;
}

const site = /^(?:company\.)?website$/;

const isProfile = ({ name, target }: PlanColumn): boolean =>
  site.test(target) && /linkedin|profil/i.test(name);

/** Whether the column holds profiles beside one of websites; alone they are read as websites. */
export const isSecondSite = (column: PlanColumn, plan: readonly PlanColumn[]): boolean =>
  isProfile(column) && plan.some((other) => site.test(other.target) && !isProfile(other));
