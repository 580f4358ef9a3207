/** Letters about the privacy policy: to the officer who approves it, to the people it concerns. */
import type { Locale } from "../i18n/translate.ts";
import { translator } from "../i18n/translate.ts";
import { formatter } from "../format.ts";
import { type Letter, letter } from "./letter.tsx";

interface Version {
  number: number;
  reason: string;
}

/** Asks the officer to approve a version; the link shows it whole. */
export function policyApproval(
  { link, baseUrl, number, reason, now }: Version & { link: string; baseUrl: string; now: Date },
): Letter {
  const t = translator("de");
  return letter({
    locale: "de",
    subject: t("policies.mail_approval_subject", { number: String(number) }),
    paragraphs: [
      t("policies.mail_approval_text"),
      ...(reason ? [t("policies.mail_reason", { reason })] : []),
    ],
    action: { label: t("policies.mail_approval_action"), url: link },
    closing: [
      t("policies.mail_approval_closing", {
        until: formatter("de", now).date(new Date(now.getTime() + 7 * 86_400_000)),
      }),
    ],
    baseUrl,
  });
}

/** Tells a person of a version before it takes effect (clause 8.2). */
export function policyChange(
  { locale, name, number, reason, takesEffectOn, baseUrl, now }: Version & {
    locale: Locale;
    name: string;
    takesEffectOn: string;
    baseUrl: string;
    now: Date;
  },
): Letter {
  const t = translator(locale);
  return letter({
    locale,
    subject: t("policies.mail_change_subject"),
    name,
    paragraphs: [
      t("policies.mail_change_text", { date: formatter(locale, now).date(takesEffectOn) }),
      ...(reason ? [t("policies.mail_reason", { reason })] : []),
    ],
    action: {
      label: t("policies.mail_change_action"),
      url: `${baseUrl}/privacy/versions/${number}/changes`,
    },
    closing: [t("policies.mail_change_closing")],
    baseUrl,
  });
}
