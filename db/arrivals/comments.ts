/** Finds what a user wrote above the mails that they forward as attachments. */
import type { Contents, MailFile } from "../received_mails/contents.ts";
import { ownWords } from "../received_mails/replies.ts";

/**
 * The line at which a letter's closing begins; the sender's details below it are in every letter.
 */
const closing =
  /^[^\S\n]*(?:(?:mit )?(?:freundliche[nmr]?|beste[nm]?|viele[nm]?|herzliche[nm]?|liebe[nm]?|sch[öo]ne[nm]?)\b.{0,30}gr(?:ue?|ü)(?:ß|ss)e?n?|gru(?:ß|ss)|mfg|lg|vg|bg|(?:kind|best|warm) (?:regards|wishes)|regards|cheers|cordialement|bien à vous|met vriendelijke groet(?:en)?)[,.!]?(?:[^\S\n]+[\p{L}.-]{1,30}){0,3}(?:[^\S\n]|[,.!])*$/imu;

/** The comment, with the other attached files; null if the letter does nothing but carry mails. */
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
