/** The map of the officer's letters: who gets them, what they may be answered with. */
import { table, tenantContent } from "./columns.ts";

export const officers = {
  "public.officers": table(tenantContent("user", "tenant", "overwritten"), {
    reference: "tenant_id",
    name: "name deputy_name",
    contact: "email deputy_email",
    settings: "language away_from away_until",
    trace: "updated_at",
  }),

  "public.case_letters": table(tenantContent("user", "tenant", "cascade"), {
    reference: "tenant_id id case_id",
    credentials: "reply_part",
    trace: "created_at expires_at",
    technical: "kind occasion recipient failures",
  }),

  "public.case_codes": table(tenantContent("user", "tenant", "cascade"), {
    reference: "tenant_id letter_id item_id",
    credentials: "code_digest",
    technical: "state",
  }),

  "public.case_links": table(tenantContent("user", "tenant", "cascade"), {
    reference: "tenant_id id letter_id item_id",
    credentials: "token_digest",
    trace: "used_at",
    technical: "action",
  }),

  "public.officer_reports": table(tenantContent("none", "tenant", "cascade"), {
    reference: "tenant_id",
    trace: "created_at",
    technical: "kind day seq digest",
  }),
};
