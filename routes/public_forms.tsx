/**
 * A tenant's web forms as strangers see them: a page of ours that its site links to, without log-in,
 * cookie or script. No page of others frames it: a tick given under somebody's overlay is none.
 */
import { z } from "zod";
import * as controllers from "../db/controllers.ts";
import { NotFound, TooMany } from "../db/errors.ts";
import * as mails from "../db/mails.ts";
import { toE164 } from "../db/phones.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { type Scope, system } from "../db/scope.ts";
import * as tenants from "../db/tenants.ts";
import type { CustomField } from "../db/custom_fields.ts";
import * as confirmations from "../db/web_form_confirmations.ts";
import * as entries from "../db/web_form_entries.ts";
import * as webFormFields from "../db/web_form_fields.ts";
import * as webForms from "../db/web_forms.ts";
import { shortOf } from "../views/records/custom.tsx";
import { translator } from "../views/i18n/translate.ts";
import { formConfirmation } from "../views/mail/web_forms.tsx";
import { path } from "../views/path.ts";
import { emptyForm, type FormState, valueOf } from "../views/ui/form.tsx";
import {
  confirmationTitle,
  EntryConfirmation,
  EntrySent,
  PublicForm,
} from "../views/web_forms/public.tsx";
import { wordingOf } from "../views/web_forms/wording.ts";
import * as fields from "./fields.ts";
import { ageOf, fastest, issuedAt, markIn, oldest, ownMark, shownAt } from "./form_marks.ts";
import { unlisted } from "./link_pages.ts";
import { inScope } from "./own_scopes.ts";
import { customInput, customSchema } from "./custom_values.ts";
import { lines, maybe } from "./records.ts";
import { counters, prefix } from "./sign_in.ts";
import { type Ctx, page, readForm, web } from "./web.tsx";
import { bits, isDone } from "./works.ts";

const slugPart = ":form{[a-z0-9-]{2,60}}";

export default web.createApp()
  .use(unlisted)
  .get(`/:tenant/${slugPart}`, (c) => within(c, (scope, form) => show(c, scope, form, emptyForm)))
  .post(`/:tenant/${slugPart}`, submit);

/** The link in the mail: looking changes nothing, the button counts once. */
export const entryConfirmations = web.createApp()
  .use(unlisted)
  .get(`/${fields.tokenPart}`, (c) => confirmation(c, false))
  .post(`/${fields.tokenPart}`, (c) => confirmation(c, true));

/** Runs in the Scope of the tenant in the address, with its form. Throws NotFound. */
async function within<T>(
  c: Ctx,
  work: (scope: Scope, form: webForms.WebForm) => Promise<T>,
): Promise<T> {
  const { pool } = c.var.services;
  const tenant = await tenants.lookup(pool, c.req.param("tenant") ?? "");
  if (!tenant) throw new NotFound("tenant");
  return await inScope(c, { tenantId: tenant.id, actor: system }, async (scope) => {
    return await work(scope, await webForms.findOpen(scope, c.req.param("form")!));
  });
}

const Input = (form: webForms.WebForm, own: readonly CustomField[]) => {
  const asked = (name: webForms.WebFormField, most: number) =>
    form.fields.includes(name) ? maybe(most) : z.unknown().optional().transform(() => "");
  const entry = z.object({
    issued: z.string().optional().default(""),
    work: z.string().optional().default(""),
    // Only programs see this field; if it is filled in, the answer is the same but nothing is kept.
    homepage: z.string().optional().default(""),
    firstName: asked("firstName", 100),
    lastName: fields.name(100),
    email: fields.personEmail,
    phone: asked("phone", 80),
    company: asked("company", 200),
    message: form.fields.includes("message")
      ? lines(5_000)
      : z.unknown().optional().transform(() => ""),
    custom: customSchema(own),
    consent: fields.tick,
  });
  return own.filter(webFormFields.restsOnConsent).map(({ id }) => shortOf(id)).reduce(
    (schema, short) =>
      schema.refine(({ consent, custom }) => consent || custom[short]!.length === 0, {
        path: ["custom", short],
        error: "web_forms.own_needs_tick",
        // Said beside the other faults, not only once they are mended.
        when: ({ value }) =>
          (value as { custom?: Record<string, unknown> }).custom?.[short] !== undefined,
      }),
    entry,
  );
};

/** Accepts an entry. People who have to wait keep what they typed. */
async function submit(c: Ctx): Promise<Response> {
  try {
    return await take(c);
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    c.header("Retry-After", String(error.retryAfter));
    const { form: { values } } = await readForm(c, z.unknown());
    const later = { values, errors: { "": "web_forms.later" } };
    return await within(c, (scope, form) => show(c, scope, form, later, 429));
  }
}

async function take(c: Ctx): Promise<Response> {
  const { limits } = rateLimits;
  await rateLimits.count(counters(c), limits.formEntries, prefix(c));
  const { form, own } = await within(c, async (scope, form) => {
    return { form, own: await webFormFields.of(scope, form) };
  });
  const read = await readForm(c, Input(form, own));
  if (!read.ok) return await within(c, (scope) => show(c, scope, form, read.form, 422));
  const { value } = read;
  const age = ageOf(c, form, value.issued);
  if (age === null || age > oldest || markIn(value.issued) !== ownMark(own)) {
    const again = { values: read.form.values, errors: { "": "web_forms.too_old" } };
    return await within(c, (scope) => show(c, scope, form, again, 422));
  }
  if (value.homepage === "" && age >= fastest) {
    const sent = read.form.values.email;
    if (form.work && !isDone({ issued: value.issued, email: String(sent), answer: value.work })) {
      await rateLimits.count(counters(c), limits.formEntriesBare, form.id);
    }
    await rateLimits.count(counters(c), limits.formEntriesOf, value.email.toLowerCase());
    await within(c, (scope) => keep(c, scope, form, own, value));
  }
  const { view } = c.var;
  return await page(c, <EntrySent view={view} />, { title: "web_forms.sent_title", bare: true });
}

/** Keeps the entry and writes to its address. */
async function keep(
  c: Ctx,
  scope: Scope,
  form: webForms.WebForm,
  own: readonly CustomField[],
  { consent, phone, custom, issued: _, homepage: __, work: ___, ...input }: z.output<
    ReturnType<typeof Input>
  >,
): Promise<void> {
  const { view: { locale }, services: { config } } = c.var;
  const controller = await controllers.find(scope);
  const words = form.texts[locale].consent;
  const consents = consent && words !== "";
  const token = await entries.create(scope, form, {
    ...input,
    custom: (await customInput(scope, own, custom)).input,
    phone: phone === "" ? "" : toE164(phone, controller.country) ?? phone,
    consents,
    language: locale,
  });
  const letter = formConfirmation({
    locale,
    baseUrl: config.baseUrl,
    controller: controller.name,
    slug: controller.slug,
    title: form.texts[locale].title,
    consent: consents ? words : "",
    link: config.baseUrl + path`/form-confirmations/${token}`,
  });
  await mails.send(scope.sql, {
    tenantId: scope.tenantId,
    kind: "form_confirmation",
    to: input.email,
    ...letter,
  });
}

async function confirmation(c: Ctx, act: boolean): Promise<Response> {
  await rateLimits.count(counters(c), rateLimits.limits.links, prefix(c));
  const { pool } = c.var.services;
  const found = await entries.lookup(pool, c.req.param("token")!);
  const entry = found &&
    await inScope(c, { tenantId: found.tenantId, actor: system }, async (scope) => {
      const { locale, name } = await controllers.find(scope);
      const { secretKey } = c.var.services.config;
      const words = wordingOf(locale, scope.now);
      if (act) await confirmations.confirm(scope, secretKey, found.id, words);
      const entry = await entries.find(scope, found.id);
      return entry && { ...entry, controller: name };
    });
  // The page is in the language of the mail, unless the address says otherwise.
  const locale = c.req.query("lang") ? c.var.view.locale : entry?.language ?? c.var.view.locale;
  const view = { ...c.var.view, locale, t: translator(locale) };
  c.set("view", view);
  return await page(c, <EntryConfirmation view={view} entry={entry} />, {
    title: confirmationTitle(entry),
    bare: true,
    status: entry ? 200 : 404,
  });
}

async function show(
  c: Ctx,
  scope: Scope,
  form: webForms.WebForm,
  state: FormState,
  status: 200 | 422 | 429 = 200,
): Promise<Response> {
  const { consent, ...kept } = state.values;
  const own = await webFormFields.of(scope, form);
  const mark = ownMark(own);
  const { since, current } = shownAt(c, form, valueOf(state, "issued"), mark);
  const values = {
    ...kept,
    // The wording of the consent may have changed: it has to be ticked again.
    ...(current && consent !== undefined ? { consent } : {}),
    issued: issuedAt(c.var.services.config.secretKey, form, since, mark),
    homepage: "",
  };
  const node = (
    <PublicForm
      view={c.var.view}
      form={{ ...state, values }}
      webForm={form}
      own={own}
      controller={await controllers.find(scope)}
      work={form.work ? bits : null}
    />
  );
  return await page(c, node, {
    title: { text: form.texts[c.var.view.locale].title },
    bare: true,
    status,
  });
}
