/** Steps from a record to its neighbours in the list it was opened from, and back to that list. */
import { path, query, queryIn } from "../path.ts";
import { Icon } from "../ui/icon.tsx";
import type { View } from "../view.ts";
import type { Noun } from "./nouns.ts";

/** Where nothing narrows a list, its records still say that they belong to one. */
const whole = "all";

/** The addresses of a list's rows, each carrying the list's query with it. */
export function inList(base: `/${Noun}`, list: string) {
  const tail = query("", { list: queryIn(list) || whole });
  return ({ id }: { id: string }) => `${base}${path`/${id}`}${tail}`;
}

/** The query of the list that a page's record was opened from; empty where it was from none. */
const listOf = (page: string): string => new URLSearchParams(queryIn(page)).get("list") ?? "";

/** An address of the same record, in the list that the page's record was opened from. */
export const withinList = ({ path }: View, href: string): string =>
  query(href, { list: listOf(path) });

/** Nothing when the record was not opened from a list. */
export const Neighbours = (
  { view, noun, id }: { view: View; noun: Noun; id: string },
) => {
  const { t } = view;
  const list = listOf(view.path);
  if (list === "") return null;
  const back = list === whole ? path`/${noun}` : `${path`/${noun}`}?${new URLSearchParams(list)}`;
  return (
    <nav class="neighbours" aria-label={t("records.in_list")}>
      <a rel="prev" href={query(path`/${noun}/${id}/previous`, { list })}>
        <Icon view={view} name="chevron-left" />
        {t("records.in_list_previous")}
      </a>
      <a href={back}>{t("records.in_list_all")}</a>
      <a rel="next" href={query(path`/${noun}/${id}/next`, { list })}>
        {t("records.in_list_next")}
        <Icon view={view} name="chevron-right" />
      </a>
    </nav>
  );
};
