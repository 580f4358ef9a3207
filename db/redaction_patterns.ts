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
  if (words.length === 0) return [];
  const text = texts.join("\n").toLowerCase();
  // A pattern over a long text takes its time: the last digits of a number are looked for first.
  const digits = text.replace(/[^0-9]+/g, "");
  // Each different run of letters once: a search through years of mail takes its time as well.
  const runs = [...new Set(text.match(run))].join("\n");
  return words.filter((word) => {
    const pattern = phones.patternOf(word);
    if (pattern === null) return occurs(word.toLowerCase(), runs, text);
    return digits.includes(phones.digitsOf(word).slice(-6).join("")) &&
      new RegExp(pattern).test(text);
  });
}

/** Letters and digits with nothing in between. */
const run = /[\p{L}\p{N}]+/gu;

/** Whether a word occurs in a text with these runs: one of a single run needs no look at the text. */
function occurs(word: string, runs: string, text: string): boolean {
  const parts = word.match(run) ?? [];
  if (!parts.every((part) => runs.includes(part))) return false;
  return (parts.length === 1 && parts[0] === word) || text.includes(word);
}

/** Makes these words unreadable in a text; null if there are none. */
export function coverOf(words: readonly string[]): ((text: string) => string) | null {
  const wanted = [...new Set(words.map((word) => word.trim().toLowerCase()))].filter(Boolean);
  if (wanted.length === 0) return null;
  const addresses = new Set(wanted.filter(isAddress));
  const domains = new Set([...addresses].map((each) => each.slice(each.indexOf("@") + 1)));
  const others = wanted.filter((word) => !addresses.has(word));
  // What contains an address is longer than it: "Eva Groß <eva@gross.example>".
  const wider = patternOf(others.filter((word) => word.includes("@")));
  const rest = patternOf(others.filter((word) => !word.includes("@")));
  return (text) => {
    const first = wider === null ? text : text.replace(wider, bar);
    const then = addresses.size === 0
      ? first
      : first.replace(address, (found) => withoutAny(found, addresses, domains));
    return rest === null ? then : then.replace(rest, bar);
  };
}

function patternOf(words: readonly string[]): RegExp | null {
  if (words.length === 0) return null;
  const each = words.toSorted((a, b) => b.length - a.length)
    .map((word) => phones.patternOf(word) ?? RegExp.escape(word));
  return new RegExp(each.join("|"), "giu");
}

/** Whether an address may end before this place: `m@firma.example.Bitte` only lacks a space. */
const mayEnd = (text: string, at: number): boolean =>
  at === text.length || /[.-]/.test(text[at]!) || /[a-z0-9][A-Z]/.test(text.slice(at - 1, at + 1));

/** What looks like an address without the one in it, which other characters may stand beside. */
function withoutAny(
  found: string,
  addresses: ReadonlySet<string>,
  domains: ReadonlySet<string>,
): string {
  const lower = found.toLowerCase();
  if (addresses.has(lower)) return bar;
  const at = lower.indexOf("@");
  for (let end = Math.min(lower.length, at + longest); end > at + 1; end--) {
    if (!mayEnd(found, end) || !domains.has(lower.slice(at + 1, end))) continue;
    for (let from = 0; from < at; from++) {
      if (!addresses.has(lower.slice(from, end))) continue;
      return found.slice(0, from) + bar + found.slice(end);
    }
  }
  return found;
}
