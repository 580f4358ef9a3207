/** The letter to whoever ordered a large answer to a right of access that could not be made. */
import { type Locale, translator } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { type Letter, letter } from "./letter.tsx";

/** Leads to the page where the answer can be ordered again; does not name the person. */
export function accessFailure(
  { locale, name, contactId, baseUrl }: {
    locale: Locale;
    name: string;
    contactId: string;
    baseUrl: string;
  },
): Letter {
  const t = translator(locale);
  return letter({
    locale,
    name,
    baseUrl,
    subject: t("access.failed_subject"),
    paragraphs: [t("access.failed_text")],
    action: {
      label: t("access.failed_action"),
      url: baseUrl + path`/contacts/${contactId}/access#archives`,
    },
  });
}
