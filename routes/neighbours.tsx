/** One record onward or back in the list it was opened from, looked up by the list's keyset. */
import * as companies from "../db/companies.ts";
import * as companyLists from "../db/company_lists.ts";
import * as contactLists from "../db/contact_lists.ts";
import * as contacts from "../db/contacts.ts";
import * as dealLists from "../db/deal_lists.ts";
import * as deals from "../db/deals.ts";
import type { Kind } from "../db/record_kinds.ts";
import { path } from "../views/path.ts";
import type { Noun } from "../views/records/nouns.ts";
import { idPart } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { backToList, listOf, withinList } from "./list_ways.ts";
import { askedBy } from "./lists.ts";
import { type Ctx, redirect, web } from "./web.tsx";

const wayPart = ":way{next|previous}";

export default web.createApp()
  .get(`/contacts/${idPart}/${wayPart}`, signedIn, scoped, may("contacts.read"), async (c) => {
    const { id } = await contacts.find(c.var.scope, c.req.param("id"));
    const { filter, order, cursor } = wanted(c, id, "contact");
    const { rows } = await contactLists.list(c.var.scope, filter, order, cursor);
    return await step(c, "contacts", rows);
  })
  .get(`/companies/${idPart}/${wayPart}`, signedIn, scoped, may("companies.read"), async (c) => {
    const { id } = await companies.find(c.var.scope, c.req.param("id"));
    const { filter, order, cursor } = wanted(c, id, "company");
    const { rows } = await companyLists.list(c.var.scope, filter, order, cursor);
    return await step(c, "companies", rows);
  })
  .get(`/deals/${idPart}/${wayPart}`, signedIn, scoped, may("deals.read"), async (c) => {
    const { id } = await deals.find(c.var.scope, c.req.param("id"));
    const { filter, order, cursor } = wanted(c, id, "deal");
    const { rows } = await dealLists.list(c.var.scope, filter, order, cursor);
    return await step(c, "deals", rows);
  });

function wanted(c: Ctx, id: string, kind: Kind) {
  const list = new URLSearchParams(listOf(c));
  const { filter, order } = askedBy(list, kind);
  return { filter, order, cursor: c.req.param("way") === "next" ? { after: id } : { before: id } };
}

async function step(
  c: Ctx,
  noun: Noun,
  rows: readonly { id: string }[],
): Promise<Response> {
  const found = rows.at(c.req.param("way") === "next" ? 0 : -1);
  if (found) return await redirect(c, withinList(c, path`/${noun}/${found.id}`));
  const words = c.req.param("way") === "next" ? "records.list_end" : "records.list_start";
  return await redirect(c, backToList(c, path`/${noun}`), { kind: "info", key: words });
}
