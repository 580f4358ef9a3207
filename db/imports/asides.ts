/**
 * Recognises rows that are not records: totals, remarks of the exporting program, repeated
 * headings.
 */

import * as countries from "../countries.ts";
import * as legalForms from "../legal_forms.ts";
import { clean } from "./cells.ts";
import type { Plan, PlanColumn } from "./plans.ts";
import type { ProblemCode } from "./problems.ts";
import type { Row } from "./tables.ts";

const total =
  /^(?:gesamt(?:summe|anzahl|betrag|ergebnis)?|ergebnis|totale?|totaal|suma|razem|somme|(?:zwischen|end)?summe|(?:grand |sub)?totals?(?: \(\d+ records?\))?|count|anzahl(?: \p{L}+)?)(?:\s?[:=])?(?:\s[\d.,]+(?:\s\p{L}+)?)?$/iu;
/** A subtotal that names its part: "Zwischensumme Nord", "Summe: Nord". */
const partial =
  /^(?:(?:zwischensumme|teilsumme|sub-?total)(?: (?:f[üu]r|of|for))?[ :]|summe(?: f[üu]r |:))[ ]?\p{L}/iu;
/** What else may follow "Summe": a company may be called Summe Beratung. */
const summed = /^summe (.{1,60})$/iu;
const heap =
  /^(?:(?:aller? |der )?(?:kunden|firmen|kontakte|rechnungen|angebote|auftr[äa]ge|ums[äa]tze|umsatz|einnahmen|ausgaben|betr[äa]ge)|netto|brutto|gesamt|januar|februar|m[äa]rz|april|mai|juni|juli|august|september|oktober|november|dezember)(?: \d{4})?$/iu;
/** Text that appears below the rows of a report, never between them. */
const mark =
  /^(?:copyright )?(?:\(c\)|©)|^(?:generated|exported|printed) (?:by|on|at)\b|^(?:erstellt|exportiert|gedruckt) (?:von|am|durch)\b|^(?:contacts?|accounts?|leads?) report$|^copyright \d{4}|^(?:streng )?vertraulich(?:$|[ ,.–-])|^confidential(?:$| information)/i;
/** Below eBay's orders: "12", "Datensätze heruntergeladen", "von", a date. */
const downloaded = /^(?:datens[äa]tze?|record(?:\(s\)|s)?) (?:heruntergeladen|downloaded)/i;
const reserved = /\b(?:all rights reserved|alle rechte vorbehalten)\.?\s*$/i;
const counted =
  /^\(?(?:\d+ )?(?:rows?|records?|zeilen?|datens[äa]tze|eintr[äa]ge)(?: (?:selected|total|exported|gesamt))?\)?$/i;

const members =
  "(?:kund(?:en|innen)|firmen|mitglieder|kontakte|personen|adressen|teilnehme(?:r|nde)|spender|lieferanten|eintr[äa]ge|customers|companies|contacts|members|people|suppliers)";
/** "12 Kunden", "Mitglieder gesamt": how many rows a list has. */
const headcount = new RegExp(
  `^(?:\\d{1,7} ${members}(?: (?:gesamt|insgesamt|in total))?|${members} (?:gesamt|insgesamt|total)|(?:alle|anzahl) ${members})(?:[ ]?:)?$`,
  "iu",
);

/** Whether the row counts or adds up the others, behind a number of its own if it has one. */
function countsRows(
  cells: readonly string[],
  columns: readonly PlanColumn[],
  at: number,
  first: string,
): boolean {
  const numbered = /^\d{1,7}[.)]?$/.test(first);
  const next = numbered ? cells.findIndex((cell, place) => place > at && cell.trim() !== "") : at;
  if (next < 0) return false;
  const text = numbered ? clean(cells[next]!) : first;
  if (!headcount.test(text) && !(numbered && total.test(text))) return false;
  return cells.every((cell, place) =>
    place <= next || cell.trim() === "" || isAmount(cell, columns[place])
  );
}

/** Why the row is skipped, or null if it may be a record. */
export function asideOf(cells: string[], { header, columns }: Plan): ProblemCode | null {
  const at = cells.findIndex((cell) => cell.trim() !== "");
  const first = clean(cells[at] ?? "");
  if (header === 0 || first === "" || first.length > 100) return null;
  const sameAsHeading = (cell: string, at: number) => clean(cell) === (columns[at]?.name ?? "");
  if (columns.length > 1 && sameAsHeading(first, at) && cells.every(sameAsHeading)) {
    return "header_repeated";
  }
  if (isHeadings(cells, columns)) return "header_repeated";
  if (/^\d{1,7}$/.test(first) && downloaded.test(clean(cells[at + 1] ?? ""))) return "total_row";
  const alone = cells.every((cell, place) => place === at || cell.trim() === "");
  if (alone && columns.length > 2 && isGroup(first, columns[at])) return "group_row";
  if (alone && at === 0 && columns.length > 2 && isBesideNumbers(first, columns[0])) {
    return "group_row";
  }
  if (columns.length > 1 && countsRows(cells, columns, at, first)) return "total_row";
  const isSum = total.test(first) || !alone && isPartial(first);
  const isComment = /^#\s*\p{L}/u.test(first) && columns.length > 1;
  if (!isSum && !isComment && !mark.test(first) && !counted.test(first) || columns.length < 2) {
    return null;
  }
  // "salesforce.com, inc. All rights reserved." has a comma that some programs do not quote.
  if (mark.test(first) && reserved.test(cells.join(" "))) return "total_row";
  const counts = cells.every((cell, place) =>
    place === at || cell.trim() === "" || isSum && isAmount(cell, columns[place])
  );
  return counts ? "total_row" : null;
}

/** The same for a row below the table, which heads no group of it. */
export function beyondOf(
  cells: string[],
  plan: Plan,
  beyond: NonNullable<Row["beyond"]>,
): ProblemCode {
  const aside = asideOf(cells, plan);
  return aside === null || aside === "group_row" ? beyond : aside;
}

/** A second heading row, in the program's own words: most of its cells equal the headings. */
function isHeadings(cells: readonly string[], columns: readonly PlanColumn[]): boolean {
  const names = lowerNames(columns);
  let filled = 0;
  let same = 0;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    if (cell === "") continue;
    filled++;
    if (cell.length < 60 && cell.trim().toLowerCase() === names[at]) same++;
  }
  return same > 3 && same >= filled * 0.7;
}

const lowered = new WeakMap<readonly PlanColumn[], string[]>();

/** The headings in lower case, computed once for all rows. */
function lowerNames(columns: readonly PlanColumn[]): string[] {
  const known = lowered.get(columns);
  if (known) return known;
  const names = columns.map(({ name }) => name.toLowerCase());
  lowered.set(columns, names);
  return names;
}

const parts =
  "(?:nord|süd|ost|west|mitte|zentral|north|south|east|central)(?:-?(?:ost|west|east|deutschland))?|baden-württemberg|bayern|berlin|brandenburg|bremen|hamburg|hessen|mecklenburg-vorpommern|niedersachsen|nordrhein-westfalen|nrw|rheinland-pfalz|saarland|sachsen(?:-anhalt)?|schleswig-holstein|thüringen|burgenland|kärnten|niederösterreich|oberösterreich|salzburg|steiermark|tirol|vorarlberg|wien|[a-z]";
const lone = new RegExp(`^(?:${parts})$`, "iu");
/**
 * "Region: Hannover", "Gebiet 3", "PLZ 8"; but Region Hannover and Land Rover are organisations.
 */
const said = new RegExp(
  "^(?:(?:region|gebiet|bezirk|land|kanton|area|territory)(?::[ ]?|[ ][–-][ ])[\\p{L}\\d /&-]{1,30}" +
    `|(?:region|gebiet|bezirk|area|territory)[ ](?:\\d{1,3}|${parts})` +
    "|(?:(?:vertriebs|verkaufs|niederlassungs)gebiet|bundesland|(?:plz|postleitzahl)(?:-?(?:gebiet|bereich|region))?)" +
    "[ :-]{1,3}[\\p{L}\\d /&-]{1,30})$",
  "iu",
);

/** Whether the text names a subtotal: as such, or as "Summe" of a place or a group. */
function isPartial(text: string): boolean {
  const [, part] = summed.exec(text) ?? [];
  if (!part) return partial.test(text);
  return partial.test(text) || lone.test(part) || said.test(part) || heap.test(part) ||
    countries.lookup(part) !== null;
}

/** Headings of the rows of one stage in a list of deals. */
const stages =
  /^(?:leads?|neu|new|anfragen?|angebote?|proposals?|quotes?|verhandlung(?:en)?|negotiation|qualifi\p{L}{2,12}|kontaktiert|contacted|bedarfs\p{L}{3,12}|pr[äa]sentation|gewonnen|won|verloren|lost|abgeschlossen|closed(?: won| lost)?|offen|open|in arbeit|in progress)$/iu;

/**
 * Whether a row of one cell is a heading for the rows below it: "Region Nord", "Österreich", "A".
 */
function isGroup(text: string, column: PlanColumn | undefined): boolean {
  const target = column?.target ?? "ignore";
  if (target === "deal.name") return stages.test(text);
  if (!/^(?:ignore|name|fullName|company\.name)$/.test(target)) return false;
  if (legalForms.split(text).form !== "") return false;
  if (said.test(text) || /^\p{L}$/u.test(text)) return true;
  // Jordan and Georgia are people's names, too.
  if (target === "fullName") return false;
  return lone.test(text) || text.length > 3 && countries.lookup(text) !== null;
}

/** A text where every other row has its running number. */
const isBesideNumbers = (text: string, column: PlanColumn | undefined): boolean =>
  /^(?:(?:lfd|lauf|pos)\p{L}{0,8}[.-]? ?)?(?:nr|no|nummer|pos|#|lp)\.?$/iu.test(
    column?.name ?? "",
  ) &&
  column?.target === "ignore" && /^\p{L}[^\d;]{2,}$/u.test(text);

/** "# some natural persons" or a line of dashes: meant for human readers, so treated as blank. */
export function isRemark(cells: readonly string[], width: number): boolean {
  const first = cells[0] ?? "";
  // Tables of Markdown and of databases have nothing before their first bar.
  const ruled = cells.find((cell) => cell.trim() !== "") ?? "";
  if (width > 1 && /^\s*[:+]?[-=]{3}[-=:+]*\s*$/.test(ruled)) {
    return cells.every((cell) => /^[\s:+=-]*$/.test(cell));
  }
  if (width < 3 || !/^#\s?\p{L}/u.test(first)) return false;
  // Its own commas split it as well, into fewer cells than a record has.
  return cells.every((cell, at) => at === 0 || cell.trim() === "") ||
    cells.length < width && /^# /.test(first) && cells.slice(1).every((cell) => /^ /.test(cell));
}

/** Whether the text ends a report: "Copyright (c) 2026 …", "Generated By: …". */
export const isMark = (text: string): boolean => text.length < 100 && mark.test(clean(text));

/** An amount in a column that cannot hold a record's number, or the currency beside it. */
function isAmount(cell: string, column: PlanColumn | undefined): boolean {
  const text = clean(cell);
  if (column?.target === "deal.currency") return /^(?:[A-Z]{3}|[€$£])$/.test(text);
  return /^(?:(?:[€$£]|EUR|CHF|USD)\s?)?-?[\d.,'’]+(?:\s?(?:[€$£%]|EUR|CHF|USD))?$/.test(text) &&
    !/phone|fax|postalCode|number|uid|birth/i.test(column?.target ?? "");
}
