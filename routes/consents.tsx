/** A contact's consents: what was agreed to and how, and their withdrawal by one click. */
import { z } from "zod";
import * as consents from "../db/consents.ts";
import * as contacts from "../db/contacts.ts";
import { formId, isId } from "../db/ids.ts";
import { dayOf } from "../db/local_times.ts";
import { purposes } from "../db/origins.ts";
import { ConsentsPage } from "../views/contacts/consents.tsx";
import { path } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { withinList } from "./list_ways.ts";
import { day, lines } from "./records.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const New = z.object({
  id: z.string().optional(),
  channels: z.preprocess(
    (value) => [value ?? []].flat(),
    z.array(z.enum(consents.channels, "option")).min(1, "required"),
  ),
  purpose: z.enum(purposes, "option"),
  textVersion: fields.name(500),
  givenOn: day.pipe(z.string({ error: "required" })),
  givenHow: z.enum(consents.ways, "option"),
  proof: lines(1_000),
});

const Withdrawal = z.object({ consent: z.string().refine(isId, "option") });

const way = `/${fields.idPart}/consents`;

export default web.createApp()
  .get(way, signedIn, scoped, may("contacts.read"), (c) => show(c, blank(c)))
  .post(way, signedIn, scoped, may("contacts.write"), async (c) => {
    const { scope } = c.var;
    const { id } = await contacts.find(scope, c.req.param("id"));
    const read = await readForm(c, New);
    if (!read.ok) return await show(c, read.form, 422);
    if (read.value.givenOn > dayOf(scope.now)) {
      return await show(c, invalid(read.form, { givenOn: "consents.later" }), 422);
    }
    const own = fields.ownId(read.form);
    await consents.create(scope, id, own, {
      ...read.value,
      channels: [...new Set(read.value.channels)],
    });
    return await redirect(c, withinList(c, path`/contacts/${id}/consents`), {
      kind: "ok",
      key: "consents.saved",
    });
  })
  .post(`${way}/withdrawal`, signedIn, scoped, may("contacts.write"), async (c) => {
    const { id } = await contacts.find(c.var.scope, c.req.param("id"));
    const read = await readForm(c, Withdrawal);
    if (!read.ok) return await show(c, blank(c), 422);
    await consents.withdraw(c.var.scope, id, read.value.consent);
    const flash = { kind: "ok", key: "consents.withdrawn_now" } as const;
    return await redirect(c, withinList(c, path`/contacts/${id}/consents`), flash);
  });

const blank = (c: Ctx): FormState => ({
  values: { id: formId(), purpose: "marketing", givenOn: dayOf(c.var.scope.now), givenHow: "form" },
  errors: {},
});

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { scope, view } = c.var;
  const contact = await contacts.find(scope, c.req.param("id")!);
  const found = await consents.list(scope, contact.id);
  const props = { view, contact, consents: found, form, channels: consents.channels };
  return await page(c, <ConsentsPage {...props} ways={consents.ways} purposes={purposes} />, {
    title: "consents.title",
    status,
  });
}
