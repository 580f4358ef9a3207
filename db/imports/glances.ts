/** What is shown of a row to recognise who it is about. */
import type { ImportedRecord } from "./records.ts";

export interface Glance {
  name: string;
  company: string;
  email: string;
  phone: string;
  place: string;
}

/** The row's person with their company, or its company. */
export function glanceOf({ contact, companies: [company] }: ImportedRecord): Glance {
  const subject = contact ?? company;
  const place = subject?.addresses[0];
  const name = contact
    ? [contact.title, contact.firstName, contact.namePrefix, contact.lastName].filter(Boolean)
      .join(" ")
    : company?.name ?? "";
  return {
    name,
    company: contact ? company?.name ?? "" : "",
    email: subject?.emails[0]?.address ?? "",
    phone: subject?.phones[0]?.number ?? "",
    place: [place?.postalCode, place?.city].filter(Boolean).join(" "),
  };
}
