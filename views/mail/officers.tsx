/** Letters to the officer about a request: its number, rights and days; never who the person is. */
import type { Right } from "../../db/letters.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

export type OfficerAction = "approve" | "refuse" | "extend" | "identity" | "done";

interface Link {
  action: OfficerAction;
  url: string;
}

export interface OfficerLetter {
  kind: "new" | "reminder" | "overdue" | "approval";
  locale: Locale;
  number: string;
  channel: "form" | "email" | "post";
  /** Calendar days. */
  receivedOn: string;
  dueOn: string;
  /** Days until then; below nought when it is over. */
  daysLeft: number;
  items: readonly { right: Right; code: string; links: readonly Link[] }[];
  caseLinks: readonly Link[];
  /** Whether answers reach us. */
  canReply: boolean;
  baseUrl: string;
  now: Date;
}

/** What there is to decide, as links and as words to answer with. */
export function officerLetter(about: OfficerLetter): Letter {
  const { kind, locale, number, items, caseLinks, canReply, baseUrl, now } = about;
  const t = translator(locale);
  const format = formatter(locale, now);
  const date = format.date(about.dueOn);
  const left = daysLeft(locale, about.daysLeft);
  const rights = items.map(({ right }) => t(`officers.right_${right}`)).join(", ");
  const links = (list: readonly Link[]) =>
    list.map(({ action, url }) => ({ label: t(`officers.action_${action}`), url }));
  return letter({
    locale,
    subject: t(`officers.letter_${kind}_subject`, { number, rights, date, left }),
    paragraphs: [
      t(`officers.letter_${kind}`),
      t("officers.letter_facts", {
        case: t("officers.case", { number }),
        received: format.date(about.receivedOn),
        channel: t(`officers.channel_${about.channel}`),
        date,
        left,
      }),
    ],
    tasks: [
      ...items.map(({ right, code, links: own }) => ({
        title: `${t(`officers.right_${right}`)}: Code ${code}`,
        links: links(own),
      })),
      ...(caseLinks.length > 0
        ? [{ title: t("officers.letter_whole_case"), links: links(caseLinks) }]
        : []),
    ],
    lines: canReply ? orders(locale, items[0]?.code ?? "0000") : [],
    closing: [t("officers.letter_closing")],
    baseUrl,
  });
}

/** The orders that an answer may begin with. */
function orders(locale: Locale, code: string): string[] {
  const t = translator(locale);
  const reason = t("officers.order_reason");
  return [
    t("officers.letter_reply"),
    `${t("officers.order_approve")} ${code}`,
    ...(["refuse", "extend", "identity"] as const).map((order) =>
      `${t(`officers.order_${order}`)} ${code}: ${reason}`
    ),
    `${t("officers.order_done")} ${code}`,
    `${t("officers.order_note")}: …`,
  ];
}

/** "3 days left", or since when it is overdue. */
export function daysLeft(locale: Locale, days: number): string {
  const t = translator(locale);
  if (days === 0) return t("officers.days_today");
  return days > 0
    ? t("officers.days_left", { count: days })
    : t("officers.days_over", { count: -days });
}

export type Misunderstanding =
  | "empty"
  | "word"
  | "code"
  | "reason"
  | "more"
  | "late"
  | "sender"
  | "not_possible";

/** Says why an answer changed nothing, and how it is written. */
export function officerHelp(
  { locale, number, why, code, baseUrl }: {
    locale: Locale;
    number: string;
    why: Misunderstanding;
    code: string;
    baseUrl: string;
  },
): Letter {
  const t = translator(locale);
  return letter({
    locale,
    subject: t("officers.help_subject", { number }),
    paragraphs: [t("officers.help_nothing"), t(`officers.help_${why}`)],
    lines: orders(locale, code),
    baseUrl,
  });
}
