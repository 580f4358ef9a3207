/** The kinds of records known to lists, trash, tags, views and bulk changes. */

export type Kind = "contact" | "company" | "deal";

export const kinds: readonly Kind[] = ["contact", "company", "deal"];

/** The table of each kind; also its noun in URLs. */
export const tables = {
  contact: "contacts",
  company: "companies",
  deal: "deals",
} as const satisfies Record<Kind, string>;
