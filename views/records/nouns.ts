/** Names of the kinds of records in addresses, rights and catalogues, and the icon of each. */
import type { Kind } from "../../db/record_kinds.ts";
import type { IconName } from "../ui/icon.tsx";
import { path } from "../path.ts";

export const nouns = {
  contact: "contacts",
  company: "companies",
  deal: "deals",
} as const satisfies Record<Kind, string>;

export type Noun = typeof nouns[Kind];

/** The addresses of the lists. */
export const bases = {
  contact: "/contacts",
  company: "/companies",
  deal: "/deals",
} as const satisfies Record<Kind, string>;

export const icons: Record<Kind, IconName> = {
  contact: "user",
  company: "building-2",
  deal: "handshake",
};

/** The address of a record's page. */
export const recordHref = (kind: Kind, id: string): string => bases[kind] + path`/${id}`;
