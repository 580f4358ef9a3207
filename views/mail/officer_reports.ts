/** Regular mails to the officer: the week, and the head of the chain of evidence. */
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

/** The week, as a PDF beside a sentence. */
export function officerReport(
  { locale, week, open, overdue, baseUrl }: {
    locale: Locale;
    week: number;
    open: number;
    overdue: number;
    baseUrl: string;
  },
): Letter {
  const t = translator(locale);
  return letter({
    locale,
    subject: t("officers.report_subject", { week: String(week) }),
    paragraphs: [t("officers.report_text", { open, overdue })],
    baseUrl,
  });
}

/** The head of the chain of evidence, which a mail outside of our reach anchors. */
export function chainHead(
  { locale, head, count, baseUrl, now }: {
    locale: Locale;
    head: string;
    count: number;
    baseUrl: string;
    now: Date;
  },
): Letter {
  const t = translator(locale);
  return letter({
    locale,
    subject: t("officers.chain_subject", { date: formatter(locale, now).date(now) }),
    paragraphs: [t("officers.chain_text", { head, count })],
    baseUrl,
  });
}
