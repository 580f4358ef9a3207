/** Determines when two rows, or a row and an existing record, mean the same person or company. */
import { mailProviders } from "../mail_providers.ts";
import type { KnownCompany } from "./matches.ts";
import type { ImportedCompany, ImportedContact } from "./records.ts";

/**
 * Without an e-mail a person is the same by name and number, or by name and street with postcode;
 * without any of these by name and company.
 */
export function likenesses(contact: ImportedContact, company?: ImportedCompany): string[] {
  const name = plain(fullName(contact));
  if (company && contact.phones.length + contact.addresses.length === 0) {
    return [`${name}|@${plain(company.name)}|${placeOf(company)}`];
  }
  return [
    ...contact.phones.map(({ number }) => `${name}|${number}`),
    ...contact.addresses.filter(({ street, postalCode }) => street !== "" && postalCode !== "")
      .map(({ street, postalCode }) => `${name}|${postalCode}|${plain(street)}`),
  ];
}

/**
 * The strongest evidence first: an identifier or number distinguishes two companies of one name.
 */
export function signsOf(company: ImportedCompany, key: string): string[] {
  const place = company.addresses[0];
  return [
    ...(company.uid ? [`uid|${company.uid}`] : []),
    ...(company.customerNumber ? [`number|${company.customerNumber}`] : []),
    `name|${key}|${place?.postalCode ?? ""}|${plain(place?.street ?? "")}`,
  ];
}

/**
 * The existing company of this name that the row means. One at the same address comes first; one
 * that has moved is recognised by its VAT number, its domain or its telephone.
 */
export function among<One extends KnownCompany>(
  known: readonly One[] | undefined,
  company: ImportedCompany,
  contact?: ImportedContact | null,
): One | undefined {
  return known?.find((one) => isSame(one, company)) ??
    known?.find((one) => hasMoved(one, company, contact));
}

/**
 * For companies of one name: the same if their numbers match, or, without numbers, unless their
 * addresses differ.
 */
function isSame(known: KnownCompany, company: ImportedCompany): boolean {
  if (known.customerNumber !== "" && company.customerNumber !== "") {
    return known.customerNumber === company.customerNumber;
  }
  const place = company.addresses[0];
  if (!place || (known.postalCode === "" && known.street === "")) return true;
  return known.postalCode === place.postalCode && plain(known.street) === plain(place.street);
}

function hasMoved(
  known: KnownCompany,
  company: ImportedCompany,
  contact?: ImportedContact | null,
): boolean {
  if (known.customerNumber !== "" && company.customerNumber !== "") return false;
  if (known.vatId !== "" && company.vatId !== "") return known.vatId === company.vatId;
  const domains = [
    hostOf(company.website),
    ...[...company.emails, ...contact?.emails ?? []].map(({ address }) => domainOf(address)),
  ].filter((domain) => domain !== "" && !mailProviders.has(domain));
  return domains.some((domain) => known.domains.includes(domain)) ||
    company.phones.some(({ number, valid, kind }) =>
      valid && kind !== "fax" && known.phones.includes(number)
    );
}

const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf("@") + 1).toLowerCase();

const hostOf = (website: string): string =>
  /^(?:[a-z]+:\/\/)?(?:www\.)?([^/:?#]+)/i.exec(website.trim())?.[1]?.toLowerCase() ?? "";

/** Where a company is, to distinguish companies of one name. */
export function placeOf({ addresses: [place] }: ImportedCompany): string {
  return place ? `${place.postalCode}|${plain(place.street)}`.replace(/^\|$/, "") : "";
}

export const fullName = (contact: ImportedContact): string =>
  [contact.firstName, contact.namePrefix, contact.lastName].filter(Boolean).join(" ");

const plain = (text: string): string =>
  text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
