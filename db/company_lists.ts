/** The list of companies: a page of it, and their number. */
import type { Status } from "./contacts.ts";
import type { Cursor, Page } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { Filter } from "./record_filters.ts";
import * as counts from "./record_counts.ts";
import * as lists from "./record_lists.ts";
import type { Scope } from "./scope.ts";
import { named } from "./tag_changes.ts";

export interface CompanyRow {
  id: string;
  name: string;
  industry: string;
  customerNumber: string;
  status: Status;
  ownerId: string | null;
  lastTouchAt: Date;
  createdAt: Date;
  summary: lists.Summary;
}

/** A page of the companies that match the filter. */
export const list = (
  scope: Scope,
  filter: Filter,
  given: lists.Order,
  cursor: Cursor,
  size?: number,
): Promise<Page<CompanyRow>> =>
  lists.list(scope, "company", columns(scope), { filter, given, cursor, size });

/** The same page with its instants as text. */
export const listWritten = (
  scope: Scope,
  filter: Filter,
  given: lists.Order,
  cursor: Cursor,
  size: number,
): Promise<Page<lists.Written<CompanyRow>>> =>
  lists.list(scope, "company", columns(scope, scope.sql`::text`), { filter, given, cursor, size });

const columns = (scope: Scope, as: Fragment = scope.sql``) => {
  const { sql } = scope;
  return sql`
    p.id, p.name, p.industry, p.customer_number, p.status, p.owner_id,
      p.last_touch_at${as}, p.created_at${as},
      ${named(scope, "company", sql`p.summary`)} as summary`;
};

/** How many companies match the filter, at most one more than the limit that applies. */
export const count = (scope: Scope, filter: Filter): Promise<number> =>
  counts.count(scope, "company", filter);
