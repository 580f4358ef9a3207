/** The personal-data map of the register of breaches. */
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
