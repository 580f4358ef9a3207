/** The map of what reports are made of: numbers without persons. */
import { table, tenantContent } from "./columns.ts";

export const reports = {
  // Kept when a deal is erased: months, stages, amounts, and which user looked after it.
  "public.stat_facts": table(tenantContent("none", "tenant", "row"), {
    reference: "tenant_id id deal_id owner_id",
    sales: "kind month pipeline_id stage_id lost_reason_id amount_cents currency days",
  }),

  // Sums for a minute; a filter may name who is responsible.
  "public.stat_snapshots": table(tenantContent("user", "visit", "overwritten"), {
    reference: "tenant_id",
    classification: "key figures",
    trace: "made_at",
  }),
};
