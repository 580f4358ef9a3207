/**
 * Reads rows of cells from the XML of an OpenDocument spreadsheet, which has all sheets in one
 * part.
 */

import { attribute, type Visitor } from "./elements.ts";
import { faultOf, shown } from "./open_cells.ts";
import { isAside, Paragraphs, repeated } from "./paragraphs.ts";
import { Prefixes } from "./prefixed.ts";
import { limits, Unreadable } from "./problems.ts";
import { offered } from "./sheets.ts";
import type { Fault, Row } from "./tables.ts";

/** A sheet by the position of its tab. */
export interface Tab {
  at: number;
  name: string;
  hidden: boolean;
}

/** Identical rows, stored once: a million of them must not be in memory. */
interface Alike extends Row {
  tab: Tab;
  times: number;
  /** Values of cells that are merged downwards into these rows. */
  fills: Merge[];
}

interface Merge {
  column: number;
  last: number;
  value: string;
}

/** More rows than any spreadsheet has. */
const endless = 2 ** 24;
const mostMerged = 20_000;
/** Drawings and the like, including charts, which contain tables of their own. */
const aside = new Set(["dde-links", "forms", "shapes", "table", "table-source", "tracked-changes"]);

export class OpenSheets implements Visitor {
  readonly tabs: Tab[] = [];
  /** Whether a wanted sheet has ended. */
  ended = false;
  #ready: Alike[] = [];
  #hiddenStyles = new Set<string>();
  #style = "";
  #inBook = false;
  #tab: Tab | null = null;
  /** Open elements whose contents are skipped. */
  #skipped = 0;
  #next = 1;
  #row = { number: 0, times: 1, hidden: false };
  #cells: string[] = [];
  #faults: Fault[] = [];
  #currencies: Record<number, string> | null = null;
  #column = 0;
  #cell: Readonly<Record<string, string>> | null = null;
  #inText = false;
  #paragraphs = new Paragraphs();
  #prefixes = new Prefixes();
  #filled = 0;
  #merges: Merge[] = [];
  #begun: Merge[] = [];
  #merged = 0;

  /** Rows of sheets that are not wanted, or no longer wanted, are skipped. */
  constructor(readonly wants: (tab: Tab) => boolean) {}

  /** The rows found since the last call, without empty ones. */
  *take(): Generator<{ tab: Tab; row: Row }> {
    const ready = this.#ready;
    this.#ready = [];
    for (const { tab, times, fills, ...first } of ready) {
      for (let at = 0; at < times && this.wants(tab); at++) {
        const number = first.number + at;
        const cells = times === 1 ? first.cells : [...first.cells];
        for (const { column, last, value } of fills) if (last >= number) put(cells, column, value);
        yield { tab, row: { ...first, number, cells } };
      }
    }
  }

  open(name: string, written: Readonly<Record<string, string>>): void {
    if (this.#skipped > 0) {
      this.#skipped++;
      return;
    }
    if (!this.#inBook) this.#prefixes.learn(written);
    const attributes = this.#prefixes.usual(written);
    if (this.#cell) this.#openWithin(name, attributes);
    else if (this.#tab) this.#openInSheet(name, attributes);
    else if (name === "table" && this.#inBook) this.#openSheet(attributes);
    else if (name === "spreadsheet") this.#inBook = true;
    else if (name === "style") {
      const isTable = attribute(attributes, "family") === "table";
      this.#style = isTable ? attribute(attributes, "name") : "";
    } else if (name === "table-properties" && this.#style !== "") {
      if (attribute(attributes, "display") === "false") this.#hide(this.#style);
    } else if (aside.has(name)) this.#skipped = 1;
  }

  close(name: string): void {
    if (this.#skipped > 0) this.#skipped--;
    else if (this.#inText) {
      if (name === "a") this.#paragraphs.endLink();
      if (name !== "p") return;
      this.#inText = false;
      this.#paragraphs.end();
    } else if (this.#cell) this.#closeCell(this.#cell);
    else if (name === "table-row" && this.#tab) this.#closeRow(this.#tab);
    else if (name === "table" && this.#tab) {
      this.#tab = null;
      this.ended = true;
    } else if (name === "spreadsheet") this.#inBook = false;
  }

  text(text: string): void {
    if (this.#inText && this.#skipped === 0) this.#paragraphs.text(text);
  }

  #hide(style: string): void {
    if (this.#hiddenStyles.size >= limits.styles) throw new Unreadable("xlsx_too_large");
    this.#hiddenStyles.add(style);
  }

  #openSheet(attributes: Readonly<Record<string, string>>): void {
    const name = attribute(attributes, "name").slice(0, 200);
    // Cached cells of other files are stored as a sheet of their own.
    if (this.tabs.length >= offered || /^'\w{2,20}:.*'#/.test(name)) {
      this.#skipped = 1;
      return;
    }
    const hidden = this.#hiddenStyles.has(attributes["table:style-name"] ?? "");
    const tab = { at: this.tabs.length, name, hidden };
    this.tabs.push(tab);
    if (!this.wants(tab)) {
      this.#skipped = 1;
      return;
    }
    this.#next = 1;
    this.#merges = [];
    this.#tab = tab;
  }

  #openInSheet(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "table-cell" || name === "covered-table-cell") this.#cell = attributes;
    else if (name === "table-row") this.#openRow(this.#tab!, attributes);
    else if (aside.has(name)) this.#skipped = 1;
  }

  #openRow(tab: Tab, attributes: Readonly<Record<string, string>>): void {
    const times = repeated(attributes["table:number-rows-repeated"], endless);
    const hidden = /^(?:collapse|filter)$/.test(attributes["table:visibility"] ?? "");
    this.#row = { number: this.#next, times, hidden };
    this.#next += times;
    this.#cells = [];
    this.#faults = [];
    this.#currencies = null;
    this.#begun = [];
    this.#column = 0;
    if (!this.wants(tab)) this.#skipped = 1;
  }

  #openWithin(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#inText ? isAside(name) : name !== "p") this.#skipped = 1;
    else if (this.#inText) this.#paragraphs.open(name, attributes);
    else {
      this.#inText = true;
      this.#paragraphs.start();
    }
  }

  #closeCell(cell: Readonly<Record<string, string>>): void {
    this.#cell = null;
    const column = this.#column;
    const times = repeated(cell["table:number-columns-repeated"], endless);
    this.#column += times;
    const text = this.#paragraphs.take();
    const fault = faultOf(cell, text);
    if (fault && column < limits.columns) this.#faults.push({ ...fault, column });
    const value = fault ? "" : shown(cell, text);
    this.#merge(cell, column, value);
    if (value === "") return;
    if (this.#column > limits.columns) {
      throw new Unreadable("too_many_columns", { limit: limits.columns });
    }
    const currency = cell["office:value-type"] === "currency" ? cell["office:currency"] : "";
    for (let at = column; at < this.#column; at++) {
      put(this.#cells, at, value);
      if (currency) (this.#currencies ??= {})[at] = currency.slice(0, 20);
    }
    this.#count(times);
  }

  #merge(cell: Readonly<Record<string, string>>, column: number, value: string): void {
    const rows = repeated(cell["table:number-rows-spanned"], endless);
    if (rows < 2) return;
    if (++this.#merged > mostMerged) throw new Unreadable("xlsx_too_large");
    if (value !== "") this.#begun.push({ column, last: this.#row.number + rows - 1, value });
  }

  #count(cells: number): void {
    this.#filled += cells * this.#row.times;
    if (this.#filled > limits.cells) throw new Unreadable("xlsx_too_large");
  }

  #closeRow(tab: Tab): void {
    const { number, times, hidden } = this.#row;
    this.#merges = this.#merges.filter(({ last }) => last >= number);
    if (this.#cells.length > 0) {
      const fills = this.#merges.filter(({ column }) => !this.#cells[column]);
      this.#count(fills.length);
      this.#ready.push({
        tab,
        times,
        fills,
        number,
        cells: this.#cells,
        unclosed: false,
        ...(this.#faults.length > 0 ? { faults: this.#faults } : {}),
        ...(this.#currencies ? { currencies: this.#currencies } : {}),
        ...(hidden ? { hidden: true } : {}),
      });
    }
    if (this.#begun.length === 0) return;
    const columns = new Set(this.#begun.map(({ column }) => column));
    this.#merges = [...this.#merges.filter(({ column }) => !columns.has(column)), ...this.#begun];
  }
}

function put(cells: string[], column: number, value: string): void {
  while (cells.length < column) cells.push("");
  cells[column] = value;
}
