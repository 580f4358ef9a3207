/**
 * Work that a browser does for a form before it is sent: a second for a person, and one for every
 * single address for a program that sends many. The server looks at it with one digest.
 */
import { createHash } from "node:crypto";

/** Zero bits that the digest begins with: 16,384 tries in the middle, four times that at worst. */
export const bits = 14;

export interface Work {
  /** The signed moment at which the form was shown: nothing can be computed before it. */
  issued: string;
  /** As it was typed: what is computed for one address is of no use for another. */
  email: string;
  /** The number that was found. */
  answer: string;
}

/** Whether the work was done, as `static/js/works.js` does it. */
export function isDone({ issued, email, answer }: Work): boolean {
  if (!/^\d{1,10}$/.test(answer)) return false;
  const text = `${issued}\n${email.trim().toLowerCase()}\n${answer}`;
  const digest = createHash("sha256").update(text).digest();
  return Math.clz32(digest.readUInt32BE(0)) >= bits;
}
