/**
 * Texts as the fonts of our documents can show them. A PDF for archives may hold no sign that its
 * fonts lack, so those are told by their numbers: [U+674E]. Nothing is lost, and nothing fails.
 */

/** Signs that join or shape others, and controls: alone they show nothing. */
const silent = /[\p{Cc}\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]/gu;
const isSilent = /^[\t\n\r]$/;

/** Scripts that our fonts know for the most part; pictures and what no standard names they do not. */
const strange =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Common}\p{Script=Inherited}]|(?![0-9#*])\p{Emoji_Presentation}|\p{Extended_Pictographic}|[\p{Cn}\p{Co}\p{Cs}]/gu;
/** What every one of them knows: the letters of the European Union's Latin, and signs of typing. */
const unsure = /[^\t\n\r\x20-\x7e\xa0-\u017f\u0218-\u021b\u1e9e\u2010-\u2026\u2030\u20ac]/gu;

const numbered = (sign: string) =>
  `[U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`;

/** The ways to write a text, each showing less than the one before; the last one always can be shown. */
export const ways: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => heard(text).replace(strange, numbered),
  (text) => heard(text).replace(unsure, numbered),
];

const heard = (text: string) => text.replace(silent, (sign) => isSilent.test(sign) ? sign : "");
