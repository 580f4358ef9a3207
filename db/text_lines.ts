/** Texts as everybody reads them: what is stored is what is seen. */

const breaks = /[\p{Cc}\u2028\u2029]+/gu;

/**
 * Characters that turn the reading direction (`gpj.exe` looks like `exe.jpg`) or show nothing, so that
 * two names look the same. The joiners stay: Persian words and composed emoji need them.
 */
const unseen =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]/g;

/** The text as one line: breaks and control characters become blanks, unseen characters go. */
export const oneLine = (text: string): string =>
  text.normalize("NFC").replace(breaks, " ").replace(unseen, "").trim();

/** The text with its line breaks and tabs; other control characters become blanks, unseen ones go. */
export const severalLines = (text: string): string =>
  text.normalize("NFC").replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/[^\P{Cc}\n\t]+/gu, " ").replace(unseen, "").trim();

/** Whether anything of the text can be seen. */
export const isSeen = (text: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
