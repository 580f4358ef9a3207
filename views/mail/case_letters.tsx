/** Letters to the person who claimed rights. None says which data there are, or whether there are any. */
import type { Authority } from "../../db/authorities.ts";
import type { Content } from "../../db/certificates.ts";
import type { Reach } from "../../db/halts.ts";
import type { Right } from "../../db/letters.ts";
import { formatter } from "../format.ts";
import { isMessageKey, type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

/** What every such letter says of its case. */
export interface CaseFacts {
  locale: Locale;
  number: string;
  /** A calendar day. */
  receivedOn: string;
  controller: string;
  /** The controller's short name in addresses; null for the provider. */
  slug: string | null;
  /** Where the controller is, ISO 3166-1. */
  country: string;
  /** The officer's contact details; empty if none were given. */
  contact: string;
  baseUrl: string;
  now: Date;
}

/** Who answers questions about a letter, and where, if that is known. */
export const whoAnswers = (
  { locale, controller, contact }: Pick<CaseFacts, "locale" | "controller" | "contact">,
): string =>
  translator(locale)(contact ? "case_letters.closing" : "case_letters.closing_without_contact", {
    controller,
    contact,
  });

type Keys =
  | "answer"
  | "complaint"
  | "extension"
  | "forwarded"
  | "identity"
  | "partial"
  | "recipient"
  | "recipients"
  | "refusal"
  | "restriction"
  | "result"
  | "transfer";

/** A letter of a kind; `right`: of a case with several rights, the one that it is about. */
export function write(
  facts: CaseFacts,
  key: Keys,
  more: readonly string[],
  { date = "", right }: { date?: string; right?: Right } = {},
): Letter {
  const { locale, number, receivedOn, baseUrl, now } = facts;
  const t = translator(locale);
  const format = formatter(locale, now);
  return letter({
    locale,
    subject: t(`case_letters.${key}_subject`, {
      number,
      right: right ? t(`officers.right_${right}`) : "",
    }),
    paragraphs: [
      t(`case_letters.${key}_text`, {
        received: format.date(receivedOn),
        date: date && format.date(date),
      }),
      ...more,
    ],
    closing: [whoAnswers(facts)],
    ...{ baseUrl, sender: facts },
  });
}

/** Says until when, and why (Art. 12(3)); of a clock that `rests`, that the day moves. */
export function extensionLetter(
  facts: CaseFacts,
  reason: string,
  until: string,
  rests: boolean,
): Letter {
  const t = translator(facts.locale);
  const more = [t("case_letters.reason", { reason })];
  if (rests) more.push(t("case_letters.extension_rests"));
  return write(facts, "extension", more, { date: until });
}

/** Asks for proof by the mildest means (Art. 12(6)); `address` is the controller's, empty if unknown. */
export function identityLetter(
  facts: CaseFacts,
  { reason, login, address }: { reason: string; login: boolean; address: string },
): Letter {
  const { locale, controller } = facts;
  const t = translator(locale);
  return write(facts, "identity", [
    t("case_letters.reason", { reason }),
    t(login ? "case_letters.identity_options_login" : "case_letters.identity_options"),
    ...(address ? [t("case_letters.identity_address", { controller, address })] : []),
    t("case_letters.identity_no_copy"),
  ]);
}

/**
 * Refuses, or says that somebody else is responsible (Art. 12(4)), with reason, authority and the way
 * to court; a refusal also names its provision.
 */
export function refusalLetter(
  facts: CaseFacts,
  { key = "refusal", right, reason, paragraph, authorities }: {
    key?: "refusal" | "forwarded";
    right: Right;
    reason: string;
    paragraph: string;
    authorities: readonly Authority[];
  },
): Letter {
  const t = translator(facts.locale);
  return write(facts, key, [
    t(`case_letters.${key}_item`, { right: t(`officers.right_${right}`) }),
    t("case_letters.reason", { reason }),
    ...(key === "refusal" ? [t("case_letters.paragraph", { paragraph })] : []),
    ...authorityLines(facts, authorities),
    courtOf(facts),
  ], { right });
}

/** The way to court; the German act says where, of controllers there. */
const courtOf = ({ locale, country }: CaseFacts): string =>
  translator(locale)(country === "DE" ? "case_letters.court" : "case_letters.court_abroad");

/**
 * Where to complain, in every refusal too. Where nobody said in which Land the controller sits, none of
 * sixteen is claimed to be competent.
 */
function authorityLines({ locale, baseUrl }: CaseFacts, authorities: readonly Authority[]) {
  const t = translator(locale);
  const [own, ...others] = authorities;
  if (!own || others.length > 0) {
    return [
      t("case_letters.authority_any"),
      t("case_letters.complaint_page", { url: pageOf(baseUrl) }),
    ];
  }
  const { name, address, form } = own;
  return [
    t("case_letters.authority_intro"),
    t("case_letters.authority", { name, address }),
    ...(form ? [t("case_letters.authority_form", { url: form })] : []),
  ];
}

const pageOf = (baseUrl: string): string => `${baseUrl}/privacy/complaint`;

/** Tells a recipient that something became of data it had from us; whose they are it learns by asking. */
export function recipientLetter(facts: CaseFacts, right: Right): Letter {
  const t = translator(facts.locale);
  return write(facts, "recipient", [
    t("case_letters.recipient_right", { right: t(`officers.right_${right}`) }),
    t("case_letters.recipient_ask", {
      number: facts.number,
      contact: facts.contact || facts.controller,
    }),
  ]);
}

/** Names the recipients who were notified (Art. 19, second sentence). */
export function recipientsLetter(facts: CaseFacts, recipients: readonly string[]): Letter {
  const none = translator(facts.locale)("case_letters.recipients_none");
  const named = recipients.map((each) => `– ${each}`);
  return write(facts, "recipients", named.length > 0 ? named : [none]);
}

/** Names the controllers that have got the data on the person's wish (Art. 20(2)). */
export function transferLetter(
  facts: CaseFacts,
  done: readonly { recipient: string; at: Date }[],
): Letter {
  const { date } = formatter(facts.locale, facts.now);
  return write(facts, "transfer", done.map(({ recipient, at }) => `– ${recipient}, ${date(at)}`));
}

/** Says how far a right was carried out (Art. 12(3)); not what was there to carry it out on. */
export function resultLetter(
  facts: CaseFacts,
  { right, status, login, barred, erased = false, reach = null }: {
    right: Right;
    status: string;
    login: boolean;
    /** Whether the same request had the person erased. */
    erased?: boolean;
    /** What an objection reached beyond advertising. */
    reach?: Reach;
    /** Whether the request gave an address, which an objection bars, whoever it belongs to. */
    barred: boolean;
  },
  authorities: readonly Authority[],
): Letter {
  const t = translator(facts.locale);
  const [complaint, court] = [authorityLines(facts, authorities), courtOf(facts)];
  if (right === "complaint") {
    return write(facts, "complaint", [
      ...complaint,
      ...(authorities.length === 1
        ? [t("case_letters.complaint_page", { url: pageOf(facts.baseUrl) })]
        : []),
      court,
    ]);
  }
  if (right === "decision") {
    return write(facts, "answer", [
      t("case_letters.result_decision"),
      t("case_letters.result_decision_review"),
      ...complaint,
      court,
    ], { right });
  }
  const what = login && (right === "objection" || right === "restriction")
    ? [t(`case_letters.result_${right}_login`)]
    : right === "objection" || right === "withdrawal" || right === "restriction" ||
        right === "rectification"
    ? [t(`case_letters.result_${right}`)]
    : [];
  if (status === "no_data") {
    const none = erased ? "gone" : right === "withdrawal" ? "no_consent" : "no_data";
    return write(facts, "answer", [
      t(`case_letters.result_${none}`, { right: t(`officers.right_${right}`) }),
      ...(barred && !login && (right === "objection" || right === "withdrawal")
        ? [t("case_letters.result_barred")]
        : []),
      ...complaint,
      court,
    ], { right });
  }
  // Logs of the access, or what rests on no interest, go on: so far the objection is refused.
  const partly = right === "objection" && (login || reach === "nothing");
  const key = partly ? "partial" : "result";
  return write(facts, key, [
    t(`case_letters.${key}_item`, { right: t(`officers.right_${right}`) }),
    ...what,
    ...(reach ? [t(`case_letters.result_objection_${reach}`)] : []),
    ...(partly ? [...complaint, court] : []),
  ], { right });
}

/**
 * What became of an erasure, with its certificate `attached` or not; null where there was nobody to
 * erase. What the law keeps is refused so far, and who was not found may see it otherwise: both
 * letters say where to complain (Art. 12(4)).
 */
export function erasureLetter(
  facts: CaseFacts,
  content: Content | null,
  authorities: readonly Authority[],
  { login = false, attached = false }: { login?: boolean; attached?: boolean } = {},
): Letter {
  const { locale, now, baseUrl } = facts;
  const t = translator(locale);
  const format = formatter(locale, now);
  const right = "erasure";
  const remedies = [...authorityLines(facts, authorities), courtOf(facts)];
  if (!content) {
    return write(facts, "answer", [t("case_letters.result_erased_nobody"), ...remedies], { right });
  }
  const backups = content.stores.find(({ emptyOn }) => emptyOn);
  const partly = content.kept.length > 0;
  return write(facts, partly ? "partial" : "result", [
    t(partly ? "case_letters.partial_erased" : "case_letters.result_erased"),
    ...content.kept.map(({ name, count, basis, until }) => {
      const word = `certificates.kept_${name}`;
      return t("case_letters.result_erased_kept", {
        name: isMessageKey(word) ? t(word) : name,
        count,
        basis,
        until: until ? format.date(until) : "",
      });
    }),
    ...(login ? [] : [t("case_letters.result_erased_mentions")]),
    t("case_letters.result_erased_evidence"),
    ...(backups
      ? [
        t(login ? "case_letters.result_erased_login" : "case_letters.result_erased_backups", {
          date: format.date(backups.emptyOn!),
        }),
      ]
      : []),
    t(attached ? "case_letters.result_erased_attached" : "case_letters.result_erased_certificate", {
      url: `${baseUrl}/certificates/verification`,
    }),
    ...(partly ? remedies : []),
  ], { right });
}
