/** The personal-data map of users' mail: accounts, signatures, templates, and each mail's state. */
import { table, tenantContent } from "./columns.ts";

export const sentMails = {
  "public.mail_accounts": table(tenantContent("user", "tenant", "cascade"), {
    reference: "tenant_id id user_id",
    name: "sender_name",
    contact: "address username",
    credentials: "password_sealed",
    trace: "check_asked_at checked_at created_at updated_at",
    technical: "host port security version error_code",
  }),

  "public.mail_signatures": table(tenantContent("user", "tenant", "cascade"), {
    reference: "tenant_id user_id",
    content: "body",
    settings: "language",
    trace: "updated_at",
  }, { body: { inPortabilityExport: true } }),

  "public.mail_templates": table(tenantContent("user", "tenant", "cascade"), {
    reference: "tenant_id id user_id",
    content: "name subject body",
    copy: "name_key",
    settings: "language",
    trace: "created_at created_by updated_at",
    technical: "version",
  }),

  "public.outgoing_messages": table(tenantContent("contact", "record", "cascade"), {
    reference: "tenant_id message_id contact_id company_id deal_id answers_id",
    legal: "kind",
    communication: "draft",
    settings: "language signed",
    trace: "handed_over_at finished_at",
    technical: "attempts claimed_until",
  }),

  "public.unsubscribe_links": table(
    tenantContent(
      "contact",
      "suppression",
      "kept: Art. 21(3), (4) GDPR; a keyed hash of the address",
    ),
    {
      reference: "tenant_id contact_id",
      credentials: "token_digest",
      contact: "address_hash",
      settings: "language",
      trace: "created_at used_at",
    },
    { address_hash: { inAccessExport: "presence", inPortabilityExport: false } },
  ),
};
