/** Letters to the data protection officer about evidence of processors. */
import { formatter } from "../format.ts";
import { translator } from "../i18n/translate.ts";
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
