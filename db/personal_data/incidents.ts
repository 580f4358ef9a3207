/** The personal-data map of the register of breaches and of earlier versions of registers. */
import { table } from "./columns.ts";

const register = {
  subject: "provider",
  purpose: "legal",
  basis: "c",
  role: "controller",
  retention: "proof",
  erasure: "job:remove_stale",
} as const;

export const incidents = {
  "public.incidents": table(register, {
    reference: "id created_by",
    content: "title nature consequences measures reason",
    technical:
      "noticed_at persons data_records risk told_at closed_at created_at updated_at warned_hours supplement_at",
  }),
  // Of a breach as long as the breach; of the record of processing until three years after its end.
  "public.register_versions": table(register, {
    reference: "id incident_id changed_by",
    content: "content",
    technical: "register actor at",
  }),
  "public.incident_customers": table({ ...register, subject: "customer", erasure: "cascade" }, {
    reference: "incident_id customer_id",
    trace: "told_at supplement_at",
  }),
  "public.incident_persons": table({ ...register, subject: "user", erasure: "cascade" }, {
    reference: "incident_id identity_id mail_id",
    trace: "told_at",
    technical: "status",
  }),
  "public.incident_mails": table({ ...register, subject: "customer", erasure: "cascade" }, {
    reference: "mail_id incident_id customer_id",
    trace: "queued_at settled_at",
    technical: "status",
  }),
};
