/** The persons of a deal: who may come in, who is in it as what, and off again. */
import { z } from "zod";
import * as persons from "../db/deal_contacts.ts";
import * as people from "../db/deal_persons.ts";
import * as deals from "../db/deals.ts";
import { Invalid } from "../db/errors.ts";
import { DealContacts } from "../views/deals/contacts.tsx";
import { errorText } from "../views/i18n/translate.ts";
import { path, query } from "../views/path.ts";
import { idPart } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { text } from "./lists.ts";
import { maybe } from "./records.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const Person = z.object({
  contactId: z.uuid("option"),
  role: maybe(100),
  q: z.string().optional().default("").transform(text),
});

const way = `/${idPart}/contacts`;
const chain = [signedIn, scoped, may("deals.write")] as const;

export default web.createApp()
  .get(way, ...chain, (c) => show(c, text(c.req.query("q"))))
  .post(way, ...chain, async (c) => {
    const { scope } = c.var;
    const { id } = await deals.find(scope, c.req.param("id"));
    const read = await readForm(c, Person);
    if (!read.ok) return await show(c, "", Object.values(read.form.errors)[0]);
    const { contactId, role, q } = read.value;
    try {
      await persons.assign(scope, id, contactId, role);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await show(c, q, error.code);
    }
    return await redirect(c, query(path`/deals/${id}/contacts`, { q }), {
      kind: "ok",
      key: "deals.person_saved",
    });
  })
  .post(`${way}/removal`, ...chain, async (c) => {
    const { scope } = c.var;
    const { id } = await deals.find(scope, c.req.param("id"));
    const read = await readForm(c, Person.pick({ contactId: true }));
    if (!read.ok) return await show(c, "", Object.values(read.form.errors)[0]);
    await persons.remove(scope, id, read.value.contactId);
    return await redirect(c, path`/deals/${id}/contacts`, {
      kind: "ok",
      key: "deals.person_removed",
    });
  });

async function show(c: Ctx, q: string, fault?: string): Promise<Response> {
  const { scope, view } = c.var;
  const deal = await deals.find(scope, c.req.param("id")!);
  const [members, found] = await Promise.all([
    persons.list(scope, deal.id),
    people.suggest(scope, deal.id, q),
  ]);
  const told = fault === undefined ? null : errorText(view.t, fault);
  const props = { view, deal, members, q, found, fault: told };
  return await page(c, <DealContacts {...props} />, {
    title: "deals.persons_edit",
    status: fault === undefined ? 200 : 422,
  });
}
