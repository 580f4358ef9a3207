/** The personal-data map of what determines how long a tenant's records are kept. */
import { table, tenantContent } from "./columns.ts";

const settings = tenantContent("none", "tenant", "row");
const ofRecord = tenantContent("contact", "record", "cascade");

export const retentions = {
  "public.retention_settings": table(settings, {
    reference: "tenant_id",
    technical: "prospect lost_deal applicant claim history confirm_days",
  }),

  "public.retention_duties": table(ofRecord, {
    reference: "tenant_id id contact_id company_id deal_id created_by",
    legal: "class starts_on ends_on",
    content: "reference",
    trace: "created_at",
  }),

  "public.holds": table(ofRecord, {
    reference: "tenant_id id contact_id company_id deal_id created_by released_by",
    legal: "kind review_on",
    content: "reason",
    trace: "created_at released_at told_on",
  }),

  "public.due_records": table(ofRecord, {
    reference: "tenant_id id contact_id company_id deal_id",
    legal: "class due_on bound_on",
    trace: "found_at announced_at",
  }),

  "public.retention_runs": table(settings, {
    reference: "tenant_id after_id",
    technical: "kind run_on after_at finished_at looked erased reported",
  }),
};
