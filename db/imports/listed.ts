/** Cells that hold a list as programs write it: `[{"label": "work", "value": "eva@x.example"}]`. */

export interface Listed {
  text: string;
  /** What the list says beside it: "work", "home"; else empty. */
  label: string;
}

/** What the cell lists, with the calling code ahead of a number; the cell itself where it is no list. */
export function listed(cell: string): Listed[] {
  if (!/^\[.*\]$/s.test(cell)) return [{ text: cell, label: "" }];
  const list = parsed(cell) ?? parsed(cell.replaceAll("'", '"'));
  if (!list) return [{ text: cell, label: "" }];
  return list.flatMap((each) => {
    const { value, email, address, number, phone, label, type, callingCode } = Object(each);
    const named = value ?? email ?? address ?? number ?? phone ?? "";
    const text = String(typeof each === "object" ? named : each).trim();
    if (text === "") return [];
    const ahead = callingCode && !/^[+0]/.test(text) ? String(callingCode) : "";
    return { text: ahead + text, label: String(label ?? type ?? "") };
  });
}

function parsed(text: string): unknown[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}
