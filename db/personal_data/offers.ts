/** The personal-data map of products, of the line items of deals, and of offers. */
import { table, tenantContent } from "./columns.ts";

const content = tenantContent("none", "tenant", "row");
const deal = tenantContent("company_contact", "record", "cascade");

export const offers = {
  "public.products": table(content, {
    reference: "tenant_id id",
    settings: "number name description unit price_cents currency vat_rate active",
    trace: "created_at created_by updated_at updated_by",
    technical: "number_key sort_name search version",
  }),

  "public.deal_calculations": table(deal, {
    reference: "tenant_id deal_id",
    sales: "gross net_cents vat_cents",
    trace: "updated_at updated_by",
    technical: "version",
  }),

  "public.deal_items": table(deal, {
    reference: "tenant_id id deal_id product_id",
    content: "name description unit",
    sales: "quantity price_cents discount vat_rate",
    technical: "position",
  }),

  "public.offer_settings": table(content, {
    reference: "tenant_id",
    settings: "number_format valid_days gross vat_rate opening_de opening_en closing_de closing_en",
    trace: "updated_at",
  }),

  "public.first_step_ends": table(tenantContent("customer", "tenant", "cascade"), {
    reference: "tenant_id",
    trace: "ended_at",
  }),

  "public.letterheads": table(tenantContent("customer", "tenant", "row"), {
    reference: "tenant_id",
    content: "logo footer",
    trace: "updated_at",
    technical: "logo_type",
  }),

  "public.letter_templates": table(content, {
    reference: "tenant_id id",
    settings: "name language subject body document document_name",
    trace: "created_at created_by updated_at",
    technical: "name_key version",
  }),

  "public.number_ranges": table(content, {
    reference: "tenant_id",
    technical: "series last",
  }),

  // An offer that became a contract is kept six years as a commercial letter, others as long as
  // their deal.
  "public.offers": table(tenantContent("contact", "record", "row"), {
    reference: "tenant_id id first_id deal_id contact_id company_id message_id",
    communication: "recipient subject opening closing items paper",
    sales: "number state currency gross net_cents vat_cents",
    settings: "language",
    legal: "kept_until",
    trace: `valid_until issued_on sent_at decided_at created_at created_by updated_at updated_by`,
    technical: "version version_no paper_digest",
  }, {
    // Its words and lines are in the other columns.
    paper: { inAccessExport: "presence" },
    language: { inPortabilityExport: false },
  }),
};
