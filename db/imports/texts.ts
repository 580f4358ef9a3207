/** Prepares the texts of a row for writing them into a record. */

import { flattened } from "../received_mails/texts.ts";
import { decoded } from "./entities.ts";

const markup = /^\s*<(?:p|div|span|br|ul|ol|h[1-6])(?:\s[^>]{0,500})?\/?>/i;

/** The text of a note that a program keeps as markup; any other note as it is. */
export const unmarked = (note: string): string =>
  markup.test(note)
    ? decoded(flattened(note, 4 * note.length).replace(/(?:<br>)+/g, "\n")).trim()
    : note;

/** Cuts a value that is indexed and shown on one line: no genuine value is longer. */
export const cut = (value: string, most = 200): string =>
  value.length > most ? value.slice(0, most) : value;

/** A copy: a substring would keep its whole piece of the file in memory. */
export const own = (text: string): string => text.split("").join("");

/** A web address with its scheme, as the pages link to it. */
export const link = (address: string): string =>
  address === "" || /^https?:/i.test(address) ? cut(address, 500) : `https://${cut(address, 490)}`;

/** The tags of a row and of the whole run, each spelling once. */
export function tagNames(own: readonly string[], ofRun: readonly string[]): string[] {
  const byKey = new Map([...ofRun, ...own].map((tag) => [tag.toLowerCase(), cut(tag.trim(), 60)]));
  return [...byKey.values()].filter((tag) => tag !== "");
}

/** A text and what is in parentheses at its end, which may contain others. */
export function apart(text: string): [name: string, aside: string] {
  if (!text.endsWith(")")) return [text, ""];
  let depth = 0;
  for (let at = text.length - 1; at > 0; at--) {
    if (text[at] === ")") depth++;
    else if (text[at] === "(" && --depth === 0) {
      return [text.slice(0, at).trim(), text.slice(at + 1, -1)];
    }
  }
  return [text, ""];
}
