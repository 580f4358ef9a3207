/** Letters about breaches: to affected customers, to the operators about signs of one. */
import type { Signs } from "../../db/incident_signs.ts";
import type { Incident } from "../../db/incidents.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

interface Reader {
  name: string;
  locale: Locale;
  baseUrl: string;
}

/** What a controller needs to judge its own duty (Art. 33(2), (3) GDPR). */
export function incidentNotice(
  { name, locale, baseUrl, incident, contact, now }: Reader & {
    incident: Incident;
    /** The contact point for more information (Art. 33(3)(b)); empty if none was given. */
    contact: string;
    now: Date;
  },
): Letter {
  const t = translator(locale);
  const date = formatter(locale, now).dateTime(incident.noticedAt);
  const part = (key: "nature" | "consequences" | "measures") =>
    incident[key] === "" ? [] : [`${t(`incidents.${key}`)}: ${incident[key]}`];
  return letter({
    locale,
    name,
    baseUrl,
    subject: t("incidents.mail_notice_subject"),
    paragraphs: [
      t("incidents.mail_notice", { date }),
      ...part("nature"),
      ...part("consequences"),
      ...part("measures"),
      t("incidents.mail_notice_duty"),
      ...(contact === "" ? [] : [t("mails.case_contact", { contact })]),
    ],
  });
}

/** What a person needs to protect themselves, in plain words (Art. 34(2) GDPR). */
export function incidentLetter(
  { name, locale, baseUrl, incident, contact, now }: Parameters<typeof incidentNotice>[0],
): Letter {
  const t = translator(locale);
  const date = formatter(locale, now).dateTime(incident.noticedAt);
  const part = (key: "nature" | "consequences" | "measures") =>
    incident[key] === "" ? [] : [`${t(`incidents.letter_${key}`)} ${incident[key]}`];
  return letter({
    locale,
    name,
    baseUrl,
    subject: t("incidents.letter_subject"),
    paragraphs: [
      t("incidents.letter", { date }),
      ...part("nature"),
      ...part("consequences"),
      ...part("measures"),
      ...(contact === "" ? [] : [t("incidents.letter_contact", { contact })]),
    ],
  });
}

/** Counts only; the page names the persons. */
export function signsLetter(
  { name, locale, baseUrl, signs }: Reader & { signs: Signs },
): Letter {
  const t = translator(locale);
  const { exports, guessed, scattered } = signs;
  const lines = [
    ["sign_exports", exports.length],
    ["sign_guessed", guessed],
    ["sign_scattered", scattered],
  ] as const;
  return letter({
    locale,
    name,
    baseUrl,
    subject: t("incidents.mail_signs_subject"),
    paragraphs: [
      t("incidents.mail_signs"),
      ...lines.filter(([, count]) => count > 0)
        .map(([key, count]) => `– ${t(`incidents.${key}`)}: ${count}`),
    ],
    action: { label: t("incidents.mail_signs_action"), url: `${baseUrl}/operator/incidents` },
  });
}
