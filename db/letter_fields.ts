/**
 * Fields of letters and offers, such as `{anrede}`: names from a short list, replaced once, and
 * custom fields, named with their kind of record (`{kontakt.stufe}`) so that none hides another.
 */
import type { CustomField } from "./custom_fields.ts";
import type { Kind } from "./record_kinds.ts";

/** The fields in the order in which they are offered, each with its German and its English name. */
export const fields = {
  salutation: { de: "anrede", en: "salutation" },
  first_name: { de: "vorname", en: "first_name" },
  last_name: { de: "nachname", en: "last_name" },
  name: { de: "name", en: "name" },
  company: { de: "firma", en: "company" },
  position: { de: "position", en: "position" },
  customer_number: { de: "kundennummer", en: "customer_number" },
  address: { de: "anschrift", en: "address" },
  street: { de: "strasse", en: "street" },
  postal_code: { de: "plz", en: "postal_code" },
  city: { de: "ort", en: "city" },
  email: { de: "email", en: "e_mail" },
  phone: { de: "telefon", en: "phone" },
  deal: { de: "deal", en: "deal_title" },
  amount: { de: "betrag", en: "amount" },
  my_name: { de: "mein_name", en: "my_name" },
  my_company: { de: "meine_firma", en: "my_company" },
  today: { de: "heute", en: "today" },
} as const satisfies Record<string, { de: string; en: string }>;

export type LetterField = keyof typeof fields;

/** The known values, empty for unknown ones. Custom fields are keyed by their English names. */
export type LetterValues = Record<LetterField, string> & { own: Readonly<Record<string, string>> };

const owners = {
  contact: { de: "kontakt", en: "contact" },
  company: { de: "firma", en: "company" },
  deal: { de: "deal", en: "deal" },
} as const satisfies Record<Kind, { de: string; en: string }>;

/** What a template calls a custom field, in either language. */
export const ownName = ({ recordKind, name }: Pick<CustomField, "recordKind" | "name">) => ({
  de: `${owners[recordKind].de}.${name}`,
  en: `${owners[recordKind].en}.${name}`,
});

/** A custom field as pages offer it for templates. */
export interface OfferedField {
  name: { de: string; en: string };
  labelDe: string;
  labelEn: string;
}

export const offered = (own: readonly CustomField[]): OfferedField[] =>
  own.map((field) => ({ ...field, name: ownName(field) }));

const byName = new Map(
  (Object.keys(fields) as LetterField[]).flatMap((field) =>
    Object.values(fields[field]).map((name) => [name as string, field] as const)
  ),
);

/** The field that a name in a template stands for. */
const fieldOf = (name: string): LetterField | undefined => byName.get(name.trim().toLowerCase());

/** The canonical name of a custom field in a template: `contact.stufe`. */
function ownOf(written: string): string {
  const [, owner, name] = /^([a-z]+)\.([a-z0-9_]+)$/.exec(written.trim().toLowerCase()) ?? [];
  const kind = (Object.keys(owners) as Kind[]).find((each) =>
    Object.values(owners[each]).some((word) => word === owner)
  );
  return kind ? `${kind}.${name}` : "";
}

/** Whether a template may use a field: one from the list, or one of these custom fields. */
export const isKnown = (written: string, own: readonly CustomField[]): boolean =>
  fieldOf(written) !== undefined || own.some((field) => ownName(field).en === ownOf(written));

/** What replaces a field, empty if it has no value; undefined for an unknown field. */
export function valueOf(written: string, values: LetterValues): string | undefined {
  const field = fieldOf(written);
  return field ? values[field] : values.own[ownOf(written)];
}

/** Anything that looks like a field, known or not; also in double braces, as in mail templates. */
const pattern = /\{\{([^{}\n]{1,80})\}\}|\{([^{}\n]{1,80})\}/g;

/**
 * The text with its fields filled in; empty ones disappear. Values are not searched for fields
 * again, so nobody's name can contain one; a comma that ends a salutation is not doubled.
 */
export function fill(text: string, values: LetterValues): string {
  return text.replace(pattern, (whole, doubled?: string, single?: string, ...rest: unknown[]) => {
    const value = valueOf(doubled ?? single ?? "", values)?.trim();
    if (value === undefined) return whole;
    const after = text[(rest.at(-2) as number) + whole.length];
    return value.endsWith(",") && after === "," ? value.slice(0, -1) : value;
  });
}

/** The unknown fields of a text as written there; at most ten, each once. */
export function unknown(text: string, own: readonly CustomField[]): string[] {
  const found = [...text.matchAll(pattern)]
    .filter(([, doubled, single]) => !isKnown(doubled ?? single ?? "", own))
    .map(([whole]) => whole);
  return [...new Set(found)].slice(0, 10);
}
