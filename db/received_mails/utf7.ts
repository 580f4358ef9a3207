/**
 * Decodes UTF-7, which the parser leaves alone because it can carry markup past filters. Here it is
 * decoded before the markup is cleaned, so that nothing passes our filter.
 */
import { Buffer } from "node:buffer";

const name = String.raw`"?(?:x-)?(?:unicode-1-1-)?utf-?7\b`;
const declared = new RegExp(String.raw`charset\s?=\s?${name}`, "i");
const word = /=\?(?:x-)?(?:unicode-1-1-)?utf-?7(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,2000})\?=/gi;
/** How far parts' header fields are searched for. */
const looked = 1024 * 1024;

/** Whether a part of the mail declares this charset. */
export function isDeclared(raw: Uint8Array): boolean {
  return declared.test(Buffer.from(raw.subarray(0, looked)).toString("latin1"));
}

/**
 * Decodes `Gr+APwA3w-e` to "Grüße", and `Gr&APwA3w-e` as mail folders write it; a sign that begins
 * no such sequence stays.
 */
export function decode(text: string): string {
  return text.replace(
    /([+&])([A-Za-z0-9+/]*)(-?)/g,
    (whole, sign, letters: string, end: string) => {
      if (letters === "") return end === "-" ? sign : whole;
      if (sign === "&" && end === "") return whole;
      const bytes = Buffer.from(letters, "base64");
      const pairs = bytes.subarray(0, bytes.length & ~1);
      // Only whole units of UTF-16, and only zeros as remaining bits: "+4930123456" is a number.
      const same = pairs.toString("base64").replace(/=/g, "") === letters;
      const units = pairs.swap16().toString("utf16le");
      const right = same && units !== "" && units.isWellFormed();
      return right ? units : whole;
    },
  );
}

/** The mail's text with encoded words in UTF-7 converted to UTF-8. */
export function inWords(mail: string): string {
  return mail.replace(word, (_, kind: string, text: string) => {
    const seven = kind.toLowerCase() === "b"
      ? Buffer.from(text, "base64").toString("latin1")
      : text.replaceAll("_", " ").replace(
        /=([0-9a-f]{2})/gi,
        (_, code: string) => String.fromCharCode(parseInt(code, 16)),
      );
    return `=?utf-8?B?${Buffer.from(decode(seven)).toString("base64")}?=`;
  });
}
