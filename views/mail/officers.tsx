/** Letters to the officer about a request: its number, rights and days; never who the person is. */
import type { LetterKind, LinkAction } from "../../db/case_letters.ts";
import type { Reason } from "../../db/candidates.ts";
import type { Preview } from "../../db/erasure_previews.ts";
import type { Effect } from "../../db/halt_effects.ts";
import type { Right } from "../../db/letters.ts";
import type { StandingEffect } from "../../db/officer_effects.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

export type OfficerAction = LinkAction;

interface Link {
  action: OfficerAction;
  url: string;
}

export interface OfficerLetter {
  kind: LetterKind;
  locale: Locale;
  number: string;
  channel: "form" | "email" | "post";
  /** Calendar days. */
  receivedOn: string;
  dueOn: string;
  /** Days until then; negative when it is over, null while the clock rests. */
  daysLeft: number | null;
  /** All rights that are open; none where the letter has to be read first. */
  rights: readonly Right[];
  /** Those that something can be decided of. */
  items: readonly { right: Right; code: string; links: readonly Link[] }[];
  /** What an erasure would remove and keep, if one is requested and somebody was found. */
  plan?: Preview | null;
  /** Whether nobody was found, so that an approval would say so. */
  nobody?: boolean;
  /** Whether a record may be named all the same. */
  nameable?: boolean;
  /** Whether a person is known who has nothing to take along. */
  uncovered?: boolean;
  /** Where a rectification has nothing noted yet: the desk at which that is done. */
  unnotedAt?: string | null;
  /** What the claims have stopped already, and what a decision does. */
  effects?: readonly Effect[];
  /** If the person has to be chosen: how each record was found, in the page's order. */
  choices?: readonly (readonly Reason[])[] | null;
  /** Whether answers reach us. */
  canReply: boolean;
  baseUrl: string;
  now: Date;
}

/** What there is to decide, as links and as words to answer with. */
export function officerLetter(about: OfficerLetter): Letter {
  const { kind, locale, number, items, canReply, baseUrl, now } = about;
  const t = translator(locale);
  const format = formatter(locale, now);
  const date = format.date(about.dueOn);
  const left = daysLeft(locale, about.daysLeft);
  const rights = about.rights.map((right) => t(`officers.right_${right}`)).join(", ") ||
    t("officers.rights_unknown");
  const links = (list: readonly Link[], whole: boolean) =>
    list.filter(({ action }) => (action === "extend" || action === "person") === whole)
      .map(({ action, url }) => ({ label: t(`officers.action_${action}`), url }));
  const whole = items.flatMap((item) => links(item.links, true));
  // While the person is asked for proof, the officer has nothing to decide.
  const asked = items.length > 0 &&
    items.every((item) => item.links.some(({ action }) => action === "identified"));
  const words = kind === "decision" && asked ? "identity" : kind;
  return letter({
    locale,
    subject: t(`officers.letter_${words}_subject`, { number, rights, date, left }),
    paragraphs: [
      t(`officers.letter_${words}`),
      t("officers.letter_facts", {
        case: t("officers.case", { number }),
        received: format.date(about.receivedOn),
        channel: t(`officers.channel_${about.channel}`),
        date,
        left,
      }),
      ...(about.uncovered ? [t("officers.portability_uncovered")] : []),
      ...(about.nobody ? [t("officers.person_nobody")] : []),
      ...(about.effects ?? []).map((effect) => t(`officers.effect_${effect}`)),
      ...(canReply && about.effects?.some((effect) => lasting.includes(effect))
        ? [t("officers.effects_later")]
        : []),
      ...(about.unnotedAt ? unnoted(locale, number, baseUrl + about.unnotedAt) : []),
      ...(about.plan ? planned(locale, about.plan, now) : []),
      ...(about.choices ? chosen(locale, about.choices) : []),
    ],
    tasks: [
      ...items.map(({ right, code, links: own }) => ({
        title: `${t(`officers.right_${right}`)}: Code ${code}`,
        links: links(own, false),
      })),
      ...(whole.length > 0 ? [{ title: t("officers.letter_whole_case"), links: whole }] : []),
    ],
    lines: canReply && items.length > 0
      ? orders(locale, items[0]?.code ?? "", {
        actions: items.flatMap((item) => item.links.map(({ action }) => action)),
        nameable: about.nobody || about.nameable,
        rectification: items.find(({ right }) => right === "rectification")?.code,
      })
      : [],
    closing: [
      ...(items.length > 0 ? [t("officers.letter_closing")] : []),
      t("officers.letter_queue", { url: `${baseUrl}/dpo` }),
    ],
    baseUrl,
  });
}

/** Effects of which something is left to order once the right was approved. */
const lasting: readonly Effect[] = [
  "restriction",
  "restriction_open",
  "objection_interest",
  "portability",
];

/** The records that may be meant, by number and by what they were found: no mail says who it is. */
function chosen(locale: Locale, choices: readonly (readonly Reason[])[]): string[] {
  const t = translator(locale);
  const list = choices.map((by, at) =>
    t("officers.person_choice", {
      number: at + 1,
      reasons: by.map((reason) => t(`findings.by_${reason}`)).join(", "),
    })
  );
  return [t(list.length > 0 ? "officers.person_list" : "officers.person_no_list"), ...list];
}

/** That a rectification needs to know what is to be written, and how that is noted. */
export function unnoted(locale: Locale, number: string, url: string): string[] {
  const t = translator(locale);
  return [t("officers.rectify_none"), t("officers.rectify_how", { number, url })];
}

/** Counts and provisions alone: no mail says who it is. */
function planned(locale: Locale, { plan, doubt, mentions }: Preview, now: Date): string[] {
  const t = translator(locale);
  const format = formatter(locale, now);
  const count = plan.tables.reduce((sum, table) => sum + table.count, 0);
  return [
    t("erasures.mail_plan", { count }),
    ...plan.kept.map(({ count, basis, until }) =>
      t("erasures.mail_kept", { count, basis, until: until ? format.date(until) : "" })
    ),
    ...(mentions > 0 ? [t("erasures.mentions", { count: mentions })] : []),
    ...(doubt ? [t(`erasures.mail_${doubt}`)] : []),
  ];
}

/** The orders that an answer may begin with. */
export function orders(
  locale: Locale,
  code: string,
  { actions, nameable, rectification, effects = [] }: {
    actions: readonly OfficerAction[];
    /** Whether a record may be named although none is listed. */
    nameable?: boolean;
    /** The code of the right of rectification, where it is claimed. */
    rectification?: string;
    /** What may be ordered of decided rights. */
    effects?: readonly StandingEffect["order"][];
  },
  begins: "letter_reply" | "help_reply" = "letter_reply",
): string[] {
  const t = translator(locale);
  const listed = actions.includes("person");
  const possible = (action: OfficerAction) =>
    actions.includes(action) || (action === "person" && nameable);
  const person = listed ? t("officers.order_numbers") : t("officers.order_record");
  return [
    t(`officers.${begins}`),
    ...everyOrder.filter(possible).map((order) =>
      `${t(`officers.order_${order}`)} ${code}${
        order === "approve" || order === "done"
          ? ""
          : `: ${order === "person" ? person : t("officers.order_reason")}`
      }`
    ),
    ...(rectification
      ? [`${t("officers.order_rectify")} ${rectification}: ${t("officers.order_detail")}`]
      : []),
    ...effects.map((order) =>
      `${t(`officers.order_${order}`)} ${code}: ${t(`officers.order_${order}_what`)}`
    ),
    `${t("officers.order_note")}: …`,
  ];
}

const everyOrder = [
  "approve",
  "refuse",
  "extend",
  "identity",
  "identified",
  "done",
  "person",
] as const;

/** "3 days left", since when it is overdue, or that the clock rests. */
export function daysLeft(locale: Locale, days: number | null): string {
  const t = translator(locale);
  if (days === null) return t("officers.days_rest");
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
  | "which"
  | "late"
  | "sender"
  | "not_possible"
  | "unknown"
  | "several"
  | "day"
  | "address"
  | "soon"
  | "host"
  | "detail"
  | "unsettled"
  | "value";

/** Says why an answer changed nothing, and how it is written. */
export function officerHelp(
  { locale, number, why, items, effects, baseUrl }: {
    locale: Locale;
    number: string;
    why: Misunderstanding;
    /** What is left to order of decided rights. */
    effects: readonly StandingEffect["order"][];
    /** What is open now, and what may be ordered of it. */
    items: readonly { right: Right; actions: readonly OfficerAction[] }[];
    baseUrl: string;
  },
): Letter {
  const t = translator(locale);
  const code = t("officers.order_code");
  const possible = {
    actions: items.flatMap(({ actions }) => actions),
    nameable: items.length > 0,
    rectification: items.some(({ right }) => right === "rectification") ? code : undefined,
    effects: [...new Set(effects)],
  };
  return letter({
    locale,
    subject: t("officers.help_subject", { number }),
    paragraphs: [t("officers.help_nothing"), t(`officers.help_${why}`)],
    // Another letter has other codes.
    lines: why === "late" ? [] : orders(locale, code, possible, "help_reply"),
    baseUrl,
  });
}

/** Whether the subject is that of a letter about the end of a restriction. */
export const isRestrictionEnd = (subject: string): boolean =>
  (["de", "en"] as const).some((locale) =>
    subject.endsWith(translator(locale)("case_letters.restriction_subject", { number: "" }))
  );

/** Reports that a letter about a request was undeliverable, and what to do. */
export function returnedLetter(
  { locale, number, subject, about, baseUrl }: {
    locale: Locale;
    number: string;
    subject: string;
    /** Who does not know: a recipient of the data, or the person, of a restriction's end or of all else. */
    about: "recipient" | "restriction" | "hint";
    baseUrl: string;
  },
): Letter {
  const t = translator(locale);
  return letter({
    locale,
    subject: t("officers.returned_subject", { number }),
    paragraphs: [
      t("officers.returned_text", { subject }),
      t(`officers.returned_${about}`),
    ],
    closing: [t("officers.letter_queue", { url: `${baseUrl}/dpo` })],
    baseUrl,
  });
}
