/** The letter that invites someone into a tenant. */
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

interface InvitationLetter {
  locale: Locale;
  /** Who invites. */
  host: string;
  tenantName: string;
  link: string;
  /** How long the link works. */
  days: number;
  baseUrl: string;
}

/** The link to accept an invitation. */
export function invitation({ host, tenantName, link, days, ...parts }: InvitationLetter): Letter {
  const t = translator(parts.locale);
  return letter({
    ...parts,
    subject: t("mails.invitation_subject", { tenant: tenantName }),
    paragraphs: [t("mails.invitation_text", { host, tenant: tenantName })],
    action: { label: t("mails.invitation_action"), url: link },
    closing: [t("mails.invitation_closing", { count: days })],
  });
}
