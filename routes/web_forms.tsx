/** Web forms in the settings: creating, changing, showing their address, removing. */
import { z } from "zod";
import { Stale } from "../db/errors.ts";
import * as choices from "../db/choices.ts";
import { formId, isId } from "../db/ids.ts";
import { limits } from "../db/rate_limits.ts";
import type { CustomField } from "../db/custom_fields.ts";
import * as webFormFields from "../db/web_form_fields.ts";
import * as webForms from "../db/web_forms.ts";
import { path } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import { changeRows, moveRows } from "../views/ui/rows.tsx";
import { WebFormForm } from "../views/web_forms/form.tsx";
import { WebFormIndex } from "../views/web_forms/index.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { lines, ownerFault, ownerKnown, rows } from "./records.ts";
import { type Ctx, faultOf, invalid, overtaken, page, readForm, redirect, web } from "./web.tsx";

/** An address on the tenant's own website, readable by anybody. */
const privacyUrl = fields.line(300).transform((text, context) => {
  if (text === "") return "";
  const url = URL.parse(text);
  if (url?.protocol === "https:" && !url.username && !url.password) return url.href;
  context.addIssue({ code: "custom", message: "web_forms.privacy_url_wrong" });
  return z.NEVER;
});

const Words = z.object({
  title: fields.name(120),
  intro: lines(1_000),
  consent: lines(1_000),
  privacyUrl: z.string().optional().default("").pipe(privacyUrl),
});

const ownRow = z.object({ fieldId: z.string().optional().default(""), required: fields.tick });

/** What is wrong with a row of custom fields, and where; null if nothing is. */
function rowFault(
  { fieldId, required }: webFormFields.Asked,
  before: readonly webFormFields.Asked[],
  known: readonly CustomField[],
  asksConsent: boolean,
): ["fieldId" | "required", string] | null {
  if (fieldId === "") return null;
  const field = known.find(({ id }) => id === fieldId);
  if (!field) return ["fieldId", "option"];
  if (before.some((each) => each.fieldId === fieldId)) return ["fieldId", "taken"];
  if (!webFormFields.restsOnConsent(field)) return null;
  if (!asksConsent) return ["fieldId", "web_forms.own_no_consent"];
  return required ? ["required", "web_forms.own_not_required"] : null;
}

const Input = (known: readonly CustomField[]) =>
  z.object({
    id: z.string().optional(),
    version: z.coerce.number().int().min(1).max(2_000_000_000).catch(1),
    name: fields.name(120),
    slug: z.string({ error: "required" }).trim().toLowerCase().min(1)
      .regex(/^[a-z0-9](-?[a-z0-9]){1,59}$/, "web_forms.slug_wrong"),
    fields: z.preprocess((value) => [value ?? []].flat(), z.array(z.enum(webForms.offered)))
      .transform((wanted) => webForms.offered.filter((each) => wanted.includes(each))),
    ownerId: z.string().optional().default("").transform((value) => value || null)
      .refine((value) => value === null || isId(value), "option"),
    own: rows(ownRow),
    tag: z.string().optional().default("").pipe(fields.line(60)),
    active: fields.tick,
    work: fields.tick,
    de: Words,
    en: Words,
  }).refine(({ de, en }) => (de.consent === "") === (en.consent === ""), {
    path: ["en.consent"],
    error: "web_forms.consent_twice",
  }).superRefine(({ own, de }, refusal) => {
    own.forEach((row, at) => {
      const fault = rowFault(row, own.slice(0, at), known, de.consent !== "");
      if (!fault) return;
      refusal.addIssue({ code: "custom", path: ["own", at, fault[0]], message: fault[1] });
    });
  }).transform(({ own, ...rest }) => ({
    ...rest,
    own: own.filter(({ fieldId }) => fieldId !== "").slice(0, webFormFields.most),
  }));

export default web.createApp()
  .use(signedIn, scoped, may("settings.manage"))
  .get("/", async (c) => {
    const { scope, view, session, services: { config } } = c.var;
    const found = await webForms.list(scope);
    const address = `${config.baseUrl}/f/${session!.tenantSlug}`;
    return await page(c, <WebFormIndex view={view} forms={found} address={address} />, {
      title: "web_forms.title",
    });
  })
  .get("/new", (c) => showForm(c, blank(c), null))
  .post("/new", create)
  .get(`/${fields.idPart}/edit`, async (c) => {
    const form = await webForms.find(c.var.scope, c.req.param("id"));
    return await showForm(c, { values: valuesOf(form), errors: {} }, form);
  })
  .post(`/${fields.idPart}/edit`, update)
  .post(`/${fields.idPart}/removal`, async (c) => {
    await webForms.remove(c.var.scope, c.req.param("id"));
    return await redirect(c, "/settings/forms", { kind: "ok", key: "web_forms.removed" });
  });

const blank = (c: Ctx): FormState => ({
  values: {
    id: formId(),
    active: "on",
    fields: ["firstName", "message"],
    ownerId: c.var.session!.userId!,
    "de.title": "Kontakt",
    "en.title": "Contact",
  },
  errors: {},
});

function valuesOf({ texts, ...form }: webForms.WebForm): FormState["values"] {
  const words = (["de", "en"] as const).flatMap((language) =>
    Object.entries(texts[language]).map(([name, text]) => [`${language}.${name}`, text])
  );
  return {
    version: String(form.version),
    name: form.name,
    slug: form.slug,
    fields: form.fields,
    ...Object.fromEntries(form.own.flatMap(({ fieldId, required }, at) => [
      [`own.${at}.fieldId`, fieldId],
      ...required ? [[`own.${at}.required`, "on"]] : [],
    ])),
    ownerId: form.ownerId ?? "",
    tag: form.tag,
    ...(form.active ? { active: "on" } : {}),
    ...(form.work ? { work: "on" } : {}),
    ...Object.fromEntries(words),
  };
}

const inputOf = (
  { id: _, version: __, de, en, ...rest }: z.output<ReturnType<typeof Input>>,
): webForms.WebFormInput => ({ ...rest, texts: { de, en } });

/** The form after a press that adds, removes or moves a row; null where it was sent to be saved. */
function grownRows(sent: FormState["values"]): FormState | null {
  const values = moveRows(sent, "own", webFormFields.most) ?? changeRows(sent, webFormFields.most);
  return values && { values, errors: {} };
}

async function create(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const read = await readForm(c, Input(await webFormFields.list(scope)));
  const grown = grownRows(read.form.values);
  if (grown) return await showForm(c, grown, null);
  if (!read.ok) return await showForm(c, read.form, null, 422);
  const { value } = read;
  if (!await ownerKnown(scope, value.ownerId)) {
    return await showForm(c, invalid(read.form, ownerFault), null, 422);
  }
  const id = fields.ownId(read.form);
  const fault = await faultOf(webForms.create(scope, id, inputOf(value)));
  if (fault) return await showForm(c, invalid(read.form, fault), null, 422);
  return await redirect(c, "/settings/forms", { kind: "ok", key: "web_forms.saved" });
}

async function update(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const before = await webForms.find(scope, c.req.param("id")!);
  const read = await readForm(c, Input(await webFormFields.list(scope)));
  const grown = grownRows(read.form.values);
  if (grown) return await showForm(c, grown, before);
  if (!read.ok) return await showForm(c, read.form, before, 422);
  const { value } = read;
  if (value.ownerId !== before.ownerId && !await ownerKnown(scope, value.ownerId)) {
    return await showForm(c, invalid(read.form, ownerFault), before, 422);
  }
  try {
    const fault = await faultOf(webForms.update(scope, before.id, value.version, inputOf(value)));
    if (fault) return await showForm(c, invalid(read.form, fault), before, 422);
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    return await showForm(c, overtaken(read.form, error), before, 409);
  }
  return await redirect(c, "/settings/forms", { kind: "ok", key: "web_forms.saved" });
}

async function showForm(
  c: Ctx,
  form: FormState,
  stored: { id: string; name: string } | null,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const { scope, view, session, services: { config } } = c.var;
  const node = (
    <WebFormForm
      view={view}
      form={form}
      stored={stored}
      offered={webForms.offered}
      own={{ fields: await webFormFields.list(scope), most: webFormFields.most }}
      owners={(await choices.list(scope)).owners}
      address={`${config.baseUrl}/f/${session!.tenantSlug}/`}
      bareEntries={limits.formEntriesBare.most}
      removal={stored && path`/settings/forms/${stored.id}/removal`}
    />
  );
  return await page(c, node, { title: stored ? "web_forms.edit" : "web_forms.new", status });
}
