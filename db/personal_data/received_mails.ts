/** The map of mail that comes in: whose addresses take it, and what waits to be read. */
import { table, tenantContent } from "./columns.ts";

export const receivedMails = {
  "public.inbound_addresses": table(tenantContent("user", "tenant", "cascade"), {
    reference: "tenant_id id user_id",
    contact: "local_part",
    trace: "created_at",
  }, {
    // Made by the program: nothing that the user has provided.
    local_part: { inPortabilityExport: false },
  }),

  // The mail itself lies sealed in a file: see files/inbound.
  "public.raw_mails": table(tenantContent("contact", "raw_mail", "job:remove_raw_mails"), {
    reference: "tenant_id id source_id",
    trace: "received_at finished_at",
    technical: "handler size status error_code",
  }),
};
