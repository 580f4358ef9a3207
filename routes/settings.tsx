/** What a tenant's admins decide for all its people. */
import { z } from "zod";
import * as samples from "../db/samples.ts";
import * as tenants from "../db/tenants.ts";
import { SettingsPage } from "../views/settings.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const Input = z.object({
  name: fields.name(),
  trashDays: fields.bounded("trash_days").transform(Number),
});

export default web.createApp()
  .use(signedIn, scoped, may("settings.manage"))
  .get("/", async (c) => await show(c, marked({ values: await stored(c), errors: {} })))
  .post("/", async (c) => {
    const read = await readForm(c, Input);
    if (!read.ok) return await show(c, read.form, 422);
    const race = raced(read.form, await stored(c));
    if (race) return await show(c, race, 422);
    await tenants.update(c.var.scope, read.value);
    return await redirect(c, "/settings", { kind: "ok", key: "tenants.saved" });
  });

async function stored(c: Ctx): Promise<FormState["values"]> {
  const { name, trashDays } = await tenants.find(c.var.scope);
  return { name, trashDays: String(trashDays) };
}

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { view, scope } = c.var;
  const present = await samples.lookup(scope);
  const node = <SettingsPage view={view} form={form} samples={present} />;
  return await page(c, node, { title: "tenants.settings", status });
}
