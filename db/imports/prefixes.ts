/**
 * Finds a word in front of all headings of a table, as databases write it: "kun_name", "kun_plz".
 */

import { read, words } from "./headings.ts";

/** Words that say whose column it is, or which address is meant, and so must not be dropped. */
const telling =
  /^(?:address|adresse|billing|shipping|rechnungs?|liefer|firmen|company|firma|account|organi[sz]ation|contact|kontakt|ansprechpartner|person|primary|lead|properties|name|email|mail|telefon|phone|e|p|g|x|is|has|no|ist|hat|field|column|spalte|custom|home|business|work|other|privat|adress)$/;
/** With fewer columns, they may share a word by chance. */
const fewest = 4;

/** The word; empty if there is none that could be dropped. */
export function sharedBy(headings: readonly string[]): string {
  const firsts = headings.filter(Boolean).map((heading) => words(heading))
    .map(([first = "", second]) => second === undefined ? "" : first);
  const [word = joinedTo(headings)] = firsts.filter(Boolean);
  if (firsts.every((first) => first === "")) return word;
  if (firsts.length < fewest || word.length > 12 || telling.test(word) || /\d/.test(word)) {
    return "";
  }
  const times = firsts.filter((first) => first === word).length;
  return times >= firsts.length * 0.8 && times >= fewest ? word : "";
}

/** The capitals that are joined to all headings, as "OXFNAME" of OXID; empty if there are none. */
function joinedTo(headings: readonly string[]): string {
  const filled = headings.filter(Boolean);
  const [first = ""] = filled;
  if (filled.length < 2 * fewest || !filled.every((each) => /^[A-Z][A-Z0-9]{2,}$/.test(each))) {
    return "";
  }
  const known = (least: number) => filled.filter((each) => read(each.slice(least))).length;
  const shared = [2, 3, 4].filter((count) =>
    filled.every((each) => each.length > count && each.startsWith(first.slice(0, count)))
  );
  const best = shared.find((count) => known(count) >= fewest && known(count) > 2 * known(0));
  return best === undefined ? "" : first.slice(0, best).toLowerCase();
}

/** The heading without that word. */
export function without(heading: string, word: string): string {
  if (word === "" || !heading.toLowerCase().startsWith(word)) return heading;
  return heading.slice(word.length).replace(/^[\s_.:-]+/, "") || heading;
}
