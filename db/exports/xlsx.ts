/** Writes Excel workbooks as a stream: no more than one batch of records is in memory. */
import { now } from "../clock.ts";
import { type Column, inGerman, type Kind } from "./columns.ts";
import { formula } from "./csv.ts";
import { daySerial, momentSerial } from "./moments.ts";
import { headRow, letters, partsOf, sheetEnd, sheetStart, style } from "./xlsx_parts.ts";

export interface Piece {
  bytes: Uint8Array;
  count: number;
}

export interface Sheet<R> {
  name: string;
  columns: readonly Column<R>[];
  locale: "de" | "en";
}

/** Excel has 1,048,576 rows; more records go to another sheet. */
const mostRows = 1_000_000;
/** Excel calls a file with a longer cell damaged. */
const longest = 32_767;

/** The workbook in pieces, each with the number of records that went into it. */
export async function* workbook<R>(
  sheet: Sheet<R>,
  batches: AsyncIterable<R[]>,
): AsyncGenerator<Piece> {
  let fail: (error: unknown) => void = () => {};
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => {
      fail = (error) => controller.error(error);
    },
  });
  const rows = new Rows(batches[Symbol.asyncIterator]());
  const writing = write(writable, sheet, rows);
  writing.catch(fail);
  try {
    for await (const bytes of readable) yield { bytes, count: rows.taken() };
    await writing;
  } finally {
    // If the reader stops early, the records must not be read any further.
    await writing.catch(() => {});
    await rows.close();
  }
}

async function write<R>(
  writable: WritableStream<Uint8Array>,
  sheet: Sheet<R>,
  rows: Rows<R>,
): Promise<void> {
  const { TextReader, ZipWriter } = await import("@zip.js/zip.js");
  const zip = new ZipWriter(writable, { useWebWorkers: false, extendedTimestamp: false });
  const options = { lastModDate: now() };
  let sheets = 0;
  do {
    sheets++;
    const source = ReadableStream.from(sheetXml(sheet, rows));
    await zip.add(`xl/worksheets/sheet${sheets}.xml`, source, options);
  } while (!rows.ended);
  for (const [name, text] of partsOf(sheet.name, sheets)) {
    await zip.add(name, new TextReader(text), options);
  }
  await zip.close();
}

/** The records of all sheets, batch by batch. */
class Rows<R> {
  ended = false;
  #count = 0;

  constructor(readonly batches: AsyncIterator<R[]>) {}

  /** The next batch; null at the end. */
  async next(): Promise<R[] | null> {
    const { value, done } = await this.batches.next();
    this.ended = done === true;
    if (done) return null;
    this.#count += value.length;
    return value;
  }

  /** The number of records handed out since the last call. */
  taken(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }

  async close(): Promise<void> {
    await this.batches.return?.();
  }
}

const encoder = new TextEncoder();

async function* sheetXml<R>(sheet: Sheet<R>, rows: Rows<R>): AsyncGenerator<Uint8Array> {
  const { columns, locale } = sheet;
  yield encoder.encode(sheetStart(columns.map((column) => widthOf(column[locale], column.kind))));
  yield encoder.encode(headRow(columns.map((column) => escaped(column[locale]))));
  const write = rowWriter(sheet);
  let number = 1;
  while (number < mostRows) {
    const batch = await rows.next();
    if (!batch) break;
    yield encoder.encode(batch.map((record) => write(record, ++number)).join(""));
  }
  yield encoder.encode(sheetEnd(columns.length, number));
}

/** A function that writes a record's row; empty cells are left out. */
function rowWriter<R>({ columns, locale }: Sheet<R>): (record: R, number: number) => string {
  const places = columns.map((_, at) => letters(at));
  return (record, number) => {
    let xml = `<row r="${number}">`;
    for (const [at, { read, kind }] of columns.entries()) {
      const value = read(record);
      if (value === null || value === undefined || value === "") continue;
      xml += `<c r="${places[at]}${number}" ${content(value, kind, locale)}</c>`;
    }
    return `${xml}</row>`;
  };
}

/** A cell's style, type and value. Text stays text, whatever it looks like. */
function content(value: string | number | Date, kind: Kind, locale: "de" | "en"): string {
  if (value instanceof Date) return `s="${style.moment}"><v>${momentSerial(value)}</v>`;
  if (typeof value === "number") return `s="${style.plain}"><v>${value}</v>`;
  const serial = kind === "day" ? daySerial(value) : null;
  if (serial !== null) return `s="${style.day}"><v>${serial}</v>`;
  const look = formula.test(value) ? style.guarded : kind === "code" ? style.code : style.plain;
  const text = kind === "word" && locale === "de" ? inGerman(value) : value;
  return `s="${look}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is>`;
}

// deno-lint-ignore no-control-regex
const unwritable = /[\x00-\x08\x0b-\x1f\ufffe\uffff]/g;

/** Text as XML stores it. `_x0041_` would be read as an A, so its first character is escaped. */
function escaped(value: string): string {
  const cut = value.length > longest ? value.slice(0, longest) : value;
  const clean = cut.toWellFormed().replace(/\r\n?/g, "\n").replace(unwritable, "");
  return clean.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, "_x005F_");
}

/** The width in characters: enough for the usual values and for the heading. */
function widthOf(heading: string, kind: Kind): number {
  const usual = { text: 22, code: 18, day: 12, moment: 17, word: 12, number: 14 }[kind];
  return Math.max(usual, heading.length + 3);
}
