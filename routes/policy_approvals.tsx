/** The officer's decision through a mailed link; only the page's buttons act. */
import { z } from "zod";
import * as policies from "../db/policies.ts";
import * as providers from "../db/provider.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { path } from "../views/path.ts";
import { PolicyApproval, PolicyDecided } from "../views/policies/approvals.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { counted, unlisted } from "./link_pages.ts";
import { type Ctx, page, readForm, web } from "./web.tsx";

/** Scanners that press buttons tick no boxes. */
const Approval = z.object({ read: z.literal("on", { error: "required" }) });
const Refusal = z.object({ reason: fields.name(1000) });

export default web.createApp()
  .use(counted(rateLimits.limits.links), unlisted)
  .get(`/${fields.tokenPart}`, (c) => show(c))
  .post(`/${fields.tokenPart}`, async (c) => {
    const read = await readForm(c, Approval);
    if (!read.ok) return await show(c, read.form, 422);
    const { pool } = c.var.services;
    const provider = await providers.lookup(pool);
    const done = provider !== null &&
      await policies.approve(pool, c.req.param("token"), provider.dpoEmail);
    return await decided(c, done ? "approved" : "gone");
  })
  .post(`/${fields.tokenPart}/refusal`, async (c) => {
    const read = await readForm(c, Refusal);
    if (!read.ok) return await show(c, read.form, 422);
    const { pool } = c.var.services;
    const done = await policies.refuse(pool, c.req.param("token"), read.value.reason);
    return await decided(c, done ? "refused" : "gone");
  });

async function show(c: Ctx, form: FormState = emptyForm, status: 200 | 422 = 200) {
  const { view, services: { pool } } = c.var;
  const token = c.req.param("token")!;
  const policy = await policies.lookupProposed(pool, token);
  if (!policy) return await decided(c, "gone");
  const inForce = await policies.current(pool);
  return await page(
    c,
    <PolicyApproval
      view={view}
      policy={policy}
      sections={policy.content![view.locale]}
      before={inForce && { number: inForce.number, sections: inForce.content![view.locale] }}
      form={form}
      approval={path`/policy-approvals/${token}`}
      refusal={path`/policy-approvals/${token}/refusal`}
    />,
    { title: "policies.approval_title", bare: true, wide: true, status },
  );
}

const decided = (c: Ctx, outcome: "approved" | "refused" | "gone") =>
  page(c, <PolicyDecided view={c.var.view} outcome={outcome} />, {
    title: outcome === "gone" ? "policies.approval_gone_title" : "policies.approval_title",
    bare: true,
  });
