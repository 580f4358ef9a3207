/**
 * Reads tables with headings in their first column: one record per column, or one below the other.
 */

import { clean, cut } from "./cells.ts";
import { read } from "./headings.ts";
import * as pairedRows from "./paired_rows.ts";
import type { Plan } from "./plans.ts";
import type { Row } from "./tables.ts";

type Turned = NonNullable<Plan["turned"]>;

const most = 40;
const mostFurther = 100;
const naming = /^(?:name|fullName|firstName|lastName|company\.name)$/;
/** What cells beside a heading must look like at least once, so that it is no word in a list. */
const telling: readonly [RegExp, RegExp][] = [
  [/(?:^|\.)email/, /\S@\S{1,200}\.\S/],
  [/(?:^|\.)phone/, /\d[\d\s()/.-]{4,20}\d/],
  [/\.postalCode$/, /^(?:[A-Z]{1,2}[- ])?\d{4,5}$/],
];

/**
 * The headings of a transposed table, which the plan then records; null for any other table.
 * `whole`: the rows are complete.
 */
export function settle(plan: Plan, first: readonly Row[], whole: boolean): string[] | null {
  const found = find(first, whole);
  if (!found) return null;
  plan.header = 1;
  plan.turned = found.turned;
  return found.names;
}

function find(first: readonly Row[], whole: boolean) {
  const all = first.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  // "Art;Wert" above a record's fields are no field of it.
  const filled = pairedRows.areHeadings(all[0]?.cells ?? []) ? all.slice(1) : all;
  const keys = filled.map(({ cells }) => keyOf(cells));
  const names = [...new Set(keys)];
  if (names.length < 3 || names.length > most || names.includes("")) return null;
  const targets = names.map((name) => name.length < 60 ? read(name)?.target ?? null : null);
  const known = targets.filter((target) => target !== null && target !== "ignore").length;
  if (known < 3 || known < names.length * 0.7) return null;
  if (!targets.some((target) => target !== null && naming.test(target))) return null;
  // A row with two headings is a row of headings.
  const rest = filled.flatMap(({ cells }) => cells.slice(1).map(clean).filter(Boolean));
  if (rest.some((cell) => cell.length < 40 && read(cell) !== null && !/[@\d]/.test(cell))) {
    return null;
  }
  const fitting = filled.some(({ cells }, at) => {
    const target = targets[names.indexOf(keys[at]!)] ?? "";
    return telling.some(([kind, look]) =>
      kind.test(target) && cells.slice(1).some((cell) => look.test(cell.trim()))
    );
  });
  if (!fitting) return null;
  if (names.length === keys.length) return whole ? { names, turned: "columns" as const } : null;
  const starts = keys.flatMap((key, at) => key === keys[0] ? [at] : []);
  const apart = starts.every((at, place) => {
    const block = keys.slice(at, starts[place + 1]);
    return new Set(block).size === block.length;
  });
  return starts.length > 1 && apart ? { names, turned: "blocks" as const } : null;
}

/**
 * Adds fields missing from all records at the start of the file, if it lists records below each
 * other: those with a heading that we know, and those that several records have.
 */
export async function addFurther(
  plan: Plan,
  names: string[],
  open: () => AsyncIterable<Row>,
): Promise<void> {
  await pairedRows.addFurther(plan, names, open);
  if (plan.turned !== "blocks") return;
  const further = new Map<string, number>();
  let block = 0;
  for await (const { cells } of open()) {
    const key = keyOf(cells);
    if (key === names[0]) block++;
    if (key === "" || key.length >= 60 || names.includes(key)) continue;
    if (cells.slice(1).every((cell) => cell.trim() === "")) continue;
    const seen = further.get(key);
    if (names.length < mostFurther && (read(key) || seen !== undefined && seen !== block)) {
      names.push(key);
    } else if (seen !== undefined || further.size < 1000) further.set(key, block);
  }
}

/** "Name:" is the heading Name. */
const keyOf = (cells: readonly string[]): string =>
  cut(clean(cells[0] ?? ""), 200).replace(/(?<!\s)\s*:$/, "");

/** The rows that a transposed table represents, under these headings. */
export async function* rows(
  source: AsyncIterable<Row>,
  turned: Turned,
  names: readonly string[],
  separator: string,
): AsyncGenerator<Row> {
  if (turned === "columns") return yield* columns(source, names);
  let block: Row | null = null;
  let parted = false;
  for await (const { number, cells, unclosed } of source) {
    const at = names.indexOf(keyOf(cells));
    parted = (parted || cells.every((cell) => cell.trim() === "")) && at !== 0;
    // A record without its first field begins where the previous one would get a field twice.
    if (at === 0 || block && at > 0 && parted && block.cells[at] !== "") {
      parted = false;
      if (block) yield block;
      // The plan counts the row of headings as the first one.
      block = { number: number + 1, cells: names.map(() => ""), unclosed: false };
    }
    if (!block || at < 0) continue;
    const apart = separator === "\t" || separator === ";";
    const filled = apart ? cells.filter((cell) => cell.trim() !== "") : cells;
    const value = filled.slice(1).map((cell) => apart ? cell.trim() : cell)
      .join(apart ? ", " : separator).trim();
    block.cells[at] = [block.cells[at], value].filter(Boolean).join(", ");
    block.unclosed ||= unclosed;
  }
  if (block) yield block;
}

/** A record for each column after the first, numbered by column. */
async function* columns(source: AsyncIterable<Row>, names: readonly string[]): AsyncGenerator<Row> {
  const fields = new Map<string, string[]>();
  for await (const { cells } of source) {
    if (fields.size <= most) fields.set(keyOf(cells), cells);
  }
  const width = Math.max(...[...fields.values()].map((cells) => cells.length));
  for (let at = 1; at < width; at++) {
    const cells = names.map((name) => fields.get(name)?.[at] ?? "");
    yield { number: at + 1, cells, unclosed: false };
  }
}
