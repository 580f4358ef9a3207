/** Cleans the cells of a row and groups them by target. */

import { onceEncoded } from "../mixed_texts.ts";
import * as encodedWords from "./encoded_words.ts";
import * as entities from "./entities.ts";
import { localName } from "./local_names.ts";
import * as mailedNames from "./mailed_names.ts";
import { parted } from "./name_cells.ts";
import type { Plan, PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

export interface Cell {
  text: string;
  column: PlanColumn;
  /** The currency in which a spreadsheet shows its amount. */
  currency?: string;
}

export type Cells = Map<Target, Cell[]>;

const controls =
  // deno-lint-ignore no-control-regex
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
/** Line breaks, and what FileMaker writes for one and between several values of a field. */
// deno-lint-ignore no-control-regex
const breaks = /\r\n?|[\x0b\x1d]/g;
const nothing = new Set([
  "NULL",
  "null",
  "(null)",
  "\\N",
  "#N/A",
  "#NV",
  "#REF!",
  "n/a",
  "N/A",
  "undefined",
  "-",
  "--",
  "---",
  "–",
  "—",
  "k.A.",
  "k. A.",
  "keine Angabe",
  // How pivot tables show missing values.
  "(Leer)",
  "(leer)",
  "(blank)",
  // How the Sirene register marks withheld values.
  "[ND]",
]);

const unusual =
  // deno-lint-ignore no-control-regex
  /[\x00-\x09\x0b-\x1f\x7f\u00a0\u0300-\u036f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff]|^\s|\s$|^'[\d+]/;

/**
 * Plain ASCII without special meaning: unless it ends in a blank, nothing below would change it.
 */
const plain = /^[\x21-\x25\x28-\x7e][\x20-\x25\x27-\x7e]*$/;

/**
 * The cell as a person reads it: without control characters, outer blanks and words for "nothing".
 */
export function clean(raw: string): string {
  if (raw.includes("=?")) raw = encodedWords.decoded(raw);
  if (plain.test(raw) && !raw.endsWith(" ")) return raw.length < 13 && nothing.has(raw) ? "" : raw;
  const once = onceEncoded(raw);
  const cell = once.includes("&") ? entities.decoded(once) : once;
  // Most cells are clean, and this runs for every cell of the file.
  if (!unusual.test(cell)) return cell.length < 13 && nothing.has(cell) ? "" : cell;
  const text = cell.replace(breaks, "\n").replace(controls, "").replaceAll("\u00a0", " ").trim()
    // The apostrophe that tells a spreadsheet that digits are text.
    .replace(/^'(?=\+?\d[\d\s().\/-]*(?:[A-Z]{1,3})?$)/, "");
  return nothing.has(text) ? "" : text.toWellFormed().normalize("NFC");
}

/** At most so many characters, without splitting the last one. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).toWellFormed();
}

/** Whether the cell holds characters that no program exports intentionally. */
export function isDirty(cell: string): boolean {
  // deno-lint-ignore no-control-regex
  return /[\x00-\x08\x0e-\x1c\x1e\x1f\ufffd]/.test(cell);
}

/** The prefix that vtiger writes before a record's name: "Organizations::::Vogt GmbH". */
const module = /^(?:Accounts|Organizations|Contacts|Leads|Vendors|Potentials|Users)::::/;

/** The cell's text without the kind of record in front of it. */
export const named = (raw: string): string => clean(raw).replace(module, "");

/** Columns of digits, to which programs that calculate with them add a decimal. */
const isDigits = /phone|postalCode|[nN]umber|^uid$|vatId/;

const linked =
  /^(?:firstName|lastName|position|department|role|company\.name|(?:company\.)?address\..+)$/;

/** The parts of a name or place that is a link to a mailbox: "Groß <eva@x.example>". */
function mailbox(column: Target, text: string): ReturnType<typeof parted> {
  // First, because it is asked of every cell.
  if (!text.endsWith(">") || !linked.test(column)) return null;
  const found = mailedNames.parted(text);
  const target = column.startsWith("company.") ? "company.email" : "email";
  return found && [[null, found.name], [target, found.address]];
}

/** The filled cells of a row by target; ignored and secret columns are not even read. */
export function gather(
  cells: string[],
  plan: Plan,
  currencies: Readonly<Record<number, string>> = {},
): Cells {
  const gathered: Cells = new Map();
  for (let at = 0; at < plan.columns.length; at++) {
    const [raw, column] = [cells[at], plan.columns[at]!];
    if (!raw || column.target === "ignore" || column.secret) continue;
    const cell = named(raw);
    const isName = column.target === "fullName" || column.target === "name";
    // Library systems write "Groß; Eva" for "Groß, Eva".
    let text = isName
      ? cell.replace(/^([^;,]{1,60});(?: ?)([^;,]{1,60})$/, "$1, $2")
      : cell.endsWith(".0") && isDigits.test(column.target)
      ? cell.replace(/^(\+?\d{1,20})\.0$/, "$1")
      : cell;
    if (text === "") continue;
    // The name that somebody gave themselves, in a messenger's list.
    if (isName) text = localName(text.replace(/^~ ?(?=\p{L})/u, ""), plan.country);
    const more = isName && /[<\n]/.test(text) ? parted(text) : mailbox(column.target, text);
    for (const [target, part] of more ?? []) {
      const own = target ? { ...column, target, group: "" } : column;
      const list = gathered.get(own.target);
      if (list) list.push({ text: part, column: own });
      else gathered.set(own.target, [{ text: part, column: own }]);
    }
    if (more) continue;
    const currency = currencies[at];
    const entry: Cell = currency ? { text, column, currency } : { text, column };
    const list = gathered.get(column.target);
    if (list) list.push(entry);
    else gathered.set(column.target, [entry]);
  }
  joinSurnames(gathered);
  return gathered;
}

/** Joins the two surnames of a Spanish name, for which forms have a column each. */
function joinSurnames(cells: Cells): void {
  const names = cells.get("lastName");
  if (!names || names.length !== 2) return;
  const [one, two] = names as [Cell, Cell];
  if (!/^(?:segundo|2\.?[ºªo]?) ?apellido|apellido ?2$/i.test(two.column.name)) return;
  cells.set("lastName", [{ ...one, text: `${one.text} ${two.text}` }]);
}

/** The first filled cell for a target; of several columns the most certain one. */
export function first(cells: Cells, ...targets: Target[]): string {
  for (const target of targets) {
    const list = cells.get(target);
    if (!list) continue;
    if (list.length === 1) return list[0]!.text;
    return list.reduce((best, next) =>
      next.column.confidence > best.column.confidence ? next : best
    ).text;
  }
  return "";
}

const none: readonly Cell[] = [];

/**
 * All filled cells for a target in the order of the columns. Usually there are none, so nothing is
 * allocated.
 */
export function every(cells: Cells, ...targets: readonly Target[]): readonly Cell[] {
  let found = none;
  for (const target of targets) {
    const list = cells.get(target);
    if (list) found = found === none ? list : [...found, ...list];
  }
  return found;
}
