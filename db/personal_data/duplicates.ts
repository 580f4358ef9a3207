/** The map of what is known about records that may be one, and of records that were made one. */
import { table, tenantContent } from "./columns.ts";

const pair = tenantContent("contact", "record", "cascade");

export const duplicates = {
  "public.duplicate_scans": table(tenantContent("user", "tenant", "row"), {
    reference: "tenant_id id place_id",
    trace: "created_by started_at finished_at",
    technical: "status stage place looked compared",
  }),

  // Hashes of addresses, numbers and sounds; they go with the look that made them.
  "public.duplicate_keys": table(tenantContent("contact", "job", "job:scan_duplicates"), {
    reference: "tenant_id scan_id record_id",
    copy: "key",
  }),

  "public.duplicate_pairs": table(pair, {
    reference: "tenant_id id contact_id other_contact_id company_id other_company_id scan_id",
    classification: "score reasons",
    trace: "found_at dismissed_at dismissed_by",
  }),
};
