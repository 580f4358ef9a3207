/** Handles lists made for labels: the lines of an address in columns "Adresszeile 1" to "5". */

import { areBlocks } from "./address_blocks.ts";
import { clean } from "./cells.ts";
import type { Column } from "./mappings.ts";
import type { Plan, PlanColumn } from "./plans.ts";

const line =
  /^(?:(?:post)?(?:adress|anschrift(?:en)?|adressier|etiketten?|label)[ _-]?(?:zeile|feld)?|adresse|zeile|(?:addr(?:ess)?|(?:mailing )?label)[ _-]?line|line)[ _-]?([1-9])$/i;
/** With fewer lines, it is no address. */
const fewest = 3;
/** Headings of other columns that may stand beside them. */
const beside = /^(?:uid|customerNumber|ignore|notes|email.*|phone.*|label)$/;

/** The columns of the lines, in order; none unless they are numbered from 1 on. */
function linesOf(columns: readonly { name: string }[]): number[] {
  const found = columns.flatMap(({ name }, at) => line.test(name.trim()) ? [at] : []);
  const numbered = found.every((at, before) =>
    Number(line.exec(columns[at]!.name.trim())![1]) === before + 1
  );
  return numbered && found.length >= fewest ? found : [];
}

const together = (cells: readonly string[], lines: readonly number[]): string =>
  lines.map((at) => clean(cells[at] ?? "")).filter(Boolean).join("\n");

/** Reads the lines as one cell with who and where, if no other column says it. */
export function settle(plan: PlanColumn[], columns: readonly Column[]): void {
  const lines = linesOf(plan);
  const [first, ...more] = lines;
  if (first === undefined) return;
  if (plan.some(({ target }, at) => !lines.includes(at) && !beside.test(target))) return;
  const rows = columns[first]!.cells.map((_, row) =>
    together(columns.map(({ cells }) => cells[row] ?? ""), lines)
  );
  if (!areBlocks(rows)) return;
  Object.assign(plan[first]!, { target: "name", group: "", confidence: 0.8 });
  for (const at of more) Object.assign(plan[at]!, { target: "ignore", group: "", confidence: 0.8 });
}

const found = new WeakMap<readonly PlanColumn[], readonly number[]>();

/** The columns of the lines under a plan that reads them as one cell; otherwise none. */
export function among(columns: readonly PlanColumn[]): readonly number[] {
  let lines = found.get(columns);
  if (lines === undefined) {
    const [first = -1, ...more] = linesOf(columns);
    const whole = columns[first]?.target === "name" &&
      more.every((at) => columns[at]!.target === "ignore");
    found.set(columns, lines = whole ? [first, ...more] : []);
  }
  return lines;
}

/** The row with all lines in the cell of the first. */
export function merged(cells: string[], { columns }: Plan): string[] {
  const lines = among(columns);
  return lines.length === 0 ? cells : cells.with(lines[0]!, together(cells, lines));
}
