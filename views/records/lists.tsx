/** What the lists of records share: their address, the order, the count, the pager. */
import type { Order, OwnSort, Sort } from "../../db/record_lists.ts";
import type { Page } from "../../db/pages.ts";
import type { Empty, Filter } from "../../db/record_filters.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { customParameters } from "./custom_filters.tsx";
import { query } from "../path.ts";
import { nouns } from "./nouns.ts";
import { Menu, MenuLink } from "../ui/menu.tsx";
import { Pager } from "../ui/pager.tsx";
import type { Sorting } from "../ui/table.tsx";
import type { View } from "../view.ts";

/** How a list is asked for; what a page of it links to keeps all of it but the place. */
export interface Asked {
  filter: Filter;
  order: Order;
  /** The chosen columns in order; null if none were chosen. */
  columns: readonly string[] | null;
  /** The kept view that was opened, `all` for none of them, null where none was named. */
  view: string | null;
  /** Whether the address names a field that is hidden from the role: that part is left out. */
  narrowed?: true;
}

/** How many there are: exact, or more than a bound. Null when all are in sight. */
export interface Total {
  count: number;
  bound: number;
}

/** What each kind of list can be sorted by. */
export const sorts: Record<Kind, readonly OwnSort[]> = {
  contact: ["name", "touch", "created"],
  company: ["name", "touch", "created"],
  deal: ["name", "touch", "created", "amount", "close"],
};
/** What lists of deals show, sort by and miss of fields that can be hidden. */
const bound: Readonly<Record<string, string>> = { amount: "amount", close: "expectedCloseOn" };

/** Whether the role sees what a column, an order or a gap of a list is about. */
export const inSight = (view: View, kind: Kind, key: string): boolean =>
  kind !== "deal" || bound[key] === undefined || view.shows(kind, bound[key]);

/** The default direction of each sort order. */
const directions: Record<OwnSort, "asc" | "desc"> = {
  name: "asc",
  touch: "desc",
  created: "desc",
  amount: "desc",
  close: "asc",
};

/** The default direction of this sort order; custom fields ascend. */
export const usualDirection = (sort: Sort): "asc" | "desc" => directions[sort as OwnSort] ?? "asc";

/** What the records of each list may lack. */
export const lacks: Record<Kind, readonly Empty[]> = {
  contact: ["email", "phone", "address", "company", "owner", "activity", "notice", "exception"],
  company: ["email", "phone", "address", "owner", "activity"],
  deal: ["company", "amount", "close", "owner", "activity"],
};

/** Cents as written in an address, independent of the language. */
const plainAmount = (cents: number | undefined): string | null =>
  cents === undefined ? null : (cents / 100).toFixed(2);

/** The parameters of a list's address, those that say something only. */
export function listParameters(
  { filter, order, columns, view }: Asked,
): Record<string, string | null> {
  const usual = usualDirection(order.sort) === "desc";
  return {
    view,
    q: filter.q,
    status: filter.status,
    tag: filter.tag,
    owner: filter.owner,
    company: filter.company,
    place: filter.place ?? null,
    firm: filter.firm ?? null,
    source: filter.source ?? null,
    basis: filter.basis ?? null,
    created_from: filter.createdFrom ?? null,
    created_to: filter.createdTo ?? null,
    touch_from: filter.touchFrom ?? null,
    touch_to: filter.touchTo ?? null,
    empty: filter.empty?.join() ?? null,
    pipeline: filter.pipeline ?? null,
    stage: filter.stage ?? null,
    reason: filter.lostReason ?? null,
    person: filter.person ?? null,
    amount_from: plainAmount(filter.amountFrom),
    amount_to: plainAmount(filter.amountTo),
    close_from: filter.closeFrom ?? null,
    close_to: filter.closeTo ?? null,
    rotting: filter.rotting ? "1" : null,
    ...customParameters(filter.custom),
    sort: order.sort === "name" ? null : order.sort,
    dir: order.descending === usual ? null : order.descending ? "desc" : "asc",
    cols: columns?.join() ?? null,
  };
}

/** The list's address with another filter, order or place. */
export const listHref = (
  base: string,
  asked: Asked,
  place: { after?: string; before?: string } = {},
): string => query(base, { ...listParameters(asked), ...place });

/** The table's sorting: names run up first, instants down. */
export const sorting = (base: string, asked: Asked): Sorting => ({
  by: asked.order.sort,
  direction: asked.order.descending ? "desc" : "asc",
  href: (by, direction) => {
    const sort = by as Sort;
    const same = sort === asked.order.sort;
    const wanted = same ? direction : usualDirection(sort);
    return listHref(base, { ...asked, order: { sort, descending: wanted === "desc" } });
  },
});

/** Filters of every list; the others add themselves only where they are in use. */
const everywhere = { q: "", tag: null, owner: null, status: null, company: null };

/** The same list without a filter. */
const unfiltered = (asked: Asked): Asked => ({ ...asked, filter: everywhere });

/** The list without filters, past a view that opens by itself. */
export const resetHref = (base: string, asked: Asked): string =>
  listHref(base, { ...unfiltered(asked), view: asked.view && "all" });

/** The filters in use; several empty fields count one each. */
export const active = ({ filter: { empty = [], custom = [], ...filter } }: Asked): number =>
  Object.values(filter).filter((value) => value === 0 || Boolean(value)).length + empty.length +
  custom.length;

/** Where records chosen on a list go out: the ticked ones, or all that it shows. */
export const exportHref = (
  { kind, list, all, ids }: { kind: Kind; list: string; all: boolean; ids: readonly string[] },
): string => query("/exports", { kind: nouns[kind], list, ...(all ? { all: "1" } : { ids }) });

/** What else can be done from a list. */
export const ListMenu = ({ view, kind, asked }: { view: View; kind: Kind; asked: Asked }) => {
  const list = query("", listParameters(asked)).slice(1);
  return (
    <Menu view={view} label={view.t("common.more_actions")} iconOnly>
      <MenuLink href="/tags" label={view.t("tags.title")} />
      {view.can("exports.run")
        ? (
          <MenuLink
            href={exportHref({ kind, list, all: true, ids: [] })}
            label={view.t("common.export")}
          />
        )
        : null}
    </Menu>
  );
};

/** Steps to the neighbouring pages, and how many there are in all. */
export const RecordPager = (
  { view, base, asked, page, total }: {
    view: View;
    base: string;
    asked: Asked;
    page: Page<unknown>;
    total: Total | null;
  },
) => (
  <Pager
    view={view}
    previous={page.previous && listHref(base, asked, { before: page.previous })}
    next={page.next && listHref(base, asked, { after: page.next })}
    shown={shown(view, page.rows.length, total)}
  />
);

function shown({ t }: View, rows: number, total: Total | null): string | undefined {
  if (rows === 0) return undefined;
  if (total === null) return t("common.rows_shown", { count: rows });
  if (total.count <= total.bound) return t("common.rows_shown", { count: total.count });
  return t("records.count_more", { count: total.bound });
}
