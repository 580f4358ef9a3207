/** OpenDocument spreadsheets for the import tests, put together from hand-made XML. */

import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { escaped } from "./books.ts";

const spreadsheet = "application/vnd.oasis.opendocument.spreadsheet";
const spaces =
  ["office", "table", "text", "style", "meta"].map((name) =>
    `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`
  ).join(" ") +
  ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"';

const styles = '<office:automatic-styles><style:style style:name="ta1" style:family="table">' +
  '<style:table-properties table:display="true"/></style:style><style:style style:name="ta2" ' +
  'style:family="table"><style:table-properties table:display="false"/></style:style>' +
  "</office:automatic-styles>";

/** Rows of each sheet as XML, by its name; a name may carry attributes: `Alt" table:style-name="ta2`. */
export type Tables = Record<string, string>;

function bodyOf(tables: Tables): string {
  const sheets = Object.entries(tables).map(([name, rows]) =>
    `<table:table table:name="${name}"><table:table-column table:number-columns-repeated="16384"/>` +
    `${rows}</table:table>`
  );
  return `${styles}<office:body><office:spreadsheet>${sheets.join("")}</office:spreadsheet>` +
    "</office:body>";
}

/** The content of such a file. */
export const content = (tables: Tables): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content ${spaces} office:version="1.3">` +
  `${bodyOf(tables)}</office:document-content>`;

/** The list of parts; `sealed` as under a password. */
export const manifest = (sealed = false): string =>
  '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">' +
  `<manifest:file-entry manifest:full-path="/" manifest:media-type="${spreadsheet}"/>` +
  '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"' +
  (sealed
    ? ' manifest:size="9"><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    : "/>") +
  '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>' +
  "</manifest:manifest>";

/** An archive of these parts, with its type first and uncompressed. */
export async function openArchive(parts: Record<string, string>): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  await writer.add("mimetype", new TextReader(spreadsheet), { level: 0 });
  for (const [name, text] of Object.entries(parts)) await writer.add(name, new TextReader(text));
  return await writer.close();
}

/** A file of these sheets. */
export const openBook = (tables: Tables): Promise<Uint8Array> =>
  openArchive({ "content.xml": content(tables), "META-INF/manifest.xml": manifest() });

/** The same as one XML file. */
export const flatBook = (tables: Tables): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n\n<office:document ${spaces} office:version="1.3" ` +
  `office:mimetype="${spreadsheet}"><office:meta/>${bodyOf(tables)}</office:document>`;

/** A cell that shows this text. */
export const cell = (text: string, attributes = 'office:value-type="string"'): string =>
  text === ""
    ? "<table:table-cell/>"
    : `<table:table-cell ${attributes}><text:p>${escaped(text)}</text:p></table:table-cell>`;

/** A row of cells in XML. */
export const rowOf = (cells: string, attributes = ""): string =>
  `<table:table-row ${attributes}>${cells}</table:table-row>`;

/** A row of cells with text. */
export const line = (texts: string[], attributes = ""): string =>
  rowOf(texts.map((text) => cell(text)).join(""), attributes);

/** So many blank rows, as at the end of every sheet. */
export const blank = (times: number): string =>
  rowOf(
    '<table:table-cell table:number-columns-repeated="16384"/>',
    `table:number-rows-repeated="${times}"`,
  );
