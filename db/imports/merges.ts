/** Merges a row into the existing record it is about, without any query. */
import type { Address, ContactPoints, Email, Phone } from "../contact_points.ts";
import { historyName } from "../custom_values.ts";
import type { ImportedCompany, ImportedContact } from "./records.ts";
import { cut, link } from "./texts.ts";

/** What to do with a row whose record already exists. */
export type Existing = "skip" | "fill" | "overwrite";
export const existings: readonly Existing[] = ["skip", "fill", "overwrite"];

export type Texts = Record<string, string | null>;
export type Values = Record<string, string[]>;

/** An existing record, as far as an import may change it. */
export interface Stored extends ContactPoints {
  id: string;
  version: number;
  texts: Texts;
  tags: string[];
  /** Values of custom fields by their ids. */
  custom: Values;
}

/** The new values of a record; unchanged lists are left out. */
export interface Merged extends Partial<ContactPoints> {
  texts: Texts;
  /** Tags to be added. */
  tags: string[];
  /** Custom fields that change, with their new values. */
  custom: Values;
  /** Columns, custom fields and lists that change. */
  changed: string[];
}

/** The texts of a person's row by column, and the owner it assigns; empty ones mean no value. */
export function textsOfContact(contact: ImportedContact, ownerId: string | null): Texts {
  return {
    salutation: contact.salutation,
    title: cut(contact.title),
    first_name: cut(contact.firstName),
    name_prefix: cut(contact.namePrefix),
    last_name: cut(contact.lastName),
    name_suffix: cut(contact.suffix),
    language: contact.language,
    position: cut(contact.position),
    birthday: contact.birthday,
    customer_number: cut(contact.customerNumber, 100),
    website: link(contact.website),
    notes: contact.notes,
    letter_salutation: cut(contact.letterSalutation),
    address_form: contact.addressForm,
    status: contact.status,
    external_uid: cut(contact.uid),
    owner_id: ownerId,
  };
}

/** The same for a company's row. */
export function textsOfCompany(company: ImportedCompany, ownerId: string | null): Texts {
  return {
    legal_form: cut(company.legalForm),
    industry: cut(company.industry),
    customer_number: cut(company.customerNumber, 100),
    vat_id: cut(company.vatId, 40),
    tax_number: cut(company.taxNumber),
    register_court: cut(company.registerCourt),
    register_number: cut(company.registerNumber),
    website: link(company.website),
    notes: company.notes,
    status: company.status,
    owner_id: ownerId,
  };
}

/**
 * Merges a row's values into a record: only where it has none (`fill`), or replacing them
 * (`overwrite`). Empty cells remove nothing, and values the row does not mention stay.
 */
export function merge(
  stored: Stored,
  row: ContactPoints & { texts: Texts; tags: readonly string[]; custom: Values },
  mode: "fill" | "overwrite",
): Merged {
  const texts: Texts = {};
  for (const [name, value] of Object.entries(row.texts)) {
    const before = stored.texts[name] || "";
    if (value && value !== before && (before === "" || mode === "overwrite")) texts[name] = value;
  }
  const known = new Set(stored.tags.map((tag) => tag.toLowerCase()));
  const tags = row.tags.filter((tag) => !known.has(tag.toLowerCase()));
  const lists = {
    emails: joined(stored.emails, row.emails, mode, ({ address }) => address.toLowerCase()),
    phones: joined(stored.phones, row.phones, mode, ({ number }) => number),
    addresses: addresses(stored.addresses, row.addresses, mode),
  };
  const made: Partial<ContactPoints> = Object.fromEntries(
    Object.entries(lists).filter(([, list]) => list !== null),
  );
  const custom = Object.fromEntries(
    Object.entries(row.custom).filter(([id, values]) => {
      const before = stored.custom[id] ?? [];
      const differs = values.join("\n") !== before.join("\n");
      return values.length > 0 && differs && (before.length === 0 || mode === "overwrite");
    }),
  );
  const own = Object.keys(custom).map(historyName);
  const changed = [
    ...Object.keys(texts),
    ...own,
    ...Object.keys(made),
    ...(tags.length ? ["tags"] : []),
  ];
  return { texts, tags, custom, changed, ...made };
}

/** The row's entries first, then the record's others; null if nothing changes. */
function joined<T extends Email | Phone>(
  before: readonly T[],
  row: readonly T[],
  mode: "fill" | "overwrite",
  key: (entry: T) => string,
): T[] | null {
  if (row.length === 0 || (mode === "fill" && before.length > 0)) return null;
  const named = new Set(row.map(key));
  const list = [...row, ...before.filter((entry) => !named.has(key(entry)))];
  const same = list.length === before.length &&
    list.every((entry, at) => key(entry) === key(before[at]!) && entry.kind === before[at]!.kind);
  return same ? null : list;
}

/** An address replaces the first one of its kind; others are added. */
function addresses(
  before: readonly Address[],
  row: readonly Address[],
  mode: "fill" | "overwrite",
): Address[] | null {
  if (row.length === 0 || (mode === "fill" && before.length > 0)) return null;
  const list = [...before];
  for (const address of row) {
    const at = list.findIndex(({ kind }) => kind === address.kind);
    if (at < 0) list.push(address);
    else list[at] = address;
  }
  const words = (all: readonly Address[]) =>
    JSON.stringify(all.map((each) => Object.entries(each).sort()));
  return words(list) === words(before) ? null : list;
}
