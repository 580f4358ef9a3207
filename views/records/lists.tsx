/** What the lists of contacts and companies share: the bar of filters, the count, the pager. */
import type { Choices } from "../../db/choices.ts";
import type { Filter, Order, Sort } from "../../db/contact_lists.ts";
import type { Page } from "../../db/pages.ts";
import { query } from "../path.ts";
import { Filters, FilterSelect, FilterText } from "../ui/filters.tsx";
import { Menu, MenuLink } from "../ui/menu.tsx";
import { Pager } from "../ui/pager.tsx";
import type { Sorting } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { ownerOptions, statusOptions, tagOptions } from "./choices.ts";

/** How a list is asked for; what a page of it links to keeps all of it but the place. */
export interface Asked {
  filter: Filter;
  order: Order;
}

/** How many there are: exact, or more than a bound. Null when all are in sight. */
export interface Total {
  count: number;
  bound: number;
}

const sorts: readonly Sort[] = ["name", "touch", "created"];
const directions: Record<Sort, "asc" | "desc"> = { name: "asc", touch: "desc", created: "desc" };

/** The list's address with another filter, order or place. */
export function listHref(
  base: string,
  { filter, order }: Asked,
  place: { after?: string; before?: string } = {},
): string {
  const usual = directions[order.sort] === "desc";
  return query(base, {
    q: filter.q,
    tag: filter.tag,
    owner: filter.owner,
    status: filter.status,
    company: filter.company,
    sort: order.sort === "name" ? null : order.sort,
    dir: order.descending === usual ? null : order.descending ? "desc" : "asc",
    ...place,
  });
}

/** The table's sorting: names run up first, instants down. */
export const sorting = (base: string, asked: Asked): Sorting => ({
  by: asked.order.sort,
  direction: asked.order.descending ? "desc" : "asc",
  href: (by, direction) => {
    const sort = by as Sort;
    const same = sort === asked.order.sort;
    const wanted = same ? direction : directions[sort];
    return listHref(base, { ...asked, order: { sort, descending: wanted === "desc" } });
  },
});

/** The filters in use. */
export const active = ({ filter }: Asked): number =>
  [filter.q, filter.tag, filter.owner, filter.status, filter.company].filter(Boolean).length;

/** The bar above the list. `base` is the list's address. */
export const RecordFilters = (
  { view, base, asked, choices, text }: {
    view: View;
    base: string;
    asked: Asked;
    choices: Choices;
    text: string;
  },
) => {
  const { filter, order } = asked;
  const keep: Record<string, string> = filter.company ? { company: filter.company } : {};
  return (
    <Filters view={view} action={base} active={active(asked)} keep={keep}>
      <FilterText view={view} name="q" label={text} value={filter.q} />
      <FilterSelect
        view={view}
        name="status"
        label={view.t("records.status")}
        value={filter.status ?? ""}
        options={statusOptions(view)}
      />
      {choices.tags.length > 0
        ? (
          <FilterSelect
            view={view}
            name="tag"
            label={view.t("records.tag")}
            value={filter.tag ?? ""}
            options={tagOptions(choices.tags)}
          />
        )
        : null}
      {choices.owners.length > 1
        ? (
          <FilterSelect
            view={view}
            name="owner"
            label={view.t("records.owner")}
            value={filter.owner ?? ""}
            options={ownerOptions(choices.owners)}
          />
        )
        : null}
      <select name="sort" id="filter-sort" aria-label={view.t("records.sort")}>
        {sorts.map((sort) => (
          <option value={sort} selected={sort === order.sort}>
            {view.t(`records.sort_${sort}`)}
          </option>
        ))}
      </select>
    </Filters>
  );
};

/** What else can be done from a list. */
export const ListMenu = ({ view }: { view: View }) => (
  <Menu view={view} label={view.t("common.more_actions")} iconOnly>
    <MenuLink href="/tags" label={view.t("tags.title")} />
    {view.can("exports.run") ? <MenuLink href="/exports" label={view.t("common.export")} /> : null}
  </Menu>
);

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
