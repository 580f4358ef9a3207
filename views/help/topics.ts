/** The topics of the help, and which page belongs to which. */

/** In the order of the table of contents. */
export const topics = [
  "contacts",
  "imports",
  "deals",
  "offers",
  "activities",
  "mail",
  "duplicates",
  "requests",
  "privacy",
  "settings",
  "api",
  "backups",
] as const;

export type Topic = typeof topics[number];

/** A topic as it is written down, in one language. */
export interface HelpText {
  /** What it is for, in a sentence. */
  lead: string;
  /** What the picture shows, for those who do not see it; left out, there is no picture. */
  picture?: string;
  parts: readonly HelpPart[];
}

/**
 * A question and its answer: sentences, then steps. `[noun.key]` stands for a word of the pages, as
 * it is there; followed by `(/address)` it leads to that page. `` `code` `` is typed.
 */
export interface HelpPart {
  title: string;
  text?: string;
  steps?: readonly string[];
}

export const isTopic = (text: string): text is Topic =>
  (topics as readonly string[]).includes(text);

/** Beginnings of addresses; the longest one that fits decides. */
const places: Record<Topic, readonly string[]> = {
  contacts: ["/contacts", "/companies", "/tags", "/views", "/search", "/settings/fields"],
  imports: ["/imports", "/exports", "/bulk-changes"],
  deals: [
    "/deals",
    "/reports",
    "/settings/pipelines",
    "/settings/stages",
    "/settings/lost-reasons",
  ],
  offers: [
    "/offers",
    "/products",
    "/letters",
    "/settings/letter-templates",
    "/settings/letterhead",
    "/settings/offers",
  ],
  activities: ["/start", "/activities", "/tasks", "/notifications"],
  mail: ["/inbox", "/messages", "/account/mail", "/settings/mailboxes", "/settings/mail-templates"],
  duplicates: ["/duplicates", "/merges", "/trash"],
  requests: ["/settings/requests", "/settings/transfers", "/dpo"],
  privacy: [
    "/me/privacy",
    "/settings/retention",
    "/settings/agreement",
    "/settings/processors",
    "/settings/officer",
    "/settings/contract",
    "/settings/certificates",
    "/settings/forms",
  ],
  settings: ["/settings", "/account", "/tenants", "/samples"],
  api: ["/api", "/settings/api", "/settings/webhooks", "/account/tokens"],
  backups: ["/operator"],
};

const byLength = topics.flatMap((topic) => places[topic].map((place) => ({ topic, place })))
  .sort((a, b) => b.place.length - a.place.length);

/** The topic of the page at an address, or null. */
export function topicOf(address: string): Topic | null {
  const path = address.split("?", 1)[0]!;
  const record = /^\/(contacts|companies|deals)\/[^/]+\/(access|retention|offers|items)/.exec(path);
  if (record) return recordPages[record[2]!]!;
  return byLength.find(({ place }) => path === place || path.startsWith(`${place}/`))?.topic ??
    null;
}

const recordPages: Record<string, Topic> = {
  access: "requests",
  retention: "privacy",
  offers: "offers",
  items: "offers",
};
