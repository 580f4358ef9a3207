/** Pages and actions that search and palette offer besides records. */
import type { Action } from "../db/roles.ts";
import { topics } from "./help/topics.ts";
import type { MessageKey } from "./i18n/translate.ts";
import { path } from "./path.ts";
import type { View } from "./view.ts";

export interface Destination {
  href: string;
  label: MessageKey;
  /** Who may; everybody who is signed in where it is left out. */
  action?: Action;
  /** What it is found by beside its name. */
  words?: MessageKey;
  /** What it is a part of. */
  part?: MessageKey;
}

/** The pages of daily work, linked in the header for users who may open them. */
export const sections: readonly (Destination & { action: Action })[] = [
  { href: "/start", label: "start.title", action: "contacts.read" },
  { href: "/contacts", label: "layout.contacts", action: "contacts.read" },
  { href: "/companies", label: "layout.companies", action: "companies.read" },
  { href: "/deals/board", label: "deals.title", action: "deals.read" },
  { href: "/activities", label: "activities.title", action: "activities.read" },
  { href: "/inbox", label: "inbox.title", action: "mail.read" },
];

/** What is needed now and then: in the menu of the person. */
export const tools: readonly (Destination & { action: Action })[] = [
  { href: "/reports", label: "reports.title", action: "deals.read", words: "reports.words" },
  { href: "/imports", label: "layout.imports", action: "imports.run" },
  { href: "/exports", label: "layout.exports", action: "exports.run" },
  { href: "/duplicates", label: "duplicates.title", action: "contacts.write" },
  { href: "/trash", label: "layout.trash", action: "trash.restore" },
  { href: "/settings", label: "layout.settings", action: "settings.manage" },
];

const all: readonly Destination[] = [
  { href: "/contacts/new", label: "contacts.new", action: "contacts.write" },
  { href: "/companies/new", label: "companies.new", action: "companies.write" },
  { href: "/deals/new", label: "deals.new", action: "deals.write" },
  { href: "/messages/new", label: "outgoing.new", action: "mail.send" },
  { href: "/activities/new", label: "activities.new", action: "activities.write" },
  { href: "/imports/new", label: "common.import", action: "imports.run" },
  ...sections,
  ...tools,
  { href: "/messages", label: "outgoing.title", action: "mail.read" },
  { href: "/deals", label: "deals.list", action: "deals.read", part: "deals.title" },
  { href: "/offers", label: "offers.title", action: "offers.read" },
  { href: "/products", label: "products.title", action: "deals.read" },
  { href: "/tasks", label: "activities.tasks", action: "activities.read" },
  { href: "/activities/calendar", label: "calendars.title", action: "activities.read" },
  { href: "/tags", label: "common.tags", action: "contacts.read" },
  { href: "/settings/team", label: "team.title", action: "contacts.read", part: "layout.settings" },
  { href: "/settings/teams", label: "teams.title", action: "users.manage" },
  { href: "/settings/sight", label: "sights.title", action: "users.manage" },
  { href: "/settings/mailboxes", label: "mailboxes.title", action: "mail_accounts.manage" },
  { href: "/settings/pipelines", label: "pipelines.title", action: "pipelines.manage" },
  { href: "/settings/lost-reasons", label: "pipelines.reasons", action: "pipelines.manage" },
  {
    href: "/settings/letter-templates",
    label: "letters.templates",
    action: "letter_templates.manage",
  },
  { href: "/settings/offers", label: "offers.settings", action: "offers.manage" },
  { href: "/settings/letterhead", label: "offers.letterhead", action: "offers.manage" },
  { href: "/settings/mail-templates", label: "mail_templates.title", action: "mail.send" },
  { href: "/notifications", label: "notifications.title" },
  { href: "/account", label: "layout.account" },
  { href: "/account/mail", label: "mail_accounts.title", action: "mail_accounts.manage" },
  { href: "/help", label: "help.title" },
  { href: "/keys", label: "keys.title" },
];

/** Only offered once something is typed; otherwise they would bury the rest. */
const helpPages: readonly Destination[] = topics.map((topic) => ({
  href: path`/help/${topic}`,
  label: `help.topic_${topic}`,
  words: `help.words_${topic}`,
  part: "help.title",
}));

const plain = (text: string) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss");

/** Those that every word asked for fits; without a question all but the help's single pages. */
export function destinations(view: View, q: string): Destination[] {
  const { t } = view;
  const words = plain(q).split(/\s+/).filter(Boolean);
  const asked = words.length === 0 ? all : [...all, ...helpPages];
  return asked.filter(({ label, action, words: more, part }) => {
    if (action && !view.can(action)) return false;
    const said = plain([label, more, part].map((key) => key ? t(key) : "").join(" "));
    return words.every((word) => said.includes(word));
  });
}

/** Whether a page or action is asked for by name: then it comes before all records. */
export const isNamed = ({ t }: View, q: string, { label, part }: Destination): boolean =>
  q.length > 1 && part !== "help.title" && plain(t(label)).startsWith(plain(q));
