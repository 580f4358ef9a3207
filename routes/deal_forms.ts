/** The form of a deal: what it may hold, what it becomes, and how a stored one fills it. */
import { z } from "zod";
import type { CustomField } from "../db/custom_fields.ts";
import type { CustomInput } from "../db/custom_values.ts";
import { most as mostPersons } from "../db/deal_contacts.ts";
import type { Deal, DealInput } from "../db/deals.ts";
import { isId } from "../db/ids.ts";
import { amountFault, currencies, currencyIn, parseCents } from "../db/money.ts";
import type { FormState } from "../views/ui/form.tsx";
import type { View } from "../views/view.ts";
import { customSchema, customTexts } from "./custom_values.ts";
import * as fields from "./fields.ts";
import { day, lines, longestNotes, maybe, tagNames, tagsTicked } from "./records.ts";
import { type Standing, standingOf, stays } from "./standing_values.ts";

const amount = maybe(40).transform((value, context) => {
  if (value === "") return { cents: null, currency: null };
  const cents = parseCents(value);
  if (cents !== null) return { cents, currency: currencyIn(value) };
  context.addIssue({ code: "custom", message: amountFault(value) });
  return z.NEVER;
});

const idOrNull = z.string().optional().default("").transform((value) => value || null)
  .refine((value) => value === null || isId(value), "option");

const fieldsWith = (
  stored: string | null,
  own: readonly CustomField[],
  most: number,
  standing: Standing,
) =>
  z.object({
    id: z.string().optional(),
    version: z.coerce.number().int().min(1).max(2_000_000_000).catch(1),
    title: stays(fields.name(200), standing.title),
    companyId: idOrNull.catch(null),
    companyName: stays(maybe(200), standing.companyName),
    amount,
    currency: z.string().optional().default(currencies[0]).refine(
      (value) => value === stored || currencies.some((each) => each === value),
      "option",
    ),
    expectedCloseOn: day,
    stageId: z.string({ error: "required" }).min(1).refine(isId, "option"),
    lostReasonId: idOrNull,
    ownerId: idOrNull,
    source: stays(maybe(300), standing.source),
    notes: lines(most),
    custom: customSchema(own),
    tags: tagsTicked,
    newTags: maybe(400),
    contactIds: z.union([z.string(), z.array(z.string())]).optional()
      .transform((value) => [...new Set([value ?? []].flat().filter(isId))].slice(0, mostPersons)),
    copyLines: fields.tick,
    _anyway: z.string().optional(),
  }).refine(({ amount, currency }) => (amount.currency ?? currency) === currency, {
    path: ["currency"],
    error: "deals.currency_differs",
  });

const dealFields = fields.kept((stored: string | null, own: readonly CustomField[], most: number) =>
  fieldsWith(stored, own, most, {})
);

/** A deal, new or old; a currency that is not offered and what it holds of long texts may stay. */
export function DealFields(deal: Deal | null, own: readonly CustomField[] = []) {
  const asked = [deal?.currency ?? null, own, longestNotes(deal)] as const;
  const usual = dealFields(...asked);
  if (deal === null) return usual;
  const { version, title, companyName, source, stageId, currency } = deal;
  const sent = { version, title, companyName: companyName ?? "", source, stageId, currency };
  const standing = standingOf(usual, sent);
  // A deal's own texts are not kept in memory, as keys of a schema.
  return Object.keys(standing).length === 0 ? usual : fieldsWith(...asked, standing);
}

export type DealValue = z.output<ReturnType<typeof DealFields>>;

/** What the fields come to. */
export const inputOf = (
  { amount, copyLines: _, ...value }: DealValue,
  custom?: CustomInput,
): DealInput => ({
  ...value,
  custom,
  amountCents: amount.cents,
  tags: tagNames(value),
});

/** How a stored deal stands in the form. */
export const valuesOf = (
  deal: Deal,
  view: View,
  own: readonly CustomField[] = [],
): FormState["values"] => ({
  ...customTexts(own, deal.custom, view),
  version: String(deal.version),
  title: deal.title,
  companyId: deal.companyId ?? "",
  companyName: deal.companyName ?? "",
  amount: deal.amountCents === null ? "" : view.format.amount(deal.amountCents),
  currency: deal.currency,
  expectedCloseOn: deal.expectedCloseOn ?? "",
  stageId: deal.stageId,
  lostReasonId: deal.lostReasonId ?? "",
  ownerId: deal.ownerId ?? "",
  source: deal.source,
  notes: deal.notes,
  tags: deal.tags,
  newTags: "",
});

/** A form as it was sent, its amount written as the stored one is: `1234,5` is no other amount. */
export function comparable({ values }: FormState, { format }: View): FormState["values"] {
  const cents = parseCents(String(values.amount ?? ""));
  return cents === null ? values : { ...values, amount: format.amount(cents) };
}
