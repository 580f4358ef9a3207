/** Letters about breaches: to affected customers, to the operators about signs of one. */
import type { Signs } from "../../db/incident_signs.ts";
import type { Authority } from "../../db/authorities.ts";
import type { Warning } from "../../db/incident_warnings.ts";
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
  { name, locale, baseUrl, incident, contact, customer, supplement, now }: Reader & {
    incident: Incident;
    /** Whose data they are: who reads it may answer for several customers. */
    customer: string;
    /** The contact point for more information (Art. 33(3)(b)); empty if none was given. */
    contact: string;
    /** Whether the customer was already told, and now reads what is known by now (Art. 33(4)). */
    supplement: boolean;
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
    subject: t(
      supplement ? "incidents.mail_supplement_subject" : "incidents.mail_notice_subject",
    ),
    paragraphs: [
      t(supplement ? "incidents.mail_supplement" : "incidents.mail_notice", { date, customer }),
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
  { name, locale, baseUrl, incident, contact, controller, now }:
    & Omit<Parameters<typeof incidentNotice>[0], "supplement" | "customer">
    & {
      /** Who is responsible, the provider. */
      controller: string;
    },
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
      t("incidents.letter", { date, controller }),
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

/** What is known of a breach, and until when it has to be reported (Art. 33(1) GDPR). */
export function incidentWarning(
  { name, locale, baseUrl, incident, step, deadline, authority, opens, now }:
    & Reader
    & Warning
    & {
      deadline: Date;
      authority: Authority | null;
      /** Whether the reader has an account that opens the register. */
      opens: boolean;
      now: Date;
    },
): Letter {
  const t = translator(locale);
  const format = formatter(locale, now);
  const date = format.dateTime(deadline);
  const stage = step === 72 ? "new" : step === 0 ? "over" : "soon";
  const fact = (label: string, value: string) => value === "" ? [] : [`${label}: ${value}`];
  const count = (value: number) => value === 0 ? "" : format.number(value);
  return letter({
    locale,
    name,
    baseUrl,
    subject: t(`incidents.mail_warning_subject_${stage}`, { date }),
    paragraphs: [t(`incidents.mail_warning_${stage}`, { date })],
    action: opens
      ? {
        label: t("incidents.mail_signs_action"),
        url: `${baseUrl}/operator/incidents/${incident.id}`,
      }
      : undefined,
    lines: [
      ...fact(t("incidents.title"), incident.title),
      ...fact(t("incidents.noticed"), format.dateTime(incident.noticedAt)),
      ...fact(t("incidents.risk"), t(`incidents.risk_${incident.risk}`)),
      ...fact(t("incidents.nature"), incident.nature),
      ...fact(t("incidents.persons"), count(incident.persons)),
      ...fact(t("incidents.dataRecords"), count(incident.dataRecords)),
      ...fact(t("incidents.consequences"), incident.consequences),
      ...fact(t("incidents.measures"), incident.measures),
      ...fact(
        t("incidents.authority"),
        authority
          ? [authority.name, authority.email, authority.phone].filter(Boolean).join(", ")
          : t("incidents.authority_unknown"),
      ),
    ],
  });
}
