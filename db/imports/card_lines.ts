/**
 * Writes vCard 4.0 lines for cards that come as JSON or XML, so that a single reader handles all.
 */

import { Buffer } from "node:buffer";
import { visitAll, type Visitor } from "./elements.ts";
import { type RefusalCode, Unreadable } from "./problems.ts";
import { Turns } from "./turns.ts";

/**
 * Such a file is read as a whole; an address book this long, in characters, holds some 50,000
 * people.
 */
const longest = 16 * 1024 * 1024;

/** Reads the whole file. Throws Unreadable if it is too long. */
export async function whole(
  pieces: AsyncIterable<string>,
  refusal: RefusalCode = "record_too_long",
): Promise<string> {
  const all: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > longest) throw new Unreadable(refusal, { limit: longest });
    all.push(piece);
  }
  return all.join("").replace(/^\ufeff/, "");
}

/** Parses a JSON file. Throws Unreadable if it is broken. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable("json_broken");
  }
}

/** Parses an XML file with a visitor. Throws Unreadable if it is broken or too long. */
export async function visited(pieces: AsyncIterable<string>, visitor: Visitor): Promise<void> {
  try {
    await visitAll(bytesOf(pieces), visitor);
  } catch (error) {
    const broken = error instanceof Unreadable && error.code === "xlsx_broken";
    throw broken ? new Unreadable("xml_broken") : error;
  }
}

/** XML is read as UTF-8, in whatever encoding the file was written. */
async function* bytesOf(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > longest) throw new Unreadable("record_too_long", { limit: longest });
    yield encoder.encode(piece);
  }
}

/** Escapes a text for use in a value. */
export const escaped = (text: string): string =>
  text.replace(/\r\n?/g, "\n").replace(/[\\,;]/g, "\\$&").replaceAll("\n", "\\n");

/** A link, a day or a number, in which nothing is escaped. */
export const plain = (text: string): string => text.replace(/[\r\n]+/g, " ");

/** The group and parameters that go with a value. */
export interface Said {
  group?: string;
  params?: Iterable<readonly [name: string, values: readonly string[]]>;
}

/** A property as a line; nothing for an invalid name. Invalid parameters are left out. */
export function line(name: string, value: string, { group = "", params = [] }: Said = {}) {
  if (!/^[\w-]{1,80}$/.test(name) || /^version$/i.test(name)) return [];
  const kept = [...params].filter(([key]) => /^(?:type|pref|x-[\w-]{1,40})$/i.test(key))
    .map(([key, values]) => `;${key.toUpperCase()}=${values.join(",").replace(/[^\w,.+-]/g, "")}`);
  const ahead = /^[\w-]{1,40}$/.test(group) ? `${group}.` : "";
  return [`${ahead}${name.toUpperCase()}${kept.join("")}:${value}`];
}

/** Characters of cards that are passed on together. */
const passed = 64 * 1024;

/**
 * Cards, each given by its lines, as pieces of the byte string that card readers take. Others get
 * their turn between them, and no more than a piece is kept.
 */
export async function* written(cards: Iterable<string[]>): AsyncGenerator<string> {
  const turns = new Turns();
  let text = "";
  for (const card of cards) {
    for (const each of ["BEGIN:VCARD", "VERSION:4.0", ...card, "END:VCARD"]) text += `${each}\r\n`;
    if (text.length >= passed) {
      yield Buffer.from(text, "utf8").toString("latin1");
      text = "";
    }
    if (turns.isOver) await turns.next();
  }
  if (text) yield Buffer.from(text, "utf8").toString("latin1");
}
