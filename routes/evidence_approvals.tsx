/** The officer's decision on evidence through a mailed link; only the page's buttons act. */
import { z } from "zod";
import { NotFound } from "../db/errors.ts";
import * as evidence from "../db/processor_evidence.ts";
import * as processors from "../db/processors.ts";
import * as providers from "../db/provider.ts";
import { keepProcessing } from "../db/register_versions.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { ApprovalPage, DecidedPage } from "../views/processors/approval.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { fileOf } from "./processor_evidence.tsx";
import { counted, unlisted } from "./link_pages.ts";
import { type Ctx, page, readForm, web } from "./web.tsx";

/** Scanners that press buttons tick no boxes. */
const Approval = z.object({ read: z.literal("on", { error: "required" }) });
const Refusal = z.object({ reason: fields.name(1000) });

export default web.createApp()
  .use(counted(rateLimits.limits.approvals), unlisted)
  .get(`/${fields.tokenPart}`, (c) => show(c))
  .get(`/${fields.tokenPart}/file`, async (c) => {
    const found = await evidence.lookupByToken(c.var.services.pool, c.req.param("token"));
    return found ? await fileOf(c, found) : await decided(c, "approval_gone");
  })
  .post(`/${fields.tokenPart}`, async (c) => {
    const read = await readForm(c, Approval);
    if (!read.ok) return await show(c, read.form, 422);
    return await decide(c, "approved", "");
  })
  .post(`/${fields.tokenPart}/refusal`, async (c) => {
    const read = await readForm(c, Refusal);
    if (!read.ok) return await show(c, read.form, 422);
    return await decide(c, "refused", read.value.reason);
  });

async function show(c: Ctx, form: FormState = emptyForm, status: 200 | 422 = 200) {
  const { view, services: { pool } } = c.var;
  const token = c.req.param("token")!;
  const found = await evidence.lookupByToken(pool, token);
  if (!found) return await decided(c, "approval_gone");
  const processor = await processors.find(pool, found.processorId);
  return await page(
    c,
    <ApprovalPage view={view} processor={processor} evidence={found} form={form} token={token} />,
    { title: "processors.approval_title", bare: true, status },
  );
}

async function decide(c: Ctx, decision: "approved" | "refused", note: string) {
  const { pool } = c.var.services;
  const provider = await providers.lookup(pool);
  if (!provider) throw new NotFound("provider");
  const token = c.req.param("token")!;
  const done = await evidence.decide(pool, token, decision, provider.dpoName, note);
  if (done) await keepProcessing(pool, { actor: "officer" });
  return await decided(c, done ? decision : "approval_gone");
}

const decided = (c: Ctx, outcome: "approved" | "refused" | "approval_gone") =>
  page(c, <DecidedPage view={c.var.view} outcome={outcome} />, {
    title: `processors.${outcome}_title`,
    status: outcome === "approval_gone" ? 410 : 200,
    bare: true,
  });
