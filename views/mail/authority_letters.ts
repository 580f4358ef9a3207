/** Letters about what an authority seems to have written: its own deadline counts, no order for persons fits. */
import type { LetterKind } from "../../db/case_letters.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { type CaseAlarm } from "./case_alarms.ts";
import { type Letter, letter } from "./letter.tsx";
import { type OfficerLetter, orders } from "./officers.tsx";

/** To the officer: to be answered by hand; of a person after all, what may be ordered is said in words. */
export function authorityLetter(about: OfficerLetter): Letter {
  const { locale, items, canReply, baseUrl } = about;
  const t = translator(locale);
  return letter({
    locale,
    ...beginning(about, about.kind),
    paragraphs: [
      ...facts(about, about.kind, t(`officers.channel_${about.channel}`)),
      t("officers.letter_authority"),
      t(
        canReply && items.length > 0
          ? "officers.letter_authority_person"
          : "officers.letter_authority_page",
      ),
    ],
    tasks: items.map(({ right, code, links }) => ({
      title: `${t(`officers.right_${right}`)}: Code ${code}`,
      links: links.map(({ action, url }) => ({ label: t(`officers.action_${action}`), url })),
    })),
    lines: canReply && items[0]
      ? orders(locale, items[0].code, {
        actions: items.flatMap(({ links }) => links.map(({ action }) => action)),
      })
      : [],
    closing: [
      ...(items.length > 0 ? [t("officers.letter_closing")] : []),
      t("officers.letter_queue", { url: `${baseUrl}/dpo` }),
    ],
    baseUrl,
  });
}

/** To those answerable for the house, once the letter has lain for a week. */
export function authorityAlarm(about: Omit<CaseAlarm, "alarm" | "dueOn" | "daysLeft">): Letter {
  const { locale, name, officer, queue, baseUrl } = about;
  const t = translator(locale);
  return letter({
    locale,
    name,
    ...beginning(about, "reminder"),
    paragraphs: [
      ...facts(about, "reminder", ""),
      t("officers.organisation_authority"),
      officer ? t("officers.organisation_officer", { officer }) : t("officers.organisation_nobody"),
      t("officers.organisation_then"),
    ],
    action: { label: t("officers.organisation_action"), url: baseUrl + queue },
    baseUrl,
  });
}

type Facts = Pick<OfficerLetter, "locale" | "number" | "receivedOn" | "now">;

const beginning = ({ locale, number }: { locale: Locale; number: string }, kind: LetterKind) => ({
  subject: translator(locale)(
    kind === "new" ? "officers.letter_authority_subject" : "officers.letter_authority_open_subject",
    { number },
  ),
});

const facts = (about: Facts, kind: LetterKind, channel: string): string[] => {
  const t = translator(about.locale);
  return [
    t(kind === "new" ? "officers.letter_authority_new" : "officers.letter_authority_open"),
    t("officers.letter_authority_facts", {
      case: t("officers.case", { number: about.number }),
      received: formatter(about.locale, about.now).date(about.receivedOn),
      channel,
    }).replace(/ \.$/, "."),
  ];
};
