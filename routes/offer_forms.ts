/** The form of an offer: what it may hold, how a deal fills it, and how a stored draft does. */
import { z } from "zod";
import * as dealContacts from "../db/deal_contacts.ts";
import type { Deal } from "../db/deals.ts";
import { formId, isId } from "../db/ids.ts";
import { fill } from "../db/letter_fields.ts";
import { addDays, dayOf } from "../db/local_times.ts";
import * as offerSettings from "../db/offer_settings.ts";
import type { Offer } from "../db/offers.ts";
import { translator } from "../views/i18n/translate.ts";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import {
  languageOf,
  recipientOf,
  type Subjects,
  subjectsOf,
  valuesOf as letterValues,
} from "./letter_values.ts";
import { day, lines } from "./records.ts";
import type { Ctx } from "./web.tsx";

/** A draft as it is typed; one that would be over at once is refused. */
export const OfferFields = (today: string) =>
  z.object({
    id: z.string().optional(),
    version: z.coerce.number().int().min(1).max(2_000_000_000).catch(1),
    contactId: z.string().optional().default("").transform((id) => id || null)
      .refine((id) => id === null || isId(id), "option"),
    language: z.enum(["de", "en"], "option").optional().default("de"),
    recipient: lines(1_000).pipe(z.string().min(1)),
    subject: fields.name(200),
    opening: lines(10_000),
    closing: lines(10_000),
    validUntil: day.refine((value) => value !== null, "required")
      .refine((value) => value === null || value >= today, "offers.past")
      .transform((value) => value!),
  });

/** A new form: the first person of the deal decides language and salutation. */
export async function draftFor(c: Ctx, deal: Deal): Promise<FormState> {
  const { scope } = c.var;
  const persons = await dealContacts.list(scope, deal.id);
  const asked = c.req.query("person");
  const person = persons.find(({ id }) => id === asked) ?? persons[0] ?? null;
  const { validDays } = await offerSettings.find(scope);
  return {
    values: {
      id: formId(),
      contactId: person?.id ?? "",
      ...await textsFor(c, deal, person?.id ?? null),
      validUntil: addDays(dayOf(scope.now), validDays),
    },
    errors: {},
  };
}

/** The form again, with address and texts suggested for the person and language chosen. */
export async function withProposals(
  c: Ctx,
  deal: Deal,
  values: FormState["values"],
): Promise<FormState> {
  const { _next: _, ...typed } = values;
  const persons = await dealContacts.list(c.var.scope, deal.id);
  const person = persons.find(({ id }) => id === typed.contactId) ?? null;
  const language = typed.language === "en" ? "en" : "de";
  return {
    values: { ...typed, ...await textsFor(c, deal, person?.id ?? null, language) },
    errors: {},
  };
}

/** What an offer to a person says, in their language where none is asked for. */
async function textsFor(
  c: Ctx,
  deal: Deal,
  contactId: string | null,
  asked: "de" | "en" | null = null,
) {
  const { scope, view } = c.var;
  const subjects = { ...await subjectsOf(c, { contactId, companyId: deal.companyId }), deal };
  const language = asked ?? languageOf(subjects, view.locale);
  const settings = await offerSettings.find(scope);
  const t = translator(language);
  const values = await letterValues(c, subjects, language);
  const manner = mannerTo(subjects);
  const [opening, closing] = language === "de"
    ? [settings.openingDe, settings.closingDe]
    : [settings.openingEn, settings.closingEn];
  return {
    language,
    recipient: recipientOf(c, subjects, language),
    subject: t("offers.subject_usual", { deal: deal.title }),
    opening: opening
      ? fill(opening, values)
      : t(`offers.opening_usual${manner}`, { salutation: values.salutation }),
    closing: closing
      ? fill(closing, values)
      : t(`offers.closing_usual${manner}`, { name: values.my_name }),
  };
}

/** Standard texts match the salutation: people greeted by their first name are not addressed as "Sie". */
export const mannerTo = ({ contact }: Pick<Subjects, "contact">): "" | "_informal" =>
  contact?.addressForm === "informal" ? "_informal" : "";

/** How a stored draft stands in the form. */
export const valuesOf = (offer: Offer): FormState["values"] => ({
  version: String(offer.version),
  contactId: offer.contactId ?? "",
  language: offer.language,
  recipient: offer.recipient,
  subject: offer.subject,
  opening: offer.opening,
  closing: offer.closing,
  validUntil: offer.validUntil,
});
