/**
 * Turns an import file into records: `inspect` examines it and guesses, `read` follows the plan.
 */

import * as asides from "./asides.ts";
import * as books from "./books.ts";
import * as cardRecords from "./card_records.ts";
import * as cardFiles from "./card_files.ts";
import { Continuations } from "./continuations.ts";
import * as dealColumns from "./deal_columns.ts";
import * as doubleHeadings from "./double_headings.ts";
import { peek, type Scan, scan, text } from "./encodings.ts";
import { formatOf } from "./formats.ts";
import { FurtherTables } from "./further_tables.ts";
import { unguard } from "./guards.ts";
import * as headerRows from "./header_rows.ts";
import type { Hints, Inspection, Source } from "./inspections.ts";
import * as kinds from "./kinds.ts";
import * as lands from "./lands.ts";
import * as layouts from "./layouts.ts";
import { fit } from "./lengths.ts";
import * as loneDeals from "./lone_deals.ts";
import * as mappings from "./mappings.ts";
import * as nameKinds from "./name_kinds.ts";
import { objects } from "./objects.ts";
import * as ownerColumns from "./owner_columns.ts";
import * as pairedRows from "./paired_rows.ts";
import { hasCards, hasSheets, type Plan } from "./plans.ts";
import { boundsOf, limits, Unreadable } from "./problems.ts";
import type { ImportedRecord } from "./records.ts";
import * as rowRecords from "./row_records.ts";
import { type Book, preferred } from "./sheets.ts";
import * as sideTables from "./side_tables.ts";
import { Survey } from "./surveys.ts";
import { rows } from "./table_rows.ts";
import { type Row, TableReader } from "./tables.ts";
import * as turnedTables from "./turned_tables.ts";

/** Rows at the start of a table among which the header is searched. */
const looked = 60;

/**
 * Reads the whole file once or twice and guesses how to import it. Throws Unreadable if it is no
 * table, address book or JSON list, or exceeds the limits.
 */
export async function inspect(source: Source, hints: Hints = {}): Promise<Inspection> {
  const found = await scan(source, boundsOf(hints).bytes);
  const seen: Scan = { ...found, encoding: hints.encoding ?? found.encoding };
  const plan: Plan = {
    format: await formatOf(seen, source),
    encoding: seen.encoding,
    dialect: layouts.usual,
    header: 0,
    kind: "mixed",
    columns: [],
    country: hints.country ?? hints.home ?? "DE",
    restoreZeros: false,
    ...(hints.large ? { large: true } : {}),
  };
  if (hasCards(plan)) return await cardFiles.inspect(source, plan, seen.bytes, hints);
  if (hasSheets(plan)) return await inspectBook(source, plan, seen.bytes, hints);
  const headings = plan.format === "csv"
    ? openTable(plan, peek(seen.head, seen.encoding), hints)
    : await keysOf(source, plan);
  const open = () => rows(piecesOf(source, plan), plan.dialect, plan.header);
  await turnedTables.addFurther(plan, headings, open);
  const named = plan.format === "json" || plan.header > 0;
  const survey = new Survey(headings, named, boundsOf(plan).rows);
  await survey.takeAll(dataRows(source, plan, headings));
  return conclude(plan, survey, seen.bytes, hints);
}

/**
 * The records of the file under a plan, one by one and in order; memory use does not grow with the
 * file. Unwanted rows are skipped, which costs a fraction of reading them.
 */
export async function* read(
  source: Source,
  plan: Plan,
  wanted: (row: number) => boolean = () => true,
): AsyncGenerator<ImportedRecord> {
  let count = 0;
  if (hasCards(plan)) {
    for await (const card of cardFiles.cards(source, plan)) {
      guard(++count, plan);
      if (wanted(count)) yield fit(cardRecords.record(card, count, plan));
    }
    return;
  }
  const headings = plan.columns.map((column) => column.name);
  const continuations = new Continuations(plan);
  for await (const row of dataRows(source, plan, headings)) {
    guard(++count, plan);
    const whole = continuations.take(row);
    if (wanted(row.number)) yield fit(rowRecords.record(whole, plan));
  }
}

/** The first rows of an inspected table under a plan, without opening the file again. */
export function preview({ samples }: Pick<Inspection, "samples">, plan: Plan): ImportedRecord[] {
  const continuations = new Continuations(plan);
  return samples.map(({ row, ...cells }) =>
    fit(rowRecords.record(continuations.take({ number: row, ...cells, unclosed: false }), plan))
  );
}

/** The original rows of a table, with passwords and the like masked: for reports about them. */
export async function* cells(
  source: Source,
  plan: Plan,
): AsyncGenerator<{ row: number; cells: string[] }> {
  const headings = plan.columns.map((column) => column.name);
  for await (const { number, cells } of dataRows(source, plan, headings)) {
    const shown = cells.map((cell, at) => plan.columns[at]?.secret && cell !== "" ? "•••" : cell);
    yield { row: number, cells: shown };
  }
}

function guard(count: number, plan: Plan): void {
  const { rows: most } = boundsOf(plan);
  if (count > most) throw new Unreadable("too_many_rows", { limit: most });
}

/** Determines dialect and header from the start of the text, and returns the headings. */
function openTable(plan: Plan, text: string, hints: Hints): string[] {
  const { dialect, start } = layouts.guess(text, hints.separator);
  plan.dialect = dialect;
  const reader = new TableReader(plan.dialect);
  const first = [...reader.write(start.slice(0, 256 * 1024)), ...reader.end()].slice(0, looked);
  return headingsOf(plan, first, dialect.labels ? { header: 0, ...hints } : hints);
}

/** Determines the header from the first rows of a table. */
function headingsOf(plan: Plan, first: Row[], hints: Hints): string[] {
  const whole = first.length < looked;
  const across = hints.header === undefined
    ? pairedRows.settle(plan, first) ?? turnedTables.settle(plan, first, whole)
    : null;
  if (across) return across;
  const found = hints.header ?? headerRows.find(first);
  const header = doubleHeadings.settle(first, found, hints.header !== undefined);
  plan.header = header.number;
  const tables = sideTables.find(header.own, plan.header, first);
  if (!tables) return header.cells;
  plan.beside = tables.starts;
  return header.own.slice(0, tables.width);
}

async function inspectBook(
  source: Source,
  plan: Plan,
  bytes: number,
  hints: Hints,
): Promise<Inspection> {
  const book = await books.open(source, plan);
  try {
    return await surveyBook(book, plan, bytes, hints);
  } finally {
    book.close();
  }
}

async function surveyBook(
  book: Book,
  plan: Plan,
  bytes: number,
  hints: Hints,
): Promise<Inspection> {
  const sheets = await book.sheets();
  const wanted = sheets.find((sheet) => sheet.name === hints.sheet) ?? preferred(sheets);
  if (!wanted) throw new Unreadable("empty");
  if (books.isPacked(plan)) plan.encoding = "utf-8";
  plan.sheet = wanted.name;
  const first: Row[] = [];
  for await (const row of book.rows(wanted.name)) if (first.push(row) >= looked) break;
  const headings = headingsOf(plan, even(first), hints);
  await turnedTables.addFurther(plan, headings, () => book.rows(wanted.name));
  const survey = new Survey(headings, plan.header > 0, boundsOf(plan).rows);
  await survey.takeAll(sheetRows(book, plan, headings));
  return { ...conclude(plan, survey, bytes, hints), sheets, hiddenRows: survey.hidden };
}

/** Pads rows to the same width, because sheets omit trailing empty cells. */
function even(rows: Row[]): Row[] {
  const width = Math.max(...rows.map((row) => row.cells.length));
  return rows.map((row) => ({ ...row, cells: padded(row.cells, width) }));
}

function padded(cells: string[], width: number): string[] {
  while (cells.length < width) cells.push("");
  return cells;
}

async function* sheetRows(
  book: Book,
  plan: Plan,
  headings: string[],
): AsyncGenerator<Row> {
  const tables = new FurtherTables(headings, plan.header);
  const open = () => book.rows(plan.sheet ?? "");
  for await (const row of sideTables.rows(open, plan, headings)) {
    if (row.number > plan.header && row.cells.some((cell) => cell.trim() !== "")) {
      padded(row.cells, headings.length);
      yield* tables.take(row);
    }
  }
  yield* tables.end();
}

/** All keys of a list of objects, in the order they first appear. */
async function keysOf(source: Source, plan: Plan): Promise<string[]> {
  const keys = new Set<string>();
  for await (const object of objects(text(source, plan.encoding))) {
    for (const key of object.keys()) keys.add(key);
    if (keys.size > limits.columns) {
      throw new Unreadable("too_many_columns", { limit: limits.columns });
    }
  }
  return [...keys];
}

/** The rows after the header that are not blank. */
async function* dataRows(source: Source, plan: Plan, headings: string[]): AsyncGenerator<Row> {
  if (hasSheets(plan)) {
    const book = await books.open(source, plan);
    try {
      yield* sheetRows(book, plan, headings);
    } finally {
      book.close();
    }
    return;
  }
  if (plan.format === "json") {
    let number = 0;
    for await (const object of objects(text(source, plan.encoding))) {
      const cells = headings.map((key) => object.get(key) ?? "");
      yield { number: ++number, cells, unclosed: false };
    }
    return;
  }
  const tables = new FurtherTables(headings, plan.header);
  const open = () => rows(piecesOf(source, plan), plan.dialect, plan.header);
  for await (const row of sideTables.rows(open, plan, headings)) {
    if (row.number <= plan.header || row.cells.every((cell) => cell.trim() === "")) continue;
    if (asides.isRemark(row.cells, headings.length)) continue;
    if (plan.header === 0 && row.number === 1 && /^\ufeff?sep=$/i.test(row.cells[0] ?? "")) {
      continue;
    }
    row.faults = unguard(row.cells);
    yield* tables.take(row);
  }
  yield* tables.end();
}

function piecesOf(source: Source, { encoding, dialect }: Plan): AsyncIterable<string> {
  return layouts.plainly(text(source, encoding), dialect);
}

function conclude(plan: Plan, survey: Survey, bytes: number, hints: Hints): Inspection {
  const { columns } = survey;
  plan.columns = mappings.guess(columns, survey.hasHeader);
  const { kind, names } = kinds.guess(plan.columns, columns, hints.fileName);
  plan.kind = plan.dialect.recipients ? "newsletter" : kind;
  if (kind === "deals") {
    const cellsOf = (at: number) => columns[at]!.cells;
    const mapped = dealColumns.staged(
      loneDeals.settled(dealColumns.map(plan.columns), cellsOf),
      cellsOf,
    );
    plan.columns = ownerColumns.keyless(mapped, columns);
  }
  if (names) plan.names = names.persons < names.companies ? "company" : "person";
  if (nameKinds.turnedIn(plan.columns, columns)) plan.lastFirst = true;
  const land = hints.country ? null : lands.guess(plan.columns, columns, plan.country);
  if (land) plan.country = land.country;
  plan.restoreZeros = survey.lostZeros(plan.columns);
  const decisions = survey.decisions(plan.columns, hints.locale ?? "de");
  for (const decision of decisions) {
    const column = plan.columns[decision.column];
    if (column && decision.kind === "date") column.dates = decision.choice as "dmy" | "mdy" | "ymd";
  }
  const samples = survey.samples.map(({ cells, ...rest }) => ({
    ...rest,
    cells: cells.map((cell, at) => plan.columns[at]?.secret && cell !== "" ? "•••" : cell),
  }));
  const stages = dealColumns.stagesIn(plan.columns, (at) => columns[at]!.cells);
  const owners = ownerColumns.namesIn(plan.columns, (at) => survey.ownersIn(at));
  const found = {
    ...land ? { land } : {},
    ...names ? { names } : {},
    ...stages.length > 0 ? { stages } : {},
    ...owners.names.length > 0 ? { owners } : {},
  };
  return { plan, bytes, records: survey.records, samples, decisions, ...found };
}
