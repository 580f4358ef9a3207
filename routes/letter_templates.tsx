/** Templates of letters in the settings: texts, and documents that the tenant uploaded. */
import { z } from "zod";
import * as customFields from "../db/custom_fields.ts";
import { Invalid, Stale } from "../db/errors.ts";
import { formId } from "../db/ids.ts";
import { fields as names, offered, unknown } from "../db/letter_fields.ts";
import * as templates from "../db/letter_templates.ts";
import * as documents from "../db/word_documents.ts";
import { LetterTemplateForm, LetterTemplateIndex } from "../views/letters/templates.tsx";
import { path } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { may, scoped, signedIn, whoIs } from "./guards.ts";
import { inScope } from "./own_scopes.ts";
import { letterBody, maybe } from "./records.ts";
import { gather, readable, readUpload } from "./uploads.ts";
import { type Ctx, errorsOf, invalid, overtaken, page, readForm, redirect, web } from "./web.tsx";

const Head = z.object({
  id: z.string().optional(),
  version: z.coerce.number().int().min(1).max(2_000_000_000).catch(1),
  name: fields.name(100),
  language: z.enum(["de", "en"], "option").optional().default("de"),
});

const Text = Head.extend({ subject: maybe(200), body: letterBody.pipe(z.string().min(1)) });

const home = "/settings/letter-templates";

export default web.createApp()
  // Before the scope: it would hold a connection while the document arrives.
  .post("/documents/new", signedIn, may("letter_templates.manage"), upload)
  .use(signedIn, scoped, may("letter_templates.manage"))
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const node = <LetterTemplateIndex view={view} templates={await templates.list(scope)} />;
    return await page(c, node, { title: "letters.templates" });
  })
  .get("/new", (c) => show(c, blank(c), "text"))
  .post("/new", async (c) => {
    const read = await readForm(c, Text);
    if (!read.ok) return await show(c, read.form, "text", 422);
    const faults = await faultsOf(c, read.value);
    if (faults) return await show(c, invalid(read.form, faults), "text", 422);
    const { id: _id, version: _, ...input } = read.value;
    await templates.create(c.var.scope, fields.ownId(read.form), input);
    return await saved(c);
  })
  .get("/documents/new", (c) => show(c, blank(c), "document"))
  .get(`/${fields.idPart}/document`, async (c) => {
    const { scope } = c.var;
    const { id, documentName } = await templates.find(scope, c.req.param("id"));
    return download(c, await templates.documentOf(scope, id), {
      name: documentName,
      type: documentType,
    });
  })
  .get(`/${fields.idPart}/edit`, async (c) => {
    const { id: _, version, documentName, ...values } = await templates.find(
      c.var.scope,
      c.req.param("id"),
    );
    const form = { values: { ...values, version: String(version), documentName }, errors: {} };
    return await show(c, form, documentName === "" ? "text" : "document");
  })
  .post(`/${fields.idPart}/edit`, update)
  .post(`/${fields.idPart}/deletion`, async (c) => {
    await templates.remove(c.var.scope, c.req.param("id"));
    return await redirect(c, home, { kind: "ok", key: "letters.template_removed" });
  });

/** What a document of Word is. */
export const documentType =
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const blank = (c: Ctx): FormState => ({
  values: { id: formId(), language: c.var.view.locale, _blank: "1" },
  errors: {},
});

const saved = (c: Ctx) => redirect(c, home, { kind: "ok", key: "letters.template_saved" });

/** Errors: unknown fields beside their text, and one template too many. */
async function faultsOf(
  c: Ctx,
  input: { subject: string; body: string } | null,
): Promise<Record<string, string> | null> {
  const faults: Record<string, string> = {};
  const own = await customFields.all(c.var.scope);
  for (const name of ["subject", "body"] as const) {
    const found = input ? unknown(input[name], own) : [];
    if (found.length === 0) continue;
    const params = new URLSearchParams({ fields: found.join(" ") });
    faults[name] = `letters.field_unknown?${params}`;
  }
  const isNew = c.req.param("id") === undefined;
  if (isNew && await templates.isFull(c.var.scope)) faults[""] = `too_many?max=${templates.most}`;
  return Object.keys(faults).length > 0 ? faults : null;
}

async function update(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const before = await templates.find(scope, c.req.param("id")!);
  const kind = before.documentName === "" ? "text" : "document";
  const read = await readForm(c, kind === "text" ? Text : Head);
  const kept = { documentName: before.documentName };
  if (!read.ok) {
    const values = { ...read.form.values, ...kept };
    return await show(c, { ...read.form, values }, kind, 422);
  }
  const { id: _, version, ...input } = read.value;
  const whole = { subject: "", body: "", ...input };
  const faults = await faultsOf(c, whole);
  if (faults) return await show(c, invalid(read.form, faults), kind, 422);
  try {
    await templates.update(scope, before.id, version, whole);
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    const values = { ...read.form.values, ...kept };
    return await show(c, overtaken({ ...read.form, values }, error), kind, 409);
  }
  return await saved(c);
}

async function upload(c: Ctx): Promise<Response> {
  const who = whoIs(c.var.session!);
  if (!who) return c.redirect("/tenants", 303);
  const limits = { files: 1, bytes: readable };
  const { fields: typed, files } = await readUpload(c, "document", async (bytes, name) => ({
    name,
    bytes: await gather(bytes, documents.largest),
  }), limits);
  const values = Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name, value.replaceAll("\0", "")]),
  );
  return await inScope(c, who, () => keep(c, values, files[0]));
}

/** Keeps a document that was looked through. */
async function keep(
  c: Ctx,
  values: Record<string, string>,
  document: { name: string; bytes: Uint8Array<ArrayBuffer> } | undefined,
): Promise<Response> {
  const form: FormState = { values, errors: {} };
  const read = Head.safeParse(values);
  if (!read.success) return await show(c, invalid(form, errorsOf(read.error)), "document", 422);
  if (!document) {
    return await show(c, invalid(form, { document: "required" }), "document", 422);
  }
  const faults = await faultsOf(c, null);
  if (faults) return await show(c, invalid(form, faults), "document", 422);
  let bytes: Uint8Array;
  try {
    bytes = await documents.inspect(document.bytes, await customFields.all(c.var.scope));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await show(c, invalid(form, { [error.field]: error.code }), "document", 422);
  }
  const { id: _id, version: _, ...input } = read.data;
  const own = fields.ownId(form, document.bytes);
  await templates.create(c.var.scope, own, { ...input, subject: "", body: "" }, {
    name: document.name,
    bytes,
  });
  return await saved(c);
}

async function show(
  c: Ctx,
  form: FormState,
  kind: "text" | "document",
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const id = c.req.param("id") ?? null;
  const action = id
    ? path`/settings/letter-templates/${id}/edit`
    : kind === "text"
    ? `${home}/new`
    : `${home}/documents/new`;
  const own = offered(await customFields.all(c.var.scope));
  const props = { view: c.var.view, form, action, id, kind, fields: names, own };
  const title = id ? "letters.template_edit" : "letters.template_new";
  return await page(c, <LetterTemplateForm {...props} />, { title, status });
}
