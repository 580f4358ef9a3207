/** The personal-data map of letters to officers: who receives them, and the possible answers. */
import { type Defaults, table } from "./columns.ts";

const duty: Defaults = {
  subject: "user",
  purpose: "legal",
  basis: "c",
  role: "controller",
  retention: "case",
  erasure: "cascade",
};

export const officers = {
  "public.officers": table({ ...duty, retention: "tenant", erasure: "overwritten" }, {
    reference: "tenant_id",
    name: "name deputy_name",
    contact: "email deputy_email",
    settings: "language away_from away_until",
    trace: "updated_at",
  }),

  "public.case_letters": table(duty, {
    reference: "tenant_id id case_id",
    credentials: "reply_part",
    trace: "created_at expires_at",
    technical: "kind occasion recipient failures",
  }),

  "public.case_codes": table(duty, {
    reference: "tenant_id letter_id item_id",
    credentials: "code_digest",
    technical: "state",
  }),

  "public.case_links": table(duty, {
    reference: "tenant_id id letter_id item_id",
    credentials: "token_digest",
    trace: "used_at",
    technical: "action",
  }),

  // Numbers and digests of a chain that outlives its cases.
  "public.officer_reports": table(
    {
      ...duty,
      subject: "none",
      retention: "tenant",
      erasure: "kept: Art. 5(2) GDPR; digests only",
    },
    {
      reference: "tenant_id",
      trace: "created_at",
      technical: "kind day seq digest",
    },
  ),
};
