/** Letters about passwords. */
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

interface Person {
  locale: Locale;
  name: string;
  baseUrl: string;
}

/** The link to choose a new password. */
export function passwordReset({ link, ...person }: Person & { link: string }): Letter {
  const t = translator(person.locale);
  return letter({
    ...person,
    subject: t("mails.password_reset_subject"),
    paragraphs: [t("mails.password_reset_text")],
    action: { label: t("mails.password_reset_action"), url: link },
    closing: [t("mails.password_reset_closing")],
  });
}

/** Instead of a link, to people who can only sign in through their tenant's provider. */
export function otherWayIn(person: Person): Letter {
  const t = translator(person.locale);
  return letter({
    ...person,
    subject: t("mails.password_reset_subject"),
    paragraphs: [t("mails.other_way_in_text")],
    action: { label: t("single_sign_on.title"), url: `${person.baseUrl}/login/single-sign-on` },
  });
}

/** The notice that the password was changed. */
export function passwordChanged(person: Person): Letter {
  const t = translator(person.locale);
  return letter({
    ...person,
    subject: t("mails.password_changed_subject"),
    paragraphs: [t("mails.password_changed_text")],
    action: { label: t("mails.password_reset_action"), url: `${person.baseUrl}/passwords/new` },
  });
}
