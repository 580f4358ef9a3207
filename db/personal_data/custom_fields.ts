/** The personal-data map of custom fields: a tenant's definitions, and the values they describe. */
import { table, tenantContent } from "./columns.ts";

export const customFields = {
  "public.custom_fields": table(tenantContent("none", "tenant", "row"), {
    reference: "tenant_id id",
    settings: "label_de label_en help_de help_en",
    trace: "created_at updated_at removed_at",
    technical: `record_kind kind name position required category purpose legal_basis provided
      unsearched`,
  }),

  // Which roles see less of records: the tenant's setting about fields, never about a person.
  "public.field_rights": table(tenantContent("none", "tenant", "row"), {
    reference: "tenant_id custom_field_id",
    settings: "record_kind field role level",
  }),

  "public.custom_choices": table(tenantContent("none", "tenant", "cascade"), {
    reference: "tenant_id id field_id",
    settings: "label_de label_en",
    technical: "position",
  }),

  // Category, purpose and basis of a value are those of its field, see `customColumns`.
  "public.custom_values": table(tenantContent("contact", "record", "cascade"), {
    reference: "tenant_id id contact_id company_id deal_id choice_id person_id",
    content: "value",
    copy: "key",
    technical: "kind item",
    classification: "field_id",
  }, {
    field_id: { inHistory: false },
    // The export takes the fields that persons provide from their definitions, one by one.
    value: { inPortabilityExport: true },
  }),
};
