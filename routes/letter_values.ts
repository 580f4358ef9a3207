/** What a letter or an offer is filled in with: the record that it is written from, in its language. */
import * as companies from "../db/companies.ts";
import * as contacts from "../db/contacts.ts";
import * as customValues from "../db/custom_values.ts";
import * as deals from "../db/deals.ts";
import { NotFound } from "../db/errors.ts";
import { type LetterValues, ownName } from "../db/letter_fields.ts";
import { greetingIn } from "../db/letter_salutations.ts";
import { kinds } from "../db/record_kinds.ts";
import { fullName } from "../views/contacts/names.ts";
import { formatter } from "../views/format.ts";
import { translator } from "../views/i18n/translate.ts";
import { envelope } from "../views/letters/paper.ts";
import type { Ctx } from "./web.tsx";

/** The records that a letter is about, each of them seen to be there. */
export interface Subjects {
  contact: contacts.Contact | null;
  company: companies.Company | null;
  deal: deals.Deal | null;
}

/** Loads the records that ids name; with a deal or a person comes the firm. Throws NotFound. */
export async function subjectsOf(
  c: Ctx,
  ids: { contactId?: string | null; companyId?: string | null; dealId?: string | null },
): Promise<Subjects> {
  const { scope } = c.var;
  const deal = ids.dealId ? await deals.find(scope, ids.dealId) : null;
  const contact = ids.contactId ? await contacts.find(scope, ids.contactId) : null;
  const companyId = ids.companyId ?? deal?.companyId ?? contact?.companies[0]?.companyId ?? null;
  const company = companyId === null
    ? null
    : await companies.find(scope, companyId).catch((error) => {
      // The place of work may lie in the trash; the letter is to the person then.
      if (error instanceof NotFound && !ids.companyId) return null;
      throw error;
    });
  return { contact, company, deal };
}

/** The language of a person: German or, for any other, English. */
export const languageOf = ({ contact }: Subjects, usual: "de" | "en"): "de" | "en" =>
  contact ? (contact.language === "de" ? "de" : "en") : usual;

/** The lines in the window of the envelope. */
export function recipientOf(c: Ctx, { contact, company }: Subjects, language: "de" | "en"): string {
  const country = c.var.session?.tenantCountry ?? "DE";
  const names = [company?.name ?? "", contact ? fullName(contact) : ""];
  const addresses = company?.addresses.length ? company.addresses : contact?.addresses ?? [];
  return envelope(language, country, names, addresses);
}

/** The records' custom values, by field name prefixed with the kind of record. */
async function ownValues(
  c: Ctx,
  subjects: Subjects,
  language: "de" | "en",
): Promise<Record<string, string>> {
  const own: Record<string, string> = {};
  for (const kind of kinds) {
    const id = subjects[kind]?.id ?? null;
    const held = await customValues.named(c.var.scope, kind, id, language);
    for (const [name, words] of Object.entries(held)) {
      own[ownName({ recordKind: kind, name }).en] = words;
    }
  }
  return own;
}

/** The values of all fields. */
export async function valuesOf(
  c: Ctx,
  subjects: Subjects,
  language: "de" | "en",
): Promise<LetterValues> {
  const { view, session } = c.var;
  const { contact, company, deal } = subjects;
  const format = formatter(language, view.now, { country: session?.tenantCountry ?? undefined });
  const [address] = company?.addresses.length ? company.addresses : contact?.addresses ?? [];
  const amount = deal?.amountCents ?? null;
  return {
    salutation: contact
      ? greetingIn(language, contact)
      : translator(language)("letters.greeting_nobody"),
    first_name: contact?.firstName ?? "",
    last_name: contact ? [contact.namePrefix, contact.lastName].filter(Boolean).join(" ") : "",
    name: contact ? fullName(contact) : company?.name ?? "",
    company: company?.name ?? "",
    position: contact?.position ?? "",
    customer_number: contact?.customerNumber || company?.customerNumber || "",
    address: recipientOf(c, subjects, language),
    street: address?.street ?? "",
    postal_code: address?.postalCode ?? "",
    city: address?.city ?? "",
    email: (contact ?? company)?.emails[0]?.address ?? "",
    phone: format.phone((contact ?? company)?.phones[0]?.number ?? ""),
    deal: deal?.title ?? "",
    amount: amount === null ? "" : format.money(amount, deal!.currency),
    my_name: session?.name ?? "",
    my_company: session?.tenantName ?? "",
    today: format.date(view.now),
    own: await ownValues(c, subjects, language),
  };
}
