/** Warns those answerable for a tenant that a request is still open: its number and days, never what it asks for. */
import type { Alarm } from "../../db/case_alarms.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";
import { daysLeft } from "./officers.tsx";

export interface CaseAlarm {
  alarm: Alarm;
  name: string;
  locale: Locale;
  number: string;
  /** Calendar days. */
  receivedOn: string;
  dueOn: string;
  daysLeft: number | null;
  /** The person who has to decide; empty if nobody is named. */
  officer: string;
  /** Where the requests stand. */
  queue: string;
  baseUrl: string;
  now: Date;
}

export function caseAlarm(about: CaseAlarm): Letter {
  const { alarm, name, locale, number, officer, queue, baseUrl, now } = about;
  const t = translator(locale);
  const format = formatter(locale, now);
  const date = format.date(about.dueOn);
  return letter({
    locale,
    name,
    subject: t(`officers.organisation_${alarm}_subject`, { number, date }),
    paragraphs: [
      t(`officers.organisation_${alarm}`),
      t("officers.organisation_facts", {
        case: t("officers.case", { number }),
        received: format.date(about.receivedOn),
        date,
        left: daysLeft(locale, about.daysLeft),
      }),
      officer ? t("officers.organisation_officer", { officer }) : t("officers.organisation_nobody"),
      t("officers.organisation_then"),
    ],
    action: { label: t("officers.organisation_action"), url: baseUrl + queue },
    baseUrl,
  });
}
