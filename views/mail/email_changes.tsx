/** Letters about a new e-mail address: the new one confirms, the old one is notified. */
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

interface Person {
  locale: Locale;
  name: string;
  baseUrl: string;
}

/** To the new address: the link that confirms it. */
export function emailChange({ link, ...person }: Person & { link: string }): Letter {
  const t = translator(person.locale);
  return letter({
    ...person,
    subject: t("mails.email_change_subject"),
    paragraphs: [t("mails.email_change_text")],
    action: { label: t("mails.email_change_action"), url: link },
    closing: [t("mails.email_change_closing")],
  });
}

/** To the old address, as soon as a change is asked for. The new address is not revealed. */
export function emailChanged(person: Person): Letter {
  const t = translator(person.locale);
  return letter({
    ...person,
    subject: t("mails.email_changed_subject"),
    paragraphs: [t("mails.email_changed_text")],
    action: { label: t("mails.password_reset_action"), url: `${person.baseUrl}/passwords/new` },
    closing: [t("mails.email_changed_closing")],
  });
}
