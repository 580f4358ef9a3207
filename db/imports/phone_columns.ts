/**
 * Joins telephone numbers given in parts: country and area codes before a number, an extension
 * after it.
 */

import { callingCode } from "../phones.ts";
import { clean } from "./cells.ts";
import { trunkZero } from "./contact_points.ts";
import { words } from "./headings.ts";
import type { Column } from "./mappings.ts";
import type { Plan, PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

const numbers = /^(?:company\.)?(?:phone|fax)(?:\.(?:work|home|mobile|fax|other))?$/;
const parts = /^phone\.(?:areaCode|extension)$/;
const saysCode =
  /vorwahl|areacode|(?:calling|diall?ing|isd|phone|phonecountry)code|^(?:tel)?countrycode$|phoneprefix|prefisso|indicatif/;
const saysExtension =
  /(?:^|phone|tel|telefon|work|business|office|direct)(?:ext|extn|extension|durchwahl|dw|nebenstelle|nst|apparat|klappe)(?:nr|no|nummer|number)?\d?$/;
const code = /^\(?(?:\+|00)?\d ?\d{0,5}\)?[/-]?$/;
/** A number that may lack its area code. */
const local = /^(?!00)\d[\d\s()./-]{1,20}$/;
/** "-123", "123", "Ext. 12"; with more digits it is a number of its own. */
const short = /^(?:-|x|ext\.? ?|dw\.? ?|app\.? ?)?\d{1,5}$/i;

/** An extension, or a number that can be dialled from anywhere. */
const either = /^(?:-|x|ext\.? ?|dw\.? ?|app\.? ?)?\d{1,5}$|^(?:\+|0)[\d\s()./-]{6,24}$/i;

const isNumber = (column: PlanColumn): boolean => numbers.test(column.target);

/**
 * Determines what the columns around numbers are; codes and extensions without a number are
 * ignored.
 */
export function settle(plan: PlanColumn[], columns: Column[]): void {
  plan.forEach((column, at) => {
    if (column.secret) return;
    const filled = columns[at]?.cells.map(clean).filter(Boolean) ?? [];
    const all = (pattern: RegExp) =>
      filled.length > 0 && filled.every((cell) => pattern.test(cell));
    const heading = words(column.name).filter((word) => !/^\d$/.test(word)).join("");
    if (saysCode.test(heading) && all(code)) put(column, "phone.areaCode");
    else if (saysExtension.test(heading) && all(either)) {
      // "Durchwahl" may hold whole numbers, some of which are extensions.
      if (filled.some((cell) => short.test(cell))) put(column, "phone.extension");
      else if (column.target === "ignore") put(column, "phone.work");
    }
  });
  plan.forEach((column, at) => {
    if (!parts.test(column.target)) return;
    const isAhead = column.target === "phone.areaCode";
    const others = isAhead ? plan.slice(at + 1) : plan.slice(0, at);
    const near = isAhead
      ? others.slice(0, others.findIndex(({ target }) => !parts.test(target)) + 1)
      : others;
    const last = plan.slice(0, at).findLastIndex(isNumber);
    // A second extension after one number belongs to another number that is not read.
    const taken = plan.slice(last + 1, at).some(({ target }) => target === "phone.extension");
    if (!isAhead && taken) return put(column, "ignore");
    if (!near.some(isNumber) && !follows(plan, last, at)) put(column, "ignore");
  });
}

function put(column: PlanColumn, target: Target): void {
  Object.assign(column, { target, group: "", confidence: 0.8 });
}

/** The cells of a row with its numbers joined; the cells of the parts are emptied. */
export function joined(cells: string[], { columns, country }: Plan): string[] {
  if (!columns.some(({ target }) => parts.test(target))) return cells;
  const row = [...cells];
  let codes: string[] = [];
  let number = -1;
  columns.forEach((column, at) => {
    const behind = columns[at - 1]?.target === "phone.areaCode";
    const text = clean(cells[at] ?? "");
    if (column.target === "phone.areaCode") {
      const isCode = text === "" || code.test(text);
      if (isCode && follows(columns, number, at)) {
        row[number] = withCodes(clean(row[number] ?? ""), [text].filter(Boolean), country);
        row[at] = "";
        return;
      }
      codes = [...behind ? codes : [], ...isCode ? [text] : []];
      if (isCode) row[at] = "";
    } else if (isNumber(column)) {
      number = at;
      // A mobile phone has a code of its own.
      const meant = behind || !column.target.endsWith("mobile");
      if (meant && text) row[at] = withCodes(text, codes.filter(Boolean), country);
    } else if (column.target === "phone.extension" && short.test(text)) {
      const whole = withExtension(row[number] ?? "", text.replace(/\D/g, ""));
      // The company's number stays beside the person's.
      const own = !columns[number]?.target.startsWith("company.");
      if (own && whole) row[number] = whole;
      row[at] = own ? "" : whole;
    }
  });
  return row;
}

/** "Phone Calling Code" directly after "Phone Number", or one column further. */
function follows(columns: readonly PlanColumn[], number: number, at: number): boolean {
  const [ahead, own] = [columns[number], columns[at]!].map((column) => words(column?.name ?? ""));
  return number >= 0 && at - number < 3 && /calling|dial/.test(own!.join("")) &&
    ahead![0] === own![0] && columns[number]!.target !== "phone.mobile";
}

function withCodes(text: string, codes: string[], country: string): string {
  if (codes.length === 0 || !local.test(text)) return text;
  const digits = codes.map((each) => each.replace(/\D/g, "").replace(/^00/, ""));
  const abroad = /^\(?(?:\+|00)/.test(codes[0]!) || codes.length > 1 ||
    digits[0] === callingCode(country);
  const place = abroad ? digits[1] ?? "" : digits[0]!;
  // The library knows for each country what zeros after the country code mean.
  if (text.startsWith("0")) return abroad ? `+${digits[0]} ${text}` : text;
  if (abroad) return [`+${digits[0]}`, place, text].filter(Boolean).join(" ");
  // A spreadsheet removes the zero from a code that it takes for a number.
  return `${trunkZero.has(country) ? place.replace(/^0?/, "0") : place} ${text}`;
}

/** After a German switchboard's "-0" the extension replaces the zero. */
function withExtension(text: string, digits: string): string {
  if (clean(text) === "") return "";
  return /[-/]\s?0$/.test(text) ? text.replace(/0$/, digits) : `${text} ext. ${digits}`;
}
