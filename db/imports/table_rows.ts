/** The rows of a whole table, read piece by piece beside everything else that the process does. */

import type { Dialect } from "./plans.ts";
import { type Row, TableReader } from "./tables.ts";
import { Turns } from "./turns.ts";

/**
 * All rows of a source of text, yielding to other work of the process. Blank rows are included as
 * one empty cell.
 */
export async function* rows(
  pieces: AsyncIterable<string>,
  dialect: Dialect,
  header = 0,
): AsyncGenerator<Row> {
  const reader = new TableReader(dialect, header);
  // Here, because most readers pass over blank rows, of which a file may have millions.
  const turns = new Turns();
  for await (const piece of pieces) {
    for (const row of reader.write(piece)) {
      if (turns.isOver) await turns.next();
      yield row;
    }
  }
  yield* reader.end();
}
