/**
 * Determines who speaks in a mail: its sender, or the reply address if a program only relays it.
 */
import type { Contents } from "./contents.ts";
import type { MailAddress } from "./headers.ts";

/** Sender names used by programs: web forms, shops and marketplaces. */
const program =
  /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|nicht[-_.]?antworten|keine[-_.]?antwort|wordpress|www(?:-data)?|web(?:site|master|form)?|(?:kontakt|web)?-?formular|contact-?form|forms?|mailer|system|notifications?|benachrichtigung)(?:[-_.+].*)?@/i;

/**
 * A web form writes in the tenant's name and gives its visitor's address for replies. The mail
 * counts as that visitor's, or else the next visitor's would be taken for it.
 */
export function writerOf(
  { from, replyTo, to }: Pick<Contents, "from" | "replyTo" | "to">,
): MailAddress | null {
  const [answers, another] = replyTo;
  if (!from || !answers || another) return from;
  const key = from.address.toLowerCase();
  const toItself = to.some(({ address }) => address.toLowerCase() === key);
  const passesOn = (toItself || program.test(key)) && !program.test(answers.address);
  return passesOn ? answers : from;
}
