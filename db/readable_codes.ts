/** Codes that people read out and type: no two of their signs look alike. */
import { randomInt } from "node:crypto";

const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A new code of so many signs. */
export const newCode = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");

/** A code as it was made, out of what somebody typed: in capitals, without blanks and dashes. */
export const typedCode = (text: string): string =>
  text.toUpperCase().replace(/[^0-9A-Z]/g, "").slice(0, 20);
