/** The personal-data map of data subjects' requests, which every controller must keep. */
import { type Defaults, table, tenantContent } from "./columns.ts";

const duty: Defaults = {
  subject: "contact",
  purpose: "legal",
  basis: "c",
  role: "controller",
  retention: "case",
  erasure: "job:erase_cases",
};

export const cases = {
  "public.cases": table(duty, {
    reference: "tenant_id id number duplicate_of created_by",
    name: "person_name",
    contact: "person_email",
    address: "person_address",
    content: "body extension_reason",
    copy: "person_email_key person_hash mail_key",
    settings: "language",
    legal: `channel status received_on target_on unshifted_on due_on confirmed_at extended_at
      paused_at paused_days closed_at masked_on erase_after`,
    trace: "received_at acknowledged_at created_at updated_at",
    technical: "land version",
  }),

  "public.case_items": table({ ...duty, erasure: "cascade" }, {
    reference: "tenant_id id case_id proposed_by",
    legal: "claimed_right status proposal ground paragraph closed_at",
    content: "sentence reason",
    trace: "created_at updated_at",
    technical: "version",
  }),

  // Only digests remain of an erased case, to keep the chain intact.
  "public.case_events": table(duty, {
    reference: "tenant_id case_id item_id",
    legal: "action from_status to_status",
    content: "reason",
    trace: "actor_kind actor_id at",
    technical: "seq previous content_digest digest",
  }),

  "public.case_confirmations": table({ ...duty, erasure: "cascade" }, {
    reference: "tenant_id id case_id",
    credentials: "token_digest code_digest",
    trace: "created_at expires_at used_at",
    technical: "failures",
  }),

  "public.erasures": table({ ...duty, erasure: "cascade" }, {
    reference: "tenant_id item_id case_id contact_ids retained_ids",
    content: "words",
    trace: "retained_until erased_at finished_at",
    technical: "plan objects traces",
  }),

  // Identifiers of rows; the words searched for are the person's own data.
  "public.case_findings": table({ ...duty, erasure: "cascade" }, {
    reference: "tenant_id case_id confirmed_by confirmed_ids",
    content: "terms",
    trace: "asked_at searched_at confirmed_at",
    technical: "candidates hits places truncated confirmed_hits",
  }),

  // Names of other persons that an answer leaves out; deleted when it is made.
  "public.case_redactions": table({ ...duty, erasure: "cascade" }, {
    reference: "tenant_id item_id chosen_by left_out",
    content: "words offered",
    trace: "chosen_at",
  }, { words: { inAccessExport: false }, offered: { inAccessExport: false } }),

  // Deleted with the contact or after 14 days; the bytes are sealed in files/records.
  "public.access_archives": table(
    tenantContent("contact", "export", "job:end_histories"),
    {
      reference: "tenant_id id contact_id object_id left_out",
      content: "words offered",
      settings: "language",
      trace: "created_by created_at finished_at erase_after",
      technical: "status size error_code",
    },
    { words: { inAccessExport: false }, offered: { inAccessExport: false } },
  ),

  // What remains of past cases: yearly numbers without reference to persons.
  "public.case_counters": table({ ...duty, subject: "none", retention: "tenant", erasure: "row" }, {
    reference: "tenant_id",
    technical: "year claimed_right channel outcome in_time count",
  }),

  "public.case_chains": table({ ...duty, subject: "none", retention: "tenant", erasure: "row" }, {
    reference: "tenant_id",
    technical: "seq digest",
  }),

  // Deleted when the case is closed: a copy of an identity card is not evidence to be kept.
  "public.case_files": table({ ...duty, erasure: "cascade" }, {
    reference: "tenant_id id case_id",
    content: "name content_sealed",
    trace: "created_at",
    technical: "media_type size",
  }),

  // The bytes are sealed in files/deliveries; of the answer itself only its digest is kept as
  // evidence.
  "public.deliveries": table({ ...duty, erasure: "cascade" }, {
    reference: "tenant_id id case_id item_id key_id",
    credentials: "token_digest code_digest",
    trace: "created_at expires_at code_expires_at destroyed_at downloads end_reason",
    technical: "failures file_name media_type size sha256 downloads_left",
  }),

  // To whom a contact's data were sent. Deleted with the contact; who was informed stays in the
  // request.
  "public.transmissions": table(tenantContent("contact", "record", "cascade"), {
    reference: "tenant_id id contact_id",
    legal: "kind recipient at",
    contact: "reach",
    trace: "created_by",
  }, { reach: { inPortabilityExport: false } }),

  "public.recipient_notices": table({ ...duty, erasure: "cascade" }, {
    reference: "tenant_id id case_id item_id",
    legal: "kind recipient told_at way",
    contact: "reach",
    trace: "created_at",
  }, { reach: { inPortabilityExport: false } }),

  "public.transfers": table({ ...duty, erasure: "cascade" }, {
    reference: "tenant_id id case_id item_id processor_id",
    legal: "way recipient status",
    credentials: "token_digest url_sealed",
    trace: "created_at created_by expires_at done_at retry_at",
    technical: "error_code attempts",
  }),

  // A person transferred to us, until the tenant has decided.
  "public.incoming_transfers": table(
    tenantContent("contact", "delivery", "job:expire_deliveries"),
    {
      reference: "tenant_id id",
      content: "note content_sealed",
      credentials: "token_digest",
      legal: "accepted",
      trace: "created_at created_by expires_at received_at settled_at",
    },
    { content_sealed: { inAccessExport: false } },
  ),

  // What was rectified, with the wrong value as evidence; the right one is in the record.
  "public.rectifications": table(tenantContent("contact", "record", "cascade"), {
    reference: "tenant_id id contact_id identity_id item_id",
    legal: "field applied_at",
    content: "old_value new_value proof",
    trace: "created_at created_by",
  }),

  "public.restrictions": table(tenantContent("contact", "record", "cascade"), {
    reference: "tenant_id id contact_id identity_id item_id",
    legal: "ground imposed_at lift_on told_at lifted_at",
  }),

  "public.person_letters": table({ ...duty, erasure: "cascade" }, {
    reference: "tenant_id id case_id",
    communication: "subject body",
    legal: "kind sent_at",
    trace: "created_at",
  }),

  "public.controllers": table({
    ...duty,
    subject: "customer",
    basis: "b",
    purpose: "provision",
    retention: "tenant",
    erasure: "row",
  }, {
    reference: "tenant_id",
    address: "street postal_code city",
    contact: "email phone",
    settings: "land",
    trace: "updated_at",
  }),
};
