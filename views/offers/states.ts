/** The states of offers, and how prominently each is shown. */
import type { OfferState } from "../../db/offers.ts";
import type { Tone } from "../ui/badge.tsx";

export const stateTones: Record<OfferState, Tone> = {
  draft: "neutral",
  issued: "accent",
  sent: "accent",
  accepted: "ok",
  declined: "danger",
  expired: "warn",
  replaced: "neutral",
};
