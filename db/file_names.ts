/** What a file is called: text for people, never a path. */

const longest = 200;

/**
 * The last part of a name as it came, without what controls a terminal, a header or the direction
 * of reading; shortened before its ending. `?` where nothing is left.
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

/** The ending of a name in small letters; empty where it has none. */
export const endingOf = (name: string): string =>
  /\.([a-z0-9]{1,10})[.\s]*$/i.exec(name)?.[1]?.toLowerCase() ?? "";
