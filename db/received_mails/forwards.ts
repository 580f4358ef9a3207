/** Whose mail it was that a colleague passed on by hand: read from the lines that programs put above it. */
import { clean, isValid } from "../email_addresses.ts";
import { line, type MailAddress } from "./headers.ts";

/** How far into the text the lines are looked for: below a greeting, not in an old quotation. */
const nearby = 20_000;

const subjects = /^\s*(?:fwd?|wg|wtr|weitergeleitet|i|tr|rv|enc|doorst)\s*:/i;

/** The line that opens the passed-on mail: Thunderbird, Gmail, Apple, and their German. */
const openings =
  /^[>* \t\r\u00a0]*(?:[-_]{2,}\s*(?:weitergeleitete|urspr[üu]ngliche|forwarded|original)\s+(?:nachricht|message|mail)[^\n]*|(?:anfang der weitergeleiteten (?:nachricht|e-?mail)|begin forwarded message)(?:[ \t]*:)?)\s*$/im;
/** The first of the lines above it, which Outlook writes without any other sign. */
const from = /^[>* \t\r\u00a0]*(?:von|from)\s*:\*?\s*(.+)$/im;
/** A second one has to follow soon, else it was a sentence. */
const others = /^[>* \t\r\u00a0]*(?:gesendet|sent|datum|date|an|to|betreff|subject)\s*:/im;

/** Whether a subject says that the mail is passed on. */
export const isForward = (subject: string): boolean => subjects.test(subject);

/** The sender of the mail that is passed on within a text, or null. */
export function originalSender(text: string): MailAddress | null {
  const head = text.slice(0, nearby);
  const opening = openings.exec(head);
  const rest = opening ? head.slice(opening.index + opening[0].length) : head;
  const found = from.exec(rest);
  if (!found) return null;
  const after = rest.slice(found.index + found[0].length, found.index + found[0].length + 600);
  if (!others.test(after)) return null;
  return addressIn(found[1]!);
}

/** `Mia Muster <mia@muster.example>`, `mia@muster.example [mailto:…]`, or the bare address. */
function addressIn(text: string): MailAddress | null {
  const words =
    text.replace(/\*/g, "").match(/(?<![^\s<>[\]()"',;])[^\s<>[\]()"',;]+@[^\s<>[\]()"',;]+/g) ??
      [];
  const address = words.map((word) => clean(word)).find(isValid);
  if (!address) return null;
  const name = text.slice(
    0,
    text.indexOf("@") < 0 ? undefined : text.search(/(?<![^\s<[("'])[^\s<[("']+@/),
  );
  return {
    name: line(
      name.replace(/(?<![<[("'*])[<[("'*]+\s*$/, "").replace(/^["'\s]+|(?<!["'\s])["'\s]+$/g, ""),
      200,
    ),
    address,
  };
}
