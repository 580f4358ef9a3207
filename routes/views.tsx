/** Saved views of the lists: saving, changing, deleting; the lists themselves open them. */
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import type { Kind } from "../db/record_kinds.ts";
import * as views from "../db/views.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { bases } from "../views/records/nouns.ts";
import { keptQuery, ViewForm, viewHref } from "../views/views.tsx";
import { parametersOf } from "./addresses.ts";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { askedBy, kind } from "./lists.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const Kept = z.object({
  query: z.string().optional().default("").transform((text) => text.slice(0, 4_000)),
  shared: fields.tick,
  usual: fields.tick,
  renew: fields.tick,
});
const Named = Kept.extend({ name: fields.name(60) });
const New = Named.extend({ kind });

export default web.createApp()
  .use(signedIn, scoped, may("contacts.read"))
  .get("/new", (c) => {
    const read = kind.safeParse(c.req.query("kind"));
    const of: Kind = read.success ? read.data : "contact";
    return show(c, { ...emptyForm, values: { query: asIs(c, of) } }, of);
  })
  .post("/new", create)
  .get(`/${fields.idPart}/edit`, async (c) => {
    const old = await views.find(c.var.scope, c.req.param("id"));
    const values = {
      name: old.name,
      query: asIs(c, old.kind),
      shared: old.shared ? "on" : "",
      usual: old.usual ? "on" : "",
      renew: old.own ? "on" : "",
    };
    return await show(c, { values, errors: {} }, old.kind, old);
  })
  .post(`/${fields.idPart}/edit`, update)
  .post(`/${fields.idPart}/deletion`, async (c) => {
    const { scope } = c.var;
    const { kind } = await views.remove(scope, c.req.param("id"), manages(c));
    return await redirect(c, `${bases[kind]}?view=all`, { kind: "ok", key: "lists.view_deleted" });
  });

/** Shared views can also be changed by users who manage the tenant. */
const manages = (c: Ctx): boolean => c.var.view.can("settings.manage");

/** Read-only users can only save views for themselves. */
const shares = (c: Ctx): boolean => c.var.view.can("contacts.write");

/** What the address asks for beside its own parameters, in the one writing that is kept. */
const asIs = (c: Ctx, kind: Kind): string => keptQuery(askedBy(parametersOf(c), kind));

const tidy = (query: string, kind: Kind): string =>
  keptQuery(askedBy(new URLSearchParams(query), kind));

async function create(c: Ctx): Promise<Response> {
  const read = await readForm(c, New);
  const of = kind.safeParse(read.form.values.kind).data ?? "contact";
  if (!read.ok) return await show(c, read.form, of, null, 422);
  const query = tidy(read.value.query, of);
  try {
    const shared = read.value.shared && shares(c);
    const id = await views.create(c.var.scope, of, { ...read.value, query, shared });
    const to = viewHref({ kind: of, id, query });
    return await redirect(c, to, { kind: "ok", key: "lists.view_kept" });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await show(c, invalid(read.form, { name: error.code }), of, null, 422);
  }
}

async function update(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const old = await views.find(scope, c.req.param("id")!);
  const mayWrite = old.own || manages(c);
  const read = await readForm(c, mayWrite ? Named : Kept.extend({ name: z.string().optional() }));
  if (!read.ok) return await show(c, read.form, old.kind, old, 422);
  const { value } = read;
  const query = value.renew ? tidy(value.query, old.kind) : old.query;
  const wanted = mayWrite
    ? { name: value.name!, query, shared: value.shared && shares(c), usual: value.usual }
    : { ...old, usual: value.usual };
  try {
    await views.update(scope, old.id, wanted, manages(c));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await show(c, invalid(read.form, { name: error.code }), old.kind, old, 422);
  }
  const to = viewHref({ ...old, query: wanted.query });
  return await redirect(c, to, { kind: "ok", key: "lists.view_kept" });
}

async function show(
  c: Ctx,
  form: FormState,
  kind: Kind,
  old: views.ViewRow | null = null,
  status: 200 | 422 = 200,
): Promise<Response> {
  const mayWrite = old === null || old.own || manages(c);
  const differs = old !== null && old.query !== String(form.values.query ?? "");
  const props = { view: c.var.view, form, kind, old, mayWrite, differs };
  return await page(c, <ViewForm {...props} />, {
    title: old ? { text: old.name } : "lists.view_keep",
    status,
  });
}
