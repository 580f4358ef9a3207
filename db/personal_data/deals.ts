/** The personal-data map of deals, their pipelines and everything that belongs to them. */
import { table, tenantContent } from "./columns.ts";

const content = tenantContent("none", "tenant", "row");
const deal = tenantContent("company_contact", "record", "row");

export const deals = {
  "public.pipelines": table(content, {
    reference: "tenant_id id",
    settings: "name position",
    trace: "created_at removed_at",
  }),

  "public.stages": table(content, {
    reference: "tenant_id id pipeline_id",
    settings: "name kind position probability colour rotting_days",
    trace: "removed_at",
  }),

  "public.lost_reasons": table(content, {
    reference: "tenant_id id",
    settings: "name position",
    trace: "removed_at",
  }),

  "public.deals": table(deal, {
    reference: "tenant_id id company_id import_id external_uid merged_into",
    content: "title notes",
    sales:
      `amount_cents currency expected_close_on pipeline_id stage_id status stage_since closed_at
      lost_reason_id`,
    classification: "owner_id",
    legal: "source",
    trace: `last_touch_at created_at created_by updated_at updated_by
      deleted_at deleted_by erase_after`,
    copy: "search summary sort_name",
    technical: "amount_key close_key version",
  }, {
    source: { inHistory: false },
  }),

  "public.deal_contacts": table(tenantContent("contact", "record", "cascade"), {
    reference: "tenant_id deal_id contact_id",
    work: "role",
    trace: "added_at",
  }),

  "public.deal_tags": table(tenantContent("company_contact", "record", "cascade"), {
    reference: "tenant_id tag_id deal_id",
  }, {
    // The export gives the tag's name.
    tag_id: { category: "classification", inAccessExport: "value" },
  }),

  "public.deal_stage_changes": table(tenantContent("company_contact", "record", "cascade"), {
    reference: "tenant_id id deal_id",
    sales: "from_stage_id to_stage_id",
    trace: "at actor_id",
  }),
};
