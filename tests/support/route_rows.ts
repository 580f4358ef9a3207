/** The terms in which the table of routes says who may request what. */
import type { Fields } from "./app.ts";
import type { Person } from "./cast.ts";
import type { Kind } from "./stock.ts";

/** Who may use a route. */
export type Access =
  /** Everybody, logged in or not. */
  | "public"
  /** Anybody logged in, with a tenant or without. */
  | "signed in"
  /** Every user of a tenant. */
  | "reader"
  | "writer"
  | "admin"
  | "operator"
  /** Programs with a token; tests/api_rights_test.ts says which are admitted. */
  | "token";

/** The meaning of an answer, whatever it shows. */
export type Outcome = "passed" | "log in" | "choose" | "forbidden" | "missing" | "no token";

/**
 * Who makes the request, in this order: alice owns the records concerned, charlie another tenant.
 */
export const people = ["visitor", "operator", "vera", "charlie", "bob", "alice"] as const;

export interface Row {
  access: Access;
  /** What `:id` means. Records of others are missing, not forbidden. */
  id?: Kind;
  /** Only for the person it belongs to: sessions belong to an identity, not to a tenant. */
  own?: true;
  /** The action concerns the tenant's data, although no identifier names any. */
  stocked?: true;
  /** What is posted, if the action checks that before it looks for the record. */
  fields?: (who: Person) => Fields;
  except?: Partial<Record<typeof people[number], Outcome>>;
}
