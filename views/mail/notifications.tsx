/** The letter about unread notifications; only the app says which people they concern. */
import type { Digest, Line } from "../../db/notification_mails.ts";
import { type Translate, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

/** What waits in a line each, and where to read it. Names of contacts are not mailed. */
export function notificationLetter(
  { locale, name, lines, baseUrl }: Digest & { baseUrl: string },
): Letter {
  const t = translator(locale);
  const count = lines.reduce((sum, line) => sum + line.count, 0);
  return letter({
    locale,
    name,
    baseUrl,
    subject: t("notifications.mail_subject", { count }),
    paragraphs: [t("notifications.mail_intro"), ...lines.map((line) => sentence(t, line))],
    action: { label: t("notifications.mail_action"), url: `${baseUrl}/notifications` },
    closing: [
      t("notifications.mail_closing", { link: `${baseUrl}/account#notifications` }),
      t("notifications.mail_privacy"),
    ],
  });
}

function sentence(t: Translate, { kind, recordKind, actorName, count }: Line): string {
  if (kind !== "assigned") return t(`notifications.mail_${kind}`, { count });
  const what = t(`notifications.count_${recordKind}`, { count });
  return actorName
    ? t("notifications.mail_assigned_by", { what, name: actorName })
    : t("notifications.mail_assigned", { what });
}
