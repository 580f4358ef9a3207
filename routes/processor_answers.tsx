/** What the operator writes to customers about an announced change: answers to objections, other notices. */
import { z } from "zod";
import { NotFound } from "../db/errors.ts";
import * as mails from "../db/mails.ts";
import * as notices from "../db/processor_notices.ts";
import * as objections from "../db/processor_objections.ts";
import * as plans from "../db/processor_plans.ts";
import { system, withScope } from "../db/scope.ts";
import { objectionAnswered } from "../views/mail/processors.tsx";
import { path } from "../views/path.ts";
import { AnswerPage } from "../views/processors/plan.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { show as showProcessor } from "./processor_pages.tsx";
import { type Ctx, faultOf, invalid, page, readForm, redirect, web } from "./web.tsx";

const Answer = z.object({
  customer: z.string().default(""),
  answer: fields.name(2000),
});

export default web.createApp()
  .use(signedIn, operator)
  .get(`/${fields.idPart}/answer`, (c) => show(c, c.req.query("customer") ?? "", emptyForm))
  .post(`/${fields.idPart}/answer`, async (c) => {
    const read = await readForm(c, Answer);
    if (!read.ok) return await show(c, String(read.form.values.customer ?? ""), read.form, 422);
    const plan = await waiting(c);
    const { pool, config: { baseUrl } } = c.var.services;
    const { tenantId } = await standing(c, read.value.customer);
    await withScope(pool, { tenantId, actor: system }, async (scope) => {
      await objections.answer(scope, plan.id, read.value.answer);
      for (const { name, email, locale } of await objections.listOwners(scope)) {
        await mails.send(scope.sql, {
          tenantId,
          kind: "processor_answer",
          to: email,
          ...objectionAnswered({ locale, name, change: plan, baseUrl }),
        });
      }
    });
    return await done(c, "processors.objection_settled");
  })
  .post(`/${fields.idPart}/notices`, async (c) => {
    const plan = await waiting(c);
    const id = c.req.param("id");
    const read = await readForm(c, fields.informedOtherwise);
    if (!read.ok) return await showProcessor(c, id, { notice: read.form });
    const { personId, informedOn } = read.value;
    const { pool } = c.var.services;
    const fault = await faultOf(notices.noteInformed(pool, plan, personId, informedOn));
    if (fault) return await showProcessor(c, id, { notice: invalid(read.form, fault) });
    return await done(c, "policies.told_saved");
  });

const done = (c: Ctx, key: "processors.objection_settled" | "policies.told_saved") =>
  redirect(c, path`/operator/processors/${c.req.param("id")!}`, { kind: "ok", key });

/** The change that waits for customers. Throws NotFound. */
async function waiting(c: Ctx): Promise<plans.Plan> {
  const plan = await plans.lookup(c.var.services.pool, c.req.param("id")!);
  if (!plan) throw new NotFound("processor_plan");
  return plan;
}

/** A customer's objection that stands. Throws NotFound. */
async function standing(c: Ctx, tenantId: string): Promise<objections.ForeignObjection> {
  const all = await objections.list(c.var.services.pool, c.req.param("id")!);
  const found = all.find((each) => each.open && each.tenantId === tenantId);
  if (!found) throw new NotFound("processor_objection");
  return found;
}

async function show(c: Ctx, tenantId: string, form: FormState, status: 200 | 422 = 200) {
  const objection = await standing(c, tenantId);
  return await page(
    c,
    <AnswerPage
      view={c.var.view}
      processorId={c.req.param("id")!}
      objection={objection}
      form={form}
    />,
    { title: "processors.objection_answer", status },
  );
}
