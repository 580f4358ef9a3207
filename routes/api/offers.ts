/** Offers in the API, read-only: what is offered for deals, to whom, and the PDF of each. */
import { z } from "zod";
import type { PricedItem } from "../../db/deal_items.ts";
import { NotFound } from "../../db/errors.ts";
import * as lists from "../../db/offer_lists.ts";
import * as offers from "../../db/offers.ts";
import * as sights from "../../db/sights.ts";
import { idPart } from "../fields.ts";
import { text } from "../lists.ts";
import { bytesOf, fileName, whole } from "../offer_papers.ts";
import { type Ctx, web } from "../web.tsx";
import { download } from "../downloads.ts";
import { answerRecord } from "./bodies.ts";
import { may, scoped } from "./callers.ts";
import * as fields from "./fields.ts";
import { answerPage, cursorOf, paging, parametersOf } from "./listing.ts";

export const filters = z.strictObject({
  q: z.string().max(200).optional().meta({
    description: "Searches number, subject and the deal's title",
  }),
  state: z.enum(offers.states).optional(),
  deal: fields.id.optional(),
  contact: fields.id.optional().meta({ description: "The person it is addressed to" }),
  company: fields.id.optional(),
  ...paging,
});

const row = {
  id: fields.id,
  number: z.string().nullable().meta({ description: "Null until it is issued" }),
  versionNo: z.int().min(1),
  state: z.enum(offers.states),
  subject: z.string(),
  dealId: fields.id,
  dealTitle: z.string().nullable(),
  currency: z.string(),
  grossCents: z.int().nullable().meta({ description: "Including tax; null until it is issued" }),
  issuedOn: fields.day.nullable(),
  validUntil: fields.day,
  createdAt: fields.instant,
};

export const Row = z.strictObject(row).meta({ id: "OfferRow" });

const Line = z.strictObject({
  productId: fields.id.nullable(),
  name: z.string(),
  description: z.string(),
  unit: z.string(),
  quantity: z.int().meta({ description: "Thousandths" }),
  priceCents: z.int(),
  discount: z.int().meta({ description: "Hundredths of a percent" }),
  vatRate: z.int().meta({ description: "Hundredths of a percent" }),
  cents: z.int().meta({ description: "Total of the line" }),
}).meta({ id: "OfferLine" });

export const Item = z.strictObject({
  ...row,
  firstId: fields.id.meta({ description: "The first version, the same for all versions" }),
  versions: z.array(z.strictObject({
    id: fields.id,
    versionNo: z.int().min(1),
    state: z.enum(offers.states),
  })),
  contactId: fields.id.nullable(),
  contactName: z.string().nullable(),
  companyId: fields.id.nullable(),
  language: z.enum(["de", "en"]),
  recipient: z.string(),
  opening: z.string(),
  closing: z.string(),
  pricesWithTax: z.boolean(),
  lines: z.array(Line).meta({ description: "For a draft, the lines that its deal has now" }),
  netCents: z.int(),
  vatCents: z.int(),
  grossCents: z.int(),
  rates: z.array(z.strictObject({
    vatRate: z.int().meta({ description: "Hundredths of a percent" }),
    netCents: z.int(),
    vatCents: z.int(),
  })),
  sentAt: fields.instant.nullable(),
  decidedAt: fields.instant.nullable(),
  sha256: z.string().nullable().meta({ description: "Checksum of the PDF, once it is issued" }),
}).meta({ id: "Offer" });

const rowOf = (offer: offers.OfferRow): z.input<typeof Row> => ({
  id: offer.id,
  number: offer.number,
  versionNo: offer.versionNo,
  state: offer.state,
  subject: offer.subject,
  dealId: offer.dealId!,
  dealTitle: offer.dealTitle,
  currency: offer.currency,
  grossCents: offer.issuedOn === null ? null : offer.grossCents,
  issuedOn: offer.issuedOn,
  validUntil: offer.validUntil,
  createdAt: offer.createdAt.toISOString(),
});

const lineOf = (item: PricedItem): z.input<typeof Line> => ({
  productId: item.productId,
  name: item.name,
  description: item.description,
  unit: item.unit,
  quantity: item.quantity,
  priceCents: item.priceCents,
  discount: item.discount,
  vatRate: item.vatRate,
  cents: item.cents,
});

/** An offer of a living deal; those that the law alone keeps are nothing to work with. Throws NotFound. */
async function find(c: Ctx) {
  const found = await offers.find(c.var.scope, c.req.param("id")!);
  if (found.dealId === null) throw new NotFound("offer");
  return found;
}

async function show(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const found = await find(c);
  const offer = await whole(scope, found);
  const companies = await sights.among(scope, "company", offer.companyId ? [offer.companyId] : []);
  const { netCents, vatCents, grossCents, rates } = offer.sums;
  const told: z.input<typeof Item> = {
    ...rowOf(offer),
    firstId: offer.firstId,
    versions: found.versions.map(({ id, versionNo, state }) => ({ id, versionNo, state })),
    contactId: offer.contactId,
    contactName: offer.contactName,
    companyId: companies[0] ?? null,
    language: offer.language,
    recipient: offer.recipient,
    opening: offer.opening,
    closing: offer.closing,
    pricesWithTax: offer.gross,
    lines: offer.items.map(lineOf),
    ...{ netCents, vatCents, grossCents, rates },
    sentAt: offer.sentAt?.toISOString() ?? null,
    decidedAt: offer.decidedAt?.toISOString() ?? null,
    sha256: offer.digest,
  };
  return answerRecord(c, told);
}

export default web.createApp()
  .get("/", may("offers.read"), scoped, async (c) => {
    const { q = "", state = null, deal, contact, company, limit, ...sent } = parametersOf(
      c,
      filters,
    );
    const filter = { q: text(q), state, dealId: deal, contactId: contact, companyId: company };
    const cursor = cursorOf(sent);
    const page = await lists.list(c.var.scope, filter, cursor, Number(limit));
    return answerPage(c, page, cursor, rowOf);
  })
  .get(`/${idPart}`, may("offers.read"), scoped, show)
  .get(`/${idPart}/paper`, may("offers.read"), scoped, async (c) => {
    const { scope, view } = c.var;
    const offer = await find(c);
    return download(c, await bytesOf(scope, offer, view.now), {
      name: fileName(view, offer),
      type: "application/pdf",
    });
  });
