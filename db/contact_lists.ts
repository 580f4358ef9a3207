/** The list of persons: a page of it, and their number. */
import type { Status } from "./contacts.ts";
import type { Cursor, Page } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { Filter } from "./record_filters.ts";
import * as counts from "./record_counts.ts";
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

/** A page of the persons that match the filter. */
export const list = (
  scope: Scope,
  filter: Filter,
  given: lists.Order,
  cursor: Cursor,
  size?: number,
): Promise<Page<ContactRow>> =>
  lists.list(scope, "contact", columns(scope), { filter, given, cursor, size });

/** The same page; a search also returns its hits, counted up to `counted`, if that needs no query. */
export const listCounted = (
  scope: Scope,
  filter: Filter,
  given: lists.Order,
  cursor: Cursor,
  counted: number = counts.searchBound,
): Promise<Page<ContactRow>> =>
  lists.list(scope, "contact", columns(scope), { filter, given, cursor, counted });

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

/** How many persons match the filter, at most one more than the limit that applies. */
export const count = (scope: Scope, filter: Filter): Promise<number> =>
  counts.count(scope, "contact", filter);
