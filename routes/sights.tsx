/** Which records each role sees, in the settings. */
import { z } from "zod";
import * as sights from "../db/sights.ts";
import { SightsPage } from "../views/sights.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const level = z.enum(sights.levels, "option");
const Sight = z.object({ contacts: level, companies: level, deals: level });
const Input = z.object({ member: Sight, read_only: Sight });

export default web.createApp()
  .use(signedIn, scoped, may("users.manage"))
  .get("/", async (c) => await show(c, marked({ values: await stored(c), errors: {} })))
  .post("/", async (c) => {
    const read = await readForm(c, Input);
    if (!read.ok) return await show(c, read.form, 422);
    const { t } = c.var.view;
    const say = (_: string, value: string) => t(`sights.level_${value as sights.Level}`);
    const race = raced(read.form, await stored(c), say);
    if (race) return await show(c, race, 422);
    await sights.update(c.var.scope, read.value);
    return await redirect(c, "/settings/sight", { kind: "ok", key: "sights.saved" });
  });

async function stored(c: Ctx): Promise<Record<string, sights.Level>> {
  const present = await sights.list(c.var.scope);
  return Object.fromEntries(
    sights.narrowable.flatMap((role) =>
      sights.parts.map((part) => [`${role}.${part}`, present[role][part]])
    ),
  );
}

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  return await page(c, <SightsPage view={c.var.view} form={form} />, {
    title: "sights.title",
    status,
  });
}
