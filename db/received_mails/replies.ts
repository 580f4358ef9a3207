/**
 * Extracts what a sender wrote, without the mail being answered and the signature, from any
 * program's mail.
 */

/** Lines after which nothing more was written: signatures, and what phones and programs add. */
const signature =
  /^\s*(?:--\s*|(?:von mein(?:em|er)\b(?!.*\b(?:w[iu]rde?n?|ist|sind|hat|habe[nt]?|worden)\b).{1,50} gesendet|mit proton ?mail .{0,40}gesendet|gesendet (?:von|mit|aus) .{1,60}|sent from (?:my|outlook|mail|yahoo|proton).{0,60}|sent with \[?proton.{0,60}|diese nachricht wurde von meinem .{1,80}|get outlook for .{1,40}|outlook f[üu]r .{1,80} (?:herunterladen|beziehen|holen).*|holen sie sich outlook .{1,40}|obtenir outlook pour .{1,40}|outlook voor .{1,40} (?:downloaden|ophalen)|(?:obtener|obtén) outlook para .{1,40}|envoyé de mon .{1,40}|inviato da(?:l mio)? .{1,40}|enviado desde mi .{1,40}|verzonden vanaf mijn .{1,40}))\.?\s*$/i;

/** What programs put above the mail being answered. */
const opening =
  /^\s*(?:-{2,}|_{2,}|={2,})\s*(?:urspr[üu]ngliche|original|message d['’]origine|mensaje original|messaggio originale|oorspronkelijk|mensagem original|původní|izvorna|oryginalna|ursprungligt)[^\n]{0,40}$/i;

/** "Am … schrieb …:", which may be split over up to three lines. */
const attribution =
  /^\s*(?:am|on|le|el|il|op|em|a|dne|dana|w dniu|dnia|den|στις|[\p{L}\d].{0,120}(?:<[^<>\s]+@[^<>\s]+>|@)).{0,300}(?:\bschrieb\b.{0,120}|\bhat .{1,100}@.{1,100}geschrieben|\bwrote|(?<!\p{L})écrit|\bescribió|\bha scritto|\bschreef\b.{0,120}|\bescreveu|\bnapsala?(?:\(a\))?|\bnapisa[oł]a?(?:\(a\))?|\bskrev\b.{0,120}|έγραψε)\s*:\s*$/isu;

/** What such a line ends with in whatever language: a time, or an address in brackets. */
const ending = /\b\d{1,2}:\d\d\b.{0,200}:\s*$|[<(][^\s<>()@]{1,64}@[^\s<>()@]{1,200}[>)]\s*:\s*$/;

/** Whether a line introduces the mail being answered, rather than what its writer indented. */
export const introduces = (line: string): boolean =>
  line.length <= 600 && (attribution.test(line) || ending.test(line));

const from = /^\s*\*?(?:von|from|de|da|van|od|från|fra|από)\s*:\*?\s*\S/iu;
const others =
  /^\s*\*?(?:gesendet|sent|datum|date|envoyé|enviado|fecha|inviato|data|verzonden|odesláno|poslano|wysłano|skickat|an|to|à|para|aan|komu|do|till|betreff|subject|objet|asunto|oggetto|onderwerp|assunto|předmět|predmet|temat|ämne)\s*:/iu;

const quoted = /^\s*>/;

/** Signs that nobody sees: hyphens for breaking words, spaces without width, marks of direction. */
const unseen = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g;

/** What programs put above and below a text signed with PGP. */
const signed = /^-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash: [^\n]{1,100}\n){0,5}\n/m;
const pgpSignature = /^-----BEGIN PGP SIGNATURE-----\s*$/;

/** Most lines that are examined; no letter is longer. */
const mostLines = 4_000;

/** A mail's own words; empty if it only quotes. */
export function ownWords(text: string): string {
  const seen = text.replace(/\r\n?/g, "\n").replace(unseen, "");
  const lines = seen.replace(signed, "").split("\n", mostLines);
  const own: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (quoted.test(line)) continue;
    const above = attributionAt(lines, at);
    if (above > 0) {
      // Below it either each line is marked and an answer may follow, or all the rest is quoted.
      const next = lines.slice(at + above).find((each) => each.trim() !== "");
      if (next !== undefined && !quoted.test(next)) break;
      at += above - 1;
      continue;
    }
    if (
      pgpSignature.test(line) || signature.test(line) || opening.test(line) || isHeader(lines, at)
    ) break;
    // GMX and WEB.DE give the date of sending first.
    if (others.test(line) && isHeader(lines, at + 1)) break;
    own.push(line);
  }
  return own.join("\n").replace(
    /(?<!\s)(\s+)_{5,}\s*$/,
    (line, gap: string) => gap.includes("\n") ? "" : line,
  ).replace(/^_{5,}\s*$/, "").trim();
}

/** How many lines from here form the sentence that introduces a quotation; 0 if none do. */
function attributionAt(lines: readonly string[], at: number): number {
  if (lines[at]!.trim() === "") return 0;
  for (let count = 1; count <= 3; count++) {
    const joined = lines.slice(at, at + count).join(" ");
    if (joined.length > 600) return 0;
    if (attribution.test(joined)) return count;
    if (lines[at + count]?.trim() === "") return 0;
  }
  return 0;
}

/** Outlook puts a block of fields above the mail being answered. */
function isHeader(lines: readonly string[], at: number): boolean {
  if (!from.test(lines[at] ?? "")) return false;
  const following = lines.slice(at + 1, at + 7);
  return following.filter((each) => others.test(each)).length >= 2;
}
