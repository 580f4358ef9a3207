/**
 * Reads rows of cells from CSV text, piece by piece. Written by us because real exports mix escapes
 * and line breaks and omit closing quotes, upon which the readers we tried swallow the next rows.
 */

import { countCells, lineAround } from "./lone_lines.ts";
import type { Dialect } from "./plans.ts";
import { Unreadable } from "./problems.ts";

export interface Row {
  /** Number of the row as a spreadsheet counts, including blank rows. */
  number: number;
  cells: string[];
  /** A quote was opened and never closed; the row was read as if the quote were not there. */
  unclosed: boolean;
  /** Cells of a spreadsheet with an error instead of a value; they are empty here. */
  faults?: Fault[];
  /** The currencies in which a spreadsheet shows its amounts, by column. */
  currencies?: Readonly<Record<number, string>>;
  /** A spreadsheet hides the row, mostly by a filter; it is read like any other. */
  hidden?: boolean;
  /** The row belongs to a further table below, or to the tail of a report. */
  beyond?: "other_table" | "total_row";
}

export interface Fault {
  code: "cell_error" | "formula_without_value";
  column: number;
  /** `#N/A`, `#REF!`; empty for a formula that was never computed. */
  error: string;
}

const [lf, cr, space, backslash, equals] = [10, 13, 32, 92, 61];
const formula = /=\s?hyperlink\(\s?"[^"\r\n]{0,2048}"(?:\s?[;,]\s?"[^"\r\n]{0,2048}")?\s?\)/iy;
const longestFormula = 5000;
/** How far a cell is searched for its closing quote; less if many have none. */
const longest = 1024 * 1024;
const shorter = 1024;
const patience = 50;
/** If no record ends within so many characters, it is no table. */
const endless = 4 * longest;
/** More rows than spreadsheets have, and more cells than any row; blank ones count as well. */
const tallest = 2 ** 22;
const widest = 2 ** 17;

export class TableReader {
  #buffer = "";
  #at = 0;
  #number = 0;
  #width = 0;
  #ended = false;
  /** A record that has not ended is read again only once twice as much of it is there. */
  #wanted = 0;
  // The current record; fields, because reading one must not allocate.
  #cells: string[] = [];
  #pos = 0;
  #unclosed = false;
  #misses = 0;
  #break = -1;
  // Between these two positions no quote can close a cell.
  #searched = 0;
  #found = -1;
  #separator: number;
  #quote: number;

  /** `header` is the number of the row whose width the others should have. */
  constructor(readonly dialect: Dialect, readonly header = 0) {
    this.#separator = dialect.separator.charCodeAt(0);
    this.#quote = dialect.quote === "" ? -1 : dialect.quote.charCodeAt(0);
  }

  /** The rows completed by this piece of text. */
  write(piece: string): Row[] {
    this.#buffer = this.#at === 0 ? this.#buffer + piece : this.#buffer.slice(this.#at) + piece;
    this.#at = 0;
    this.#found = -1;
    if (this.#buffer.length < Math.min(this.#wanted, endless)) return [];
    const rows = this.#rows();
    if (this.#buffer.length - this.#at > endless) {
      throw new Unreadable("record_too_long", { limit: endless });
    }
    return rows;
  }

  /** The rows still open when the text ended. */
  end(): Row[] {
    this.#ended = true;
    return this.#rows();
  }

  #rows(): Row[] {
    const rows: Row[] = [];
    this.#wanted = 0;
    while (this.#at < this.#buffer.length) {
      this.#cells = [];
      this.#unclosed = false;
      this.#break = -1;
      this.#pos = this.#at;
      if (!this.#record()) {
        this.#wanted = 2 * (this.#buffer.length - this.#at);
        break;
      }
      if (++this.#number > tallest) throw new Unreadable("too_many_rows", { limit: tallest });
      if (this.#number === this.header || this.#width < 2) this.#width = this.#cells.length;
      rows.push({ number: this.#number, cells: this.#cells, unclosed: this.#unclosed });
      this.#at = this.#pos;
    }
    return rows;
  }

  /** Reads one record from `#pos`; returns false if more text is needed to find its end. */
  #record(): boolean {
    while (true) {
      const end = this.#cell();
      if (end === null) return false;
      if (end) return true;
      if (this.#cells.length > widest) throw new Unreadable("too_many_columns", { limit: widest });
    }
  }

  /** Reads a cell and what ends it: a separator (false) or the row (true); null: not all is there. */
  #cell(): boolean | null {
    const text = this.#buffer;
    let start = this.#pos;
    while (text.charCodeAt(start) === space) start++;
    if (this.#quote >= 0 && text.charCodeAt(start) === this.#quote) {
      const end = this.#quoted(start + 1);
      if (end !== undefined) return end;
      this.#unclosed = true;
      this.#misses++;
      // In `"Lux" OHG` both quotes belong to the name.
      this.#pos = this.#closesWithin(start + 1) ? start : start + 1;
    }
    return this.#bare();
  }

  /** Whether the cell contains a quote after a letter and before more of its text. */
  #closesWithin(from: number): boolean {
    const text = this.#buffer;
    const at = text.indexOf(this.dialect.quote, from);
    if (at <= from || at - from > shorter) return false;
    const word = text.slice(from, at);
    return !/[\r\n]/.test(word) && !word.includes(this.dialect.separator) &&
      / \p{L}/u.test(text.slice(at + 1, at + 3));
  }

  #bare(): boolean | null {
    const text = this.#buffer;
    const start = this.#pos;
    let at = text.charCodeAt(start) === equals ? this.#formulaEnd(start) : start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === this.#separator || code === lf || code === cr) break;
    }
    return this.#close(at, text.slice(start, at));
  }

  /** The end of `=HYPERLINK("…";"Groß")`, whose separator does not end the cell. */
  #formulaEnd(start: number): number {
    formula.lastIndex = start;
    if (formula.test(this.#buffer)) return formula.lastIndex;
    // The formula may go on in the next piece; the cell ends with the text until that is there.
    const rest = this.#buffer.slice(start, start + longestFormula);
    const cut = !this.#ended && rest.length < longestFormula && !/[\r\n]/.test(rest);
    return cut && /^=\s?h/i.test(rest) ? this.#buffer.length : start;
  }

  /** Ends a cell whose content stops at `at`, before a separator, a line break or the end. */
  #close(at: number, cell: string): boolean | null {
    const text = this.#buffer;
    if (at >= text.length) {
      if (!this.#ended) return null;
      this.#cells.push(cell);
      this.#pos = text.length;
      return true;
    }
    if (text.charCodeAt(at) === this.#separator) {
      if (at + 1 === text.length && !this.#ended) return null;
      this.#cells.push(cell);
      this.#pos = at + 1;
      if (at + 1 < text.length) return false;
      this.#cells.push("");
      return true;
    }
    const next = this.#lineEnd(at);
    if (next === null) return null;
    this.#cells.push(cell);
    this.#pos = next;
    return true;
  }

  /** The position after the line break at `at`: CRLF, LF, CR, or the LFCR of some old exports. */
  #lineEnd(at: number): number | null {
    const text = this.#buffer;
    if (at + 2 >= text.length && !this.#ended) return null;
    const [code, next] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
    if (code === cr) return next === lf ? at + 2 : at + 1;
    return next === cr && text.charCodeAt(at + 2) !== lf ? at + 2 : at + 1;
  }

  /** A quoted cell from after its opening quote; undefined if it is never properly closed. */
  #quoted(start: number): boolean | null | undefined {
    const text = this.#buffer;
    const limit = Math.min(text.length, this.#limit(start));
    // Most forgotten quotes have no closing quote anywhere near.
    if (this.#closer(start) >= limit && (this.#ended || limit < text.length)) return undefined;
    let fits: boolean | undefined;
    let [cell, from, at, passed] = ["", start, start, start];
    while (true) {
      at = this.#nextMark(at);
      if (at >= limit) return this.#ended || limit < text.length ? undefined : null;
      if (text.charCodeAt(at) === backslash) {
        const next = text.charCodeAt(at + 1);
        if (at + 1 >= text.length && !this.#ended) return null;
        if (next === this.#quote || next === backslash) {
          cell += text.slice(from, at) + text[at + 1];
          from = at + 2;
          at += 2;
        } else at++;
        continue;
      }
      if (at + 2 >= text.length && !this.#ended) return null;
      if (text.charCodeAt(at + 1) === this.#quote) {
        cell += text.slice(from, at + 1);
        from = at += 2;
        continue;
      }
      let behind = at + 1;
      while (text.charCodeAt(behind) === space) behind++;
      if (behind >= text.length && !this.#ended) return null;
      if (this.#isEnd(behind)) return this.#close(behind, cell + text.slice(from, at));
      if (this.#unclosed) return undefined;
      // A quote that opens a cell shows that this one was forgotten if its line is a row by itself.
      if (this.#width > 1 && this.#opens(at)) {
        fits ??= this.#fitsAlone(start);
        if (fits) return undefined;
        if (at >= passed) {
          const line = lineAround(text, start, at, shorter);
          passed = line.end;
          if (countCells(line.text, this.dialect) === this.#width) return undefined;
        }
      }
      at++;
    }
  }

  /** The next quote from here after which a cell can end; after everything if there is none. */
  #closer(from: number): number {
    if (from >= this.#searched && from <= this.#found) return this.#found;
    const text = this.#buffer;
    let at = text.indexOf(this.dialect.quote, from);
    for (; at >= 0; at = text.indexOf(this.dialect.quote, at + 1)) {
      let behind = at + 1;
      while (text.charCodeAt(behind) === space) behind++;
      if (behind >= text.length || this.#isEnd(behind)) break;
    }
    this.#searched = from;
    return this.#found = at < 0 ? text.length : at;
  }

  #nextMark(from: number): number {
    const text = this.#buffer;
    const quote = text.indexOf(this.dialect.quote, from);
    const end = quote < 0 ? text.length : quote;
    if (!this.dialect.backslash) return end;
    const slash = text.indexOf("\\", from);
    return slash >= 0 && slash < end ? slash : end;
  }

  #isEnd(at: number): boolean {
    if (at >= this.#buffer.length) return this.#ended;
    const code = this.#buffer.charCodeAt(at);
    return code === this.#separator || code === lf || code === cr;
  }

  /** Once a quote was forgotten, the record's other cells must close theirs on the same line. */
  #limit(start: number): number {
    if (this.#unclosed) return Math.min(this.#lineBreak(start), start + shorter);
    return start + (this.#misses > patience ? shorter : longest);
  }

  #lineBreak(start: number): number {
    if (this.#break >= start) return this.#break;
    const feed = this.#buffer.indexOf("\n", start);
    const line = feed < 0 ? this.#buffer.length : feed;
    const back = this.#buffer.slice(start, line).indexOf("\r");
    return this.#break = back < 0 ? line : start + back;
  }

  /** Whether the line of the opening quote has the row's cells without that quote. */
  #fitsAlone(start: number): boolean {
    const line = this.#buffer.slice(start, this.#lineBreak(start));
    return this.#cells.length + countCells(line, this.dialect) === this.#width;
  }

  #opens(at: number): boolean {
    const before = this.#buffer.charCodeAt(at - 1);
    return before === this.#separator || before === lf || before === cr;
  }
}
