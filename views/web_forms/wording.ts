/** What records say about a form and a consent given through it, in the tenant's language. */
import type { CustomField } from "../../db/custom_fields.ts";
import type { Wording } from "../../db/web_form_confirmations.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { labelOf, textOf } from "../records/custom.tsx";

/** The words for one language. */
export function wordingOf(locale: Locale, now: Date): Wording {
  const t = translator(locale);
  const view = { t, locale, format: formatter(locale, now) };
  const names = (fields: readonly CustomField[]) =>
    fields.map((field) => labelOf(field, locale)).join(", ");
  return {
    source: ({ name }) => t("web_forms.source", { name }),
    proposal: ({ firstName, lastName, phone, company, message, custom }, own) =>
      [
        own.entered.length === 0
          ? t("web_forms.proposal")
          : t("web_forms.proposal_entered", { fields: names(own.entered) }),
        ...own.named.length === 0
          ? []
          : [t("web_forms.proposal_named", { fields: names(own.named) })],
        ...Object.entries({ firstName, lastName, phone, company }).flatMap(([name, value]) =>
          value === "" ? [] : [`${t(`web_forms.field_${name as "phone"}`)}: ${value}`]
        ),
        ...own.shown.flatMap((field) => {
          const values = custom[field.id] ?? [];
          const text = textOf(
            view,
            field,
            values.map((value) => ({ fieldId: field.id, value, person: null })),
          );
          return text === "" ? [] : [`${labelOf(field, locale)}: ${text}`];
        }),
        ...message === "" ? [] : ["", message],
      ].join("\n"),
    proof: ({ createdAt }, confirmedAt) => {
      const at = (date: Date) => view.format.dateTime(date);
      return t("web_forms.proof", { sent: at(createdAt), confirmed: at(confirmedAt) });
    },
    version: ({ name }, number, consent) => t("web_forms.version", { name, number, consent }),
  };
}
