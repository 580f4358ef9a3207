/** Identifiers: UUID version 7, created in the application so that PostgreSQL 15 works too. */
import { createHash } from "node:crypto";
import { parse, stringify, v7, validate } from "uuid";

/** A new identifier; later ones sort after earlier ones. */
export const newId = (): string => v7();

/** Whether a text is a UUID, so that part of a path may be used in a query. */
export const isId = (text: string): boolean => validate(text);

/** Number of final bytes that mark an identifier as a form's. */
const markSize = 4;

/**
 * The identifier of a form that creates something: together with all that is submitted it
 * determines the created record's identifier (`madeBy`). It is recognised by its last bytes, which
 * are derived from the rest.
 */
export function formId(): string {
  const bytes = v7(undefined, new Uint8Array(16));
  bytes.set(markOf(bytes), bytes.length - markSize);
  return stringify(bytes);
}

/** FNV-1a: cheap, as pages make several, and nothing is protected by it. */
function markOf(id: Uint8Array): Uint8Array {
  let mark = 0x811c9dc5;
  for (const byte of id.subarray(0, id.length - markSize)) {
    mark = Math.imul(mark ^ byte, 0x01000193);
  }
  return Uint8Array.of(mark >>> 24, mark >>> 16, mark >>> 8, mark);
}

/**
 * The identifier of what a form creates from these words and a file: the same for the same input,
 * another for different input, sorted by the time of the form. An identifier that is not a form's
 * is returned unchanged.
 */
export function madeBy(id: string, words: string, file: Uint8Array | null = null): string {
  const form = parse(id);
  if (!markOf(form).every((byte, at) => byte === form[form.length - markSize + at])) return id;
  const digest = createHash("sha256").update(form).update(words);
  if (file) digest.update(file);
  const bytes = digest.digest().subarray(0, form.length);
  bytes.set(form.subarray(0, 6));
  bytes[6] = 0x70 | bytes[6]! & 0x0f;
  bytes[8] = 0x80 | bytes[8]! & 0x3f;
  return stringify(bytes);
}
