/** The personal-data map of the figures behind reports, which refer to no persons. */
import { table, tenantContent } from "./columns.ts";

export const reports = {
  // Kept when a deal is erased: months, stages, amounts, and the responsible user.
  "public.stat_facts": table(tenantContent("none", "tenant", "row"), {
    reference: "tenant_id id deal_id owner_id",
    sales: "kind month pipeline_id stage_id lost_reason_id amount_cents currency days",
  }),

  // Totals cached for a minute; a filter may name the responsible user.
  "public.stat_snapshots": table(tenantContent("user", "visit", "overwritten"), {
    reference: "tenant_id",
    classification: "key figures",
    trace: "made_at",
  }),
};
