/**
 * UTF-8 texts with some Windows-1252 in between, as in lists copied together and in careless
 * mailers.
 */

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const western = new TextDecoder("windows-1252");

/** Decodes well-formed UTF-8 as such and every other byte as Windows-1252. */
export function decode(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return pieces(bytes);
  }
}

/** How many bytes at the end may be the start of an incomplete character. */
export function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

function pieces(bytes: Uint8Array): string {
  let text = "";
  let from = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = wellFormed(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += strict.decode(bytes.subarray(from, at)) + western.decode(bytes.subarray(at, at + 1));
    from = ++at;
  }
  return text + strict.decode(bytes.subarray(from));
}

/** The length of the character that begins here; 0 if there is none. */
function wellFormed(bytes: Uint8Array, at: number): number {
  const length = lengthOf(bytes[at]!);
  if (length < 2 || at + length > bytes.length) return length === 1 ? 1 : 0;
  try {
    strict.decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}

function lengthOf(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/** "Ã¼", "â€ž": UTF-8 that a program took for Windows-1252 and encoded again. */
const twice =
  /[\u00c2-\u00c5\u00d0\u00d1][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\u00e2\u20ac/;
const westernBytes = new Map(
  [...western.decode(Uint8Array.from({ length: 256 }, (_, at) => at))]
    .map((character, byte) => [character, byte]),
);

/** The text with one encoding removed if all of it was encoded twice; otherwise unchanged. */
export function onceEncoded(text: string): string {
  if (!twice.test(text)) return text;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const byte = westernBytes.get(text[at]!);
    if (byte === undefined) return text;
    bytes[at] = byte;
  }
  try {
    return strict.decode(bytes);
  } catch {
    return text;
  }
}
