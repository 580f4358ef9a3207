/**
 * Where a person's data come from: one click sets source, legal basis, purpose and duty to inform.
 */
import type { Collected } from "./notices.ts";

export type LegalBasis =
  | "contract"
  | "consent"
  | "legitimate_interest"
  | "legal_obligation"
  | "pre_contract";
export type Purpose = "customer_care" | "sales" | "marketing" | "supply" | "legal_duty";
export type Origin =
  | "inquiry"
  | "customer"
  | "card"
  | "referral"
  | "public_source"
  | "supplier"
  | "consent"
  | "other";

export interface OriginRule {
  legalBasis: LegalBasis;
  purpose: Purpose;
  collected: Collected;
}

/**
 * What each origin means for basis (Art. 6(1) GDPR), purpose and information. `other` suggests the
 * cautious reading: legitimate interest, not from the person.
 */
export const origins: Record<Origin, OriginRule> = {
  inquiry: { legalBasis: "pre_contract", purpose: "sales", collected: "from_person" },
  customer: { legalBasis: "contract", purpose: "customer_care", collected: "from_person" },
  card: { legalBasis: "legitimate_interest", purpose: "sales", collected: "from_person" },
  referral: { legalBasis: "legitimate_interest", purpose: "sales", collected: "elsewhere" },
  public_source: { legalBasis: "legitimate_interest", purpose: "sales", collected: "elsewhere" },
  supplier: { legalBasis: "contract", purpose: "supply", collected: "from_person" },
  consent: { legalBasis: "consent", purpose: "marketing", collected: "from_person" },
  other: { legalBasis: "legitimate_interest", purpose: "sales", collected: "elsewhere" },
};

/** The purposes that a contact's data may serve. */
export const purposes = [
  "customer_care",
  "sales",
  "marketing",
  "supply",
  "legal_duty",
] as const satisfies readonly Purpose[];

/** The legal bases of Art. 6(1) GDPR that a contact may rest on. */
export const legalBases: readonly LegalBasis[] = [
  "contract",
  "pre_contract",
  "consent",
  "legitimate_interest",
  "legal_obligation",
];

/** The purpose that a legal basis usually serves, if none is given. */
export function purposeOf(legalBasis: LegalBasis): Purpose {
  return {
    contract: "customer_care",
    pre_contract: "sales",
    consent: "marketing",
    legitimate_interest: "sales",
    legal_obligation: "legal_duty",
  }[legalBasis] as Purpose;
}
