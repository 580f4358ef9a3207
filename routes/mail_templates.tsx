/** Mail templates in the settings: one's own, and the shared ones for users who manage them. */
import { z } from "zod";
import { Stale } from "../db/errors.ts";
import { formId } from "../db/ids.ts";
import { fields as names, unknown } from "../db/mail_fields.ts";
import * as templates from "../db/mail_templates.ts";
import { MailTemplateForm, MailTemplateIndex } from "../views/mail_templates.tsx";
import { path } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { block } from "./message_forms.ts";
import { maybe } from "./records.ts";
import { type Ctx, invalid, overtaken, page, readForm, redirect, web } from "./web.tsx";

const Input = z.object({
  id: z.string().optional(),
  version: z.coerce.number().int().min(1).max(2_000_000_000).catch(1),
  name: fields.name(100),
  language: z.enum(["de", "en"], { error: "option" }).optional().default("de"),
  subject: maybe(200),
  body: block(50_000).pipe(z.string().trim().min(1)),
  shared: z.string().optional().transform((value) => value !== undefined),
});

const home = "/settings/mail-templates";

export default web.createApp()
  .use(signedIn, scoped, may("mail.send"))
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const node = <MailTemplateIndex view={view} templates={await templates.list(scope)} />;
    return await page(c, node, { title: "mail_templates.title" });
  })
  .get(
    "/new",
    (c) =>
      show(c, { values: { id: formId(), language: c.var.view.locale, _blank: "1" }, errors: {} }),
  )
  .post("/new", async (c) => {
    const read = await readForm(c, Input);
    if (!read.ok) return await show(c, read.form, 422);
    const faults = faultsOf(read.value);
    if (await templates.isFull(c.var.scope)) faults[""] = `too_many?max=${templates.most}`;
    if (Object.keys(faults).length > 0) return await show(c, invalid(read.form, faults), 422);
    const { id: _id, version: _, ...input } = read.value;
    const own = fields.ownId(read.form);
    await templates.create(c.var.scope, own, input, c.var.view.can("mail_templates.manage"));
    return await redirect(c, home, { kind: "ok", key: "mail_templates.saved" });
  })
  .get(`/${fields.idPart}/edit`, async (c) => {
    const { shared, id: _, version, ...template } = await templates.find(
      c.var.scope,
      c.req.param("id"),
    );
    const values = { ...template, version: String(version), ...(shared ? { shared: "on" } : {}) };
    return await show(c, { values, errors: {} });
  })
  .post(`/${fields.idPart}/edit`, async (c) => {
    const id = c.req.param("id");
    await templates.find(c.var.scope, id);
    const read = await readForm(c, Input);
    if (!read.ok) return await show(c, read.form, 422);
    const faults = faultsOf(read.value);
    if (Object.keys(faults).length > 0) return await show(c, invalid(read.form, faults), 422);
    const { id: _, version, ...input } = read.value;
    const mayShare = c.var.view.can("mail_templates.manage");
    try {
      await templates.update(c.var.scope, id, version, input, mayShare);
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      return await show(c, overtaken(read.form, error), 409);
    }
    return await redirect(c, home, { kind: "ok", key: "mail_templates.saved" });
  })
  .post(`/${fields.idPart}/deletion`, async (c) => {
    const mayShare = c.var.view.can("mail_templates.manage");
    await templates.remove(c.var.scope, c.req.param("id"), mayShare);
    return await redirect(c, home, { kind: "ok", key: "mail_templates.removed" });
  });

/** Fields that no list knows, beside the text that has them. */
function faultsOf(input: { subject: string; body: string }): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const name of ["subject", "body"] as const) {
    const found = unknown(input[name]);
    if (found.length === 0) continue;
    faults[name] = `mail_templates.field_unknown?${new URLSearchParams({
      fields: found.join(" "),
    })}`;
  }
  return faults;
}

async function show(c: Ctx, form: FormState, status: 200 | 409 | 422 = 200): Promise<Response> {
  const id = c.req.param("id") ?? null;
  const action = id ? path`/settings/mail-templates/${id}/edit` : `${home}/new`;
  const node = <MailTemplateForm view={c.var.view} {...{ form, action, id, fields: names }} />;
  return await page(c, node, { title: id ? "mail_templates.edit" : "mail_templates.new", status });
}
