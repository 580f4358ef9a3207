/** Who decides requests, and who stands in: of a tenant for its admins, of the provider for the operator. */
import { z } from "zod";
import { providerId } from "../db/controllers.ts";
import * as officers from "../db/officers.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { OfficerSettings } from "../views/officers.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, operator, scoped, signedIn } from "./guards.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const blank = z.literal("").transform(() => null);
const Address = z.union([z.literal(""), fields.email]).default("");
const Day = z.union([blank, z.iso.date({ error: "date" })]).default(null);

const Input = z.object({
  name: fields.line(200).default(""),
  email: Address,
  language: z.enum(["de", "en"], "option").default("de"),
  deputyName: fields.line(200),
  deputyEmail: Address,
  awayFrom: Day,
  awayUntil: Day,
});

/** The officer of one's own house. */
export const ownOfficer = web.createApp()
  .use(signedIn, scoped, may("settings.manage"))
  .get("/", (c) => show(c, c.var.scope))
  .post("/", (c) => save(c, c.var.scope));

/** The deputy of the officer whom the imprint names. */
export const providersOfficer = web.createApp()
  .use(signedIn, operator)
  .get("/", (c) => asProvider(c, (scope) => show(c, scope)))
  .post("/", (c) => asProvider(c, (scope) => save(c, scope)));

const asProvider = (c: Ctx, work: (scope: Scope) => Promise<Response>) =>
  withScope(c.var.services.pool, { tenantId: providerId, actor: system }, work);

async function save(c: Ctx, scope: Scope): Promise<Response> {
  const read = await readForm(c, Input);
  if (!read.ok) return await show(c, scope, read.form);
  const faults = faultsOf(read.value);
  if (Object.keys(faults).length > 0) return await show(c, scope, invalid(read.form, faults));
  await officers.update(scope, read.value);
  return await redirect(c, c.req.path, { kind: "ok", key: "officers.saved" });
}

/** An absence has both its days, in order, and somebody who stands in. */
function faultsOf({ awayFrom, awayUntil, deputyEmail }: z.output<typeof Input>) {
  const faults: Record<string, string> = {};
  if (awayFrom && !awayUntil) faults.awayUntil = "required";
  if (awayUntil && !awayFrom) faults.awayFrom = "required";
  if (awayFrom && awayUntil && awayUntil < awayFrom) faults.awayUntil = "date_order";
  if (awayFrom && deputyEmail === "") faults.deputyEmail = "required";
  return faults;
}

async function show(c: Ctx, scope: Scope, form?: FormState): Promise<Response> {
  const officer = await officers.find(scope);
  const values = Object.entries(officer).map(([name, value]) => [name, value ?? ""]);
  return await page(
    c,
    <OfficerSettings
      view={c.var.view}
      form={form ?? { values: Object.fromEntries(values), errors: {} }}
      provider={scope.tenantId === providerId}
      officer={officer}
    />,
    { title: "officers.settings_title", status: form ? 422 : 200 },
  );
}
