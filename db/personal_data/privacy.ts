/** The personal-data map of consent, objection, suppression, history and exports. */
import { table, tenantContent } from "./columns.ts";

const pseudonymous = "kept: Art. 5(2) GDPR; identifiers and field names, no value of class high";

export const privacy = {
  "public.consents": table(tenantContent("contact", "consent", "cascade"), {
    reference: "tenant_id id contact_id",
    legal: "channel purpose text_version given_at given_how withdrawn_at",
    content: "proof",
    trace: "recorded_by",
  }),

  "public.objections": table(tenantContent("contact", "record", "cascade"), {
    reference: "tenant_id id contact_id",
    legal: "channel objected_at by_person",
    trace: "recorded_by",
  }),

  "public.suppressions": table(
    tenantContent(
      "contact",
      "suppression",
      "kept: Art. 21(3) GDPR; a keyed hash of address, or name and address",
    ),
    {
      reference: "tenant_id",
      contact: "address_hash",
      legal: "channel reason",
      trace: "created_at",
    },
    { address_hash: { inAccessExport: "presence", inPortabilityExport: false } },
  ),

  "public.changes": table(tenantContent("user", "history", pseudonymous), {
    reference: "tenant_id id record_kind record_id",
    trace: "action fields reason actor_kind actor_id at",
  }),

  "public.exports": table(tenantContent("user", "history", pseudonymous), {
    reference: "tenant_id id",
    legal: "purpose",
    trace: "created_by created_at finished_at reminded_at",
    technical: "kind format extent rows status",
  }),
};
