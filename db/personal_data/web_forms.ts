/** The personal-data map of public web forms, and of entries until they are confirmed. */
import { table, tenantContent } from "./columns.ts";

const content = tenantContent("customer", "tenant", "cascade");
const entry = {
  ...tenantContent("contact", "form_entry", "cascade"),
  erasure: "job:remove_stale",
} as const;

export const webForms = {
  "public.web_forms": table(content, {
    reference: "tenant_id id owner_id",
    settings: "slug name fields tag active work",
    trace: "created_at updated_at",
    technical: "version",
  }),

  "public.web_form_fields": table(content, {
    reference: "tenant_id form_id field_id",
    settings: "required",
    technical: "position",
  }),

  "public.web_form_texts": table(content, {
    reference: "tenant_id id form_id",
    settings: "number words",
    trace: "created_at",
  }),

  "public.web_form_entries": table(entry, {
    reference: "tenant_id id form_id text_id",
    credentials: "token_digest",
    name: "first_name last_name",
    contact: "email phone",
    work: "company",
    content: "message custom",
    legal: "consents",
    settings: "language",
    trace: "created_at confirmed_at",
  }),
};
