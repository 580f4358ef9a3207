/** A contact's change to another company: a small form; both positions stay on record. */
import { z } from "zod";
import * as affiliations from "../db/affiliations.ts";
import * as contacts from "../db/contacts.ts";
import { dayOf } from "../db/local_times.ts";
import { MoveForm } from "../views/contacts/move.tsx";
import { path } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { withinList } from "./list_ways.ts";
import { day, maybe } from "./records.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const Move = z.object({
  from: z.uuid("option"),
  companyName: fields.name(200),
  role: maybe(100),
  department: maybe(100),
  on: day.pipe(z.string({ error: "required" })),
});

const way = `/${fields.idPart}/move`;

export default web.createApp()
  .get(way, signedIn, scoped, may("contacts.write"), (c) => {
    const today = dayOf(c.var.scope.now);
    return show(c, { values: { on: today }, errors: {} });
  })
  .post(way, signedIn, scoped, may("contacts.write"), async (c) => {
    const { id } = await contacts.find(c.var.scope, c.req.param("id"));
    const read = await readForm(c, Move);
    if (!read.ok) return await show(c, read.form, 422);
    if (!await affiliations.move(c.var.scope, id, read.value)) {
      return await show(c, invalid(read.form, { on: "contacts.move_impossible" }), 422);
    }
    return await redirect(c, withinList(c, path`/contacts/${id}`), {
      kind: "ok",
      key: "contacts.moved",
    });
  });

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const contact = await contacts.find(c.var.scope, c.req.param("id")!);
  return await page(c, <MoveForm view={c.var.view} contact={contact} form={form} />, {
    title: "contacts.move",
    status,
  });
}
