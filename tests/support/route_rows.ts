/** The words in which the sitemap says who may ask what. */
import type { Fields } from "./app.ts";
import type { Person } from "./cast.ts";
import type { Kind } from "./stock.ts";

/** Whom a route lets in. */
export type Access =
  /** Everybody, signed in or not. */
  | "public"
  /** Whoever is signed in, with a tenant or without. */
  | "signed in"
  /** Every user of a tenant. */
  | "reader"
  | "writer"
  | "admin"
  | "operator"
  /** Programs with a token; whom it lets in stands in tests/api_rights_test.ts. */
  | "token";

/** What an answer means, whatever it shows. */
export type Outcome = "passed" | "log in" | "choose" | "forbidden" | "missing" | "no token";

/** Who asks, in this order: alice owns the records in question, charlie another house. */
export const people = ["visitor", "operator", "vera", "charlie", "bob", "alice"] as const;

export interface Row {
  access: Access;
  /** What `:id` stands for. Records of others are missing, not forbidden. */
  id?: Kind;
  /** Only the person whose it is: sessions belong to an identity, not to a tenant. */
  own?: true;
  /** The deed is about what the house has, although no identifier names it. */
  stocked?: true;
  /** What is posted, where a deed looks at that before it looks at the record. */
  fields?: (who: Person) => Fields;
  except?: Partial<Record<typeof people[number], Outcome>>;
}
