/** The second step of a log-in: a code or a passkey; without the first step it leads back there. */
import { z } from "zod";
import { TooMany } from "../db/errors.ts";
import * as factors from "../db/factors.ts";
import * as figures from "../db/measure_figures.ts";
import * as passkeys from "../db/passkeys.ts";
import * as rateLimits from "../db/rate_limits.ts";
import type { Factor } from "../db/sessions.ts";
import { FactorStep } from "../views/factors/step.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { unstored } from "./link_pages.ts";
import {
  counters,
  endStep,
  isBound,
  localPath,
  prefix,
  signIn,
  stepOf,
  tenantFor,
} from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, web } from "./web.tsx";

const Proof = z.object({
  code: z.string().optional().default("").pipe(fields.line(60)),
  response: z.string().max(20_000).optional().default(""),
});

export default web.createApp()
  .use(unstored)
  .get("/", async (c) => {
    const identityId = await stepOf(c);
    return identityId ? await show(c, identityId, emptyForm) : c.redirect("/login", 303);
  })
  .post("/", async (c) => {
    const identityId = await stepOf(c);
    if (!identityId) return c.redirect("/login", 303);
    const read = await readForm(c, Proof);
    if (!read.ok) return await show(c, identityId, read.form, 422);
    const { code, response } = read.value;
    if (code === "" && response === "") {
      return await show(c, identityId, invalid(read.form, { code: "required" }), 422);
    }
    const factor = await prove(c, identityId, { code, response });
    if (!factor || !await endStep(c)) {
      await figures.countFailure(c.var.services.pool, "failed");
      return await show(c, identityId, invalid(read.form, { code: "factors.wrong" }), 422);
    }
    // The tenant's rules may have changed since the password was asked for.
    if (await isBound(c.var.services.pool, identityId)) return c.redirect("/login", 303);
    const tenantId = await tenantFor(c.var.services.pool, identityId);
    await signIn(c, { identityId, tenantId, factor });
    return c.redirect(localPath(c.req.query("next"), "/start"), 303);
  })
  .post("/challenges", async (c) => {
    const { pool, config } = c.var.services;
    const identityId = await stepOf(c);
    if (!identityId) return c.json({}, 404);
    await rateLimits.count(counters(c), rateLimits.limits.passkeys, prefix(c));
    return c.json(await passkeys.signInOptions(pool, config.baseUrl, identityId));
  });

/** Which factor was proven, by code or passkey. Throws TooMany: only people with the password get here. */
export async function prove(
  c: Ctx,
  identityId: string,
  { code, response }: z.output<typeof Proof>,
): Promise<Factor | null> {
  const { services: { config } } = c.var;
  const { sql, secretKey } = counters(c);
  try {
    await rateLimits.count({ sql, secretKey }, rateLimits.limits.factors, identityId);
  } catch (error) {
    if (error instanceof TooMany) await figures.countFailure(sql, "limited");
    throw error;
  }
  if (response !== "") {
    const owner = await passkeys.verify(sql, config.baseUrl, response, identityId);
    return owner ? "passkey" : null;
  }
  return await factors.prove({ sql, secretKey }, identityId, code);
}

async function show(
  c: Ctx,
  identityId: string,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { view, services } = c.var;
  const has = await factors.find(services.pool, identityId);
  // The code is used up or wrong: the field comes back empty.
  const blank = { ...form, values: {} };
  const node = <FactorStep view={view} form={blank} factors={has} />;
  return await page(c, node, { title: "factors.step_title", status, bare: true });
}
