/** The letter to whoever took an export out: the copy has to go. */
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

/** Says how many exports, not of whom. */
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
