/** Tells the officer that an order was carried out, and of what; never who the person is. */
import type { Facts } from "../../db/officer_confirmations.ts";
import type { Right } from "../../db/letters.ts";
import { formatter } from "../format.ts";
import { translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";
import { unnoted } from "./officers.tsx";

/** The confirmation, the same for links and replies, so that nobody can give orders unnoticed. */
export function officerConfirmation(
  {
    locale,
    number,
    action,
    by,
    right,
    provision,
    corrected,
    detail,
    due,
    canReply,
    unnotedAt,
    named,
    at,
    baseUrl,
  }:
    & Facts
    & { baseUrl: string },
): Letter {
  const t = translator(locale);
  const format = formatter(locale, at);
  const done = unnotedAt
    ? t("officers.done_approve_unnoted")
    : t(action === "corrected" ? "officers.corrected" : `officers.done_${action}`);
  const briefly = unnotedAt
    ? t("officers.confirmed_unnoted")
    : action === "rectify"
    ? t("officers.confirmed_rectify")
    : done;
  const what = right ? t(`officers.right_${right}`) : t("officers.letter_whole_case");
  const closing = canReply
    ? t("officers.confirmed_reply")
    : t("officers.confirmed_look", { url: `${baseUrl}/dpo` });
  return letter({
    locale,
    subject: right
      ? t("officers.confirmed_subject_item", { number, right: what, done: briefly })
      : t("officers.confirmed_subject", { number, done: briefly }),
    paragraphs: [
      t("officers.confirmed_text", { at: format.dateTime(at), done }),
      ...(unnotedAt ? unnoted(locale, number, baseUrl + unnotedAt) : []),
      ...(canReply && action === "approve" && right && lasting.includes(right)
        ? [t("officers.effects_later")]
        : []),
    ],
    lines: [
      t("officers.case", { number }),
      ...(corrected
        ? [t("officers.confirmed_right", {
          before: t(`officers.right_${corrected.before}`),
          after: corrected.after
            ? t(`officers.right_${corrected.after}`)
            : t("officers.confirmed_no_right"),
        })]
        : [t("officers.confirmed_about", { what })]),
      ...(action === "note" || action === "corrected"
        ? []
        : [t("officers.confirmed_action", { action: t(`officers.action_${action}`) })]),
      ...(named === null ? [] : [
        named === ""
          ? t("officers.confirmed_login")
          : t("officers.confirmed_record", { url: baseUrl + named }),
        t("officers.confirmed_answer"),
      ]),
      ...(detail && action === "lift"
        ? [t("officers.confirmed_end", { date: format.date(detail) })]
        : []),
      ...(detail && action === "transfer"
        ? [t("officers.confirmed_recipient", { name: detail })]
        : []),
      ...(provision ? [t("officers.confirmed_provision", { provision })] : []),
      t(`officers.confirmed_by_${by.way}_${by.role}`),
      typeof due === "string"
        ? t(`officers.confirmed_${due}`)
        : t("officers.confirmed_due", { date: format.date(due.day) }),
    ],
    closing: [closing],
    baseUrl,
  });
}

/** Rights of which something is left to order once they were approved. */
const lasting: readonly Right[] = ["restriction", "portability"];
