/** The people of a deal: finding, adding, giving a role, removing. */
import { z } from "zod";
import * as persons from "../db/deal_contacts.ts";
import * as people from "../db/deal_persons.ts";
import * as deals from "../db/deals.ts";
import { DealContacts, roleName } from "../views/deals/contacts.tsx";
import { path, query } from "../views/path.ts";
import { emptyForm, type FormState, valueOf } from "../views/ui/form.tsx";
import { idPart } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { text } from "./lists.ts";
import { maybe } from "./records.ts";
import { type Ctx, faultOf, invalid, page, readForm, redirect, web } from "./web.tsx";

const Person = z.object({
  contactId: z.uuid("option"),
  role: maybe(100),
});

const way = `/${idPart}/contacts`;
const chain = [signedIn, scoped, may("deals.write")] as const;

export default web.createApp()
  .get(way, ...chain, (c) => show(c, text(c.req.query("q")), emptyForm))
  .post(way, ...chain, async (c) => {
    const { scope } = c.var;
    const { id } = await deals.find(scope, c.req.param("id"));
    const read = await readForm(c, Person);
    const q = text(valueOf(read.form, "q"));
    if (!read.ok) return await show(c, q, read.form);
    const { contactId, role } = read.value;
    const fault = await faultOf(persons.assign(scope, id, contactId, role));
    if (fault) return await show(c, q, invalid(read.form, fault));
    return await redirect(c, query(path`/deals/${id}/contacts`, { q }), {
      kind: "ok",
      key: "deals.person_saved",
    });
  })
  .post(`${way}/removal`, ...chain, async (c) => {
    const { scope } = c.var;
    const { id } = await deals.find(scope, c.req.param("id"));
    const read = await readForm(c, Person.pick({ contactId: true }));
    if (!read.ok) return await show(c, "", read.form);
    await persons.remove(scope, id, read.value.contactId);
    return await redirect(c, path`/deals/${id}/contacts`, {
      kind: "ok",
      key: "deals.person_removed",
    });
  });

/** The page, with errors beside the person they concern, who may have been removed by now. */
async function show(c: Ctx, q: string, sent: FormState): Promise<Response> {
  const { scope, view } = c.var;
  const deal = await deals.find(scope, c.req.param("id")!);
  const [members, found] = await Promise.all([
    persons.list(scope, deal.id),
    people.suggest(scope, deal.id, q),
  ]);
  const contactId = valueOf(sent, "contactId");
  const shown = [...members, ...found].some(({ id }) => id === contactId);
  const codes = Object.values(sent.errors);
  const name = shown ? roleName(contactId) : "";
  const form: FormState = codes.length === 0 ? emptyForm : {
    values: shown ? { [name]: valueOf(sent, "role") } : {},
    errors: { [name]: codes[0]! },
  };
  return await page(c, <DealContacts {...{ view, deal, members, q, found, form }} />, {
    title: "deals.persons_edit",
    status: codes.length === 0 ? 200 : 422,
  });
}
