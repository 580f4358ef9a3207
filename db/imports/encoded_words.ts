/** Decodes the words of mail headers (RFC 2047), which some programs export as they are. */

const word = /=\?([\w.:-]{2,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,1000})\?=/gi;

/** "Jörg Müller" for `=?UTF-8?Q?J=C3=B6rg_M=C3=BCller?=`; other text stays as it is. */
export function decoded(text: string): string {
  if (!text.includes("=?")) return text;
  // White space between two of them only separates them.
  return text.replace(/\?=[ \t\r\n]{1,9}=\?/g, "?==?")
    .replace(word, (whole, charset: string, way: string, data: string) => {
      try {
        const binary = way.toLowerCase() === "b" ? atob(data) : unquoted(data);
        const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
        return new TextDecoder(charset).decode(bytes);
      } catch {
        return whole;
      }
    });
}

function unquoted(data: string): string {
  return data.replaceAll("_", " ").replace(
    /=([\dA-F]{2})/gi,
    (_, code: string) => String.fromCharCode(parseInt(code, 16)),
  );
}
