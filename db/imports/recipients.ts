/** Reads lists of mail recipients, "Eva Groß <eva@x.example>; …", as a table of two columns. */

import * as emailAddresses from "../email_addresses.ts";

/** The headings of that table, the same in German and English. */
const headings = "Name;E-Mail\n";
/**
 * If no recipient ends within so many characters, it is no such list; the next reader reports it.
 */
const longest = 1024 * 1024;

/** What mail programs put in front of such a list. */
const label = /^\s*(?:an|to|cc|bcc|kopie|empfänger|recipients?|à|para|aan|do|kime)[ ]?:[ ]?/i;
/** A name, with or without quotes, and an address in angle brackets. */
const boxed = /^([^<>\n\t;]{0,300})<[ ]?(?:mailto:)?([^<>\s]{3,254}@[^<>\s]{3,254})[ ]?>/i;
const bare = /^([^\s<>"(),;:]{1,64}@[^\s<>"(),;:]{1,254})(?=\s*(?:[;,\n]|$))/;

interface Mailbox {
  name: string;
  address: string;
}

/** Whether a beginning consists of recipients only: several on a line, or each with a name. */
export function areRecipients(start: string): boolean {
  if (!start.includes("@") || !start.includes("<")) return false;
  // The text may end in the middle of its last recipient.
  const whole = start.length > 60_000 ? start.slice(0, start.lastIndexOf(">") + 1) : start;
  const found = mailboxes(whole.replace(/^\ufeff/, ""));
  if (found.rest.trim() !== "" || found.made.length < 2) return false;
  if (!found.made.some(({ name }) => name !== "")) return false;
  const several = found.lines < found.made.length;
  const plain = found.made.every(({ name }) => !name.includes(","));
  return several ? found.made.every(({ name }) => name.split(",").length < 3) : plain;
}

/** The mailboxes at the beginning of a text, on how many lines they are, and what follows. */
function mailboxes(text: string): { made: Mailbox[]; lines: number; rest: string } {
  const made: Mailbox[] = [];
  const begun = new Set<number>();
  let rest = text;
  let line = 0;
  for (;;) {
    const blank = /^[\s;,]{0,1000}/.exec(rest)![0];
    line += blank.split("\n").length - 1;
    rest = rest.slice(blank.length).replace(label, "");
    const found = take(rest);
    if (!found) return { made, lines: begun.size, rest };
    begun.add(line);
    made.push(found);
    rest = rest.slice(found.length);
  }
}

function take(text: string): Mailbox & { length: number } | null {
  const alone = bare.exec(text);
  if (alone) {
    const address = alone[1]!;
    return emailAddresses.isValid(address) ? { name: "", address, length: address.length } : null;
  }
  const [whole = "", said = "", address = ""] = boxed.exec(text) ?? [];
  if (whole === "" || !emailAddresses.isValid(address)) return null;
  const name = said.trim().replace(/^(["'])(.*)\1$/, "$2").replaceAll('\\"', '"').trim();
  return { name: name.includes("@") ? "" : name, address, length: whole.length };
}

/** The list as a table with one recipient per row. */
export async function* listed(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  yield headings;
  let rest = "";
  for await (const piece of pieces) {
    rest += piece;
    const end = rest.lastIndexOf(">") + 1;
    if (end === 0 && rest.length < longest) continue;
    const from = end || rest.length;
    yield rowsOf(rest.slice(0, from));
    rest = rest.slice(from);
  }
  yield rowsOf(rest);
}

/** The beginning of such a list in the form in which it is read. */
export const listedStart = (start: string): string => headings + rowsOf(start);

/**
 * Anything that is no recipient becomes a row of its own, to be reported; reading continues after
 * it.
 */
function rowsOf(text: string): string {
  const rows: string[] = [];
  let left = text.replace(/^\ufeff/, "");
  while (left !== "") {
    const { made, rest } = mailboxes(left);
    for (const { name, address } of made) rows.push(`${quoted(name)};${quoted(address)}\n`);
    const end = rest.search(/[;\n]/);
    const none = (end < 0 ? rest : rest.slice(0, end)).trim();
    if (none !== "") rows.push(`${quoted(none.slice(0, 1000))};\n`);
    left = end < 0 ? "" : rest.slice(end + 1);
  }
  return rows.join("");
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
