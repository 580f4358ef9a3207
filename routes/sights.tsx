/** What of the records each role sees, in the settings. */
import { z } from "zod";
import * as sights from "../db/sights.ts";
import { SightsPage } from "../views/sights.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const level = z.enum(sights.levels, "option");
const Sight = z.object({ contacts: level, companies: level, deals: level });
const Input = z.object({ member: Sight, read_only: Sight });

export default web.createApp()
  .use(signedIn, scoped, may("users.manage"))
  .get("/", async (c) => {
    const present = await sights.list(c.var.scope);
    const values = Object.fromEntries(
      sights.narrowable.flatMap((role) =>
        sights.parts.map((part) => [`${role}.${part}`, present[role][part]])
      ),
    );
    return await show(c, { values, errors: {} });
  })
  .post("/", async (c) => {
    const read = await readForm(c, Input);
    if (!read.ok) return await show(c, read.form, 422);
    await sights.update(c.var.scope, read.value);
    return await redirect(c, "/settings/sight", { kind: "ok", key: "sights.saved" });
  });

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  return await page(c, <SightsPage view={c.var.view} form={form} />, {
    title: "sights.title",
    status,
  });
}
