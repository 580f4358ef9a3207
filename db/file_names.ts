/** File names: text for people, never a path. */

const longest = 200;

/**
 * The last part of a name as received, without characters that control a terminal, a header or the
 * reading direction; shortened before its extension. `?` where nothing is left.
 */
export function cleanName(name: string): string {
  const base = name.toWellFormed().normalize("NFC").split(/[\\/]/).at(-1) ?? "";
  const shown = base.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]+/gu, "").trim();
  if (shown === "" || /^\.+$/.test(shown)) return "?";
  const letters = [...shown];
  if (letters.length <= longest) return shown;
  const ending = /\.[^.\s]{1,10}$/.exec(shown)?.[0] ?? "";
  return letters.slice(0, longest - [...ending].length).join("") + ending;
}

/** The extension of a name in lower case; empty where it has none. */
export const endingOf = (name: string): string =>
  /\.([a-z0-9]{1,10})[.\s]*$/i.exec(name)?.[1]?.toLowerCase() ?? "";
