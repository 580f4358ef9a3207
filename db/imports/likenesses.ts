/** By what two rows, or a row and a record of the stock, mean the same person or company. */
import type { KnownCompany } from "./matches.ts";
import type { ImportedCompany, ImportedContact } from "./records.ts";

/**
 * Without an e-mail a person is the same by name and number, or by name and street with postcode;
 * without any of them by name and company.
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

/** The strongest sign first: an identifier or number tells two companies of one name apart. */
export function signsOf(company: ImportedCompany, key: string): string[] {
  const place = company.addresses[0];
  return [
    ...(company.uid ? [`uid|${company.uid}`] : []),
    ...(company.customerNumber ? [`number|${company.customerNumber}`] : []),
    `name|${key}|${place?.postalCode ?? ""}|${plain(place?.street ?? "")}`,
  ];
}

/** Of one name: the same by number where both have one, else unless both addresses differ. */
export function isSame(known: KnownCompany, company: ImportedCompany): boolean {
  if (known.customerNumber !== "" && company.customerNumber !== "") {
    return known.customerNumber === company.customerNumber;
  }
  const place = company.addresses[0];
  if (!place || (known.postalCode === "" && known.street === "")) return true;
  return known.postalCode === place.postalCode && plain(known.street) === plain(place.street);
}

/** Where a company is, to tell those of one name apart. */
export function placeOf({ addresses: [place] }: ImportedCompany): string {
  return place ? `${place.postalCode}|${plain(place.street)}`.replace(/^\|$/, "") : "";
}

export const fullName = (contact: ImportedContact): string =>
  [contact.firstName, contact.namePrefix, contact.lastName].filter(Boolean).join(" ");

const plain = (text: string): string =>
  text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
