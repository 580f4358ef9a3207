/** The personal-data map of possible duplicates, and of records that were merged. */
import { table, tenantContent } from "./columns.ts";

const pair = tenantContent("contact", "record", "cascade");
const merge = tenantContent("contact", "merge", "job:erase_trash");

export const duplicates = {
  "public.duplicate_scans": table(tenantContent("user", "tenant", "row"), {
    reference: "tenant_id id place_id",
    trace: "created_by started_at finished_at",
    technical: "status stage place looked compared",
  }),

  // Hashes of addresses, numbers and phonetic names; deleted with the search that made them.
  "public.duplicate_keys": table(tenantContent("contact", "job", "job:scan_duplicates"), {
    reference: "tenant_id scan_id record_id",
    copy: "key",
  }),

  "public.duplicate_pairs": table(pair, {
    reference:
      "tenant_id id contact_id other_contact_id company_id other_company_id scan_id merge_id",
    classification: "score blind_score reasons",
    trace: "found_at dismissed_at dismissed_by",
  }),

  "public.merges": table(merge, {
    reference: "tenant_id id contact_id company_id deal_id",
    trace: "created_by created_at undo_until undone_at undone_by",
  }),

  // The values before the merge, to undo it.
  "public.merge_rows": table(merge, {
    reference: "tenant_id merge_id key",
    content: "before after copy",
    technical: "step no table_name",
  }),

  "public.former_ids": table(pair, {
    reference: "tenant_id id contact_id company_id deal_id",
  }),
};
