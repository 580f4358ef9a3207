/** What the records say of a form and of a consent given by it, in the house's language. */
import type { Wording } from "../../db/web_form_entries.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";

/** The words for one language. */
export function wordingOf(locale: Locale): Wording {
  const t = translator(locale);
  return {
    source: ({ name }) => t("web_forms.source", { name }),
    proposal: ({ firstName, lastName, phone, company, message }) =>
      [
        t("web_forms.proposal"),
        ...Object.entries({ firstName, lastName, phone, company }).flatMap(([name, value]) =>
          value === "" ? [] : [`${t(`web_forms.field_${name as "phone"}`)}: ${value}`]
        ),
        ...message === "" ? [] : ["", message],
      ].join("\n"),
    proof: ({ createdAt }, confirmedAt) => {
      const at = (date: Date) => formatter(locale, date).dateTime(date);
      return t("web_forms.proof", { sent: at(createdAt), confirmed: at(confirmedAt) });
    },
    version: ({ name }, number, consent) => t("web_forms.version", { name, number, consent }),
  };
}
