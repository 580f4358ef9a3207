/** Interprets a column headed just "Deal" or "Chance": mostly the deals' names, but often not. */

import { words } from "./headings.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

const lone = /^(?:deals?|chancen?|opportunity|opportunities|verkaufschancen?|oportunidad)$/;
const share = /^\d{1,3}(?:[.,]\d{1,2})?\s?%$/;
const upToHundred = /^(?:100|\d{1,2})(?:[.,]\d{1,2})?$/;
const money =
  /^(?:[€$£]|EUR|CHF|USD)?\s?-?\d{1,3}(?:[.,'’\s]?\d{3})*(?:[.,](?:\d{2}|-{1,2}))?\s?(?:[€$£]|EUR|CHF|USD|T€|k€)?$/i;
const answer =
  /^(?:ja|nein|j|n|y|yes|no|x|-|\?|offen|hoch|mittel|gering|niedrig|klein|gro(?:ß|ss)|gut|schlecht|sehr (?:hoch|gut|gering)|high|medium|mid|low|hot|warm|cold|hei(?:ß|ss)|lauwarm|kalt|a|b|c|d|\*{1,5}|\+{1,3}|-{1,3}|true|false|wahr|falsch|[1-5])$/i;

/** The columns, with that one assigned according to its cells. */
export function settled(
  columns: readonly PlanColumn[],
  cellsOf: (column: number) => readonly string[],
): PlanColumn[] {
  const has = (target: Target) => columns.some((column) => column.target === target);
  return columns.map((column, at) => {
    const heading = words(column.name).join("");
    if (column.secret || !/^(?:deal\.name|ignore)$/.test(column.target) || !lone.test(heading)) {
      return column;
    }
    const target = targetOf(heading, cellsOf(at).map((cell) => cell.trim()).filter(Boolean));
    if (target === null) return column;
    const free = target !== "ignore" && !has(target);
    return { ...column, target: free ? target : "ignore", confidence: free ? 0.8 : 0 };
  });
}

/** What at least nine in ten cells agree on; null for names. */
function targetOf(heading: string, cells: readonly string[]): Target | null {
  const agree = (pattern: RegExp) =>
    cells.length > 0 && cells.filter((cell) => pattern.test(cell)).length >= cells.length * 0.9;
  const either = new RegExp(`${share.source}|${upToHundred.source}`);
  if (agree(answer)) return "ignore";
  if (agree(share) || heading.startsWith("chance") && agree(either)) return "deal.probability";
  // Bare numbers are running numbers of deals.
  const written = cells.some((cell) => /[€$£.,]|EUR|CHF|USD/i.test(cell));
  return written && agree(money) ? "deal.amount" : null;
}
