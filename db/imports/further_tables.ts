/** Recognises further tables below the one that is read: a title, then headings of their own. */

import { isMark } from "./asides.ts";
import { clean } from "./cells.ts";
import { contentOf } from "./contents.ts";
import { read } from "./headings.ts";
import { PartialSums } from "./partial_sums.ts";
import type { Row } from "./tables.ts";

/** Marks the rows of further tables, as reports of meetings and webinars have them, and sums between. */
export class FurtherTables {
  #beyond = false;
  /** Whether a report has ended: titles after its marks belong to them. */
  #ended = false;
  /** A row of one cell: a title, if headings follow. */
  #held: Row | null = null;
  /** The number of the previous row. */
  #last: number;
  /** Whether blank rows precede the current row, or preceded the held one. */
  #apart = false;
  #heldApart = false;
  readonly #sums = new PartialSums();

  /** `header` is the number of the row with the headings. */
  constructor(private readonly headings: readonly string[], private readonly header: number) {
    this.#last = header;
  }

  /** The rows that this one settles, in order; the last may have to wait for the next. */
  take(row: Row): Row[] {
    const held = this.#held;
    this.#held = null;
    this.#sums.mark(row);
    this.#heldApart = this.#apart;
    this.#apart = row.number > this.#last + 1;
    this.#last = row.number;
    if (!this.#beyond && this.#begins(row, held !== null)) {
      this.#beyond = true;
      if (held) held.beyond = "other_table";
    }
    // The title of a table that continues with the same headings, if the first table has one too.
    if (held && this.header > 1 && this.#repeats(row)) held.beyond = "other_table";
    if (this.#beyond) row.beyond = "other_table";
    else if (this.headings.length > 1 && isTitle(row)) this.#held = row;
    this.#mind(held);
    const settled = this.#held ? [] : [row];
    return held ? [held, ...settled] : settled;
  }

  /** Assigns what surrounds a report's end marks to its tail: the title above, the rest below. */
  #mind(title: Row | null): void {
    const lone = this.#held;
    const isEnd = lone !== null && this.headings.length > 2 && isMark(lone.cells[0] ?? "");
    if (isEnd && title && this.#heldApart) title.beyond = "total_row";
    this.#ended = lone !== null && (this.#ended || isEnd);
    if (lone && this.#ended) lone.beyond = "total_row";
  }

  /** The row that is still held at the end. */
  end(): Row[] {
    return this.#held ? [this.#held] : [];
  }

  #repeats({ cells }: Row): boolean {
    return cells.every((cell, at) => clean(cell) === (this.headings[at] ?? ""));
  }

  #begins({ cells }: Row, titled: boolean): boolean {
    const same = (cell: string, at: number) => cell !== "" && cell === this.headings[at];
    const apart = titled && this.#heldApart;
    if (!apart && !cells.some(same)) return false;
    const filled = [...cells.entries()].map(([at, cell]) => [at, clean(cell)] as const)
      .filter(([, cell]) => cell !== "");
    const isHeading = (cell: string) => cell.length < 60 && read(cell) !== null;
    if (apart && filled.length > 1 && filled.every(([, cell]) => isHeading(cell))) return true;
    if (!cells.some(same)) return false;
    const others = filled.filter(([at, cell]) => !same(cell, at));
    const [at, cell] = filled[0] ?? [];
    if (at !== 0 || filled.length < 2 || others.length === 0) return false;
    if (others.every(([, other]) => isHeading(other))) {
      return titled || others.length > 1;
    }
    // Unknown headings differ from a data row by the blank row and the title above them.
    return apart && same(cell!, at) &&
      others.every(([, other]) => wordy.has(contentOf(other)));
  }
}

const wordy: ReadonlySet<string> = new Set(["word", "words", "other", "title", "salutation"]);

function isTitle({ cells }: Row): boolean {
  let filled = 0;
  for (const cell of cells) {
    if (cell === "" || cell.trim() === "") continue;
    if (++filled > 1) return false;
  }
  return filled === 1 && cells[0]?.trim() !== "";
}
