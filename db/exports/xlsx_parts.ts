/** The fixed parts of a workbook: its packaging, its styles, and the frame of its sheets. */

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packed = "http://schemas.openxmlformats.org/package/2006";
const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Cell styles by their position in the `cellXfs` below. */
export const style = { plain: 0, heading: 1, code: 2, day: 3, moment: 4, guarded: 5 } as const;

/**
 * Code: the format "text" (49), so that a number typed over it keeps its zeros. Day (14) and moment
 * (22) are shown in the format of the reader's country. Guarded: an apostrophe visible only when
 * editing.
 */
const styles = `${declaration}<styleSheet xmlns="${main}">` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="6">' + look(0) + look(0, 'fontId="1" applyFont="1"') + look(49) + look(14) +
  look(22) + look(49, 'quotePrefix="1"') + "</cellXfs>" +
  '<cellStyles count="1"><cellStyle name="Standard" xfId="0" builtinId="0"/></cellStyles>' +
  "</styleSheet>";

function look(format: number, more = 'fontId="0"'): string {
  return `<xf numFmtId="${format}" ${more.includes("fontId") ? more : `fontId="0" ${more}`} ` +
    `fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`;
}

/** Names and texts of all parts except the sheets themselves; `sheets` is how many there are. */
export function partsOf(sheet: string, sheets: number): [name: string, text: string][] {
  const numbers = Array.from({ length: sheets }, (_, at) => at + 1);
  return [
    ["[Content_Types].xml", contentTypes(numbers)],
    ["_rels/.rels", relations([["officeDocument", "xl/workbook.xml"]])],
    ["xl/workbook.xml", workbook(sheet, numbers)],
    [
      "xl/_rels/workbook.xml.rels",
      relations([
        ...numbers.map((n): [string, string] => ["worksheet", `worksheets/sheet${n}.xml`]),
        ["styles", "styles.xml"],
      ]),
    ],
    ["xl/styles.xml", styles],
  ];
}

function contentTypes(sheets: number[]): string {
  const part = (name: string, kind: string) =>
    `<Override PartName="${name}" ContentType="${type}.${kind}+xml"/>`;
  return `${declaration}<Types xmlns="${packed}/content-types">` +
    '<Default Extension="rels" ' +
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    part("/xl/workbook.xml", "sheet.main") +
    sheets.map((n) => part(`/xl/worksheets/sheet${n}.xml`, "worksheet")).join("") +
    part("/xl/styles.xml", "styles") + "</Types>";
}

function relations(targets: [kind: string, target: string][]): string {
  const all = targets.map(([kind, target], at) =>
    `<Relationship Id="rId${at + 1}" Type="${office}/${kind}" Target="${target}"/>`
  );
  return `${declaration}<Relationships xmlns="${packed}/relationships">${
    all.join("")
  }</Relationships>`;
}

function workbook(name: string, sheets: number[]): string {
  const all = sheets.map((n) =>
    `<sheet name="${name}${n === 1 ? "" : ` ${n}`}" sheetId="${n}" r:id="rId${n}"/>`
  );
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${
    all.join("")
  }</sheets></workbook>`;
}

/** The XML up to the rows: the first row stays visible, and column widths are in characters. */
export function sheetStart(widths: number[]): string {
  const columns = widths.map((width, at) =>
    `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`
  );
  return `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
    `</sheetView></sheetViews><cols>${columns.join("")}</cols><sheetData>`;
}

/** The first row, from headings that are already XML. */
export function headRow(headings: string[]): string {
  const cells = headings.map((heading, at) =>
    `<c r="${letters(at)}1" s="${style.heading}" t="inlineStr"><is><t>${heading}</t></is></c>`
  );
  return `<row r="1">${cells.join("")}</row>`;
}

/** The XML after the rows, with a filter for all of them. */
export function sheetEnd(columns: number, rows: number): string {
  return `</sheetData><autoFilter ref="A1:${letters(columns - 1)}${rows}"/></worksheet>`;
}

/** The spreadsheet name of a column counted from 0: 27 is `AB`. */
export function letters(column: number): string {
  const rest = String.fromCharCode(65 + column % 26);
  return column < 26 ? rest : letters(Math.floor(column / 26) - 1) + rest;
}
