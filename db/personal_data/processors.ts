/**
 * The personal-data map of processors: firms, locations and evidence; persons in it sign or upload
 * them.
 */
import { type Defaults, table } from "./columns.ts";

const register: Defaults = {
  subject: "none",
  purpose: "legal",
  basis: "c",
  role: "controller",
  retention: "machine",
  erasure: "overwritten",
};

export const processors = {
  "public.processors": table(register, {
    reference: "id",
    technical: `adapter name role service_de service_en data_categories processing_countries
      seat_country parent_country location agreement_on reviewed_on enabled enabled_from version
      created_at updated_at removed_at reminded_on`,
  }),

  "public.sub_processors": table(register, {
    reference: "processor_id",
    technical: "position name service country",
  }),

  "public.processor_hosts": table(register, {
    reference: "processor_id",
    technical: "host port",
  }),

  "public.processor_connections": table(register, {
    reference: "processor_id",
    technical: "settings secrets updated_at",
  }),

  // Contracts name the persons who signed them.
  "public.processor_evidence": table(
    { ...register, subject: "provider", retention: "evidence", erasure: "job:remove_stale" },
    {
      reference: "id processor_id",
      content: "file_name content decision_note",
      name: "decided_by",
      trace: "uploaded_by uploaded_at decided_at",
      technical: "covers dated_on media_type size sha256 decision removed_at",
    },
  ),

  "public.processor_changes": table({ ...register, subject: "user" }, {
    reference: "id processor_id",
    trace: "actor_id at",
    technical: "processor_name action differences material takes_effect_on reason",
  }),

  "public.processor_plans": table(register, {
    reference: "change_id processor_id",
    technical: "input",
  }),

  "public.processor_notices": table(
    {
      ...register,
      subject: "user",
      retention: "policy_notice",
      erasure: "job:announce_processors",
    },
    {
      reference: "tenant_id change_id user_id mail_id",
      legal: "status",
      trace: "queued_at settled_at withdrawal_due_at withdrawal_told_at",
      technical: "attempts retry_at",
    },
  ),

  "public.processor_objections": table(
    {
      ...register,
      subject: "user",
      retention: "policy_notice",
      erasure: "job:announce_processors",
    },
    {
      reference: "tenant_id change_id user_id",
      name: "name",
      content: "reason answer",
      trace: "objected_at settled_at",
      legal: "settled_by",
    },
  ),

  "public.processor_checks": table(register, {
    reference: "id processor_id",
    technical: "kind passed figures at",
  }),

  // Neither the event nor its identifier identifies a person.
  "public.latenode_deliveries": table(
    { ...register, purpose: "provision", retention: "egress", erasure: "job:remove_stale" },
    {
      reference: "id",
      technical: "event status attempts answer_code error_code created_at sent_at confirmed_at",
    },
  ),

  "public.permitted_hosts": table(register, { technical: "only_row destinations applied_at" }),

  "public.contacted_hosts": table(
    { ...register, purpose: "security", retention: "egress", erasure: "job:remove_stale" },
    {
      reference: "processor_id",
      technical: "day host port purpose answered failed named_by_customer last_at",
    },
  ),
};
