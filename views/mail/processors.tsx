/** Letters about processors: to the officer on evidence, to customers on changes. */
import type { Change } from "../../db/processor_changes.ts";
import type { Processor } from "../../db/processors.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { difference, introduction } from "../processors/words.ts";
import { type Letter, letter } from "./letter.tsx";

interface Parts {
  /** The officer. */
  name: string;
  /** The processor. */
  processor: string;
  baseUrl: string;
}

/** Asks the officer to look at a new piece of evidence. */
export function evidenceRequest(
  { name, processor, baseUrl, link, days }: Parts & { link: string; days: number },
): Letter {
  const t = translator("de");
  return letter({
    locale: "de",
    name,
    baseUrl,
    subject: t("processors.mail_request_subject", { processor }),
    paragraphs: [t("processors.mail_request_text", { processor })],
    action: { label: t("processors.mail_request_action"), url: link },
    closing: [t("processors.mail_request_closing", { count: days })],
  });
}

/** Tells the officer that a processor's evidence is about to grow too old. */
export function evidenceDue({ name, processor, baseUrl, end }: Parts & { end: string }): Letter {
  const t = translator("de");
  const date = formatter("de", new Date(`${end}T00:00:00Z`)).date(end);
  return letter({
    locale: "de",
    name,
    baseUrl,
    subject: t("processors.mail_due_subject", { processor }),
    paragraphs: [t("processors.mail_due_text", { processor, date })],
    action: { label: t("processors.mail_due_action"), url: `${baseUrl}/privacy/processors` },
  });
}

/**
 * Tells a customer's owner of a change before it takes effect, with what is needed to judge it (Art.
 * 28(2) GDPR): what changes, or who a new recipient is, what for and where.
 */
export function processorChange(
  { locale, name, change, processor, baseUrl, now }: {
    locale: Locale;
    name: string;
    change: Change;
    processor: Processor;
    baseUrl: string;
    now: Date;
  },
): Letter {
  const t = translator(locale);
  const format = formatter(locale, now);
  const date = format.date(change.takesEffectOn);
  const isNew = change.action === "enabled";
  const view = { t, locale, format };
  return letter({
    locale,
    name,
    baseUrl,
    subject: t("processors.mail_change_subject", { date }),
    paragraphs: [
      t(isNew ? "processors.mail_enabled_text" : "processors.mail_change_text", {
        processor: change.processorName,
        date,
      }),
      ...(isNew
        ? introduction(view, processor)
        : Object.entries(change.differences).map(([field, each]) => difference(view, field, each))),
      ...(change.reason ? [`${t("processors.reason")}: ${change.reason}`] : []),
    ],
    action: { label: t("processors.mail_change_action"), url: `${baseUrl}/settings/processors` },
    closing: [t("processors.mail_change_closing")],
  });
}

/** Tells a customer's owner that an announced change was withdrawn. */
export function processorWithdrawal(
  { locale, name, change, baseUrl, now }: {
    locale: Locale;
    name: string;
    change: Change;
    baseUrl: string;
    now: Date;
  },
): Letter {
  const t = translator(locale);
  const date = formatter(locale, now).date(change.takesEffectOn);
  const processor = change.processorName;
  return letter({
    locale,
    name,
    baseUrl,
    subject: t("processors.mail_withdrawn_subject", { processor }),
    paragraphs: [t("processors.mail_withdrawn_text", { processor, date })],
    action: { label: t("processors.mail_withdrawn_action"), url: `${baseUrl}/settings/processors` },
    closing: [t("processors.mail_change_closing")],
  });
}

/** Tells a customer's owner that its objection was answered; the answer itself stands in the app. */
export function objectionAnswered(
  { locale, name, change, baseUrl }: {
    locale: Locale;
    name: string;
    change: Change;
    baseUrl: string;
  },
): Letter {
  const t = translator(locale);
  const processor = change.processorName;
  return letter({
    locale,
    name,
    baseUrl,
    subject: t("processors.mail_answer_subject", { processor }),
    paragraphs: [t("processors.mail_answer_text", { processor })],
    action: { label: t("processors.mail_answer_action"), url: `${baseUrl}/settings/processors` },
    closing: [t("processors.mail_change_closing")],
  });
}

/** Tells the provider that a customer objects. */
export function objectionRaised({ change, baseUrl }: { change: Change; baseUrl: string }): Letter {
  const t = translator("de");
  const processor = change.processorName;
  return letter({
    locale: "de",
    baseUrl,
    subject: t("processors.mail_objection_subject", { processor }),
    paragraphs: [t("processors.mail_objection_text", { processor })],
    action: {
      label: t("processors.mail_objection_action"),
      url: `${baseUrl}/operator/processors/${change.processorId}`,
    },
  });
}
