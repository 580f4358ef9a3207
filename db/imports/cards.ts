/**
 * Reads vCards 2.1, 3.0 and 4.0 into lists of properties. Written by us because available readers
 * know one version each, while address books mix versions and even charsets per line, and no card
 * may be lost.
 */

import type { Encoding } from "./plans.ts";

export interface Property {
  /** "item1" of `item1.TEL`, in lower case. */
  group: string;
  /** In upper case. */
  name: string;
  /** Names in upper case; bare words of 2.1 (`TEL;WORK`) are under TYPE. */
  params: Map<string, string[]>;
  /** Decoded, not yet split into parts. */
  value: string;
}

export interface Card {
  version: string;
  properties: Property[];
  /** False if the file ended, or the next card began, before END:VCARD. */
  finished: boolean;
}

/** Properties with these names hold pictures, sounds and keys: noted, but never decoded. */
const binary = new Set(["PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE"]);
const encodings = new Set(["QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B", "Q"]);
/** Concatenated files keep the byte order mark of each, as bytes or as a character. */
const beginning = /^(?:\ufeff|\u00ef\u00bb\u00bf)?BEGIN\s*:\s*VCARD/i;
/** The end of a file without a line break, and the beginning of the one that was joined to it. */
const glued = /^(END\s*:\s*VCARD)\s*((?:\ufeff|\u00ef\u00bb\u00bf)?BEGIN\s*:\s*VCARD)\s*$/i;
const longestLine = 4 * 1024 * 1024;

/**
 * Reads cards from bytes turned into characters one by one (or real text, for UTF-16): a card may
 * change its charset from line to line, so each value is decoded separately.
 */
export class CardReader {
  #rest = "";
  #lines: string[] = [];
  /** Their characters; anything beyond the longest line is dropped. */
  #length = 0;
  #card: Card | null = null;
  /** Nested cards (AGENT of 2.1) that are still open; they are skipped. */
  #inner = 0;

  constructor(readonly encoding: Encoding) {}

  write(piece: string): Card[] {
    return this.#take(this.#rest + piece);
  }

  end(): Card[] {
    const cards = this.#take(`${this.#rest}\n`);
    this.#flush(cards);
    if (this.#card) cards.push({ ...this.#card, finished: false });
    this.#card = null;
    return cards;
  }

  #take(text: string): Card[] {
    const cards: Card[] = [];
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > longestLine) this.#rest = "";
    for (const line of lines) {
      for (const part of glued.exec(line)?.slice(1) ?? [line]) this.#line(part, cards);
    }
    return cards;
  }

  /**
   * Joins the lines of one property: folds, soft breaks of quoted-printable, trailing backslashes.
   */
  #line(line: string, cards: Card[]): void {
    const open = this.#lines[0] ?? "";
    const last = this.#lines.at(-1) ?? "";
    const quoted = /^[^:]*[;:]?(?:ENCODING=)?QUOTED-PRINTABLE[^:]*:/i.test(open.slice(0, 300));
    const folded = /^[ \t]/.test(line);
    if (quoted && last.endsWith("=")) this.#push(line);
    else if (folded && open !== "") this.#fold(line);
    else if (/^[\w.-]+[;:]/.test(line) || line === "" || open === "") this.#next(line, cards);
    else if (last.endsWith("\\")) {
      this.#lines[this.#lines.length - 1] = `${last.slice(0, -1)}\\n`;
      this.#push(line);
    } else if (!isBinary(open)) this.#next(line, cards);
  }

  /**
   * RFC 2426 folds by a line break and a blank, both of which are removed; in 2.1 the blank is
   * text.
   */
  #fold(line: string): void {
    if (isBinary(this.#lines[0] ?? "")) return;
    this.#push(this.#card?.version === "2.1" ? ` ${line.trimStart()}` : line.slice(1));
  }

  /** Each piece counts as more than its length, so that even empty ones reach the limit. */
  #push(piece: string): void {
    this.#length += piece.length + 16;
    if (this.#length <= longestLine) this.#lines.push(piece);
  }

  #next(line: string, cards: Card[]): void {
    this.#flush(cards);
    this.#lines = line === "" ? [] : [line];
    this.#length = line.length;
  }

  #flush(cards: Card[]): void {
    if (this.#lines.length === 0) return;
    const joined = join(this.#lines);
    this.#lines = [];
    if (this.#skipsInner(joined)) return;
    if (beginning.test(joined)) {
      if (this.#card) cards.push({ ...this.#card, finished: false });
      this.#card = { version: "", properties: [], finished: true };
    } else if (/^END\s*:\s*VCARD/i.test(joined)) {
      if (this.#card) cards.push(this.#card);
      this.#card = null;
    } else if (this.#card) {
      const property = read(joined, this.encoding);
      if (property?.name === "VERSION") this.#card.version = property.value.trim();
      else if (property && this.#card.properties.length < 1000) {
        this.#card.properties.push(property);
      }
    }
  }

  #skipsInner(line: string): boolean {
    const begins = beginning.test(line);
    const last = this.#card?.properties.at(-1);
    if (begins && (this.#inner > 0 || (last?.name === "AGENT" && last.value === ""))) this.#inner++;
    else if (this.#inner > 0 && /^END\s*:\s*VCARD/i.test(line)) {
      this.#inner--;
      return true;
    }
    return this.#inner > 0;
  }
}

function isBinary(line: string): boolean {
  return binary.has(line.slice(0, 100).split(/[;:]/)[0]?.split(".").at(-1)?.toUpperCase() ?? "");
}

/** Soft breaks lose their "=", folded lines are simply joined. */
function join(lines: string[]): string {
  const head = lines[0] ?? "";
  if (lines.length === 1 || isBinary(head)) return head;
  if (!/QUOTED-PRINTABLE/i.test(head.slice(0, 300))) return lines.join("");
  return lines.map((line, at) => at < lines.length - 1 ? line.replace(/=$/, "") : line).join("");
}

function read(line: string, encoding: Encoding): Property | null {
  const colon = colonOf(line);
  if (colon < 0 || colon > 2000) return null;
  const [head = "", ...rest] = outsideQuotes(line.slice(0, colon));
  const dot = head.indexOf(".");
  const params = new Map<string, string[]>();
  for (const param of rest) addParam(params, param);
  const name = head.slice(dot + 1).trim().toUpperCase();
  const raw = line.slice(colon + 1);
  return {
    group: dot < 0 ? "" : head.slice(0, dot).toLowerCase(),
    name,
    params,
    value: binary.has(name) ? "" : decode(raw, params, encoding),
  };
}

/** The position of the colon after the parameters; one inside double quotes does not count. */
function colonOf(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') quoted = !quoted;
    else if (line[at] === ":" && !quoted) return at;
  }
  return line.indexOf(":");
}

/** A name and its parameters; a semicolon inside double quotes separates nothing. */
function outsideQuotes(text: string): string[] {
  const found: string[] = [];
  let part = "";
  for (const [at, piece] of text.split('"').entries()) {
    const pieces = at % 2 === 0 ? piece.split(";") : [piece];
    part += (at > 0 ? '"' : "") + pieces.shift();
    for (const next of pieces) {
      found.push(part);
      part = next;
    }
  }
  return [...found, part];
}

function addParam(params: Map<string, string[]>, param: string): void {
  const equals = param.indexOf("=");
  const bare = param.trim().toUpperCase();
  const name = equals >= 0
    ? param.slice(0, equals).trim().toUpperCase()
    : encodings.has(bare)
    ? "ENCODING"
    : "TYPE";
  const values = (equals >= 0 ? param.slice(equals + 1) : bare).replaceAll('"', "").split(",")
    .map((value) => value.trim()).filter(Boolean);
  const present = params.get(name);
  if (present) present.push(...values);
  else params.set(name, values);
}

function decode(raw: string, params: Map<string, string[]>, encoding: Encoding): string {
  const transfer = params.get("ENCODING")?.[0]?.toUpperCase() ?? "";
  const charset = params.get("CHARSET")?.[0] ?? (/^utf-(?:16|32)/.test(encoding) ? "" : encoding);
  if (transfer === "QUOTED-PRINTABLE" || transfer === "Q") {
    const bytes = raw.replace(
      /=([0-9A-Fa-f]{2})/g,
      (_, hex) => String.fromCharCode(parseInt(hex, 16)),
    );
    return charsetText(bytes, charset || "utf-8");
  }
  if (transfer === "BASE64" || transfer === "B") {
    try {
      return charsetText(atob(raw.replace(/\s/g, "")), charset || "utf-8");
    } catch {
      return "";
    }
  }
  return charset === "" ? raw : charsetText(raw, charset);
}

/** Characters that stand for bytes, decoded in the charset; real text is left as it is. */
function charsetText(bytes: string, charset: string): string {
  // deno-lint-ignore no-control-regex
  if (!/[^\x00-\x7f]/.test(bytes) && !/^iso-2022|^utf-7/i.test(charset)) return bytes;
  const raw = Uint8Array.from(bytes, (character) => character.charCodeAt(0));
  if (raw.some((byte, at) => byte !== bytes.charCodeAt(at))) return bytes;
  for (
    const [label, fatal] of [["utf-8", true], [charset, false], ["windows-1252", false]] as const
  ) {
    if (fatal && /jis|euc|gb|big5|iso-2022|utf-16/i.test(charset)) continue;
    try {
      return new TextDecoder(label, { fatal }).decode(raw);
    } catch {
      continue;
    }
  }
  return bytes;
}

/** The parts of a structured value (N, ADR, ORG), unescaped. */
export const parts = (value: string, separator = ";"): string[] =>
  split(value, separator).map(unescape);

/** The parts of a structured value, still escaped. */
export function split(value: string, separator: string): string[] {
  const found: string[] = [];
  let part = "";
  for (let at = 0; at < value.length; at++) {
    const character = value[at];
    if (character === "\\" && at + 1 < value.length) {
      part += `\\${value[++at]}`;
    } else if (character === separator) {
      found.push(part);
      part = "";
    } else part += character;
  }
  return [...found, part];
}

/**
 * The plain text of a value. RFC 2426 and 6350 escape comma, semicolon, backslash and line break;
 * 2.1 only the semicolon, yet programs writing it use the others too. Any other backslash stays.
 */
export function unescape(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, character: string) => {
    if (character === "n" || character === "N") return "\n";
    return /[;,:\\"]/.test(character) ? character : `\\${character}`;
  }).replace(/\r\n?/g, "\n").trim();
}
