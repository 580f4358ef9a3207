/**
 * Handles tables that do not simply continue downwards: side by side under the same headings,
 * transposed, or with a row for each field.
 */

import { clean } from "./cells.ts";
import { read } from "./headings.ts";
import * as pairedRows from "./paired_rows.ts";
import type { Plan } from "./plans.ts";
import type { Row } from "./tables.ts";
import * as turnedTables from "./turned_tables.ts";

/** Most tables, because the file is read once for each. */
const most = 12;
/** Columns that name a row's record. */
const naming = /^(?:name|fullName|firstName|lastName|company\.name)$/;

/**
 * Where the tables begin under these headings, the first at 0; null for a single one. They are
 * separated by an empty column, or have titles above: headings that merely repeat may be a second
 * address of the same row.
 */
export function find(headings: readonly string[], header: number, first: readonly Row[]) {
  const again = headings.indexOf(headings[0] ?? "", 1);
  if (!headings[0] || again < 2) return null;
  const block = headings.slice(0, again);
  while (block.at(-1) === "") block.pop();
  const width = block.length;
  if (width < 2 || block.includes("") || new Set(block).size < width) return null;
  const starts: number[] = [];
  for (let at = 0; at < headings.length; at += again) {
    const same = block.every((name, place) => headings[at + place] === name);
    const apart = headings.slice(at + width, at + again).every((name) => name === "");
    if (!same || !apart || starts.length === most) return null;
    starts.push(at);
  }
  const name = block.findIndex((heading) => naming.test(read(heading)?.target ?? ""));
  if (name < 0) return null;
  const below = first.filter(({ number }) => number > header).map(({ cells }) => cells.map(clean));
  const gaps = starts.slice(1).every((at) =>
    again > width && below.every((cells) => cells.slice(at - again + width, at).join("") === "")
  );
  if (!gaps && !(again === width && areTitled(starts, header, first))) return null;
  // The same name on both sides is one record with two addresses.
  const twice = below.some((cells) =>
    starts.slice(1).some((at) => cells[at + name] && cells[at + name] === cells[name])
  );
  return twice ? null : { starts, width };
}

/** Whether the row above the headings holds one title per table and nothing else. */
function areTitled(starts: readonly number[], header: number, first: readonly Row[]): boolean {
  const above = first.find(({ number }) => number === header - 1)?.cells.map(clean) ?? [];
  const titled = above.flatMap((cell, at) => cell === "" ? [] : [at]);
  return titled.length === starts.length && titled.every((at, place) => at === starts[place]) &&
    !above.some((cell) =>
      /rechnung|liefer(?!ant)|versand|billing|shipping|invoice|deliver/i.test(cell)
    );
}

/** The rows of a file, with those of each further table after the previous table. */
export async function* rows(
  open: () => AsyncIterable<Row>,
  { beside, turned, pairs, header, dialect }: Pick<
    Plan,
    "beside" | "turned" | "pairs" | "header" | "dialect"
  >,
  headings: readonly string[],
): AsyncGenerator<Row> {
  if (pairs) return yield* pairedRows.rows(open(), pairs, header, headings);
  if (turned) return yield* turnedTables.rows(open(), turned, headings, dialect.separator);
  if (!beside) return yield* open();
  const width = headings.length;
  let last = header;
  for (const start of beside) {
    const below = last;
    for await (const row of open()) {
      if (start > 0 && row.number <= header) continue;
      const number = start > 0 ? below + row.number - header : row.number;
      last = Math.max(last, number);
      yield { ...row, number, ...within(row, start, width) };
    }
  }
}

/** The part of a row that belongs to the table that begins there. */
function within({ cells, currencies, faults }: Row, start: number, width: number) {
  const holds = (column: number) => column >= start && column < start + width;
  const shown = Object.entries(currencies ?? {}).filter(([column]) => holds(Number(column)));
  return {
    cells: cells.slice(start, start + width),
    ...currencies
      ? { currencies: Object.fromEntries(shown.map(([at, said]) => [Number(at) - start, said])) }
      : {},
    ...faults
      ? {
        faults: faults.filter(({ column }) => holds(column))
          .map((fault) => ({ ...fault, column: fault.column - start })),
      }
      : {},
  };
}
