/**
 * Every job by its name, with the file that does it. The file is loaded with the first job of its
 * kind, because most kinds are rare and their code would occupy memory for nothing.
 */
import type { JobName } from "../db/jobs.ts";
import type { Job } from "./job.ts";

/** How each job is loaded; a name without a loader does not compile. */
export const loaders: Readonly<Record<JobName, () => Promise<Job>>> = {
  acknowledge_case: async () => (await import("./case_receipts.ts")).acknowledgeCase,
  announce_policy: async () => (await import("./policies.ts")).announcePolicy,
  announce_processors: async () => (await import("./processor_plans.ts")).announceProcessors,
  apply_retentions: async () => (await import("./retentions.ts")).applyRetentions,
  change_in_bulk: async () => (await import("./bulk_changes.ts")).changeInBulk,
  change_tag: async () => (await import("./tags.ts")).changeTag,
  check_import: async () => (await import("./imports.ts")).checkImport,
  check_mail_account: async () => (await import("./mail_accounts.ts")).checkMailAccount,
  check_mailbox: async () => (await import("./mailboxes.ts")).checkMailbox,
  check_mailboxes: async () => (await import("./mailbox_rounds.ts")).checkMailboxes,
  check_processors: async () => (await import("./processors.ts")).checkProcessors,
  deliver_event: async () => (await import("./processors.ts")).deliverEvent,
  end_histories: async () => (await import("./histories.ts")).endHistories,
  enforce_policy: async () => (await import("./policies.ts")).enforcePolicy,
  erase_cases: async () => (await import("./case_evidence.ts")).eraseCases,
  erase_trash: async () => (await import("./trash.ts")).eraseTrash,
  execute_right: async () => (await import("./cases.ts")).executeRight,
  expire_deliveries: async () => (await import("./deliveries.ts")).expireDeliveries,
  expire_imports: async () => (await import("./imports.ts")).expireImports,
  export_tenant: async () => (await import("./tenant_exports.ts")).exportTenant,
  file_sent_copy: async () => (await import("./sent_copies.ts")).fileSentCopy,
  find_duplicates: async () => (await import("./duplicates.ts")).findDuplicates,
  find_person: async () => (await import("./findings.ts")).findPerson,
  follow_companies: async () => (await import("./search_texts.ts")).followCompanies,
  freeze_logs: async () => (await import("./log_rotation.ts")).freezeLogs,
  halt_processing: async () => (await import("./halts.ts")).haltProcessing,
  keep_ledger: async () => (await import("./ledger.ts")).keepLedger,
  lift_restriction: async () => (await import("./halts.ts")).liftRestriction,
  look_for_incidents: async () => (await import("./incidents.ts")).lookForIncidents,
  mail_notifications: async () => (await import("./notifications.ts")).mailNotifications,
  prepare_bulk_change: async () => (await import("./bulk_changes.ts")).prepareBulkChange,
  prepare_access: async () => (await import("./access_archives.ts")).prepareAccess,
  prove_clauses: async () => (await import("./proofs.ts")).proveClauses,
  push_transfer: async () => (await import("./portability.ts")).pushTransfer,
  receive_mail: async () => (await import("./raw_mails.ts")).receiveMail,
  remove_looks: async () => (await import("./looks.ts")).removeLooks,
  remove_notifications: async () => (await import("./notifications.ts")).removeNotifications,
  remove_raw_mails: async () => (await import("./raw_mails.ts")).removeRawMails,
  remove_stale: async () => (await import("./stale_rows.ts")).removeStale,
  resume_changes: async () => (await import("./resumptions.ts")).resumeChanges,
  renew_seals: async () => (await import("./seals.ts")).renewSeals,
  report_to_officers: async () => (await import("./officer_reports.ts")).reportToOfficers,
  rotate_logs: async () => (await import("./log_rotation.ts")).rotateLogs,
  run_import: async () => (await import("./imports.ts")).runImport,
  scan_duplicates: async () => (await import("./duplicates.ts")).scanDuplicates,
  send_case_code: async () => (await import("./case_receipts.ts")).sendCaseCode,
  send_mail: async () => (await import("./mail.ts")).sendMail,
  send_message: async () => (await import("./messages.ts")).sendMessage,
  send_password_reset: async () => (await import("./passwords.ts")).sendPasswordReset,
  send_reminders: async () => (await import("./reminders.ts")).sendReminders,
  send_webhook: async () => (await import("./webhooks.ts")).sendWebhook,
  send_webhooks: async () => (await import("./webhooks.ts")).sendWebhooks,
  settle_custom_field: async () => (await import("./custom_fields.ts")).settleCustomField,
  sweep_files: async () => (await import("./files.ts")).sweepFiles,
  tell_incident: async () => (await import("./incidents.ts")).notifyOfIncident,
  tell_incident_persons: async () => (await import("./incidents.ts")).notifyPersonsOfIncident,
  tell_of_contracts: async () => (await import("./contracts.ts")).notifyOfContracts,
  tell_recipients: async () => (await import("./recipients.ts")).informRecipients,
  undo_import: async () => (await import("./imports.ts")).undoImport,
  warn_of_incidents: async () => (await import("./incident_warnings.ts")).warnOfIncidents,
  write_officers: async () => (await import("./officers.ts")).writeOfficers,
  write_person: async () => (await import("./case_notices.ts")).writePerson,
};

/**
 * How many may run at once in a process; one by default. A slow mail server must not hold up all
 * others, and the queue hands out mail only every other second.
 */
const atOnce: Partial<Record<JobName, number>> = { check_mailbox: 4, receive_mail: 4 };

/** Every job; each needs a queue. */
export const jobs: readonly Job[] = (Object.keys(loaders) as JobName[]).map((name) => ({
  name,
  concurrency: atOnce[name],
  run: async (tools, stored) => await (await loaders[name]()).run(tools, stored),
}));
