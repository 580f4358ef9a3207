/** What is shown of a row so that users recognise whom it is about. */
import type { ImportedDeal, ImportedRecord } from "./records.ts";

export interface Glance {
  name: string;
  company: string;
  email: string;
  phone: string;
  place: string;
  /** For deals. */
  deal?: Pick<ImportedDeal, "amountCents" | "currency" | "stage" | "expectedCloseOn">;
}

/** The row's person with their company, or its company; or a deal with its company. */
export function glanceOf({ contact, deal, companies: [company] }: ImportedRecord): Glance {
  if (deal) {
    const { name, amountCents, currency, stage, expectedCloseOn } = deal;
    const glance = { amountCents, currency, stage, expectedCloseOn };
    return { name, company: company?.name ?? "", email: "", phone: "", place: "", deal: glance };
  }
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
