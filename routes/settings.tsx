/** What the admins of a tenant decide for all its people. */
import { z } from "zod";
import * as samples from "../db/samples.ts";
import * as tenants from "../db/tenants.ts";
import { SettingsPage } from "../views/settings.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const Input = z.object({
  name: fields.name(),
  trashDays: fields.bounded("trash_days").transform(Number),
});

export default web.createApp()
  .use(signedIn, scoped, may("settings.manage"))
  .get("/", async (c) => {
    const { name, trashDays } = await tenants.find(c.var.scope);
    return await show(c, { values: { name, trashDays: String(trashDays) }, errors: {} });
  })
  .post("/", async (c) => {
    const read = await readForm(c, Input);
    if (!read.ok) return await show(c, read.form, 422);
    await tenants.update(c.var.scope, read.value);
    return await redirect(c, "/settings", { kind: "ok", key: "tenants.saved" });
  });

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { view, scope } = c.var;
  const present = await samples.lookup(scope);
  const node = <SettingsPage view={view} form={form} samples={present} />;
  return await page(c, node, { title: "tenants.settings", status });
}
