/** How this tenant writes offers, and the letterhead of offers and letters. */
import { z } from "zod";
import * as customFields from "../db/custom_fields.ts";
import type { CustomField } from "../db/custom_fields.ts";
import { Invalid } from "../db/errors.ts";
import * as letterheads from "../db/letterheads.ts";
import { fields as names, offered, unknown } from "../db/letter_fields.ts";
import * as numberRanges from "../db/number_ranges.ts";
import * as offerSettings from "../db/offer_settings.ts";
import { pdf } from "../db/typst.ts";
import { plainLetter } from "../views/business_documents.ts";
import { filesOf, paperOf } from "../views/letters/paper.ts";
import { LetterheadPage } from "../views/letters/letterhead.tsx";
import { OfferSettingsPage } from "../views/offers/settings.tsx";
import type { FormState } from "../views/ui/form.tsx";
import type { View } from "../views/view.ts";
import * as fields from "./fields.ts";
import { may, scoped, signedIn, whoIs } from "./guards.ts";
import { inScope } from "./own_scopes.ts";
import { rate } from "./products.tsx";
import { lines } from "./records.ts";
import { marked, raced } from "./settings_races.ts";
import { gather, readable, readUpload } from "./uploads.ts";
import { type Ctx, faultOf, invalid, page, readForm, redirect, web } from "./web.tsx";

/** A text with known fields only. */
const template = (own: readonly CustomField[]) =>
  lines(10_000).superRefine((value, context) => {
    const found = unknown(value, own);
    if (found.length === 0) return;
    const fields = new URLSearchParams({ fields: found.join(" ") });
    context.addIssue({ code: "custom", message: `mail_templates.field_unknown?${fields}` });
  });

const Input = (own: readonly CustomField[]) =>
  z.object({
    numberFormat: fields.name(40).refine(
      numberRanges.isFormat,
      `offers.format_invalid?${new URLSearchParams({ example: "{NNNN}" })}`,
    ),
    // Empty, it counts on.
    nextNumber: fields.line(8).refine((value) => /^([1-9]\d{0,7})?$/.test(value), "integer")
      .transform((value) => value === "" ? null : Number(value)).optional().default(null),
    validDays: fields.name(5).refine((value) => /^\d{1,3}$/.test(value), "integer").transform(
      Number,
    )
      .pipe(z.number().min(1, "too_small?min=1").max(365, "too_big?max=365")),
    vatRate: rate,
    gross: fields.tick,
    openingDe: template(own),
    openingEn: template(own),
    closingDe: template(own),
    closingEn: template(own),
  });

const Foot = z.object({ footer: lines(1_000) });

const letterheadAt = "/settings/letterhead";

export default web.createApp()
  .get("/offers", signedIn, scoped, may("offers.manage"), async (c) => {
    const values = valuesOf(await offerSettings.find(c.var.scope), c.var.view);
    return await show(c, marked({ values, errors: {} }));
  })
  .post("/offers", signedIn, scoped, may("offers.manage"), async (c) => {
    const read = await readForm(c, Input(await customFields.all(c.var.scope)));
    if (!read.ok) return await show(c, read.form, 422);
    const { scope, view } = c.var;
    const race = raced(read.form, valuesOf(await offerSettings.find(scope), view));
    if (race) return await show(c, race, 422);
    const { nextNumber, ...settings } = read.value;
    const fault = nextNumber !== null &&
      await faultOf(numberRanges.skipTo(scope, settings.numberFormat, nextNumber));
    if (fault) return await show(c, invalid(read.form, fault), 422);
    await offerSettings.update(scope, settings);
    return await redirect(c, "/settings/offers", { kind: "ok", key: "offers.settings_saved" });
  })
  .get("/letterhead", signedIn, scoped, may("offers.manage"), (c) => showLetterhead(c, null))
  .post("/letterhead", signedIn, scoped, may("offers.manage"), async (c) => {
    const read = await readForm(c, Foot);
    if (!read.ok) return await showLetterhead(c, read.form);
    const { footer } = await letterheads.find(c.var.scope);
    const race = raced(read.form, { footer });
    if (race) return await showLetterhead(c, race);
    await letterheads.update(c.var.scope, read.value.footer);
    return await redirect(c, letterheadAt, { kind: "ok", key: "offers.letterhead_saved" });
  })
  .get("/letterhead/logo", signedIn, scoped, may("offers.manage"), async (c) => {
    const { logo } = await letterheads.find(c.var.scope);
    if (!logo) return c.notFound();
    return c.body(new Uint8Array(logo.bytes), 200, {
      "Content-Type": logo.type === "png" ? "image/png" : "image/jpeg",
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "Cache-Control": "no-store",
    });
  })
  // Without a scope: it would hold a connection while the picture arrives.
  .post("/letterhead/logo", signedIn, may("offers.manage"), upload)
  .post("/letterhead/logo/deletion", signedIn, scoped, may("offers.manage"), async (c) => {
    await letterheads.updateLogo(c.var.scope, null);
    return await redirect(c, letterheadAt, { kind: "ok", key: "offers.letterhead_saved" });
  });

const valuesOf = (
  settings: offerSettings.OfferSettings,
  { format, locale }: View,
): FormState["values"] => ({
  numberFormat: numberRanges.inLetters(settings.numberFormat, locale),
  validDays: String(settings.validDays),
  vatRate: format.number(settings.vatRate / 100),
  ...(settings.gross ? { gross: "on" } : {}),
  openingDe: settings.openingDe,
  openingEn: settings.openingEn,
  closingDe: settings.closingDe,
  closingEn: settings.closingEn,
});

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { scope, view } = c.var;
  const own = offered(await customFields.all(scope));
  const next = await numberRanges.next(scope, (await offerSettings.find(scope)).numberFormat);
  const props = { view, form, next, fields: names, own };
  return await page(c, <OfferSettingsPage {...props} />, { title: "offers.settings", status });
}

async function showLetterhead(c: Ctx, form: FormState | null): Promise<Response> {
  const { scope, view } = c.var;
  const letterhead = await letterheads.find(scope);
  const shown = form ?? marked({ values: { footer: letterhead.footer }, errors: {} });
  return await page(c, <LetterheadPage view={view} letterhead={letterhead} form={shown} />, {
    title: "offers.letterhead",
    status: form ? 422 : 200,
  });
}

async function upload(c: Ctx): Promise<Response> {
  const who = whoIs(c.var.session!);
  if (!who) return c.redirect("/tenants", 303);
  const limits = { files: 1, bytes: readable };
  const { files: [bytes] } = await readUpload(
    c,
    "logo",
    (source) => gather(source, letterheads.largest),
    limits,
  );
  return await inScope(c, who, () => keep(c, bytes));
}

/** Keeps a picture that can be printed: one that Typst rejects is reported here, not on an offer. */
async function keep(c: Ctx, bytes: Uint8Array | undefined): Promise<Response> {
  const { scope, view } = c.var;
  if (!bytes) return await refuse(c, "offers.logo_missing");
  try {
    const logo = letterheads.logoOf(bytes);
    if (!prints({ ...await letterheads.find(scope), logo }, view.now)) {
      return await refuse(c, "offers.logo_broken");
    }
    await letterheads.updateLogo(scope, logo);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await refuse(c, error.code);
  }
  return await redirect(c, letterheadAt, { kind: "ok", key: "offers.letterhead_saved" });
}

function prints(letterhead: letterheads.Letterhead, at: Date): boolean {
  const text = { lang: "de", title: "", recipient: "", facts: [], body: "" };
  try {
    pdf(plainLetter, { ...paperOf(letterhead), ...text }, { at, files: filesOf(letterhead) });
    return true;
  } catch {
    return false;
  }
}

async function refuse(c: Ctx, code: string): Promise<Response> {
  const { footer } = await letterheads.find(c.var.scope);
  return await showLetterhead(c, marked({ values: { footer }, errors: { logo: code } }));
}
