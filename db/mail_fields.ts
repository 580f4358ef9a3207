/** Fields in templates, such as `{{anrede}}`: names from a short list, replaced once, no logic. */

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

/** The fields in the order in which they are offered, each with its German and its English name. */
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

/** The known values; a field whose value is missing or empty stays in the text. */
export type Values = Partial<Record<Field, string>>;

const byName = new Map(
  (Object.keys(fields) as Field[]).flatMap((field) =>
    Object.values(fields[field]).map((name) => [name, field] as const)
  ),
);

/** Anything that looks like a field, known or not. */
const pattern = /\{\{([^{}]{0,80})\}\}/g;

const fieldOf = (inner: string): Field | undefined => byName.get(inner.trim().toLowerCase());

/**
 * The text with its fields filled in. Values are not searched for fields again, so nobody's name
 * can contain one; a comma that ends a salutation is not doubled.
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

/** The fields still in a text, as written there; at most ten, each once. */
export function left(text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([whole]) => whole))].slice(0, 10);
}

/** Those of them that are not on the list: a template may not contain any. */
export function unknown(text: string): string[] {
  return left(text).filter((whole) => !fieldOf(whole.slice(2, -2)));
}
