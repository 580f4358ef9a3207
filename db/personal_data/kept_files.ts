/**
 * The personal-data map of files on records: their rows; the bytes are in
 * db/personal_data/files.ts.
 */
import { table, tenantContent } from "./columns.ts";

export const keptFiles = {
  "public.files": table(tenantContent("contact", "record", "row"), {
    reference:
      "tenant_id id contact_id company_id deal_id activity_id message_id object_id data_key_id",
    content: "name",
    copy: "search",
    trace: "at created_by deleted_at deleted_by erase_after",
    technical: "media_type size",
  }),

  "public.file_links": table(tenantContent("contact", "record", "cascade"), {
    reference: "tenant_id file_id record_id contact_id company_id deal_id",
    trace: "at",
  }),

  // Which keys existed and when they were destroyed: proof that what they sealed is gone.
  "public.data_keys": table(tenantContent("none", "tenant", "cascade"), {
    reference: "tenant_id id",
    trace: "created_at destroyed_at",
    technical: "purpose",
  }),
};
