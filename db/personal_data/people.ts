/**
 * The personal-data map of operators, customers and users, for whom the provider is the controller.
 */
import { type Defaults, table } from "./columns.ts";

const account: Defaults = {
  subject: "user",
  purpose: "provision",
  basis: "b",
  role: "controller",
  retention: "account",
  erasure: "row",
};

const security: Defaults = { ...account, purpose: "security", basis: "f" };

/** The installation's own figures and settings, about nobody. */
const ownState: Defaults = {
  subject: "none",
  purpose: "security",
  basis: "f",
  role: "controller",
  retention: "machine",
  erasure: "overwritten",
};

export const people = {
  "public.provider": table({
    subject: "provider",
    purpose: "legal",
    basis: "c",
    role: "controller",
    retention: "imprint",
    erasure: "overwritten",
  }, {
    organisation: "name legal_form register_entry vat_id",
    name: "represented_by dpo_name",
    address: "street postal_code city land country",
    contact: "email phone dpo_email",
    trace: "created_at updated_at",
    technical: "only_row operator_factors",
  }),

  "public.policies": table({
    subject: "provider",
    purpose: "legal",
    basis: "c",
    role: "controller",
    retention: "imprint",
    erasure: "kept: Art. 5(2) GDPR; a published text, with the office that approved it",
  }, {
    reference: "id created_by",
    contact: "approved_by",
    credentials: "approval_digest",
    technical:
      `number status texts material reason_kind reason notice_days content sha256 version in_making
      created_at proposed_at approved_at refused_reason published_at takes_effect_on in_force_at
      superseded_at`,
  }),

  "public.balancing_tests": table({
    subject: "provider",
    purpose: "legal",
    basis: "c",
    role: "controller",
    retention: "imprint",
    erasure: "kept: Art. 5(2) GDPR; who weighed an interest of the provider",
  }, {
    reference: "id created_by",
    name: "reviewer",
    content: "interest necessity balance",
    trace: "reviewed_on created_at",
    technical: "activity",
  }),

  "public.officer_probes": table({
    subject: "none",
    purpose: "legal",
    basis: "c",
    role: "controller",
    retention: "log",
    erasure: "job:prove_clauses",
  }, { technical: "id mail_id status queued_at settled_at" }),

  "public.measure_changes": table({
    subject: "none",
    purpose: "security",
    basis: "f",
    role: "controller",
    retention: "machine",
    erasure: "kept: Art. 5(2) GDPR; what was done about the measures",
  }, { technical: "id measure note changed_on created_at created_by" }),

  "public.proof_results": table(ownState, { technical: "id proof passed figures took_ms at" }),
  "public.proof_alarms": table(ownState, { technical: "proof opened_at mailed_at" }),
  "public.proof_settings": table(ownState, { technical: "only_row figures_public" }),
  "public.stores": table(ownState, { technical: "name country updated_at" }),

  "public.policy_notices": table(
    { ...account, purpose: "legal", basis: "c", retention: "policy_notice", erasure: "cascade" },
    {
      reference: "policy_id identity_id mail_id",
      legal: "status",
      trace: "queued_at settled_at acknowledged_at",
      technical: "attempts retry_at",
    },
  ),

  "public.tenants": table(
    { ...account, subject: "customer", retention: "tenant" },
    {
      reference: "id",
      organisation: "slug name country",
      settings: "locale trash_days factor_roles",
      legal: "contract_ends_on notice_given_at uses_until phase",
      trace: "created_at",
      technical: "file_quota",
    },
  ),

  "public.processing_agreements": table(
    { ...account, purpose: "legal", basis: "c", retention: "tenant", erasure: "row" },
    {
      reference: "tenant_id id user_id",
      name: "accepted_by_name",
      legal: "accepted_at",
      technical: "sha256 content substance",
    },
  ),

  "public.identities": table(account, {
    reference: "id factors_from",
    name: "name",
    contact: "email",
    copy: "email_key",
    credentials: "password_hash",
    settings: "locale",
    classification: "operator",
    legal: "restricted_at objected_at",
    trace: "created_at password_changed_at seen_at away_since",
  }),

  "public.users": table({ ...account, retention: "tenant" }, {
    reference: "tenant_id id identity_id",
    credentials: "vouched_subject_digest",
    classification: "role unmet",
    trace: "created_at deactivated_at vouched_at",
  }),

  "public.sessions": table({ ...security, retention: "session", erasure: "job:remove_stale" }, {
    reference: "id identity_id tenant_id",
    credentials: "token_digest provider_session_digest provider_subject_digest",
    settings: "theme",
    network: "ip user_agent",
    classification: "factor",
    trace: "created_at last_seen_at expires_at confirmed_at",
    technical: "flash written_to",
  }, {
    // Afterwards shortened to /24 or /48 by the same job; deleted with the session.
    ip: { retention: "ip_address" },
  }),

  "public.tokens": table({ ...security, retention: "link", erasure: "job:remove_stale" }, {
    reference: "id identity_id tenant_id subject_id",
    credentials: "token_digest",
    contact: "email",
    classification: "kind role",
    trace: "created_by created_at expires_at used_at",
  }, {
    email: { subject: "visitor" },
  }),

  "public.rate_limits": table(
    { ...security, subject: "visitor", retention: "throttle", erasure: "job:remove_stale" },
    {
      network: "key_digest",
      trace: "window_start hits expires_at",
      technical: "scope",
    },
    // A digest of an address or account, from which nobody can be identified to be informed.
    { key_digest: { inAccessExport: false } },
  ),

  "public.mails": table(
    { ...account, purpose: "communication", retention: "mail", erasure: "job:remove_stale" },
    {
      reference: "id tenant_id",
      contact: "recipient",
      communication: "subject body_text body_html attachment",
      legal: "purpose",
      trace: "created_at finished_at",
      technical: "kind status attempts claimed_until error_code reply_to attachment_name",
    },
  ),
};
