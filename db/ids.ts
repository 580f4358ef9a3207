/** Identifiers: UUID version 7, made in the application so that PostgreSQL 15 serves as well. */
import { createHash } from "node:crypto";
import { parse, stringify, v7, validate } from "uuid";

/** A new identifier; those made later sort later. */
export const newId = (): string => v7();

/** Whether a text is a UUID, so that a path part may reach a query. */
export const isId = (text: string): boolean => validate(text);

/** How many of its last bytes say that an identifier is a form's. */
const markSize = 4;

/**
 * The identifier of a form that makes something: all that it is sent with decides which identifier
 * that has (`madeBy`). It is known as such by its end, which follows from its beginning.
 */
export function formId(): string {
  const bytes = parse(v7());
  bytes.set(markOf(bytes), bytes.length - markSize);
  return stringify(bytes);
}

/** FNV-1a: pages make several, and nothing is guarded by it. */
function markOf(id: Uint8Array): Uint8Array {
  let mark = 0x811c9dc5;
  for (const byte of id.subarray(0, id.length - markSize)) {
    mark = Math.imul(mark ^ byte, 0x01000193);
  }
  return Uint8Array.of(mark >>> 24, mark >>> 16, mark >>> 8, mark);
}

/**
 * The identifier of what a form makes with these words and a file: the same for the same, another for
 * others, in the form's place among those made earlier and later. Any other identifier is its own.
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
