/**
 * Finds a word in front of all headings of a table, as databases write it: "kun_name", "kun_plz".
 */

import { words } from "./headings.ts";

/** Words that say whose column it is, or which address is meant, and so must not be dropped. */
const telling =
  /^(?:address|adresse|billing|shipping|rechnungs?|liefer|firmen|company|firma|account|organi[sz]ation|contact|kontakt|ansprechpartner|person|primary|lead|properties|name|email|mail|telefon|phone|e|p|g|x|is|has|no|ist|hat|field|column|spalte|custom|home|business|work|other|privat|adress)$/;
/** With fewer columns, they may share a word by chance. */
const fewest = 4;

/** The word; empty if there is none that could be dropped. */
export function sharedBy(headings: readonly string[]): string {
  const firsts = headings.filter(Boolean).map((heading) => words(heading))
    .map(([first = "", second]) => second === undefined ? "" : first);
  const [word = ""] = firsts.filter(Boolean);
  if (firsts.length < fewest || word.length > 12 || telling.test(word) || /\d/.test(word)) {
    return "";
  }
  const times = firsts.filter((first) => first === word).length;
  return times >= firsts.length * 0.8 && times >= fewest ? word : "";
}

/** The heading without that word. */
export function without(heading: string, word: string): string {
  if (word === "" || !heading.toLowerCase().startsWith(word)) return heading;
  return heading.slice(word.length).replace(/^[\s_.:-]+/, "") || heading;
}
