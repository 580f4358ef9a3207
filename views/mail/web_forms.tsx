/** The letter that asks people who filled in a form to confirm it (double opt-in). */
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

/**
 * Names the tenant, its form and what confirming agrees to (Art. 7(2) GDPR), and nothing of
 * what was entered.
 */
export function formConfirmation(
  { locale, baseUrl, controller, slug, title, consent, link }: {
    locale: Locale;
    baseUrl: string;
    controller: string;
    slug: string | null;
    title: string;
    /** The form's words where they were ticked. */
    consent: string;
    link: string;
  },
): Letter {
  const t = translator(locale);
  return letter({
    locale,
    name: "",
    baseUrl,
    subject: t("web_forms.mail_subject", { controller }),
    paragraphs: [
      t("web_forms.mail_text", { controller, title }),
      ...(consent === "" ? [] : [t("web_forms.confirm_consent", { consent })]),
    ],
    action: { label: t("web_forms.mail_action"), url: link },
    closing: [t("web_forms.mail_closing")],
    sender: { controller, slug },
  });
}
