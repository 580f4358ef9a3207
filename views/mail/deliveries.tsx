/** Letters about an answer that waits: where it is, and the code for it; never what is in it. */
import type { Right } from "../../db/letters.ts";
import { formatter } from "../format.ts";
import { translator } from "../i18n/translate.ts";
import { type CaseFacts, whoAnswers } from "./case_letters.tsx";
import { type Letter, letter } from "./letter.tsx";

/** Says that the answer can be fetched, until when and how often. */
export function deliveryLetter(
  facts: CaseFacts,
  url: string,
  { right, days, downloads }: { right: Right; days: number; downloads: number },
): Letter {
  const { locale, number, baseUrl, now } = facts;
  const t = translator(locale);
  const date = formatter(locale, now).date(new Date(now.getTime() + days * 86_400_000));
  return letter({
    locale,
    baseUrl,
    subject: t("deliveries.mail_subject", { number, right: t(`officers.right_${right}`) }),
    paragraphs: [t("deliveries.mail_text", { date, downloads }), t("deliveries.mail_code")],
    action: { label: t("deliveries.mail_action"), url },
    closing: [whoAnswers(facts)],
    sender: facts,
  });
}

/** Contains the code, and no link to the answer. */
export function codeLetter(
  facts: CaseFacts,
  code: string,
  minutes: number,
): Letter {
  const { locale, number, baseUrl } = facts;
  const t = translator(locale);
  return letter({
    locale,
    baseUrl,
    subject: t("deliveries.code_subject", { number }),
    paragraphs: [t("deliveries.code_text", { minutes })],
    lines: [`${code.slice(0, 4)}-${code.slice(4)}`],
    closing: [t("deliveries.code_unasked")],
    sender: facts,
  });
}
