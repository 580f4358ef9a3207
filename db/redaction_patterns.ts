/**
 * Finds and covers words in texts. E-mail addresses, of which a mail may hold any number, are looked
 * up one by one; other words are searched for together.
 */
import * as phones from "./phones.ts";

/** Replaces a word that was made unreadable. */
export const bar = "█████";

const address = /[a-z0-9._%+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;
/** The longest address there is: what is longer is only written like one. */
const longest = 254;

/** The addresses written in these texts, in small letters, each once. */
export function addressesIn(texts: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const text of texts) {
    for (const [one] of text.matchAll(address)) {
      if (one.length <= longest) found.add(one.toLowerCase());
    }
  }
  return found;
}

const isAddress = (word: string): boolean =>
  word.length <= longest && word.match(address)?.[0] === word;

/** Which of these words occur in the texts, numbers however they are punctuated. */
export function occurring(texts: readonly string[], words: readonly string[]): string[] {
  const text = texts.join("\n").toLowerCase();
  // A pattern over a long text takes its time: the last digits of a number are looked for first.
  const digits = text.replace(/[^0-9]+/g, "");
  return words.filter((word) => {
    const pattern = phones.patternOf(word);
    if (pattern === null) return text.includes(word.toLowerCase());
    return digits.includes(phones.digitsOf(word).slice(-6).join("")) &&
      new RegExp(pattern).test(text);
  });
}

/** Makes these words unreadable in a text; null if there are none. */
export function coverOf(words: readonly string[]): ((text: string) => string) | null {
  const wanted = [...new Set(words.map((word) => word.trim().toLowerCase()))].filter(Boolean);
  const addresses = new Set(wanted.filter(isAddress));
  const pattern = patternOf(wanted.filter((word) => !addresses.has(word)));
  if (wanted.length === 0) return null;
  return (text) => {
    const rest = addresses.size === 0
      ? text
      : text.replace(address, (found) => withoutAny(found, addresses));
    return pattern === null ? rest : rest.replace(pattern, bar);
  };
}

function patternOf(words: readonly string[]): RegExp | null {
  if (words.length === 0) return null;
  const each = words.toSorted((a, b) => b.length - a.length)
    .map((word) => phones.patternOf(word) ?? RegExp.escape(word));
  return new RegExp(each.join("|"), "giu");
}

/** How many parts of a domain may belong to the text: `m@firma.example.Bitte` lacks a space. */
const mostParts = 4;

/** What looks like an address without the one in it, which other characters may stand beside. */
function withoutAny(found: string, addresses: ReadonlySet<string>): string {
  const lower = found.toLowerCase();
  if (addresses.has(lower)) return bar;
  const at = lower.indexOf("@");
  let end = lower.length;
  if (end > longest) end = lower.lastIndexOf(".", at + longest);
  for (let parts = 0; parts < mostParts && end > at; parts++) {
    for (let from = 0; from < at; from++) {
      if (!addresses.has(lower.slice(from, end))) continue;
      return found.slice(0, from) + bar + found.slice(end);
    }
    end = lower.lastIndexOf(".", end - 1);
  }
  return found;
}
