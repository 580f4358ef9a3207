/**
 * Converts a spreadsheet's numbers to text: dates as ISO, never with an exponent or a lost zero.
 */

import { moment, type Shown } from "./serials.ts";

/** Converts a stored number to the text to import. */
export type Show = (stored: string) => string;

/** Formats that files specify by number only; those not listed show a plain number. */
const builtIn: Record<number, string> = {
  9: "0%",
  10: "0.00%",
  ...numbered([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58], "d.m.y"),
  ...numbered([18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56], "h:mm"),
  22: "d.m.y h:mm",
  46: "[h]:mm",
};

function numbered(ids: number[], code: string): Record<number, string> {
  return Object.fromEntries(ids.map((id) => [id, code]));
}

/** How a cell shows its number, by the format's number and its code if the file defines one. */
export function showing(id: number, code: string | undefined, from1904: boolean): Show {
  const sections = sectionsOf(code ?? builtIn[id] ?? "General");
  const [first = [], ...others] = sections;
  if (others.length === 0 || !sections.some(conditionOf)) return showingBy(first, from1904);
  const choices = sections.map((pieces) => ({
    fits: conditionOf(pieces) ?? (() => true),
    show: showingBy(pieces.filter(({ kind }) => kind !== "condition"), from1904),
  }));
  return (stored) => {
    const choice = isNumber(stored) && choices.find(({ fits }) => fits(Number(stored)));
    return choice ? choice.show(stored) : plain(stored);
  };
}

/** Of `[<=99999]00000;00000-0000`, for which numbers a section is; null if it does not say. */
function conditionOf(pieces: readonly Token[]): ((value: number) => boolean) | null {
  const said = pieces.find(({ kind }) => kind === "condition")?.text ?? "";
  const [, sign, limit] = /^(<=|>=|<>|<|>|=) ?(-?\d{1,15}(?:\.\d{1,9})?)$/.exec(said) ?? [];
  if (!sign) return null;
  const other = Number(limit);
  const compare: Record<string, (value: number) => boolean> = {
    "<": (value) => value < other,
    "<=": (value) => value <= other,
    ">": (value) => value > other,
    ">=": (value) => value >= other,
    "=": (value) => value === other,
    "<>": (value) => value !== other,
  };
  return compare[sign]!;
}

function showingBy(pieces: Token[], from1904: boolean): Show {
  const shown = dateShown(pieces);
  if (shown) {
    return (stored) => moment(Number(stored), shown, from1904) ?? plain(stored);
  }
  const decimals = percentOf(pieces);
  if (decimals !== null) {
    return (stored) =>
      isNumber(stored) ? `${(Number(stored) * 100).toFixed(decimals)}%` : plain(stored);
  }
  return isMask(pieces) ? (stored) => masked(plain(stored), pieces) : plain;
}

const isNumber = (stored: string) => stored.trim() !== "" && Number.isFinite(Number(stored));

/**
 * All digits without exponent and noise after the 15th digit: `4.9170123E+11` is `491701230000`.
 */
export function plain(stored: string): string {
  if (/^-?\d+$/.test(stored) || !isNumber(stored)) return stored;
  const value = Number(Number(stored).toPrecision(15));
  if (Number.isInteger(value)) return String(BigInt(value));
  const text = String(value);
  return text.includes("e") ? value.toFixed(20).replace(/\.?0+$/, "") : text;
}

/**
 * "4,915112345678E+12" from a text table with all its digits; null if some are lost and cannot be
 * known. Any other text stays as it is.
 */
export function spelledOut(text: string): string | null {
  const [, whole, rest = "", exponent] = /^(\d)(?:[.,](\d+))?E\+?(\d{1,2})$/i.exec(text) ?? [];
  if (!whole) return text;
  return rest.length === Number(exponent) ? `${whole}${rest}` : null;
}

interface Token {
  kind: "code" | "literal" | "elapsed" | "condition";
  text: string;
}

const token = /"([^"]*)"|\\(.)|[_*].|\[([^\]]*)\]|AM\/PM|A\/P|./gis;

/** The sections of a format code: the first is for positive numbers, unless they say otherwise. */
function sectionsOf(code: string): Token[][] {
  let found: Token[] = [];
  const sections = [found];
  if (/^(?:general|standard)$/i.test(code.trim())) return sections;
  for (const match of code.slice(0, 255).matchAll(token)) {
    const [text, quoted, escaped, bracket] = match;
    if (text === ";") {
      sections.push(found = []);
      continue;
    }
    const literal = quoted ?? escaped;
    if (literal !== undefined) found.push({ kind: "literal", text: literal });
    else if (bracket !== undefined) found.push(...bracketed(bracket));
    else if (/^[_*]/.test(text)) continue;
    else found.push({ kind: "code", text: /^a/i.test(text) ? "h" : text });
  }
  return sections;
}

/** `[h]`, `[<100]`, `[$€-407]`; colours and mere languages show nothing. */
function bracketed(text: string): Token[] {
  if (/^(?:h+|m+|s+)$/i.test(text)) return [{ kind: "elapsed", text }];
  if (/^[<>=]/.test(text)) return [{ kind: "condition", text }];
  const currency = /^\$([^-]+)/.exec(text)?.[1];
  return currency ? [{ kind: "literal", text: currency }] : [];
}

/** Letters for dates, including German ones (TT.MM.JJJJ), which some programs write. */
function dateShown(pieces: Token[]): Shown | null {
  if (pieces.some(({ kind }) => kind === "elapsed")) return "elapsed";
  const letters = pieces.filter(({ kind }) => kind === "code").map(({ text }) => text).join("");
  if (/[0#?]/.test(letters.replace(/[hs][.,:]?0+/gi, ""))) return null;
  const day = /[ydj]|^[^hs]*m[^hs]*$/i.test(letters);
  const time = /[hs]/i.test(letters);
  if (day) return time ? "both" : "day";
  return time ? "time" : null;
}

/** Decimals of a percentage; null if the code is not one. */
function percentOf(pieces: Token[]): number | null {
  const code = pieces.filter(({ kind }) => kind === "code").map(({ text }) => text).join("");
  if (!code.includes("%")) return null;
  return Math.min(20, /\.([0#?]+)/.exec(code)?.[1]?.length ?? 0);
}

/**
 * Postal codes (`00000`, `D-00000`) and numbers (`+49 0`): placeholders for digits with other
 * characters.
 */
function isMask(pieces: Token[]): boolean {
  const codes = pieces.filter(({ kind }) => kind === "code").map(({ text }) => text).join("");
  if (pieces.some(({ kind }) => kind === "condition")) return false;
  if (!/0/.test(codes) || /[.,%@e/a-df-z]/i.test(codes)) return false;
  return /0.*0|[1-9()+]|[0#?]-[0#?]/.test(codes) ||
    pieces.some(({ kind, text }) => kind === "literal" && /[^\s\p{Sc}]/u.test(text));
}

/** The digits inserted into the placeholders from the right, as the spreadsheet shows them. */
function masked(number: string, pieces: Token[]): string {
  if (!/^\d+$/.test(number)) return number;
  let rest = number;
  let text = "";
  const places = pieces.filter(isPlace).length;
  let passed = 0;
  for (const piece of pieces.toReversed()) {
    if (!isPlace(piece)) {
      text = piece.text + text;
      continue;
    }
    const digit = rest.slice(-1) || (piece.text === "0" ? "0" : "");
    rest = rest.slice(0, -1);
    text = (++passed === places ? rest : "") + digit + text;
  }
  return text.trim();
}

const isPlace = ({ kind, text }: Token) => kind === "code" && /[0#?]/.test(text);
