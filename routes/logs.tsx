/** The operator's log files: their periods, nightly runs, extracts for incidents. */
import { z } from "zod";
import { today } from "../db/clock.ts";
import { formId } from "../db/ids.ts";
import * as freezes from "../db/log_freezes.ts";
import * as periods from "../db/log_periods.ts";
import * as runs from "../db/log_runs.ts";
import { LogsPage } from "../views/logs.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, faultOf, invalid, page, readForm, redirect, web } from "./web.tsx";

const home = "/operator/logs";

const Periods = z.object({
  addresses: fields.bounded("log_address_days").transform(Number),
  access: fields.bounded("log_access_days").transform(Number),
  app: fields.bounded("log_app_days").transform(Number),
  audit: fields.bounded("log_audit_days").transform(Number),
  jobs: fields.bounded("log_jobs_days").transform(Number),
  mail: fields.bounded("log_mail_days").transform(Number),
});

const Extract = z.object({
  id: z.uuid(),
  reason: z.string().trim().min(1).max(500),
  fromOn: fields.day,
  toOn: fields.day.refine((value) => value <= today("UTC"), "future"),
  untilOn: fields.day,
});

export default web.createApp()
  .use(signedIn, operator)
  .get("/", (c) => show(c, {}))
  .post("/", async (c) => {
    const read = await readForm(c, Periods);
    if (!read.ok) return await show(c, { periods: read.form });
    const race = raced(read.form, await stored(c));
    if (race) return await show(c, { periods: race });
    await periods.update(c.var.services.pool, read.value);
    return await redirect(c, home, { kind: "ok", key: "logs.saved" });
  })
  .post("/freezes", async (c) => {
    const read = await readForm(c, Extract);
    if (!read.ok) return await show(c, { freeze: read.form });
    const { services, session } = c.var;
    const extract = { ...read.value, id: fields.ownId(read.form) };
    const fault = await faultOf(freezes.create(services.pool, extract, session!.identityId));
    if (fault) return await show(c, { freeze: invalid(read.form, fault) });
    return await redirect(c, `${home}#freezes`, { kind: "ok", key: "logs.frozen" });
  });

async function stored(c: Ctx): Promise<FormState["values"]> {
  const inForce = await periods.find(c.var.services.pool);
  return Object.fromEntries(Object.entries(inForce).map(([k, v]) => [k, String(v)]));
}

async function show(
  c: Ctx,
  forms: { periods?: FormState; freeze?: FormState },
): Promise<Response> {
  const { view, services: { pool } } = c.var;
  const [values, nights, kept] = await Promise.all([
    stored(c),
    runs.list(pool),
    freezes.list(pool),
  ]);
  const fresh = { id: formId(), fromOn: today("UTC"), toOn: today("UTC") };
  return await page(
    c,
    <LogsPage
      view={view}
      runs={nights}
      freezes={kept}
      periods={forms.periods ?? marked({ values, errors: {} })}
      freeze={forms.freeze ?? { values: fresh, errors: {} }}
    />,
    { title: "operator.logs", status: forms.periods || forms.freeze ? 422 : 200 },
  );
}
