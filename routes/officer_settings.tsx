/** The form for the officer and their deputy, for provider and tenants alike. */
import { z } from "zod";
import { providerId } from "../db/controllers.ts";
import * as officers from "../db/officers.ts";
import type { Scope } from "../db/scope.ts";
import { OfficerSettings } from "../views/officers.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, invalid, page, readForm, redirect } from "./web.tsx";

const blank = z.literal("").transform(() => null);
const Address = z.union([z.literal(""), fields.email]).default("");
const Day = z.union([blank, fields.day]).default(null);

const Input = z.object({
  name: fields.line(200).default(""),
  email: Address,
  language: z.enum(["de", "en"], "option").default("de"),
  deputyName: fields.line(200),
  deputyEmail: Address,
  awayFrom: Day,
  awayUntil: Day,
});

/** Saves what was posted, or shows what is wrong with it. */
export async function save(c: Ctx, scope: Scope): Promise<Response> {
  const read = await readForm(c, Input);
  if (!read.ok) return await show(c, scope, read.form);
  const faults = faultsOf(read.value);
  if (Object.keys(faults).length > 0) return await show(c, scope, invalid(read.form, faults));
  const race = raced(read.form, valuesOf(await officers.find(scope)));
  if (race) return await show(c, scope, race);
  await officers.update(scope, read.value);
  return await redirect(c, c.req.path, { kind: "ok", key: "officers.saved" });
}

/** A named officer needs an address; an absence needs both days, in order, and a deputy. */
function faultsOf(
  { name, email, deputyName, deputyEmail, awayFrom, awayUntil }: z.output<typeof Input>,
) {
  const faults: Record<string, string> = {};
  if (name !== "" && email === "") faults.email = "required";
  if (deputyName !== "" && deputyEmail === "") faults.deputyEmail = "required";
  if (awayFrom && !awayUntil) faults.awayUntil = "required";
  if (awayUntil && !awayFrom) faults.awayFrom = "required";
  if (awayFrom && awayUntil && awayUntil < awayFrom) faults.awayUntil = "date_order";
  if (awayFrom && deputyEmail === "") faults.deputyEmail = "required";
  return faults;
}

const valuesOf = (officer: officers.Officer): FormState["values"] =>
  Object.fromEntries(Object.entries(officer).map(([name, value]) => [name, value ?? ""]));

/** The form with what holds now, or as it was refused. */
export async function show(c: Ctx, scope: Scope, form?: FormState): Promise<Response> {
  const officer = await officers.find(scope);
  return await page(
    c,
    <OfficerSettings
      view={c.var.view}
      form={form ?? marked({ values: valuesOf(officer), errors: {} })}
      provider={scope.tenantId === providerId}
      officer={officer}
    />,
    {
      title: scope.tenantId === providerId ? "operator.officer" : "officers.settings_title",
      status: form ? 422 : 200,
    },
  );
}
