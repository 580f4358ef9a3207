/** jCards (RFC 7095): cards written as JSON, told again as the lines of vCard 4.0. */
import { Buffer } from "node:buffer";
import { Unreadable } from "./problems.ts";

/** Whether a file begins as such a card, or as a list of them. */
export const begins = (start: string): boolean =>
  /^\ufeff?\s*\[\s*(?:\[\s*)?"vcard(?:stream)?"\s*,/i.test(start);

/** It is read as a whole; a book of so many characters holds some 50,000 people. */
const longest = 16 * 1024 * 1024;

/** The cards of the file as text of bytes, as readers of cards take it. Throws Unreadable. */
export async function linesOf(pieces: AsyncIterable<string>): Promise<string> {
  const all: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > longest) throw new Unreadable("record_too_long", { limit: longest });
    all.push(piece);
  }
  const lines = cardsIn(parsed(all.join(""))).flatMap((properties) => [
    "BEGIN:VCARD",
    "VERSION:4.0",
    ...properties.flatMap(lineOf),
    "END:VCARD",
  ]);
  return Buffer.from(`${lines.join("\r\n")}\r\n`, "utf8").toString("latin1");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new Unreadable("json_broken");
  }
}

/** The properties of each card in the file. */
function cardsIn(file: unknown): unknown[][] {
  if (!Array.isArray(file)) return [];
  const [name, properties] = file;
  if (name === "vcard") return Array.isArray(properties) ? [properties] : [];
  return file.flatMap((entry) =>
    Array.isArray(entry) && entry[0] === "vcard" ? cardsIn(entry) : []
  );
}

/** `["tel", {"type": "home"}, "uri", "tel:+49…"]` as `TEL;TYPE=home:tel:+49…`; nothing for no property. */
function lineOf(property: unknown): string[] {
  if (!Array.isArray(property)) return [];
  const [name, params, type, ...values] = property;
  if (typeof name !== "string" || !/^[\w-]{1,80}$/.test(name) || name === "version") return [];
  const said = params !== null && typeof params === "object" ? Object.entries(params) : [];
  const group = said.find(([key]) => key === "group")?.[1];
  const told = said.filter(([key]) => /^(?:type|pref|x-[\w-]{1,40})$/i.test(key)).map(
    ([key, value]) =>
      `;${key.toUpperCase()}=${[value].flat().map(String).join(",").replace(/[^\w,.+-]/g, "")}`,
  );
  const plain = /^(?:uri|date|date-time|date-and-or-time|time|timestamp|utc-offset)$/.test(type);
  const ahead = typeof group === "string" && /^[\w-]{1,40}$/.test(group) ? `${group}.` : "";
  const value = values.map((each) => valueOf(each, plain)).join(",");
  return [`${ahead}${name.toUpperCase()}${told.join("")}:${value}`];
}

/** A value of several parts is a list, and a part of several values is one again. */
function valueOf(value: unknown, plain: boolean): string {
  if (!Array.isArray(value)) return escaped(value, plain);
  return value.map((part) => [part].flat().map((each) => escaped(each, plain)).join(","))
    .join(";");
}

function escaped(value: unknown, plain: boolean): string {
  if (value === null || value === undefined || typeof value === "object") return "";
  const text = String(value).replace(/\r\n?/g, "\n");
  return plain
    ? text.replaceAll("\n", " ")
    : text.replace(/[\\,;]/g, "\\$&").replaceAll("\n", "\\n");
}
