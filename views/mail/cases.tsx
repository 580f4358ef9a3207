/** Letters to people who exercise rights; never a word on whether there are data. */
import type { Right } from "../../db/letters.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { requestPath } from "../requests/paths.ts";
import { type Letter, letter } from "./letter.tsx";

interface Parts {
  locale: Locale;
  /** Who answers. */
  controller: string;
  /** The officer's address; empty if none was given. */
  contact: string;
  /** The controller's short name in addresses; null for the provider. */
  slug: string | null;
  request: { number: string; receivedOn: string; dueOn: string };
  baseUrl: string;
  now: Date;
}

interface Confirming extends Parts {
  confirmation: { token: string; code: string } | null;
}

/** The request has arrived: number, days, whom to ask; with a confirmation also how to give it. */
export function caseReceipt(
  { rights, confirmation, authority, ...parts }: Confirming & {
    rights: readonly Right[];
    /** Whether an authority wrote, to which none of the periods for persons apply. */
    authority: boolean;
  },
): Letter {
  const { locale, controller, contact, request, baseUrl, now } = parts;
  const url = urlOf(parts);
  const t = translator(locale);
  const { date } = formatter(locale, now);
  const contacts = contact === "" ? [] : [t("mails.case_contact", { contact })];
  if (authority) {
    const { number, receivedOn } = request;
    return letter({
      locale,
      baseUrl,
      subject: t("mails.case_receipt_authority_subject", { number }),
      paragraphs: [
        t("mails.case_receipt_authority", { controller, number, day: date(receivedOn) }),
      ],
      closing: contacts,
    });
  }
  return letter({
    locale,
    baseUrl,
    subject: t("mails.case_receipt_subject", { number: request.number }),
    paragraphs: [
      t("mails.case_receipt_text", {
        controller,
        number: request.number,
        day: date(request.receivedOn),
      }),
      ...(rights.length > 0
        ? [t("mails.case_receipt_rights", {
          rights: rights.map((right) => t(`officers.right_${right}`)).join(", "),
        })]
        : []),
      t("mails.case_receipt_due", { day: date(request.dueOn) }),
      ...(confirmation ? [t("mails.case_confirm_text")] : []),
    ],
    action: confirmation
      ? {
        label: t("mails.case_confirm_action"),
        url: `${urlOf(parts)}/confirmations/${confirmation.token}`,
      }
      : { label: t("mails.case_status_action"), url },
    closing: [
      ...(confirmation ? codeWords(parts, confirmation.code) : []),
      ...contacts,
      t("mails.case_no_copy"),
    ],
    sender: parts,
  });
}

/** A new link and code. */
export function caseCode(
  { confirmation, ...parts }: Parts & { confirmation: { token: string; code: string } },
): Letter {
  const { locale, request, baseUrl } = parts;
  const t = translator(locale);
  return letter({
    locale,
    baseUrl,
    subject: t("mails.case_code_subject", { number: request.number }),
    paragraphs: [t("mails.case_code_text")],
    action: {
      label: t("mails.case_confirm_action"),
      url: `${urlOf(parts)}/confirmations/${confirmation.token}`,
    },
    closing: codeWords(parts, confirmation.code),
    sender: parts,
  });
}

/** The log-in is erased; the last mail to this address. */
export function accountErased(
  { locale, number, baseUrl }: { locale: Locale; number: string; baseUrl: string },
): Letter {
  const t = translator(locale);
  return letter({
    locale,
    baseUrl,
    subject: t("mails.account_erased_subject", { number }),
    paragraphs: [t("mails.account_erased_text")],
  });
}

/** The request's status page. */
const urlOf = ({ baseUrl, slug, request }: Parts) => baseUrl + requestPath(slug, request.number);

const codeWords = (parts: Parts, code: string): string[] => [
  translator(parts.locale)("mails.case_code", {
    code: `${code.slice(0, 4)}-${code.slice(4)}`,
    url: urlOf(parts),
  }),
];
