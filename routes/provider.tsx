/** The provider's details, kept up to date by the operator. */
import { z } from "zod";
import { providerId } from "../db/controllers.ts";
import { NotFound } from "../db/errors.ts";
import { lands } from "../db/authorities.ts";
import * as factors from "../db/factors.ts";
import * as officers from "../db/officers.ts";
import * as provider from "../db/provider.ts";
import { system, withScope } from "../db/scope.ts";
import { assertWithin } from "../db/setting_bounds.ts";
import * as vatIds from "../db/vat_ids.ts";
import { country } from "../views/processors/words.ts";
import { ProviderSettings } from "../views/provider.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { confirmed } from "./confirmed.tsx";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

/** What the set-up asks and what the privacy policy and the imprint cannot do without. */
export const ProviderInput = z.object({
  name: fields.name(),
  legalForm: fields.line(100),
  street: fields.name(),
  postalCode: fields.name(20),
  city: fields.name(100),
  country: z.string({ error: "required" }).regex(/^[A-Z]{2}$/, "option"),
  email: fields.email,
  dpoName: fields.name(),
  dpoEmail: fields.email,
});

const Input = z.object({
  provider: ProviderInput.extend({
    land: z.enum(["", ...lands], "option").default(""),
    phone: fields.line(50),
    representedBy: fields.line(200),
    registerEntry: fields.line(200),
    vatId: fields.line(20).refine(
      (text) => text === "" || vatIds.lookup(text)?.valid === true,
      "vat_id",
    ),
  }),
});

const Factors = z.object({ demanded: z.enum(["on", ""]).default("") });

/** The form as it is kept. */
async function stored(c: Ctx): Promise<FormState> {
  const found = await provider.lookup(c.var.services.pool);
  if (!found) throw new NotFound("provider");
  const values = Object.entries(found).map(([name, value]) => [`provider.${name}`, value]);
  return { values: Object.fromEntries(values), errors: {} };
}

/** Choices are reported by their labels. */
const wordsOf = ({ var: { view } }: Ctx) => (name: string, value: string) => {
  if (name === "provider.country") return country(view, value);
  const land = name === "provider.land" && lands.find((each) => each === value);
  return land ? view.t(`complaints.land_${land}`) : value;
};

export default web.createApp()
  .use(signedIn, operator)
  .get("/", async (c) => await show(c, marked(await stored(c))))
  .post("/factors", confirmed, async (c) => {
    const read = await readForm(c, Factors);
    if (!read.ok) return await show(c, marked(await stored(c)), 422, read.form);
    const { pool, config } = c.var.services;
    const { demanded } = read.value;
    const fault = config.appEnv === "production"
      ? assertWithin("operator_factors", demanded)
      : null;
    if (fault) {
      return await show(c, marked(await stored(c)), 422, invalid(read.form, { demanded: fault }));
    }
    await factors.demandOfOperators(pool, demanded === "on");
    return await redirect(c, "/operator/provider", { kind: "ok", key: "provider.factors_saved" });
  })
  .post("/", async (c) => {
    const read = await readForm(c, Input);
    if (!read.ok) return await show(c, read.form, 422);
    const missing = provider.missing(read.value.provider);
    // In production nothing may be left open, so nothing may be emptied again either.
    if (missing.length > 0 && c.var.services.config.appEnv === "production") {
      const errors = missing.map((name) => [`provider.${name}`, "required"]);
      return await show(c, invalid(read.form, Object.fromEntries(errors)), 422);
    }
    const race = raced(read.form, (await stored(c)).values, wordsOf(c));
    if (race) return await show(c, race, 422);
    const { pool } = c.var.services;
    const before = await provider.lookup(pool);
    await provider.update(pool, read.value.provider);
    if (before!.dpoEmail.toLowerCase() !== read.value.provider.dpoEmail.toLowerCase()) {
      await withScope(pool, { tenantId: providerId, actor: system }, officers.succeed);
    }
    return await redirect(c, "/operator/provider", { kind: "ok", key: "provider.saved" });
  });

const show = async (
  c: Ctx,
  form: FormState,
  status: 200 | 422 = 200,
  factorForm?: FormState,
) => {
  const demanded = await factors.demandedOfOperators(c.var.services.pool);
  const own = factorForm ?? { values: demanded ? { demanded: "on" } : {}, errors: {} };
  return await page(
    c,
    <ProviderSettings view={c.var.view} form={form} factors={own} lands={lands} />,
    { title: "operator.provider", status },
  );
};
