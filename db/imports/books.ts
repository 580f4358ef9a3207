/** Opens spreadsheets according to their format. */

import { text } from "./encodings.ts";
import type { Source } from "./inspections.ts";
import * as openDocuments from "./open_documents.ts";
import type { Plan } from "./plans.ts";
import type { Book } from "./sheets.ts";
import * as webTables from "./web_tables.ts";
import * as workbooks from "./workbooks.ts";
import * as xmlSheets from "./xml_sheets.ts";

/** Opens the file. Throws Unreadable if it is not of its format. */
export async function open(source: Source, plan: Pick<Plan, "format" | "encoding">): Promise<Book> {
  const { format, encoding } = plan;
  if (format === "ods") return await openDocuments.open(source);
  if (format === "html") return await webTables.open(text(source, encoding));
  if (format === "xml") return xmlSheets.open(() => utf8(text(source, encoding)));
  return await workbooks.open(source);
}

/** Whether the format has a fixed encoding, whatever its bytes look like. */
export const isPacked = ({ format }: Pick<Plan, "format">): boolean =>
  format !== "html" && format !== "xml";

/** XML is read as UTF-8, in whatever encoding the file was written. */
async function* utf8(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) yield encoder.encode(piece);
}
