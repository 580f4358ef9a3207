/** The map of mail as records, and of the ways on which it comes in. */
import { table, tenantContent } from "./columns.ts";

const correspondence = tenantContent("contact", "record", "row");

export const receivedMails = {
  "public.threads": table({ ...correspondence, subject: "none" }, {
    reference: "tenant_id id",
    trace: "created_at",
  }),

  // Gone with the last person or record that it belongs to.
  "public.messages": table(correspondence, {
    reference: "tenant_id id thread_id user_id message_id_header reference_ids root_id",
    name: "from_name",
    contact: "from_address reply_to sent_to sent_cc sent_bcc",
    communication: "subject body_text body_html",
    copy: "search",
    trace: "at read_at created_at created_by",
    technical: "direction kind state error_code incomplete size",
  }, {
    // The other addresses of a mail belong to third persons as well.
    sent_to: { inPortabilityExport: false },
    sent_cc: { inPortabilityExport: false },
    sent_bcc: { inPortabilityExport: false, inAccessExport: false },
  }),

  "public.message_links": table({ ...correspondence, erasure: "cascade" }, {
    reference: "tenant_id id message_id contact_id company_id deal_id",
    trace: "at",
  }),

  "public.message_keys": table({ ...correspondence, erasure: "cascade" }, {
    reference: "tenant_id message_id",
    copy: "mail_key",
  }),

  "public.inbox_messages": table(
    tenantContent("contact", "discarded_mail", "job:erase_trash"),
    {
      reference: "tenant_id id message_id user_id",
      trace: "at settled_at settled_by erase_after",
      technical: "state kind place",
    },
  ),

  "public.sent_copies": table({ ...correspondence, erasure: "cascade" }, {
    reference: "tenant_id message_id mailbox_id object_id",
    trace: "created_at finished_at",
    technical: "state error_code attempts",
  }),

  "public.mailboxes": table(tenantContent("user", "tenant", "row"), {
    reference: "tenant_id id user_id",
    name: "name",
    contact: "address username",
    copy: "address_key",
    credentials: "password_sealed",
    settings: "since_on active folders privacy",
    trace: "began_at finished_at created_at created_by updated_at",
    technical: `host port security version due_at claimed_until received error_code failures`,
  }),

  "public.mailbox_folders": table(tenantContent("user", "tenant", "cascade"), {
    reference: "tenant_id mailbox_id",
    settings: "path",
    trace: "counted_at",
    technical: "role uid_validity last_uid on_server known missing",
  }),

  "public.mailbox_mails": table(tenantContent("contact", "tenant", "cascade"), {
    reference: "tenant_id mailbox_id",
    copy: "mail_key",
    trace: "seen_at",
    technical: "role uid_validity uid outcome error_code attempts",
  }, {
    // What a person's erasure took away must not be fetched again from a server that still has it.
    mail_key: { erasure: "kept: Art. 17(1) GDPR; a SHA-256 digest, gone with the mailbox" },
  }),

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
