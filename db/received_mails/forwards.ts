/**
 * Finds the original sender of a mail that a colleague forwarded, in the lines that programs put
 * above it.
 */
import { clean, isValid } from "../email_addresses.ts";
import { line, type MailAddress } from "./headers.ts";

/** How far into the text those lines may be: below a greeting, but not in an old quotation. */
const nearby = 20_000;

const subjects = /^\s*(?:fwd?|wg|wtr|weitergeleitet|i|tr|rv|enc|doorst|pd|vb|vs)\s*:/i;

/**
 * The line that introduces the forwarded mail, as Thunderbird, Gmail, Apple and Outlook write it.
 */
const openings = new RegExp(
  "^[>* \\t\\r\\u00a0]*(?:[-_]{2,}\\s*" +
    "(?:(?:weitergeleitete|urspr[üu]ngliche|forwarded|original)\\s+(?:nachricht|message|mail)" +
    "|message (?:transféré|d'origine)|mensaje (?:reenviado|original)" +
    "|messaggio (?:inoltrato|originale)|(?:doorgestuurd|oorspronkelijk) bericht" +
    "|mensagem (?:encaminhada|original)|(?:přeposlaná|původní) zpráva" +
    "|(?:wiadomość|treść) przekazan|oryginalna wiadomość|(?:vidarebefordrat|ursprungligt) meddelande" +
    ")[^\\n]*" +
    "|(?:anfang der weitergeleiteten (?:nachricht|e-?mail)|begin forwarded message" +
    "|début du (?:message transféré|message réexpédié)|inizio (?:del )?messaggio inoltrato" +
    "|inicio del mensaje reenviado|begin doorgestuurd bericht|início da mensagem reencaminhada" +
    "|začátek přeposílané zprávy|początek przekazywanej wiadomości" +
    "|vidarebefordrat brev)(?:[ \\t\\u00a0]*:)?)\\s*$",
  "imu",
);
/** The first of the header lines, which Outlook writes without any other mark. */
const from =
  /^[>* \t\r\u00a0]*(?:von|from|de|da|van|od|från|fra|από)[ \t\u00a0]*:\*?[ \t\u00a0]*(.+)$/imu;
/** A second one has to follow soon, otherwise the first was just a sentence. */
const others =
  /^[>* \t\r\u00a0]*(?:gesendet|sent|datum|date|envoyé|enviado|fecha|inviato|data|verzonden|odesláno|poslano|wysłano|skickat|an|to|à|para|a|aan|komu|do|till|betreff|subject|objet|sujet|asunto|oggetto|onderwerp|assunto|předmět|predmet|temat|ämne|θέμα)[ \t\u00a0]*:/imu;

/** Whether a subject says that the mail is a forward. */
export const isForward = (subject: string): boolean => subjects.test(subject);

/** The sender of the mail that is forwarded within a text, or null. */
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

/** The text below those lines: the forwarded mail, or nothing if the lines are missing. */
export function originalText(text: string): string {
  const opening = openings.exec(text.slice(0, nearby));
  const rest = opening ? text.slice(opening.index + opening[0].length) : text;
  const found = from.exec(rest.slice(0, nearby));
  if (!found) return opening ? rest.replace(/^[>] ?/gm, "") : "";
  const lines = rest.slice(found.index + found[0].length).split("\n");
  const body = lines.findIndex((each, at) => at > 0 && /^[>\s]*$/.test(each));
  return lines.slice(Math.max(body, 0)).join("\n").replace(/^(?:> ?)+/gm, "").trim();
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
