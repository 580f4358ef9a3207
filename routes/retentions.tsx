/** The tenant's retention periods, the queue of due records, and ending single documents and holds. */
import { z } from "zod";
import * as due from "../db/due_records.ts";
import * as holds from "../db/holds.ts";
import { dayOf } from "../db/local_times.ts";
import { recordClasses } from "../db/record_classes.ts";
import * as notices from "../db/retention_notices.ts";
import * as retentions from "../db/retentions.ts";
import { nouns } from "../views/records/nouns.ts";
import { path } from "../views/path.ts";
import { DueIndex } from "../views/retentions/due.tsx";
import { HoldReview } from "../views/retentions/holds.tsx";
import { RetentionSettings } from "../views/retentions/settings.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { confirmed } from "./confirmed.tsx";
import * as fields from "./fields.ts";
import { idPart } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { cursor as placed, pageAt } from "./lists.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const home = "/settings/retention";

const fixed = (["letter", "voucher", "books"] as const)
  .map((name) => ({ name, years: recordClasses[name].months / 12 }));

const Periods = z.object({
  prospect: fields.bounded("retention_prospect").transform(Number),
  lost_deal: fields.bounded("retention_lost_deal").transform(Number),
  applicant: fields.bounded("retention_applicant").transform(Number),
  claim: fields.bounded("retention_claim").transform(Number),
  history: fields.bounded("retention_history").transform(Number),
  confirmDays: fields.bounded("retention_confirm_days").transform(Number),
});

export default web.createApp()
  .use(signedIn, scoped, may("retention.manage"))
  .get("/", async (c) => await show(c, marked(await stored(c))))
  .post("/", async (c) => {
    const read = await readForm(c, Periods);
    if (!read.ok) return await show(c, read.form, 422);
    const race = raced(read.form, (await stored(c)).values);
    if (race) return await show(c, race, 422);
    await retentions.update(c.var.scope, read.value);
    return await redirect(c, home, { kind: "ok", key: "retentions.saved" });
  })
  .get("/due", async (c) => {
    const { scope, view } = c.var;
    const cursor = placed(c);
    const shown = await pageAt(cursor, (at) => due.list(scope, at));
    return await page(c, <DueIndex view={view} page={shown} today={dayOf(scope.now)} />, {
      title: "retentions.due",
    });
  })
  .post(`/due/${idPart}/erasure`, confirmed, async (c) => {
    const gone = await due.confirm(c.var.scope, c.req.param("id"), c.var.services.config.secretKey);
    const key = gone ? "retentions.erased_one" : "retentions.not_due";
    return await redirect(c, `${home}/due`, { kind: gone ? "ok" : "info", key });
  })
  .get("/holds", async (c) => {
    const { scope, view } = c.var;
    const found = await holds.listToReview(scope);
    return await page(c, <HoldReview view={view} holds={found} />, { title: "retentions.review" });
  })
  .post(`/holds/${idPart}/extension`, async (c) => {
    const { scope, view } = c.var;
    const date = view.format.date(await holds.extend(scope, c.req.param("id")));
    return await redirect(c, `${home}/holds`, {
      kind: "ok",
      key: "retentions.extended",
      params: { date },
    });
  })
  .post(`/holds/${idPart}/release`, async (c) => {
    const { kind, recordId } = await holds.release(c.var.scope, c.req.param("id"));
    return await redirect(c, path`/${nouns[kind]}/${recordId}/retention`, {
      kind: "ok",
      key: "retentions.released",
    });
  })
  .post(`/duties/${idPart}/removal`, async (c) => {
    const { kind, recordId } = await retentions.removeDuty(c.var.scope, c.req.param("id"));
    return await redirect(c, path`/${nouns[kind]}/${recordId}/retention`, {
      kind: "ok",
      key: "retentions.duty_removed",
    });
  });

async function stored(c: Ctx): Promise<FormState> {
  const periods = await retentions.find(c.var.scope);
  const values = Object.fromEntries(Object.entries(periods).map(([k, v]) => [k, String(v)]));
  return { values, errors: {} };
}

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { scope, view } = c.var;
  const [runs, toReview] = await Promise.all([
    notices.listRuns(scope),
    holds.countToReview(scope),
  ]);
  const node = (
    <RetentionSettings view={view} form={form} fixed={fixed} runs={runs} toReview={toReview} />
  );
  return await page(c, node, { title: "retentions.tab", status });
}
