/**
 * Reads JSON files piece by piece: a list of objects, plain, wrapped (`{"contacts": […]}`) or one
 * per line.
 */

import { Tokenizer, TokenParser, TokenType } from "@streamparser/json";
import { clean, cut } from "./cells.ts";
import { read } from "./headings.ts";
import { limits, Unreadable } from "./problems.ts";
import { Turns } from "./turns.ts";

type Value = string | number | boolean | null | undefined | Value[] | { [key: string]: Value };

/** The longest single object, in characters. */
const longest = 1024 * 1024;
/** Most entries of a list inside an object that become columns of their own. */
const widest = 10;

/**
 * Each object of the file's list as texts by key path. Throws Unreadable if the file has no such
 * list.
 */
export async function* objects(pieces: AsyncIterable<string>): AsyncGenerator<Map<string, string>> {
  const ready: Value[] = [];
  let parser: TokenParser | null = null;
  let depth = 0;
  let since = 0;
  let tokens = 0;
  let found = 0;
  let broken = false;
  let tooDeep = false;
  const tokenizer = new Tokenizer();
  tokenizer.onError = () => broken = true;
  tokenizer.onEnd = () => {};
  tokenizer.onToken = (token) => {
    if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) depth++;
    if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET) depth--;
    tokens++;
    tooDeep ||= depth > limits.depth;
    if (tooDeep) return;
    parser ??= members(token.token === TokenType.LEFT_BRACKET ? ["$.*"] : within, (value) => {
      ready.push(value);
      found++;
      since = 0;
    });
    parser.write(token);
  };
  const turns = new Turns();
  for await (const piece of asList(alone(pieces))) {
    for (let at = 0; at < piece.length; at += 16_384) {
      const part = piece.slice(at, at + 16_384).replace(/^\ufeff/, "");
      since += part.length;
      if (since > longest) throw new Unreadable("record_too_long", { limit: longest });
      if (turns.isOver) await turns.next();
      feed(() => tokenizer.write(part));
      if (tooDeep) throw new Unreadable("json_shape", { limit: limits.depth });
      if (broken) throw new Unreadable("json_broken");
      for (const value of ready.splice(0)) yield flatten(value);
    }
  }
  if (depth > 0) throw new Unreadable("json_broken");
  // "[]" is an empty list; anything longer without a single object is something else.
  if (found === 0 && tokens > 2) throw new Unreadable("json_shape");
}

/** An object by itself that is a record, as a list of one: its own lists are its details. */
async function* alone(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held: string | null = "";
  for await (const piece of pieces) {
    if (held === null) {
      yield piece;
      continue;
    }
    held += piece;
    const first = /^[\ufeff\s]*(\S)/.exec(held)?.[1];
    if (first === undefined || first === "{" && held.length < firstLine) continue;
    yield held;
    held = null;
  }
  if (held !== null) yield isRecord(held) ? `[${held.replace(/^\ufeff/, "")}]` : held;
}

/** Whether the text is one object with a name and a way to reach it, and is no list's envelope. */
function isRecord(text: string): boolean {
  const paths = pathsIn(text);
  const targetOf = (path: string) => read(path)?.target ?? "";
  const listed = paths.some((path) => {
    const [, list = "", leaf = ""] = /^([^.]+)\.\d+\.([^.]+)$/.exec(path) ?? [];
    return !details.test(list) && naming.test(targetOf(leaf));
  });
  return !listed && paths.some((path) => !path.includes(".") && naming.test(targetOf(path))) &&
    paths.some((path) => /(?:^|\.)(?:email|phone|address)/.test(targetOf(path)));
}

/** The paths in a text that is one object; none in any other, or in one too deep to walk through. */
function pathsIn(text: string): string[] {
  try {
    const value: Value = JSON.parse(text.replace(/^\ufeff/, ""));
    if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
    return [...flatten(value).keys()];
  } catch {
    return [];
  }
}

const naming = /^(?:name|fullName|firstName|lastName|company\.name)$/;
/** Lists whose entries may have names without being records. */
const details = /address|mail|phone|tag|label|field|custom|organi[sz]|compan|categor|group|type/i;

/** How much of a file is read to see whether its first line is an object. */
const firstLine = 65_536;

/** Turns objects on a line each into the list that other programs write. */
async function* asList(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let lines: boolean | null = null;
  let held = "";
  for await (const piece of pieces) {
    held += piece;
    if (lines === null) {
      const feed = held.indexOf("\n");
      if (held.length < firstLine && (feed < 0 || held.slice(feed).trim() === "")) continue;
      lines = /^\ufeff?\s*\{[^\n]*\}[ \t\r]*\n\s*\{/.test(held);
      if (lines) held = `[${held.replace(/^\ufeff/, "")}`;
    }
    // The end of an object waits for what follows it.
    const end = lines ? held.lastIndexOf("}") : held.length;
    if (end <= 0 && held.length > longest) {
      throw new Unreadable("record_too_long", { limit: longest });
    }
    if (end <= 0) continue;
    yield lines ? commas(held.slice(0, end)) : held;
    held = held.slice(end);
  }
  yield lines ? `${commas(held)}]` : held;
}

const commas = (text: string): string => text.replace(/\}[ \t\r]*\n\s*(?=\{)/g, "},");

/** Where a list may be in an object: under any name, or deeper in answers of APIs. */
const within = [
  "$.*.*",
  ...["data", "result", "response", "d", "_embedded"].map((name) => `$.${name}.*.*`),
  "$.data.*.edges.*",
];

/** Hands over each object of a list at one of these paths, and discards it at once. */
function members(paths: string[], take: (value: Value) => void): TokenParser {
  const parser = new TokenParser({ paths, keepStack: false });
  parser.onValue = ({ value, parent }) => {
    if (
      Array.isArray(parent) && value !== null && typeof value === "object" && !Array.isArray(value)
    ) {
      take(value as Value);
    }
  };
  parser.onEnd = () => {};
  return parser;
}

function feed(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable("json_broken");
  }
}

/**
 * Nested values by path: `address.city`, `emails.1.value`; lists of plain values become one text.
 */
function flatten(value: Value, path = "", into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) {
    if (value.every((entry) => entry === null || typeof entry !== "object")) {
      into.set(path, value.filter((entry) => entry !== null).map(String).join(", "));
    } else {
      value.slice(0, widest).forEach((entry, at) => flatten(entry, `${path}.${at + 1}`, into));
    }
  } else if (value !== null && typeof value === "object") {
    for (const [key, entry] of Object.entries(value)) {
      const name = cut(clean(key), 100);
      flatten(entry, path === "" ? name : `${path}.${name}`, into);
    }
  } else if (value !== null && value !== undefined) into.set(path, String(value));
  return into;
}
