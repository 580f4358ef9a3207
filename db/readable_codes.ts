/** Codes that people read out and type: no two of their characters look alike. */
import { randomInt } from "node:crypto";

const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A new code of this many characters. */
export const newCode = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");

/** A code as generated, from what somebody typed: in capitals, without spaces and dashes. */
export const typedCode = (text: string): string =>
  text.toUpperCase().replace(/[^0-9A-Z]/g, "").slice(0, 20);
