/** Letters to persons about the end of a restriction (Art. 18(3) GDPR). */
import type { Announced } from "../../db/restriction_ends.ts";
import { translator } from "../i18n/translate.ts";
import { type CaseFacts, write } from "./case_letters.tsx";
import type { Letter } from "./letter.tsx";

/** Tells on which day a restriction ends, before it does. */
export function restrictionLetter(facts: CaseFacts, { on, days, renewed }: Announced): Letter {
  const t = translator(facts.locale);
  const more = [
    ...(renewed ? [t("case_letters.restriction_renewed")] : []),
    t("case_letters.restriction_late", { days: String(days) }),
  ];
  return write(facts, "restriction", more, { date: on });
}
