/** Letters to a tenant's admins about retention: how many records will go or have gone, never whose. */
import type { Kind } from "../../db/record_kinds.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

const kinds: readonly Kind[] = ["contact", "company", "deal"];

export interface RetentionLetter {
  kind: "preview" | "report";
  counts: Record<Kind, number>;
  /** The first day on which one of them goes by itself. */
  boundOn: string | null;
  name: string;
  locale: Locale;
  baseUrl: string;
  now: Date;
}

export function retentionLetter(about: RetentionLetter): Letter {
  const { kind, counts, boundOn, name, locale, baseUrl, now } = about;
  const t = translator(locale);
  const date = boundOn === null ? "" : formatter(locale, now).date(boundOn);
  return letter({
    locale,
    name,
    baseUrl,
    subject: t(`retentions.mail_${kind}_subject`),
    paragraphs: [
      t(`retentions.mail_${kind}`, { date }),
      ...kinds.filter((each) => counts[each] > 0)
        .map((each) => `– ${t(`retentions.count_${each}`, { count: counts[each] })}`),
    ],
    action: kind === "preview"
      ? { label: t("retentions.mail_action"), url: `${baseUrl}/settings/retention/due` }
      : { label: t("retentions.mail_settings"), url: `${baseUrl}/settings/retention` },
  });
}

export interface HoldLetter {
  count: number;
  /** Since when the first of them has waited for a look. */
  firstOn: string;
  name: string;
  locale: Locale;
  baseUrl: string;
  now: Date;
}

/** The number of suspended erasures whose reason is due for review. */
export function holdLetter({ count, firstOn, name, locale, baseUrl, now }: HoldLetter): Letter {
  const t = translator(locale);
  const date = formatter(locale, now).date(firstOn);
  return letter({
    locale,
    name,
    baseUrl,
    subject: t("retentions.mail_holds_subject"),
    paragraphs: [t("retentions.mail_holds", { count, date }), t("retentions.mail_holds_then")],
    action: {
      label: t("retentions.mail_holds_action"),
      url: `${baseUrl}/settings/retention/holds`,
    },
  });
}
