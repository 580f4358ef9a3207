/** Fields in templates, `{{anrede}}` and the like: names from a short list, replaced once, no logic. */

/** What a field stands for. */
export type Field =
  | "salutation"
  | "first_name"
  | "last_name"
  | "name"
  | "company"
  | "position"
  | "customer_number"
  | "deal"
  | "amount"
  | "my_name"
  | "today";

/** The fields in the order in which they are offered, each by its German and its English name. */
export const fields: Record<Field, { de: string; en: string }> = {
  salutation: { de: "anrede", en: "salutation" },
  first_name: { de: "vorname", en: "first_name" },
  last_name: { de: "nachname", en: "last_name" },
  name: { de: "name", en: "name" },
  company: { de: "firma", en: "company" },
  position: { de: "position", en: "position" },
  customer_number: { de: "kundennummer", en: "customer_number" },
  deal: { de: "deal", en: "deal" },
  amount: { de: "betrag", en: "amount" },
  my_name: { de: "mein_name", en: "my_name" },
  today: { de: "heute", en: "today" },
};

/** The values at hand; what is missing or empty leaves its field standing. */
export type Values = Partial<Record<Field, string>>;

const byName = new Map(
  (Object.keys(fields) as Field[]).flatMap((field) =>
    Object.values(fields[field]).map((name) => [name, field] as const)
  ),
);

/** Whatever looks like a field, known or not. */
const pattern = /\{\{([^{}]{0,80})\}\}/g;

const fieldOf = (inner: string): Field | undefined => byName.get(inner.trim().toLowerCase());

/**
 * The text with its fields filled in. A value is never read again, so that nobody's name can hold a
 * field; a comma that ends a salutation is not set twice.
 */
export function fill(text: string, values: Values): string {
  return text.replace(pattern, (whole, inner: string, at: number) => {
    const field = fieldOf(inner);
    const value = field && values[field]?.trim();
    if (!value) return whole;
    const doubled = value.endsWith(",") && text[at + whole.length] === ",";
    return doubled ? value.slice(0, -1) : value;
  });
}

/** The fields that stand in a text still, as they are written there; at most ten, each once. */
export function left(text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([whole]) => whole))].slice(0, 10);
}

/** Those of them that no list knows: a template may not have any. */
export function unknown(text: string): string[] {
  return left(text).filter((whole) => !fieldOf(whole.slice(2, -2)));
}
