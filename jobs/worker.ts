/** The job process: takes jobs from the queue, runs them, keeps the timetable. */
import type { Job as Queued, PgBoss } from "pg-boss";
import { aborted, elapsed } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import {
  askedEvery,
  boss,
  closeQueue,
  type JobName,
  onQueueError,
  openQueue,
  type Stored,
} from "../db/jobs.ts";
import { noEgress } from "../db/egress.ts";
import { relayedEgress } from "../db/egress_relay.ts";
import { houseStorage } from "../db/file_storages.ts";
import { jobPurposes } from "../db/job_purposes.ts";
import { logger } from "../db/log.ts";
import type { Reach } from "../db/permissions.ts";
import { countJob } from "../db/meters.ts";
import { endPool, openPool } from "../db/pool.ts";
import { wayTo } from "../db/poolers.ts";
import { writePerson } from "./case_notices.ts";
import { eraseCases } from "./case_evidence.ts";
import { executeRight } from "./cases.ts";
import { acknowledgeCase, sendCaseCode } from "./case_receipts.ts";
import { changeInBulk } from "./bulk_changes.ts";
import { tellOfContracts } from "./contracts.ts";
import { findDuplicates, scanDuplicates } from "./duplicates.ts";
import { expireDeliveries } from "./deliveries.ts";
import { haltProcessing, liftRestriction } from "./halts.ts";
import { pushTransfer } from "./portability.ts";
import { tellRecipients } from "./recipients.ts";
import { sweepFiles } from "./files.ts";
import { findPerson } from "./findings.ts";
import { checkImport, expireImports, runImport, undoImport } from "./imports.ts";
import { settleCustomField } from "./custom_fields.ts";
import { endHistories } from "./histories.ts";
import { lookForIncidents, tellIncident } from "./incidents.ts";
import type { Job, Tools } from "./job.ts";
import { checkMailAccount } from "./mail_accounts.ts";
import { sendMessage } from "./messages.ts";
import { proveClauses } from "./proofs.ts";
import { freezeLogs, rotateLogs } from "./log_rotation.ts";
import { sendMail } from "./mail.ts";
import { checkMailbox, checkMailboxes } from "./mailboxes.ts";
import { keepLedger } from "./ledger.ts";
import { removeLooks } from "./looks.ts";
import { mailNotifications, removeNotifications } from "./notifications.ts";
import { sendPasswordReset } from "./passwords.ts";
import { announceProcessors } from "./processor_plans.ts";
import { reportToOfficers, writeOfficers } from "./officers.ts";
import { checkProcessors, deliverEvent } from "./processors.ts";
import { announcePolicy, enforcePolicy } from "./policies.ts";
import { receiveMail, removeRawMails } from "./raw_mails.ts";
import { applyRetentions } from "./retentions.ts";
import { sendReminders } from "./reminders.ts";
import { keepTimetable } from "./schedule.ts";
import { renewSeals } from "./seals.ts";
import { fileSentCopy } from "./sent_copies.ts";
import { removeStale } from "./sessions.ts";
import { sendWebhook, sendWebhooks } from "./webhooks.ts";
import { exportTenant } from "./tenant_exports.ts";
import { eraseTrash } from "./trash.ts";

/** Every job of the house, by name; each queue needs one. */
export const jobs: readonly Job[] = [
  acknowledgeCase,
  sendCaseCode,
  announcePolicy,
  applyRetentions,
  enforcePolicy,
  proveClauses,
  sendMail,
  sendMessage,
  checkMailAccount,
  sendPasswordReset,
  announceProcessors,
  checkProcessors,
  deliverEvent,
  endHistories,
  lookForIncidents,
  tellIncident,
  eraseCases,
  eraseTrash,
  executeRight,
  freezeLogs,
  expireDeliveries,
  pushTransfer,
  tellRecipients,
  haltProcessing,
  keepLedger,
  liftRestriction,
  removeStale,
  rotateLogs,
  settleCustomField,
  sweepFiles,
  tellOfContracts,
  exportTenant,
  checkImport,
  checkMailbox,
  checkMailboxes,
  fileSentCopy,
  findDuplicates,
  findPerson,
  runImport,
  undoImport,
  changeInBulk,
  expireImports,
  receiveMail,
  removeRawMails,
  mailNotifications,
  removeLooks,
  removeNotifications,
  renewSeals,
  scanDuplicates,
  sendReminders,
  sendWebhook,
  sendWebhooks,
  reportToOfficers,
  writeOfficers,
  writePerson,
];

const connections = 6;
const graceMs = 10_000;

/** Works until `stop` is aborted; running jobs then get 10 seconds, after that they return to the queue. */
export async function work(
  config: Config,
  appUrl: string,
  name: string,
  stop: AbortSignal,
  reach: Reach,
): Promise<void> {
  const log = logger("jobs", name);
  const mailLog = logger("mail", name);
  onQueueError((error) => log.error("the queue reports a fault", error));
  const { url, sessionUrl } = wayTo(appUrl, reach);
  const pool = openPool(url, { max: connections, name: `kompaktcrm ${name}`, sessionUrl });
  openQueue(appUrl, true);
  const queue = await boss();
  const egress = reach.egressSocket ? relayedEgress(reach.egressSocket) : noEgress;
  const storage = houseStorage(config, appUrl, egress);
  const settings = { ...config, storage };
  for (const job of jobs) {
    for (let n = 0; n < (job.concurrency ?? 1); n++) {
      const own = jobPurposes[job.name] === "communication" ? mailLog : log;
      await serve(queue, job, stop, { pool, config: settings, log: own, egress });
    }
  }
  await keepTimetable(queue);
  log.debug("working", { count: jobs.length });
  await aborted(stop);
  await closeQueue(graceMs);
  await Promise.all([endPool(pool), storage.end()]);
}

/** Takes one job after the other, and rests when there is none. */
async function serve(
  queue: PgBoss,
  job: Job,
  stop: AbortSignal,
  tools: Omit<Tools, "signal">,
): Promise<void> {
  let worker = "";
  const options = { batchSize: 1, notifyPollingIntervalSeconds: askedEvery(job.name) };
  worker = await queue.work<Stored<JobName>>(job.name, options, async ([queued]) => {
    if (!queued) return;
    const signal = AbortSignal.any([queued.signal, stop]);
    try {
      await run(job, queued, { ...tools, signal });
    } finally {
      // Several jobs of one transaction are told once: after one the next is asked for at once.
      if (worker) queue.notifyWorker(worker);
    }
  });
}

/** A failed job, in a word: the queue stores what a job throws, and faults may quote persons. */
export class JobFailed extends Error {
  override name = "JobFailed";

  constructor(cause: unknown) {
    const { name, code } = cause as Error & { code?: unknown };
    super(typeof code === "string" ? code : name ?? "unknown");
    this.stack = "";
  }
}

/** Runs one job that was taken from the queue. Throws JobFailed: the queue then tries it again. */
export async function run(
  job: Job,
  queued: Pick<Queued<Stored<JobName>>, "id" | "data">,
  tools: Tools,
): Promise<void> {
  const fields = {
    job: job.name,
    jobId: queued.id,
    tenantId: queued.data.tenantId ?? undefined,
  };
  const from = elapsed();
  try {
    await job.run(tools, queued.data);
    countJob(job.name, "done", from);
    tools.log.debug("job done", fields);
  } catch (error) {
    countJob(job.name, "failed", from);
    tools.log.error("job failed", error, fields);
    throw new JobFailed(error);
  }
}
