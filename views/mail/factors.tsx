/** Letters about second factors and new devices. */
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

interface Person {
  locale: Locale;
  name: string;
  baseUrl: string;
}

/** The notice that one's factors were changed. */
export function factorsChanged(person: Person): Letter {
  const t = translator(person.locale);
  return letter({
    ...person,
    subject: t("mails.factors_changed_subject"),
    paragraphs: [t("mails.factors_changed_text")],
    action: { label: t("mails.factors_action"), url: `${person.baseUrl}/account/factors` },
    closing: [t("mails.factors_changed_closing")],
  });
}

/** The notice that the tenant's admins took them away. */
export function factorsReset(person: Person & { tenant: string }): Letter {
  const t = translator(person.locale);
  return letter({
    ...person,
    subject: t("mails.factors_reset_subject"),
    paragraphs: [t("mails.factors_reset_text", { tenant: person.tenant })],
    action: { label: t("mails.factors_action"), url: `${person.baseUrl}/account/factors` },
    closing: [t("mails.factors_reset_closing")],
  });
}

/** The notice that they do not hold in a further tenant, whom another's provider let set them up. */
export function factorsEnded(person: Person & { tenant: string }): Letter {
  const t = translator(person.locale);
  return letter({
    ...person,
    subject: t("mails.factors_ended_subject"),
    paragraphs: [t("mails.factors_ended_text", { tenant: person.tenant })],
    action: { label: t("mails.factors_action"), url: `${person.baseUrl}/account/factors` },
    closing: [t("mails.factors_ended_closing")],
  });
}

/** The notice of a sign-in from a new place. */
export function newDevice(person: Person & { device: string; when: string }): Letter {
  const t = translator(person.locale);
  const { device, when } = person;
  return letter({
    ...person,
    subject: t("mails.new_device_subject"),
    paragraphs: [t("mails.new_device_text", { device, when })],
    action: { label: t("mails.new_device_action"), url: `${person.baseUrl}/account` },
    closing: [t("mails.new_device_closing")],
  });
}

/** The question to a postmaster whether a tenant's provider may sign in people of the domain. */
export function domainLink(
  { domain, tenant, link, ...person }: Person & { domain: string; tenant: string; link: string },
): Letter {
  const t = translator(person.locale);
  return letter({
    ...person,
    subject: t("mails.sign_in_domain_subject", { domain }),
    paragraphs: [t("mails.sign_in_domain_text", { domain, tenant })],
    action: { label: t("mails.sign_in_domain_action"), url: link },
    closing: [t("mails.sign_in_domain_closing")],
  });
}
