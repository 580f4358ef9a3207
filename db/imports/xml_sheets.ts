/**
 * Reads spreadsheets in the XML that Excel wrote before .xlsx (SpreadsheetML of 2003), row by row.
 */

import { attribute, visit, type Visitor } from "./elements.ts";
import { repeated } from "./paragraphs.ts";
import { limits, Unreadable } from "./problems.ts";
import { type Book, Glance, offered, type Sheet } from "./sheets.ts";
import type { Fault, Row } from "./tables.ts";

/** Whether a file begins as such a spreadsheet. */
export const begins = (start: string): boolean =>
  /^<\?(?:xml|mso)/.test(start) && start.includes("urn:schemas-microsoft-com:office:spreadsheet");

/** Opens the file; each call of `bytes` gives its content in UTF-8 from the start. */
export const open = (bytes: () => AsyncIterable<Uint8Array>): Book => ({
  async sheets() {
    const glances: Glance[] = [];
    const reader = new Sheets((at) => !(glances[at] ??= new Glance()).done);
    for await (const _ of visit(bytes(), reader)) {
      for (const { at, row } of reader.take()) glances[at]!.take(row);
    }
    return reader.names.map(({ name, hidden }, at): Sheet => {
      return { name, hidden, ...(glances[at] ?? new Glance()).found };
    });
  },
  async *rows(name) {
    let wanted = -1;
    const reader = new Sheets((at, each) =>
      (wanted < 0 && each === name ? wanted = at : wanted) === at
    );
    for await (const _ of visit(bytes(), reader)) {
      for (const { row } of reader.take()) yield row;
    }
    if (wanted < 0) throw new Unreadable("sheet_missing");
  },
  close: () => {},
});

/** Most cells in further rows that come from cells merged downwards. */
const mostLent = 1_000_000;

class Sheets implements Visitor {
  readonly names: { name: string; hidden: boolean }[] = [];
  #ready: { at: number; row: Row }[] = [];
  #reads = false;
  #row: Row | null = null;
  #next = 1;
  #column = 0;
  #across = 0;
  #type = "";
  #inRemark = false;
  #text: string | null = null;
  /** Values of cells that extend into further rows, by column. */
  #carried = new Map<number, { value: string; last: number }>();
  #cells = 0;
  #lent = 0;

  /** Rows of sheets that are not wanted, or no longer wanted, are skipped. */
  constructor(readonly wants: (at: number, name: string) => boolean) {}

  /** The rows found since the last call. */
  take(): { at: number; row: Row }[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "Worksheet") this.#begin(attribute(attributes, "Name").slice(0, 200));
    else if (name === "Visible" && this.names.length > 0) this.#text = "";
    else if (!this.#reads) return;
    else if (name === "Row") {
      this.#next = repeated(attribute(attributes, "Index"), 2 ** 24, this.#next);
      const hidden = attribute(attributes, "Hidden") === "1";
      this.#row = { number: this.#next++, cells: [], unclosed: false, ...hidden ? { hidden } : {} };
      this.#column = 0;
    } else if (name === "Cell" && this.#row) {
      this.#column = repeated(attribute(attributes, "Index"), 2 ** 24, this.#column + 1) - 1;
      this.#across = Number(attribute(attributes, "MergeAcross")) || 0;
      const down = Number(attribute(attributes, "MergeDown")) || 0;
      if (down > 0 && this.#carried.size < limits.columns) {
        this.#carried.set(this.#column, { value: "", last: this.#row.number + down });
      }
    } else if (name === "Comment") this.#inRemark = true;
    else if (name === "Data" && this.#row && !this.#inRemark) {
      this.#type = attribute(attributes, "Type");
      this.#text = "";
    }
  }

  text(text: string): void {
    if (this.#text !== null && this.#text.length <= limits.cell) this.#text += text;
  }

  close(name: string): void {
    if (name === "Visible") {
      if (/^SheetHidden/.test(this.#text ?? "")) this.names.at(-1)!.hidden = true;
      this.#text = null;
    } else if (name === "Comment") this.#inRemark = false;
    else if (name === "Data" && this.#row && !this.#inRemark) {
      this.#put(this.#row, this.#text ?? "");
      this.#text = null;
    } else if (name === "Cell") this.#column += 1 + Math.min(this.#across, 2 ** 24);
    else if (name === "Row" && this.#row) {
      this.#lend(this.#row);
      if (this.#row.cells.some(Boolean) || this.#row.faults) {
        this.#ready.push({ at: this.names.length - 1, row: this.#row });
      }
      this.#row = null;
      this.#reads = this.#wanted();
    }
  }

  #begin(name: string): void {
    this.names.push({ name, hidden: false });
    if (this.names.length > offered) throw new Unreadable("xlsx_too_large");
    this.#next = 1;
    this.#carried.clear();
    this.#reads = this.#wanted();
  }

  #wanted(): boolean {
    const at = this.names.length - 1;
    return this.wants(at, this.names[at]!.name);
  }

  #put(row: Row, text: string): void {
    if (this.#column >= limits.columns) {
      throw new Unreadable("too_many_columns", { limit: limits.columns });
    }
    if (this.#type === "Error") {
      const fault: Fault = { column: this.#column, code: "cell_error", error: text };
      row.faults = [...row.faults ?? [], fault];
      return;
    }
    const value = valueOf(this.#type, text);
    while (row.cells.length < this.#column) row.cells.push("");
    row.cells[this.#column] = value;
    const carried = this.#carried.get(this.#column);
    if (carried && carried.last > row.number) carried.value = value;
    if (++this.#cells > limits.cells) throw new Unreadable("xlsx_too_large");
  }

  #lend(row: Row): void {
    for (const [column, { value, last }] of this.#carried) {
      if (last < row.number) this.#carried.delete(column);
      else if (value !== "" && !row.cells[column]) {
        while (row.cells.length < column) row.cells.push("");
        row.cells[column] = value;
        if (++this.#lent > mostLent) throw new Unreadable("xlsx_too_large");
      }
    }
  }
}

/** Days without a zero time of day; booleans as words, like other spreadsheets. */
function valueOf(type: string, text: string): string {
  if (type === "DateTime") return text.replace(/T00:00:00(?:\.0+)?$/, "").replace(/\.0+$/, "");
  if (type === "Boolean") return text === "1" ? "true" : "false";
  return text.trim();
}
