/** The letter reminding people who exported data to delete their copy. */
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

/** Says how many exports, but not of which people. */
export function exportReminder(
  { locale, name, count, baseUrl }: {
    locale: Locale;
    name: string;
    count: number;
    baseUrl: string;
  },
): Letter {
  const t = translator(locale);
  return letter({
    locale,
    name,
    baseUrl,
    subject: t("exports.mail_subject"),
    paragraphs: [t("exports.mail_text", { count })],
    action: { label: t("exports.mail_action"), url: `${baseUrl}/exports` },
  });
}
