/**
 * What the officer orders by answering a mail: read strictly from its first line, or nothing at
 * all.
 */
import { isValid } from "./email_addresses.ts";
import { writtenDay } from "./local_times.ts";
import { withoutBanners } from "./received_mails/banners.ts";
import { ownWords } from "./received_mails/replies.ts";

export type Order =
  | { kind: "approve" | "done"; code: string }
  | { kind: "refuse" | "extend" | "identity" | "identified"; code: string; reason: string }
  | { kind: "person"; code: string; which: number[] }
  /** A record that is not on the list, named by an address or a link. */
  | { kind: "person"; code: string; named: string }
  /** What is to be corrected, as it was written. */
  | { kind: "rectify"; code: string; text: string }
  /** The day on which a restriction ends. */
  | { kind: "lift"; code: string; on: string }
  /** Where a person's data are sent to. */
  | { kind: "transfer"; code: string; url: string }
  /** Asks for a letter with new codes. */
  | { kind: "codes" }
  | { kind: "note"; text: string };

/** Why a reply orders nothing. */
export type Unclear =
  | "empty"
  | "word"
  | "code"
  | "reason"
  | "more"
  | "which"
  | "day"
  | "address";

/** The words for each order, German and English. */
const words: readonly [Order["kind"], RegExp][] = [
  ["approve", /^(?:freigabe|freigeben|genehmig(?:t|en|ung)|approved?|approval|release)$/],
  ["refuse", /^(?:ablehnen|ablehnung|abgelehnt|refused?|reject(?:ed)?)$/],
  ["extend", /^(?:verl(?:ä|ae)nger(?:n|ung|t)|extend(?:ed)?|extension)$/],
  ["identity", /^(?:identit(?:ä|ae)t|identity)$/],
  ["identified", /^(?:gekl(?:ä|ae)rt|clarified|identified)$/],
  ["done", /^(?:erledigt|done|completed?)$/],
  ["person", /^(?:person(?:en|s)?|gemeint|meant)$/],
  ["rectify", /^(?:berichtig(?:en|ung)|rectify|rectification)$/],
  ["lift", /^(?:aufheben|lift)$/],
  ["transfer", /^(?:(?:ü|ue)bertragen|transfer)$/],
  ["codes", /^codes$/],
  ["note", /^(?:notiz|note)$/],
];

/** `FREIGABE 4821`, `ABLEHNEN 4821: Grund`, `NOTIZ: …`; emphasis marks around it are ignored. */
const line =
  /^[\s*_"'„“”‚‘’«»]*(\p{L}+)\s*(?:(?:code\s*:?\s*)?[#([]?\s*(\d{4,8})[)\]]?)?\s*[*_]*\s*(?:[.!,;:–—-]\s*(.*))?$/iu;

/** `ABLEHNEN 4821 wegen …`: the reason without a colon. */
const because =
  /^([\s*_"'„“”‚‘’«»]*\p{L}+\s*(?:code\s*:?\s*)?[#([]?\s*\d{4,8}[)\]]?)\s*[*_]*\s((?:wegen|weil|da|aufgrund|because|due to|since)(?!\p{L})[^\n]*)$/iu;
/** Takes the order back: whoever writes this may mean the opposite. */
const takenBack =
  /\?\s*$|(?<!\p{L})(?:zur(?:ü|ue)ck(?:genommen|gezogen|nehmen|ziehen)|aufgehoben|hinf(?:ä|ae)llig|entf(?:ä|ae)llt|unn(?:ö|oe)tig|nicht (?:n(?:ö|oe)tig|notwendig|erforderlich|m(?:ö|oe)glich|gerechtfertigt)|withdrawn|revoked|unnecessary|not (?:needed|necessary|possible|justified))(?!\p{L})/iu;

/** `: 4821` and `: 4821, Grund`: the code on the wrong side of the colon. */
const lateCode = /^(?:code\s*:?\s*)?[#([]?\s*(\d{4,8})[)\]]?\s*[*_]*\s*(?:[.!,;:–—-]\s*(.*))?$/i;

/** How people begin a mail, on a line of its own; a line with a number in it says more. */
const greeting =
  /^(?:hallo|hi|hello|moin|servus|gr(?:ü|ue)(?:ß|ss) (?:gott|dich|sie|euch)|guten? (?:tag|morgen|abend)|sehr geehrte[rs]?|liebe[rs]?|dear|good (?:morning|afternoon|evening|day))(?!\p{L})[^\n\d:]{0,60}$/iu;

/** How people end a mail; what follows is their name. */
const closing =
  /^(?:(?:(?:mit|many)\s+)?(?:freundlich\w*|best\w*|viel\w*|lieb\w*|herzlich\w*|schön\w*)\s+gr(?:u|ü|ue)(?:ß|ss)e?n?|gr(?:u|ü|ue)(?:ß|ss)e?n?|danke\w*|vielen dank|besten dank|schönen? (?:tag|abend|wochenende)|(?:kind|best|warm)?\s*regards|(?:all the )?best(?: wishes|(?=[,.!–-]|$))|(?:many )?thanks|thank you|yours?\s+\w+|sincerely|cheers)(?!\p{L})[^\n]{0,40}$/iu;

/**
 * The same as abbreviations, with a name at most: "LG Köln, Urteil vom 3. Mai" and "VG Berlin hat
 * …" are courts.
 */
const letters =
  /^(?:[mM][fF][gG]|[vVlLhH][gG])[,.!]*(?:\s+(?:\p{Lu}[\p{L}.'’-]*|von|van|de[rn]?|zu|aus)){0,4}[,.!]*$/u;

/** Words that take back part of what was said: a line with them is not a closing. */
const reserve =
  /(?<!\p{L})(?:aber|nur|nicht|kein\w*|ohne|au(?:ß|ss)er|erst|jedoch|sondern|noch|but|only|not|don['’]t|without|except|until|unless|yet)(?!\p{L})/iu;
/** How such a line begins under a name, where signatures ask you not to print the mail. */
const wish = /^(?:bitte|please|aber|nur|jedoch|allerdings|but|only|however)(?!\p{L})/iu;
/** The same where banners advise: they never begin like this. */
const limit = /^(?:aber|nur|jedoch|allerdings|but|only|however)(?!\p{L})/iu;
const printed = /druck|print|umwelt|environment/i;

/** A postscript under a name is not part of a signature. */
const postscript = /^p\.?\s*s\.?(?:\W|$)/i;

/** Companies add their address, register, managers and a confidentiality notice under a name. */
const mostClosingLines = 30;
/** Anything that somebody still has to say comes before all that. */
const nearName = 4;
/** Minimum letters of a meaningful reason; "x" is none. */
const shortest = 3;
const longestReason = 4_000;

/**
 * What a reply orders, or why it is unclear; below a line with one of `names` is a signature. Never
 * throws.
 */
export function read(text: string, names: readonly string[] = []): Order | Unclear {
  // Some programs write an umlaut as two characters.
  const own = ownWords(text.replaceAll("\0", "").normalize("NFC"));
  const written = own.split("\n").map((each) => each.trim());
  const lines = withoutBanners(
    written,
    (each) => limit.test(each) || begin(each.slice(0, 200)) !== null,
  )
    .filter((each, at, all) => each !== "" || all.slice(0, at).some(Boolean));
  if (lines.length === 0) return "empty";
  const first = greeting.test(lines[0]!) ? lines.findIndex((each, at) => at > 0 && each !== "") : 0;
  const found = first < 0 ? null : begin(lines[first]!.slice(0, 1_000 + longestReason));
  if (!found) return "word";
  const { kind, code, beginning } = found;
  const following = lines.slice(first + 1);
  const isBare = kind === "approve" || kind === "done";
  const rest = withoutClosing(isBare ? [beginning, ...following] : following, names);
  if (rest === null || rest.some(isOrder)) return "more";
  const said = (isBare ? rest : [beginning, ...rest]).join("\n").trim().slice(0, longestReason);
  if (kind === "note") return isSaid(said) ? { kind, text: said } : "reason";
  if (kind === "codes") return { kind };
  if (code === "") return "code";
  if (kind === "person") return whichOf(said, code);
  if (kind === "rectify") return { kind, code, text: said };
  if (kind === "lift") {
    const on = dayIn(said);
    return on ? { kind, code, on } : "day";
  }
  if (kind === "transfer") {
    const url = recordIn(said);
    return url && !isValid(url) ? { kind, code, url } : "address";
  }
  if (isBare) return said === "" ? { kind, code } : "more";
  return isSaid(said) ? { kind, code, reason: said } : "reason";
}

const reasoned: ReadonlySet<Order["kind"]> = new Set([
  "refuse",
  "extend",
  "identity",
  "identified",
]);

/** The start of an order in a line; null for any other line. */
function begin(text: string): { kind: Order["kind"]; code: string; beginning: string } | null {
  const plain = spaced(text);
  const reason = because.exec(plain);
  const isReason = reason && !takenBack.test(plain);
  const found = line.exec(isReason ? `${reason[1]}: ${reason[2]}` : plain);
  const word = found?.[1]?.toLowerCase();
  const kind = words.find(([, pattern]) => word !== undefined && pattern.test(word))?.[0];
  if (!found || !kind) return null;
  // "Freigabe 4821 wegen …" says more than an approval does.
  if (isReason && !reasoned.has(kind)) return null;
  const [, , code = "", beginning = ""] = found;
  // A note needs no code: a number after its colon is part of what it says.
  const late = code === "" && kind !== "note" ? lateCode.exec(beginning) : null;
  return late ? { kind, code: late[1]!, beginning: late[2] ?? "" } : { kind, code, beginning };
}

/** The single address or link given; programs may repeat it next to itself. */
function recordIn(said: string): string | null {
  const words = said.split(/[\s<>"„“”]+/).map((each) =>
    each.replace(/^mailto:/i, "").replace(/[.,;]$/, "")
  ).filter(Boolean);
  const [one = "", ...others] = new Set(words);
  return others.length === 0 && (isValid(one) || /^https?:\/\//i.test(one)) ? one : null;
}

/** `31.12.2026`, `zum 2026-12-31.`: the one day that is said. */
const dayIn = (said: string): string | null =>
  writtenDay(said.replace(/^(?:zum|am|ab|on|from)\s/i, "").replace(/\.$/, "").trim());

/** Numbers of the letter's list (`1, 3`), that it is none of them, or which other record it is. */
function whichOf(said: string, code: string): Order | Unclear {
  if (/^(?:keine[rs]?|niemand|none|nobody)(?: davon| of (?:them|these))?\.?$/i.test(said)) {
    return { kind: "person", code, which: [] };
  }
  const numbers =
    /^(?:(?:nr|nummer|no|number)\.?\s*)?\d{1,2}(?:\s*(?:,|;|\+|&|und|and)\s*\d{1,2})*\.?$/i;
  if (!numbers.test(said)) {
    const named = recordIn(said);
    return named ? { kind: "person", code, named } : "which";
  }
  return { kind: "person", code, which: [...said.matchAll(/\d+/g)].map(([each]) => Number(each)) };
}

/** With single spaces: with more, the expression of a line would try many ways to match. */
const spaced = (text: string): string => text.replace(/\s+/g, " ");

const isSaid = (text: string): boolean => (text.match(/\p{L}/gu)?.length ?? 0) >= shortest;

/** A second order makes the first one doubtful. */
const isOrder = (text: string): boolean => (begin(text.slice(0, 200))?.code ?? "") !== "";

/** The lines before a closing formula or a name; null if too much follows one. */
function withoutClosing(lines: readonly string[], names: readonly string[]): string[] | null {
  const at = lines.findIndex((each) => isClosing(each) || isName(each, names));
  if (at < 0) return [...lines];
  const after = lines.slice(at + 1).filter((each) => each !== "");
  const isMore = after.some((each) => isOrder(each) || postscript.test(each)) ||
    after.slice(0, nearName).some(isReserve);
  return after.length > mostClosingLines || isMore ? null : lines.slice(0, at);
}

const isClosing = (text: string): boolean =>
  letters.test(text) || closing.test(text) && !reserve.test(text);

/** "Bitte nur die Adresse." below a name takes part of the order back. */
const isReserve = (text: string): boolean =>
  wish.test(text) && reserve.test(text) && !printed.test(text);

/** Whether a line is just one of the names: in full, as initials or one of its words. */
function isName(text: string, names: readonly string[]): boolean {
  const parts = (each: string) => each.toLowerCase().match(/\p{L}+/gu) ?? [];
  const said = parts(text);
  if (said.length === 0 || text.length > 80 || /\d/.test(text)) return false;
  return names.map(parts).some((name) => {
    const initials = name.map((each) => each[0]).join("");
    return name.length > 0 && (said.join("") === initials ||
      said.every((each) => name.some((part) => part === each || part[0] === each)));
  });
}
