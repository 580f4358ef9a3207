/** Why a setting is refused: the sentence of the policy that it would break. */
import type { Messages } from "../de.ts";

export const bounds: Messages["bounds"] = {
  freeze_days:
    "Choose an end in {least} to {most} days. Clause {clause} of the privacy policy: logs are kept only as long as necessary.",
  log_access_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: access logs are not kept longer than necessary.",
  log_address_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: full IP addresses are shortened after 7 days at the latest.",
  log_app_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data are not kept longer than necessary.",
  log_audit_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data are not kept longer than necessary.",
  log_jobs_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data are not kept longer than necessary.",
  log_mail_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data are not kept longer than necessary.",
  notice_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: material changes are announced at least 14 days in advance.",
  operator_factors:
    "In production this cannot be switched off. Clause {clause} of the privacy policy: technical measures protect the data.",
  processor_country:
    "Countries of the EU and the EEA only. Clause {clause} of the privacy policy: no transfer to third countries.",
  retention_applicant:
    "{least} to {most} months. Clause {clause} of the privacy policy: data are not kept longer than necessary.",
  retention_claim:
    "{least} to {most} months. Clause {clause} of the privacy policy: data are not kept longer than necessary.",
  retention_confirm_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data are not kept longer than necessary.",
  retention_history:
    "{least} to {most} months. Clause {clause} of the privacy policy: data are not kept longer than necessary.",
  retention_lost_deal:
    "{least} to {most} months. Clause {clause} of the privacy policy: data are not kept longer than necessary.",
  retention_prospect:
    "{least} to {most} months. Clause {clause} of the privacy policy: data are not kept longer than necessary.",
  store_country:
    "Countries of the EU and the EEA only. Clause {clause} of the privacy policy: all data are stored in Europe.",
  trash_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data are not kept longer than necessary.",
};
