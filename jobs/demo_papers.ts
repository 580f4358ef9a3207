/** The papers of the demo's offers, written as those of any house. */
import type { WritePaper } from "../db/samples/offers.ts";
import { pdf } from "../db/typst.ts";
import { offerDocument } from "../views/business_documents.ts";
import { filesOf } from "../views/letters/paper.ts";
import { offerPaper } from "../views/offers/document.ts";

/** The paper of an offer. */
export const writePaper: WritePaper = (offer, letterhead, now) =>
  pdf(offerDocument, offerPaper(offer, letterhead, now), { at: now, files: filesOf(letterhead) });
