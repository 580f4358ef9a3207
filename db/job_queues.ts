/**
 * The retry policy of each queue: how often and how far apart a job is tried, and when it is given
 * up.
 */
import type { QueueOptions } from "pg-boss";
import type { JobName } from "./jobs.ts";

const patient: QueueOptions = { retryLimit: 5, retryDelay: 30, retryBackoff: true };
/** Takes hours; if its heartbeat stops, the next process takes over within two minutes. */
const long: QueueOptions = {
  ...patient,
  retryLimit: 3,
  retryDelay: 5,
  expireInSeconds: 3600,
  heartbeatSeconds: 60,
};
/** Survives any number of crashes of its process. */
const guarded: QueueOptions = {
  retryLimit: 20,
  retryDelay: 2,
  retryDelayMax: 60,
  retryBackoff: true,
  expireInSeconds: 3600,
  heartbeatSeconds: 20,
};

/** Waits up to two days for a mail server that is away, trying at least every half hour. */
const mailing: QueueOptions = {
  retryLimit: 100,
  retryDelay: 30,
  retryDelayMax: 1800,
  retryBackoff: true,
};

/** Waits for a file storage that is away for a day. */
const dayLong: QueueOptions = { retryLimit: 60, retryDelayMax: 1800, retryBackoff: true };

export const queues: Record<JobName, QueueOptions> = {
  acknowledge_case: { ...patient, retryLimit: 8 },
  announce_policy: long,
  apply_retentions: long,
  announce_processors: long,
  end_histories: long,
  enforce_policy: patient,
  // Its server may be new: the permission to reach it comes with the next start of the jobs.
  check_mail_account: { retryLimit: 4, retryDelay: 5, expireInSeconds: 90 },
  prove_clauses: { ...patient, retryLimit: 2 },
  send_case_code: patient,
  // Nobody watches our own letters: retry for five days, as RFC 5321 (4.5.4.1) asks of a sender.
  send_mail: { ...mailing, retryLimit: 250, expireInSeconds: 120 },
  send_message: { ...mailing, expireInSeconds: 300 },
  send_password_reset: patient,
  check_import: guarded,
  check_mailbox: { retryLimit: 0, expireInSeconds: 900 },
  check_mailboxes: { retryLimit: 0 },
  run_import: guarded,
  undo_import: guarded,
  change_in_bulk: guarded,
  prepare_bulk_change: guarded,
  change_tag: guarded,
  follow_companies: guarded,
  check_processors: long,
  deliver_event: patient,
  erase_cases: long,
  erase_trash: long,
  // The file storage may be away for a day: what was approved is done once it is back.
  execute_right: { ...guarded, ...dayLong },
  expire_deliveries: patient,
  expire_imports: patient,
  export_tenant: { ...guarded, expireInSeconds: 6 * 3600 },
  file_sent_copy: { ...patient, retryLimit: 10 },
  find_duplicates: long,
  // Without a search nothing can be approved, and nobody asks for a second one.
  find_person: { ...long, ...dayLong },
  freeze_logs: patient,
  halt_processing: { ...patient, retryLimit: 8 },
  keep_ledger: patient,
  lift_restriction: { ...patient, retryLimit: 8 },
  look_for_incidents: patient,
  mail_notifications: patient,
  tell_incident: long,
  tell_incident_persons: long,
  warn_of_incidents: patient,
  prepare_access: { ...guarded, expireInSeconds: 3600 },
  push_transfer: { ...patient, expireInSeconds: 120 },
  receive_mail: { ...patient, retryLimit: 8, expireInSeconds: 300 },
  remove_looks: patient,
  remove_notifications: patient,
  remove_raw_mails: patient,
  remove_stale: patient,
  rotate_logs: patient,
  scan_duplicates: guarded,
  send_reminders: patient,
  send_webhook: { ...patient, expireInSeconds: 1800 },
  send_webhooks: patient,
  settle_custom_field: guarded,
  sweep_files: long,
  tell_of_contracts: patient,
  renew_seals: long,
  resume_changes: patient,
  report_to_officers: patient,
  tell_recipients: { ...patient, retryLimit: 8 },
  write_officers: patient,
  write_person: patient,
};
