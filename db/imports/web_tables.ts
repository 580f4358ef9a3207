/** Reads tables of a web page, which many programs write when they promise an Excel file. */

import { whole } from "./card_lines.ts";
import * as entities from "./entities.ts";
import { type Link, mailOf, withAddress } from "./mailed_names.ts";
import { limits, Unreadable } from "./problems.ts";
import { type Book, Glance, offered, type Sheet } from "./sheets.ts";
import type { Row } from "./tables.ts";
import { Turns } from "./turns.ts";

/** Most cells of all tables, because the page is in memory as a whole. */
const most = 2_000_000;
/** Elements whose text is invisible. */
const unseen = ["comment", "script", "style", "title", "noscript", "template"];

interface Cell {
  text: string;
  link: Link | null;
  across: number;
  down: number;
}

/** A table whose end has not been read yet. */
interface Open {
  rows: Row[];
  number: number;
  row: string[] | null;
  cell: Cell | null;
  /** Values of cells that extend into further rows, by column. */
  carried: Map<number, { value: string; rows: number }>;
}

/** Reads the page. Throws Unreadable if it has no table with rows and columns. */
export async function open(pieces: AsyncIterable<string>): Promise<Book> {
  const tables = (await tablesIn(await whole(pieces, "xlsx_too_large")))
    .filter((rows) => rows.length > 1 && rows.some(({ cells }) => cells.length > 1));
  if (tables.length === 0) throw new Unreadable("html");
  const named = tables.slice(0, offered).map((rows, at) => ({ name: `Tabelle ${at + 1}`, rows }));
  return {
    sheets: () =>
      Promise.resolve(named.map(({ name, rows }): Sheet => {
        const glance = new Glance();
        for (const row of rows) glance.take(row);
        return { name, hidden: false, ...glance.found };
      })),
    async *rows(name) {
      const table = named.find((each) => each.name === name);
      if (!table) throw new Unreadable("sheet_missing");
      for (const row of table.rows) yield { ...row, cells: [...row.cells] };
    },
    close: () => {},
  };
}

async function tablesIn(text: string): Promise<Row[][]> {
  // Only A to Z: some other letters become two in lower case, which would shift all positions.
  const lower = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const found: Row[][] = [];
  const stack: Open[] = [];
  const count = { cells: 0 };
  const turns = new Turns();
  let tags = 0;
  let at = 0;
  while (at < text.length) {
    if (++tags % 1_000 === 0 && turns.isOver) await turns.next();
    const next = text.indexOf("<", at);
    const cell = stack.at(-1)?.cell;
    if (cell) cell.text += text.slice(at, next < 0 ? undefined : next);
    if (next < 0) break;
    const [name, end] = tagAt(lower, next);
    if (end < 0) break;
    take(name, text.slice(next, end), stack, found, count);
    at = end;
  }
  while (stack.length > 0) take("/table", "", stack, found, count);
  return found;
}

/**
 * The name of the tag that begins here, with "/" for a closing tag, and where it ends; -1 for
 * never. `text` is in lower case: an end looked for in one spelling and then in another would be
 * looked for in the whole page at each tag.
 */
function tagAt(text: string, at: number): [name: string, end: number] {
  if (text.startsWith("<!--", at)) return ["", behind(text, "-->", at)];
  const name = /^<(\/?[a-z][a-z0-9:]{0,20})/.exec(text.slice(at, at + 24))?.[1];
  if (name === undefined) {
    return ["", /[!?]/.test(text[at + 1] ?? "") ? behind(text, ">", at) : at + 1];
  }
  if (!unseen.includes(name)) return [name, behind(text, ">", at)];
  const end = text.indexOf(`</${name}`, at);
  return ["", end < 0 ? -1 : behind(text, ">", end)];
}

function behind(text: string, mark: string, at: number): number {
  const found = text.indexOf(mark, at);
  return found < 0 ? -1 : found + mark.length;
}

function take(
  name: string,
  tag: string,
  stack: Open[],
  found: Row[][],
  count: { cells: number },
): void {
  const table = stack.at(-1);
  if (name === "table") {
    stack.push({ rows: [], number: 0, row: null, cell: null, carried: new Map() });
  } else if (!table) return;
  else if (name === "/table") {
    endRow(table, count);
    found.push(table.rows);
    stack.pop();
  } else if (name === "tr" || name === "/tr") {
    endRow(table, count);
    if (name === "tr") table.row = [];
  } else if (name === "td" || name === "th") {
    endCell(table, count);
    table.row ??= [];
    table.cell = { text: "", link: null, across: span(tag, colspan), down: span(tag, rowspan) };
  } else if (name === "/td" || name === "/th") endCell(table, count);
  else if (table.cell && name === "a") {
    const [, href = ""] = /\shref\s?=\s?["']?([^"'>\s]{1,600})/i.exec(tag.slice(0, 2_000)) ?? [];
    const address = table.cell.link ? "" : mailOf(entities.decoded(href));
    table.cell.link = { from: table.cell.text.length, to: Infinity, address };
  } else if (table.cell?.link && name === "/a") {
    table.cell.link.to = table.cell.text.length;
  } else if (table.cell && /^(?:br|\/p|\/div|\/li)$/.test(name)) table.cell.text += "\u0001";
}

const colspan = /\scolspan\s?=\s?["']?(\d{1,4})/i;
const rowspan = /\srowspan\s?=\s?["']?(\d{1,4})/i;

const span = (tag: string, pattern: RegExp): number =>
  Math.max(1, Number(pattern.exec(tag.slice(0, 2_000))?.[1] ?? 1));

function endRow(table: Open, count: { cells: number }): void {
  endCell(table, count);
  const { row } = table;
  table.row = null;
  if (!row) return;
  table.number++;
  lend(table, row, count);
  if (row.some((cell) => cell !== "")) {
    table.rows.push({ number: table.number, cells: row, unclosed: false });
  }
}

function endCell(table: Open, count: { cells: number }): void {
  const { cell, row } = table;
  table.cell = null;
  if (!cell || !row) return;
  lend(table, row, count);
  const value = withAddress(cell.text, shown(cell.text), cell.link);
  if (cell.down > 1) table.carried.set(row.length, { value, rows: cell.down - 1 });
  push(row, value, count);
  // A title may span more columns than there are.
  const across = Math.min(cell.across, limits.columns - row.length + 1);
  for (let at = 1; at < across; at++) push(row, "", count);
}

/** Fills the columns from here on into which cells of rows above extend. */
function lend({ carried }: Open, row: string[], count: { cells: number }): void {
  for (let held = carried.get(row.length); held; held = carried.get(row.length)) {
    if (--held.rows < 1) carried.delete(row.length);
    push(row, held.value, count);
  }
}

function push(row: string[], value: string, count: { cells: number }): void {
  if (row.length >= limits.columns) {
    throw new Unreadable("too_many_columns", { limit: limits.columns });
  }
  if (++count.cells > most) throw new Unreadable("xlsx_too_large");
  row.push(value);
}

/** White space counts as one space, and line breaks separate lines. */
const shown = (text: string): string =>
  entities.decoded(text).replace(/\s+/g, " ").split("\u0001").map((line) => line.trim())
    .join("\n").trim();
