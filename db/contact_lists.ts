/** The list of persons: a page of it, and how many there are. */
import type { Status } from "./contacts.ts";
import type { Cursor, Page } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { Filter } from "./record_filters.ts";
import * as lists from "./record_lists.ts";
import type { Scope } from "./scope.ts";
import { summary } from "./sights.ts";
import { named } from "./tag_changes.ts";

export interface ContactRow {
  id: string;
  title: string;
  firstName: string;
  namePrefix: string;
  lastName: string;
  nameSuffix: string;
  status: Status;
  ownerId: string | null;
  lastTouchAt: Date;
  createdAt: Date;
  summary: lists.Summary;
}

/** One page of the persons that the filter lets through. */
export const list = (
  scope: Scope,
  filter: Filter,
  given: lists.Order,
  cursor: Cursor,
  size?: number,
): Promise<Page<ContactRow>> =>
  lists.list(scope, "contact", columns(scope), { filter, given, cursor, size });

/** The same page; a search tells with it how many hits there are, where that takes no question of its own. */
export const listCounted = (
  scope: Scope,
  filter: Filter,
  given: lists.Order,
  cursor: Cursor,
): Promise<Page<ContactRow>> =>
  lists.list(scope, "contact", columns(scope), { filter, given, cursor, counted: true });

/** The same page with its instants as text. */
export const listWritten = (
  scope: Scope,
  filter: Filter,
  given: lists.Order,
  cursor: Cursor,
  size: number,
): Promise<Page<lists.Written<ContactRow>>> =>
  lists.list(scope, "contact", columns(scope, scope.sql`::text`), { filter, given, cursor, size });

const columns = (scope: Scope, as: Fragment = scope.sql``) =>
  scope.sql`
    p.id, p.title, p.first_name, p.name_prefix, p.last_name, p.name_suffix, p.status,
      p.owner_id, p.last_touch_at${as}, p.created_at${as},
      ${named(scope, "contact", summary(scope, "p"))} as summary`;

/** How many persons the filter lets through, at most one more than the bound that applies. */
export const count = (scope: Scope, filter: Filter): Promise<number> =>
  lists.count(scope, "contact", filter);
