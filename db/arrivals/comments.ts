/** What somebody of the house wrote to the mails that they pass on as attachments. */
import type { Contents, MailFile } from "../received_mails/contents.ts";
import { ownWords } from "../received_mails/replies.ts";

/** The line that a letter's end begins with; below it stands who writes, on every letter. */
const closing =
  /^[^\S\n]*(?:(?:mit )?(?:freundliche[nmr]?|beste[nm]?|viele[nm]?|herzliche[nm]?|liebe[nm]?|sch[öo]ne[nm]?)\b.{0,30}gr(?:ue?|ü)(?:ß|ss)e?n?|gru(?:ß|ss)|mfg|lg|vg|bg|(?:kind|best|warm) (?:regards|wishes)|regards|cheers|cordialement|bien à vous|met vriendelijke groet(?:en)?)[,.!]?(?:[^\S\n]+[\p{L}.-]{1,30}){0,3}(?:[^\S\n]|[,.!])*$/imu;

/** The comment with the other files beside it; null where the letter only carries mails. */
export function commentOf(
  { text, files }: Contents,
  attached: readonly MailFile[],
): Pick<Contents, "text" | "html" | "files"> | null {
  const words = ownWords(text);
  const end = closing.exec(words)?.index ?? words.length;
  const others = files.filter((file) => !attached.includes(file));
  if (words.slice(0, end).trim() === "" && others.length === 0) return null;
  return { text: words, html: "", files: others };
}
