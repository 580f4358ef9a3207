/** What the officer orders by answering a mail: its first line, strictly, or nothing at all. */
import { ownWords } from "./received_mails/replies.ts";

export type Order =
  | { kind: "approve" | "done"; code: string }
  | { kind: "refuse" | "extend" | "identity" | "identified"; code: string; reason: string }
  | { kind: "person"; code: string; which: number[] }
  | { kind: "note"; text: string };

/** Why an answer orders nothing. */
export type Unclear = "empty" | "word" | "code" | "reason" | "more" | "which";

/** Each order's words, German and English. */
const words: readonly [Order["kind"], RegExp][] = [
  ["approve", /^(?:freigabe|freigeben|genehmig(?:t|en|ung)|approved?|approval|release)$/],
  ["refuse", /^(?:ablehnen|ablehnung|abgelehnt|refused?|reject(?:ed)?)$/],
  ["extend", /^(?:verl(?:ä|ae)nger(?:n|ung|t)|extend(?:ed)?|extension)$/],
  ["identity", /^(?:identit(?:ä|ae)t|identity)$/],
  ["identified", /^(?:gekl(?:ä|ae)rt|clarified|identified)$/],
  ["done", /^(?:erledigt|done|completed?)$/],
  ["person", /^(?:person(?:en|s)?|gemeint|meant)$/],
  ["note", /^(?:notiz|note)$/],
];

/** `FREIGABE 4821`, `ABLEHNEN 4821: Grund`, `NOTIZ: …`; marks of emphasis around it do not matter. */
const line =
  /^[\s*_"'„“”‚‘’«»]*(\p{L}+)\s*(?:(?:code\s*)?#?\s*(\d{4,8}))?\s*[*_]*\s*(?:[:–—-]\s*(.*))?$/iu;

/** How people end a mail; what follows is their name. */
const closing =
  /^(?:(?:mit\s+)?(?:freundlich\w*|best\w*|viel\w*|lieb\w*|herzlich\w*|schön\w*)\s+gr(?:ü|ue)(?:ß|ss)\w*|gr(?:u|ü|ue)(?:ß|ss)\w*|mfg|vg|lg|hg|danke\w*|vielen dank|(?:kind|best|warm)?\s*regards|best(?: wishes)?|thanks|thank you|yours?\s+\w+|sincerely|cheers)\b[^\n]{0,40}$/i;

const mostClosingLines = 8;
/** Letters that say something; "x" is no reason. */
const shortest = 3;
const longestReason = 4_000;

/** What an answer orders, or why it is unclear. Never throws. */
export function read(text: string): Order | Unclear {
  const lines = ownWords(text.replaceAll("\0", "")).split("\n").map((each) => each.trim());
  const first = lines.findIndex((each) => each !== "");
  if (first < 0) return "empty";
  const found = line.exec(spaced(lines[first]!.slice(0, 1_000 + longestReason)));
  const word = found?.[1]?.toLowerCase().normalize("NFC");
  const kind = words.find(([, pattern]) => word !== undefined && pattern.test(word))?.[0];
  if (!found || !kind) return "word";
  const [, , code = "", beginning = ""] = found;
  const rest = withoutClosing(lines.slice(first + 1));
  if (rest === null || rest.some(isOrder)) return "more";
  const said = [beginning, ...rest].join("\n").trim().slice(0, longestReason);
  if (kind === "note") return isSaid(said) ? { kind, text: said } : "reason";
  if (code === "") return "code";
  if (kind === "person") return whichOf(said, code);
  if (kind === "approve" || kind === "done") return said === "" ? { kind, code } : "more";
  return isSaid(said) ? { kind, code, reason: said } : "reason";
}

/** `1, 3` of the letter's list, or that it is none of them. */
function whichOf(said: string, code: string): Order | Unclear {
  if (/^(?:keine[rs]?|niemand|none|nobody)\.?$/i.test(said)) {
    return { kind: "person", code, which: [] };
  }
  if (!/^\d{1,2}(?:\s*(?:,|;|\+|und|and)\s*\d{1,2})*\.?$/i.test(said)) return "which";
  return { kind: "person", code, which: [...said.matchAll(/\d+/g)].map(([each]) => Number(each)) };
}

/** With single spaces: between them the expression of a line would look for many ways. */
const spaced = (text: string): string => text.replace(/\s+/g, " ");

const isSaid = (text: string): boolean => (text.match(/\p{L}/gu)?.length ?? 0) >= shortest;

/** A second order makes the first one doubtful. */
function isOrder(text: string): boolean {
  const found = line.exec(spaced(text.slice(0, 200)));
  const word = found?.[1]?.toLowerCase();
  return word !== undefined && found?.[2] !== undefined &&
    words.some(([, each]) => each.test(word));
}

/** The lines before a closing formula; null where too much follows one. */
function withoutClosing(lines: readonly string[]): string[] | null {
  const at = lines.findIndex((each) => closing.test(each));
  if (at < 0) return [...lines];
  const after = lines.slice(at + 1).filter((each) => each !== "");
  return after.length > mostClosingLines || after.some(isOrder) ? null : lines.slice(0, at);
}
