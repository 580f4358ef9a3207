/**
 * Parses cells that hold a list as programs write it: `[{"label": "work", "value":
 * "eva@x.example"}]`.
 */

export interface Listed {
  text: string;
  /** The label in the list: "work", "home"; empty if there is none. */
  label: string;
}

/**
 * The entries of the cell, with the calling code before a number; the cell itself if it is no list.
 */
export function listed(cell: string): Listed[] {
  if (!/^\[.*\]$/s.test(cell)) return [{ text: cell, label: "" }];
  const list = parsed(cell) ?? parsed(cell.replaceAll("'", '"'));
  if (!list) return [{ text: cell, label: "" }];
  return list.flatMap((each) => {
    const { value, email, address, number, phone, label, type, callingCode, ...more } = Object(
      each,
    );
    // EspoCRM uses their full names.
    const named = value ?? email ?? address ?? number ?? phone ?? more.emailAddress ??
      more.phoneNumber;
    const text = said(typeof each === "object" ? named : each);
    if (text === "") return [];
    const ahead = /^[+0]/.test(text) ? "" : said(callingCode || "");
    return { text: ahead + text, label: said(label ?? type) };
  });
}

/** Only texts and numbers count: an object from the file must not even be converted to text. */
const said = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value).trim() : "";

function parsed(text: string): unknown[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}
