/** Search over records, activities, mails and files: the same address with and without script. */
import * as companies from "../db/company_lists.ts";
import * as contacts from "../db/contact_lists.ts";
import * as deals from "../db/deal_lists.ts";
import * as entries from "../db/entry_searches.ts";
import type { Page } from "../db/pages.ts";
import { rank } from "../db/search_ranks.ts";
import type { Scope } from "../db/scope.ts";
import * as soundSearches from "../db/sound_searches.ts";
import * as visits from "../db/visits.ts";
import { destinations } from "../views/destinations.ts";
import { SearchPage } from "../views/search/page.tsx";
import { Suggestions } from "../views/search/suggestions.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { text } from "./lists.ts";
import { isPartial, page, web } from "./web.tsx";

/** Hits shown of each kind; the lists show the rest. */
const most = 10;

const any = { tag: null, owner: null, status: null, company: null };
const byName = { sort: "name", descending: false } as const;

export default web.createApp()
  .use(signedIn, scoped, may("search.read"))
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const q = text(c.req.query("q"));
    const found = q === "" ? none : await hits(scope, q);
    const seen = q === "" ? await visits.list(scope) : [];
    const { entries: others, ...records } = found;
    const nothing = Object.values(records).every(({ rows }) => rows.length === 0) &&
      Object.values(others).every((rows) => rows.length === 0) &&
      destinations(view, q).length === 0;
    const alike = nothing ? await soundSearches.list(scope, q, most) : [];
    const props = { view, q, ...found, seen, alike };
    if (isPartial(c)) return c.html(<Suggestions {...props} />);
    return await page(c, <SearchPage {...props} />, { title: "search.title" });
  });

const noRows = { rows: [], more: false };
const none = {
  contacts: noRows,
  companies: noRows,
  deals: noRows,
  entries: { activity: [], message: [], file: [] },
} as const;

async function hits(scope: Scope, q: string) {
  const filter = { ...any, q };
  const [foundContacts, foundCompanies, foundDeals, foundEntries] = await Promise.all([
    contacts.list(scope, filter, byName, null)
      .then(first(q, (row) => [row.firstName, row.namePrefix, row.lastName].join(" "))),
    companies.list(scope, filter, byName, null).then(first(q, (row) => row.name)),
    deals.list(scope, filter, byName, null).then(first(q, (row) => row.title)),
    entries.list(scope, q, most),
  ]);
  return {
    contacts: foundContacts,
    companies: foundCompanies,
    deals: foundDeals,
    entries: foundEntries,
  };
}

const first = <Row,>(q: string, nameOf: (row: Row) => string) => ({ rows, next }: Page<Row>) => ({
  rows: rank(rows, q, nameOf).slice(0, most),
  more: rows.length > most || next !== null,
});
