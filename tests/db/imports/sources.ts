/** Files for the import tests, made of text or bytes, and what the pipeline makes of them. */

import * as files from "../../../db/imports/files.ts";
import { equal } from "node:assert/strict";
import type { Hints, Inspection, Source } from "../../../db/imports/inspections.ts";
import type { ImportedRecord } from "../../../db/imports/records.ts";

const samples = new URL("../../data/samples/", import.meta.url);

/** A source of these bytes or this UTF-8 text, handed out in pieces of `size` bytes. */
export function sourceOf(content: string | Uint8Array, size = 65_536): Source {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return () => {
    let at = 0;
    return new ReadableStream({
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + size));
        at += size;
      },
    });
  };
}

/** A sample file by folder and name. */
export function sample(path: string): Uint8Array {
  return Deno.readFileSync(new URL(path, samples));
}

export interface Imported {
  inspection: Inspection;
  records: ImportedRecord[];
}

/** Inspects and reads the whole source under the guessed plan. */
export async function importAll(source: Source, hints: Hints = {}): Promise<Imported> {
  const inspection = await files.inspect(source, hints);
  const records = await Array.fromAsync(files.read(source, inspection.plan));
  return { inspection, records };
}

/** CSV text of rows given by column name; columns that no row fills stay empty. */
export function table(
  columns: string[],
  rows: Record<string, string>[],
  separator = ",",
): string {
  const quote = (cell: string) =>
    /["\n,;\t|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const lines = rows.map((row) => {
    const unknown = Object.keys(row).filter((name) => !columns.includes(name));
    if (unknown.length > 0) throw new Error(`no such column: ${unknown}`);
    return columns.map((column) => quote(row[column] ?? "")).join(separator);
  });
  return [columns.map(quote).join(separator), ...lines, ""].join("\r\n");
}

interface Export {
  delimiter: string;
  columns: string[];
}

/** The columns of a known export, as the program writes them. */
export function knownExport(name: string): Export {
  const text = new TextDecoder().decode(sample("headers/known_export_headers.json"));
  const found = JSON.parse(text)[name];
  if (!found) throw new Error(`no such export: ${name}`);
  return found;
}

/** The only record of a file with these columns. */
export async function only(row: Record<string, string>, separator = ",") {
  const { records } = await importAll(sourceOf(table(Object.keys(row), [row], separator)));
  equal(records.length, 1);
  equal(records[0]!.rejected, null);
  return { ...records[0]!, contact: records[0]!.contact!, company: records[0]!.companies[0] };
}
