/** Why a setting is refused: the sentence of the policy that it would break. */
import type { Messages } from "../de.ts";

export const bounds: Messages["bounds"] = {
  freeze_days:
    "An end in {least} to {most} days. Clause {clause} of the privacy policy: logs stay only as long as needed.",
  log_access_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: access logs stay no longer than needed.",
  log_address_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: whole IP addresses are shortened after 7 days at the latest.",
  log_app_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data stay no longer than needed.",
  log_audit_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data stay no longer than needed.",
  log_jobs_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data stay no longer than needed.",
  log_mail_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data stay no longer than needed.",
  notice_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: material changes are announced at least 14 days before.",
  operator_factors:
    "In production this stays on. Clause {clause} of the privacy policy: technical measures protect the data.",
  processor_country:
    "Countries of the EU and the EEA only. Clause {clause} of the privacy policy: no transfer to third countries.",
  retention_applicant:
    "{least} to {most} months. Clause {clause} of the privacy policy: data stay no longer than needed.",
  retention_claim:
    "{least} to {most} months. Clause {clause} of the privacy policy: data stay no longer than needed.",
  retention_confirm_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data stay no longer than needed.",
  retention_history:
    "{least} to {most} months. Clause {clause} of the privacy policy: data stay no longer than needed.",
  retention_lost_deal:
    "{least} to {most} months. Clause {clause} of the privacy policy: data stay no longer than needed.",
  retention_prospect:
    "{least} to {most} months. Clause {clause} of the privacy policy: data stay no longer than needed.",
  store_country:
    "Countries of the EU and the EEA only. Clause {clause} of the privacy policy: all data are kept in Europe.",
  trash_days:
    "{least} to {most} days. Clause {clause} of the privacy policy: data stay no longer than needed.",
};
