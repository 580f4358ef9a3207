/** The kinds of records that lists, trash, tags, views and changes of many know. */

export type Kind = "contact" | "company" | "deal";

export const kinds: readonly Kind[] = ["contact", "company", "deal"];

/** The table of each kind; its noun in addresses, too. */
export const tables = {
  contact: "contacts",
  company: "companies",
  deal: "deals",
} as const satisfies Record<Kind, string>;
