/**
 * Texts in the form our documents' fonts can show. An archivable PDF may not contain characters its
 * fonts lack, and some of them next to Hebrew crash the whole process in the library: so unknown
 * ones are replaced by their number, [U+674E]. Nothing is lost, and nothing fails.
 */

/** Characters that join, turn or control others: on their own they show nothing. */
const silent = /(?![\t\n\r])[\p{Cc}\p{Cf}\u115f\u1160\u3164\ufe00-\ufe0f\uffa0]/gu;

/** Latin, Greek, Cyrillic, Hebrew and Arabic letters without separate marks, and common symbols. */
const unknown =
  /[^\t\n\r\x20-\x7e\xa0-\u024f\u0386-\u0481\u048a-\u052f\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u1e00-\u1fff\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2100-\u214f\u2190-\u21ff\u2200-\u22ff\u2500-\u25ff\u2713]|\p{Cn}/gu;
/** The letters of the EU's Latin alphabets and punctuation: every one of our fonts has them. */
const unsure = /[^\t\n\r\x20-\x7e\xa0-\u017f\u0218-\u021b\u1e9e\u2010-\u2026\u2030\u20ac]/gu;

const numbered = (sign: string) =>
  `[U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`;

/**
 * Half a surrogate pair is dropped; a letter and its mark become one where possible. Line ends are
 * unified: after a carriage return the library looks for a tab in the fonts and finds none.
 */
const heard = (text: string) =>
  text.toWellFormed().normalize("NFC").replace(/\r\n?/g, "\n").replace(silent, "");

/**
 * Marks where a long run without spaces, such as a link, may be broken: on paper, what runs over
 * the edge is lost. Only among Latin signs: the mark next to others is not worth a risk.
 */
export const breakable = (text: string): string =>
  text.replace(/[\x21-\x7e\xa1-\u024f]{41,}/g, (run) => run.replace(/.{10}/g, "$&\u200b"));

/** The ways to write a text, each showing less than the one before; the last always works. */
export const ways: readonly ((text: string) => string)[] = [
  (text) => heard(text).replace(unknown, numbered),
  (text) => heard(text).replace(unsure, numbered),
];
