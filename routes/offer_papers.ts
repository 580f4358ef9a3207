/** The PDF of an offer: stored once it is issued, generated until then. */
import { Invalid } from "../db/errors.ts";
import * as letterheads from "../db/letterheads.ts";
import * as offerSteps from "../db/offer_steps.ts";
import * as offers from "../db/offers.ts";
import type { Scope } from "../db/scope.ts";
import { pdf } from "../db/typst.ts";
import { offerDocument } from "../views/business_documents.ts";
import { filesOf } from "../views/letters/paper.ts";
import { offerPaper } from "../views/offers/document.ts";
import type { View } from "../views/view.ts";

/** The offer with its deal's lines while it is a draft; a deal without any has none to show. */
export async function whole(scope: Scope, offer: offers.Offer): Promise<offers.Offer> {
  try {
    return await offerSteps.completed(scope, offer);
  } catch (error) {
    if (error instanceof Invalid) return offer;
    throw error;
  }
}

/** The PDF, written again. */
export const paperOf = (offer: offers.Offer, letterhead: letterheads.Letterhead, now: Date) =>
  pdf(offerDocument, offerPaper(offer, letterhead, now), { at: now, files: filesOf(letterhead) });

/** The kept paper of an issued offer; of a draft, what it would be now. Throws NotFound. */
export const bytesOf = async (scope: Scope, offer: offers.Offer, now: Date) =>
  await offers.paperOf(scope, offer.id) ??
    paperOf(await whole(scope, offer), await letterheads.find(scope), now);

/** What the file of an offer is called. */
export const fileName = ({ t }: View, { number, versionNo }: offers.Offer): string =>
  `${
    [number ?? t("offers.state_draft"), versionNo > 1 ? versionNo : ""].filter(Boolean).join("-")
  }.pdf`
    .replaceAll(/[/\\:]/g, "-");
