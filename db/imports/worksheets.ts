/** Reads rows of cells from a worksheet's XML, each cell as the text to import. */

import { attribute, type Visitor } from "./elements.ts";
import { withAddress } from "./mailed_names.ts";
import { plain, type Show } from "./number_formats.ts";
import { limits, Unreadable } from "./problems.ts";
import { Runs, type SharedStrings, unescaped } from "./shared_strings.ts";
import type { Fault, Row } from "./tables.ts";

/** What the cells refer to. */
export interface Lookups {
  strings: SharedStrings;
  /** How numbers are shown, by the style of the cell. */
  shows: readonly Show[];
  /** The currencies by cell style; empty for none. */
  currencies: readonly string[];
  /** Rows and columns of merged cells, in order of the first row. */
  merges: readonly Merge[];
  /** The addresses to which cells are links, by `AB12`. */
  mails: ReadonlyMap<string, string>;
}

/** Cells merged downwards: all rows from the first to the last have the value. */
export interface Merge {
  column: number;
  first: number;
  last: number;
}

export class WorksheetReader implements Visitor {
  #ready: Row[] = [];
  #number = 0;
  #isHidden = false;
  #cells: string[] = [];
  #faults: Fault[] = [];
  #currencies: Record<number, string> | null = null;
  #column = 0;
  #reference = "";
  #type = "";
  #style = 0;
  #value = "";
  #inValue = false;
  #inCell = false;
  #formula = false;
  #runs = new Runs();
  #filled = 0;
  #pending: Merge[];
  #open: { merge: Merge; value: string }[] = [];

  constructor(readonly lookups: Lookups) {
    this.#pending = lookups.merges.toSorted((a, b) => b.first - a.first);
  }

  /** The rows found since the last call, without empty ones. */
  take(): Row[] {
    const rows = this.#ready;
    this.#ready = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "c") this.#openCell(attributes);
    else if (name === "v") this.#inValue = this.#inCell;
    else if (name === "row") this.#openRow(attributes);
    else if (name === "f") this.#formula = this.#inCell;
    else if (this.#inCell) this.#runs.open(name);
  }

  close(name: string): void {
    if (name === "v") this.#inValue = false;
    else if (name === "c") this.#closeCell();
    else if (name === "row") this.#closeRow();
    else if (this.#inCell) this.#runs.close(name);
  }

  text(text: string): void {
    if (this.#inValue) this.#value += text;
    else if (this.#inCell) this.#runs.text(text);
  }

  #openRow(attributes: Readonly<Record<string, string>>): void {
    const number = Number(attribute(attributes, "r"));
    // Some programs omit the numbers: then rows are consecutive.
    this.#number = Number.isInteger(number) && number > this.#number ? number : this.#number + 1;
    this.#isHidden = /^(?:1|true)$/.test(attribute(attributes, "hidden"));
    this.#cells = [];
    this.#faults = [];
    this.#currencies = null;
    this.#column = -1;
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    this.#reference = attributes.r ?? "";
    this.#column = columnOf(this.#reference) ?? this.#column + 1;
    this.#type = attributes.t ?? "n";
    this.#style = Number(attributes.s ?? 0);
    this.#value = "";
    this.#formula = false;
    this.#inCell = true;
    this.#runs.start();
  }

  #closeCell(): void {
    this.#inCell = false;
    this.#inValue = false;
    const said = this.#shown();
    if (said === "") return;
    const address = this.lookups.mails.get(this.#reference) ?? "";
    const text = withAddress(said, said, { from: 0, to: said.length, address });
    this.#put(this.#column, text);
    const currency = this.#type === "n" ? this.lookups.currencies[this.#style] : "";
    if (currency) (this.#currencies ??= {})[this.#column] = currency;
  }

  #shown(): string {
    const value = this.#value;
    switch (this.#type) {
      case "s":
        return this.lookups.strings.at(Number(value || -1));
      case "inlineStr":
        return this.#runs.take() || unescaped(value);
      case "str":
        return unescaped(value);
      case "b":
        return /^(?:1|true)$/.test(value) ? "true" : value === "" ? "" : "false";
      case "e":
        this.#fault("cell_error", value);
        return "";
      case "d":
        return value.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, "").replace("T", " ");
    }
    if (value === "" && this.#formula) this.#fault("formula_without_value", "");
    return value === "" ? "" : (this.lookups.shows[this.#style] ?? plain)(value);
  }

  #fault(code: Fault["code"], error: string): void {
    if (this.#column < limits.columns) this.#faults.push({ code, column: this.#column, error });
  }

  #put(column: number, text: string): void {
    if (column >= limits.columns) {
      throw new Unreadable("too_many_columns", { limit: limits.columns });
    }
    if (++this.#filled > limits.cells) throw new Unreadable("xlsx_too_large");
    while (this.#cells.length < column) this.#cells.push("");
    this.#cells[column] = text;
  }

  #closeRow(): void {
    this.#fillMerged();
    if (this.#cells.length === 0) return;
    this.#ready.push({
      number: this.#number,
      cells: this.#cells,
      unclosed: false,
      ...(this.#faults.length > 0 ? { faults: this.#faults } : {}),
      ...(this.#currencies ? { currencies: this.#currencies } : {}),
      ...(this.#isHidden ? { hidden: true } : {}),
    });
  }

  #fillMerged(): void {
    this.#open = this.#open.filter(({ merge }) => merge.last >= this.#number);
    if (this.#cells.length > 0) {
      for (const { merge, value } of this.#open) {
        if (!this.#cells[merge.column]) this.#put(merge.column, value);
      }
    }
    while (this.#pending.length > 0 && this.#pending.at(-1)!.first <= this.#number) {
      const merge = this.#pending.pop()!;
      const value = merge.first === this.#number ? this.#cells[merge.column] ?? "" : "";
      if (value !== "") this.#open.push({ merge, value });
    }
  }
}

/** `AB12` is column 27, counted from 0; null if the cell does not say. */
function columnOf(reference: string): number | null {
  let column = 0;
  for (let at = 0; at < reference.length && at < 4; at++) {
    const letter = reference.charCodeAt(at) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column === 0 ? null : column - 1;
}

const closing = /<\/(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*\/>/;
const merged = /<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"/g;
const mostMerged = 20_000;
const linked = /<(?:\w+:)?hyperlink\s([^<>]{1,3000})>/g;
/** More links than this are not looked at. */
const mostLinked = 200_000;

/** What comes after the rows in the file. */
export interface Tail {
  /** The merges across several rows. */
  merges: Merge[];
  /** The relations of cells that are links, by `AB12`. */
  links: Map<string, string>;
}

/** Reads what comes after the rows in the file. */
export async function tail(bytes: AsyncIterable<Uint8Array>): Promise<Tail> {
  const decoder = new TextDecoder("utf-8");
  const found: Tail = { merges: [], links: new Map() };
  let behind = false;
  let rest = "";
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true });
    if (!behind) {
      const end = closing.exec(rest);
      behind = end !== null;
      rest = end ? rest.slice(end.index + end[0].length) : rest.slice(-64);
    }
    if (!behind) continue;
    for (const [, column, first, last] of rest.matchAll(merged)) {
      if (Number(last) > Number(first)) {
        found.merges.push({ column: columnOf(column!)!, first: Number(first), last: Number(last) });
      }
    }
    if (found.merges.length > mostMerged) throw new Unreadable("xlsx_too_large");
    for (const [, attributes] of rest.matchAll(linked)) {
      const cell = /\bref="([A-Z]{1,3}\d{1,7})"/.exec(attributes!)?.[1];
      const id = /:id="([^"]{1,100})"/.exec(attributes!)?.[1];
      if (cell && id && found.links.size < mostLinked) found.links.set(cell, id);
    }
    rest = rest.slice(Math.max(0, rest.lastIndexOf("<")));
    if (rest.length > 4096) rest = "";
  }
  return found;
}
