/**
 * The personal-data map of persons, companies and everything that belongs to them: the tenant's
 * content.
 */
import { table, tenantContent } from "./columns.ts";

const contact = tenantContent("contact", "record", "row");
const company = tenantContent("company_contact", "record", "row");
const ofContact = tenantContent("contact", "record", "cascade");

export const records = {
  "public.contacts": table(contact, {
    reference: "tenant_id id import_id external_uid merged_into",
    name: "salutation title first_name name_prefix last_name name_suffix letter_salutation",
    contact: "website",
    birth: "birthday",
    identifier: "customer_number",
    work: "position",
    content: "notes",
    settings: "address_form language",
    classification: "status owner_id",
    legal: `source source_channel legal_basis purpose notice_due_on notice_sent_at
      notice_exception notice_exception_reason notice_exception_at notice_exception_by
      restricted_at restricted_reason restricted_until retain_until retain_reason`,
    trace: `last_touch_at created_at created_by updated_at updated_by
      deleted_at deleted_by erase_after`,
    copy: "search summary sort_name name_sound",
    technical: "version",
  }, {
    // Chosen by somebody else, so not data that the person provided.
    letter_salutation: { inPortabilityExport: false },
    source: { inHistory: false },
    restricted_reason: { inHistory: false },
    notice_exception_reason: { inHistory: false },
    retain_reason: { inHistory: false },
  }),

  "public.companies": table(company, {
    reference: "tenant_id id import_id parent_id merged_into",
    name: "name",
    contact: "website",
    identifier: "customer_number vat_id tax_number",
    organisation: "legal_form industry register_court register_number",
    content: "notes",
    classification: "status owner_id",
    legal: "source",
    trace: `last_touch_at created_at created_by updated_at updated_by
      deleted_at deleted_by erase_after`,
    copy: "search summary sort_name name_key domain",
    technical: "version behind_since",
  }, {
    source: { inHistory: false },
  }),

  "public.affiliations": table(ofContact, {
    reference: "tenant_id id contact_id company_id",
    work: "role department is_primary since_on until_on",
  }, {
    // The export gives the firm's name.
    company_id: { inAccessExport: "value" },
  }),

  "public.emails": table(ofContact, {
    reference: "tenant_id id contact_id company_id",
    contact: "address",
    settings: "kind position",
    copy: "address_key domain",
  }),

  // What a user opened last: deleted with the record or the user, and displaced by newer entries.
  "public.visits": table(tenantContent("user", "visit", "cascade"), {
    reference: "tenant_id user_id record_id contact_id company_id deal_id",
    trace: "seen_at",
  }),

  // Who opened a person's record on which day.
  "public.looks": table(tenantContent("contact", "look", "job:remove_looks"), {
    reference: "tenant_id contact_id user_id",
    trace: "day",
  }),

  "public.phones": table(ofContact, {
    reference: "tenant_id id contact_id company_id",
    contact: "number",
    settings: "kind position",
  }),

  "public.addresses": table(ofContact, {
    reference: "tenant_id id contact_id company_id",
    address: "street extra po_box postal_code city region country",
    settings: "kind position",
    copy: "city_key",
  }),

  "public.tags": table(tenantContent("none", "tenant", "row"), {
    reference: "tenant_id id import_id",
    classification: "name name_before",
    trace: "created_at",
    technical: "name_key changing carriers carriers_done done_kind done_to",
  }),

  "public.contact_tags": table(ofContact, {
    reference: "tenant_id tag_id contact_id",
  }, {
    // The export gives the tag's name.
    tag_id: { category: "classification", inAccessExport: "value" },
  }),

  "public.company_tags": table(tenantContent("company_contact", "record", "cascade"), {
    reference: "tenant_id tag_id company_id",
  }, {
    tag_id: { category: "classification", inAccessExport: "value" },
  }),

  "public.views": table(tenantContent("user", "tenant", "row"), {
    reference: "tenant_id id user_id",
    content: "name query",
    settings: "kind shared",
    trace: "created_at updated_at",
  }),

  "public.view_defaults": table(tenantContent("user", "tenant", "cascade"), {
    reference: "tenant_id user_id view_id",
    settings: "kind",
  }),

  "public.bulk_changes": table(tenantContent("user", "bulk_change", "job:erase_trash"), {
    reference: "tenant_id id waiting",
    classification: "value",
    trace: "created_by created_at finished_at undo_until",
    technical: "kind action status total changed unseen",
  }),

  "public.bulk_change_rows": table(tenantContent("contact", "bulk_change", "cascade"), {
    reference: "tenant_id bulk_change_id record_id contact_id company_id deal_id",
    classification: "old",
    technical: "state",
  }),

  "public.imports": table(tenantContent("user", "tenant", "row"), {
    reference: "tenant_id id options",
    content: "file_name inspection",
    legal: "source legal_basis purpose",
    trace: "created_by created_at started_at finished_at undo_until undone_at",
    technical: "kind status file_size counts progress total error_code",
  }, {
    // Samples of the file's cells; the file's name may be that of a person.
    inspection: {
      subject: "contact",
      retention: "import",
      erasure: "job:expire_imports",
      inAccessExport: false,
    },
    // Both contain the names of those whom the file calls responsible.
    options: { retention: "import", erasure: "job:expire_imports" },
    file_name: { inAccessExport: false },
  }),

  "public.import_rows": table(tenantContent("contact", "import", "job:expire_imports"), {
    reference: "tenant_id import_id contact_id company_id",
    content: "problems cells",
    technical: "row_no outcome",
  }),
  "public.import_updates": table(tenantContent("contact", "import", "job:expire_imports"), {
    reference: "tenant_id import_id contact_id company_id record_id",
    content: "before",
    technical: "version",
  }),
  "public.import_choices": table(tenantContent("user", "import", "job:expire_imports"), {
    reference: "tenant_id import_id",
    technical: "row_no choice",
  }),
  // What each heading meant: the headings as a digest, the meanings in our own terms.
  "public.import_mappings": table(tenantContent("user", "tenant", "row"), {
    reference: "tenant_id id",
    trace: "used_at",
    technical: "signature kind columns country",
  }),
};
