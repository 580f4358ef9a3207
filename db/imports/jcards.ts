/** Converts jCards (RFC 7095), which are cards in JSON, to vCard 4.0 lines. */

import { escaped, line, parsed, plain, whole, written } from "./card_lines.ts";

/** Whether a file begins as such a card, or as a list of them. */
export const begins = (start: string): boolean =>
  /^\ufeff?\s*\[\s*(?:\[\s*)?"vcard(?:stream)?"\s*,/i.test(start);

/** The cards of the file as a byte string in pieces for card readers. Throws Unreadable. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const cards = cardsIn(parsed(await whole(pieces)));
  yield* written(cards.values().map((properties) => properties.flatMap(lineOf)));
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

/** Kinds of values in which nothing is escaped. */
const bareTypes = /^(?:uri|date|date-time|date-and-or-time|time|timestamp|utc-offset)$/;

/**
 * `["tel", {"type": "home"}, "uri", "tel:+49…"]` as `TEL;TYPE=home:tel:+49…`; nothing if invalid.
 */
function lineOf(property: unknown): string[] {
  if (!Array.isArray(property)) return [];
  const [name, said, type, ...values] = property;
  if (typeof name !== "string") return [];
  const params = said !== null && typeof said === "object"
    ? Object.entries(said).map(([key, value]) =>
      [key, [value].flat().map((each) => textOf(each, true))] as const
    )
    : [];
  const group = params.find(([key]) => key === "group")?.[1][0] ?? "";
  const bare = typeof type === "string" && bareTypes.test(type);
  return line(name, values.map((each) => valueOf(each, bare)).join(","), { group, params });
}

/** A value of several parts is a list, and a part of several values is again a list. */
function valueOf(value: unknown, bare: boolean): string {
  if (!Array.isArray(value)) return textOf(value, bare);
  return value.map((part) => [part].flat().map((each) => textOf(each, bare)).join(","))
    .join(";");
}

function textOf(value: unknown, bare: boolean): string {
  if (value === null || value === undefined || typeof value === "object") return "";
  return bare ? plain(String(value)) : escaped(String(value));
}
