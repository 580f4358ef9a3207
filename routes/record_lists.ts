/** What the page of a list of records shows, read in as few round trips as possible. */
import * as choices from "../db/choices.ts";
import * as companies from "../db/companies.ts";
import type { Cursor, Page } from "../db/pages.ts";
import type { Filter } from "../db/record_filters.ts";
import type { Kind } from "../db/record_kinds.ts";
import { searchBound, typedBound } from "../db/record_counts.ts";
import type { Order } from "../db/record_lists.ts";
import type { Scope } from "../db/scope.ts";
import type { Listed } from "../views/records/index.tsx";
import { customCells } from "./custom_cells.ts";
import { asked, isReadAtOnce, opening, pageAt, totalOf } from "./lists.ts";
import { type Ctx, isPartial } from "./web.tsx";

/** How a kind of records is listed and counted. */
interface Lists<Row> {
  list: (scope: Scope, filter: Filter, order: Order, cursor: Cursor) => Promise<Page<Row>>;
  /** The same, for kinds whose searches can count how many hits there are beside the page. */
  listCounted?: (
    ...page: [...Parameters<Lists<Row>["list"]>, counted: number]
  ) => Promise<Page<Row>>;
  count: (scope: Scope, filter: Filter) => Promise<number>;
}

/**
 * What the address asks for, with what `more` reads beside it; the way to the person's usual view where
 * it asks for nothing.
 */
export async function listed<Row extends { id: string }, More>(
  c: Ctx,
  kind: Kind,
  lists: Lists<Row>,
  more: (filter: Filter) => Promise<More>,
): Promise<Response | [Listed<Row>, More]> {
  const [scope, view] = [c.get("scope"), c.get("view")];
  const { cursor, ...wanted } = asked(c, kind);
  const { filter, order } = wanted;
  const once = isReadAtOnce(c, kind, wanted, cursor);
  const { list, listCounted } = lists;
  const most = isPartial(c) ? typedBound : searchBound;
  const asks = Promise.all([
    pageAt(
      cursor,
      (at) =>
        listCounted ? listCounted(scope, filter, order, at, most) : list(scope, filter, order, at),
    ),
    choices.listWithViews(scope, kind),
    once && filter.q === "" ? lists.count(scope, filter) : null,
    filter.company ? companies.lookupName(scope, filter.company) : null,
    more(filter),
  ]);
  if (once) scope.conclude();
  const [page, offered, counted, companyName, beside] = await asks;
  const usual = opening(c, offered.views);
  if (usual) return c.redirect(usual, 303);
  const total = await totalOf(page, filter, most, () => counted ?? lists.count(scope, filter));
  const cells = await customCells(scope, kind, page.rows, wanted);
  const { views } = offered;
  const shown = { view, page, total, asked: wanted, choices: offered, views, cells, companyName };
  return [shown, beside];
}
