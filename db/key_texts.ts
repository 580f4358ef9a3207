/** Secret keys as operators type them. */

/** Random keys have about 30 different bytes and are hardly ever all printable. */
export function isWeak(key: string): boolean {
  const bytes = keyBytes(key);
  if (bytes?.length !== 32) return false;
  return new Set(bytes).size < 16 || bytes.every((byte) => byte >= 32 && byte < 127);
}

/** The bytes of a base64 key; null for anything else. */
export function keyBytes(text: string): Uint8Array | null {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return null;
  }
}
