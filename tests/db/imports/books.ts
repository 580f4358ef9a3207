/** Workbooks for the import tests, put together from hand-made XML. */

import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaged = "http://schemas.openxmlformats.org/package/2006/relationships";

/** An archive of these parts. */
export async function archive(parts: Record<string, string>): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [name, text] of Object.entries(parts)) await writer.add(name, new TextReader(text));
  return await writer.close();
}

export interface Book {
  /** Rows of each sheet as XML, by its name; a name may carry attributes: `Alt" state="hidden`. */
  sheets: Record<string, string>;
  /** What follows the rows, for all sheets. */
  behind?: string;
  /** The `<si>` of the shared strings. */
  strings?: string;
  /** Format codes; cells use them as styles 1, 2, 3. A number is a built-in format. */
  formats?: (string | number)[];
  from1904?: boolean;
}

/** The parts of a workbook. */
export function parts(book: Book): Record<string, string> {
  const names = Object.keys(book.sheets);
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const sheets = Object.fromEntries(
    Object.values(book.sheets).map((rows, at) => [
      `xl/worksheets/sheet${at + 1}.xml`,
      `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${main}"><sheetData>${rows}` +
      `</sheetData>${book.behind ?? ""}</worksheet>`,
    ]),
  );
  return {
    "[Content_Types].xml":
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "_rels/.rels": `<Relationships xmlns="${packaged}">${
      relation("rId1", "officeDocument", "xl/workbook.xml")
    }</Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${
      book.from1904 ? ' date1904="1"' : ""
    }/><sheets>${
      names.map((name, at) => `<sheet sheetId="${at + 1}" name="${name}" r:id="rId${at + 1}"/>`)
        .join("")
    }</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packaged}">${
      names.map((_, at) => relation(`rId${at + 1}`, "worksheet", `worksheets/sheet${at + 1}.xml`))
        .join("")
    }${relation("s", "styles", "/xl/styles.xml")}${
      relation("t", "sharedStrings", "sharedStrings.xml")
    }</Relationships>`,
    "xl/styles.xml": styles(book.formats ?? []),
    "xl/sharedStrings.xml": `<sst xmlns="${main}">${book.strings ?? ""}</sst>`,
    ...sheets,
  };
}

function styles(formats: (string | number)[]): string {
  const own = formats.map((format, at) =>
    typeof format === "number"
      ? ""
      : `<numFmt numFmtId="${164 + at}" formatCode="${escaped(format)}"/>`
  );
  const used = formats.map((format, at) =>
    `<xf numFmtId="${typeof format === "number" ? format : 164 + at}"/>`
  );
  return `<styleSheet xmlns="${main}"><numFmts>${own.join("")}</numFmts><cellStyleXfs>` +
    `<xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${used.join("")}</cellXfs>` +
    `</styleSheet>`;
}

/** A workbook as bytes. */
export const workbook = (book: Book): Promise<Uint8Array> => archive(parts(book));

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** A row of text cells, with attributes for the row. */
export function row(number: number, cells: string[], attributes = ""): string {
  const inline = cells.map((cell, at) =>
    cell === ""
      ? ""
      : `<c r="${String.fromCharCode(65 + at)}${number}" t="inlineStr"><is><t>${
        escaped(cell)
      }</t></is></c>`
  );
  return `<row r="${number}" ${attributes}>${inline.join("")}</row>`;
}
