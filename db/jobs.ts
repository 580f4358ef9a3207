/** The queue: jobs are enqueued in the transaction that causes them, so a rollback leaves none. */
import { createHash } from "node:crypto";
import type { BackendProfile, PgBoss } from "pg-boss";
import type { Notice } from "./case_notices.ts";
import * as citus from "./citus.ts";
import { unshifted } from "./clock.ts";
import { queueAddress } from "./database_urls.ts";
import { queues } from "./job_queues.ts";
import type { AnySql, Sql } from "./pool.ts";

export { queues };

/** What each job carries: only identifiers, never personal data. */
export interface Payloads {
  acknowledge_case: { caseId: string };
  announce_policy: Record<never, never>;
  apply_retentions: Record<never, never>;
  announce_processors: Record<never, never>;
  end_histories: Record<never, never>;
  enforce_policy: Record<never, never>;
  /** One proof by name, or all of them if absent. */
  prove_clauses: { proof?: string };
  send_case_code: { caseId: string; deliveryId?: string };
  send_mail: { mailId: string };
  send_message: { messageId: string };
  send_password_reset: { tokenId: string };
  check_import: { importId: string };
  check_mail_account: { mailAccountId: string };
  check_mailbox: { mailboxId: string };
  check_mailboxes: Record<never, never>;
  run_import: { importId: string };
  undo_import: { importId: string };
  change_in_bulk: { bulkChangeId: string };
  prepare_bulk_change: { bulkChangeId: string };
  change_tag: { tagId: string };
  follow_companies: { companyIds: string[] };
  check_processors: Record<never, never>;
  deliver_event: { deliveryId: string };
  erase_cases: Record<never, never>;
  erase_trash: Record<never, never>;
  export_tenant: { tenantExportId: string };
  prepare_access: { accessArchiveId: string };
  execute_right: { caseId: string; itemId: string };
  expire_deliveries: Record<never, never>;
  expire_imports: Record<never, never>;
  file_sent_copy: { messageId: string };
  find_duplicates: Record<never, never>;
  find_person: { caseId: string };
  freeze_logs: { freezeId: string };
  halt_processing: { itemId: string };
  keep_ledger: Record<never, never>;
  lift_restriction: { caseId: string; itemId: string };
  look_for_incidents: Record<never, never>;
  mail_notifications: Record<never, never>;
  tell_incident: { incidentId: string };
  tell_incident_persons: { incidentId: string };
  warn_of_incidents: Record<never, never>;
  push_transfer: { transferId: string };
  receive_mail: { rawMailId: string };
  remove_looks: Record<never, never>;
  remove_notifications: Record<never, never>;
  report_to_officers: Record<never, never>;
  remove_raw_mails: Record<never, never>;
  renew_seals: Record<never, never>;
  resume_changes: Record<never, never>;
  remove_stale: Record<never, never>;
  rotate_logs: Record<never, never>;
  scan_duplicates: { scanId: string };
  send_reminders: Record<never, never>;
  send_webhook: { webhookId: string };
  send_webhooks: Record<never, never>;
  /** `all`: also records that have lost an option of the field. */
  settle_custom_field: { fieldId: string; all?: true };
  sweep_files: Record<never, never>;
  tell_recipients: { itemId: string };
  tell_of_contracts: Record<never, never>;
  write_officers: Record<never, never>;
  write_person: { caseId: string; itemId: string; notice: Notice };
}

export type JobName = keyof Payloads;

/** A job as stored: its data and the tenant in whose Scope it runs; null for the installation. */
export type Stored<N extends JobName> = Payloads[N] & { tenantId: string | null };

/** The queue for jobs that used up their tries; the operator sees them there. */
export const deadLetters = "dead_letters";

/** Seconds for which a finished or failed job is kept (retention class `job`). */
const keptFor = 7 * 86_400;

/**
 * Seconds that a job may wait for its turn: far longer than a machine is ever off. By default the
 * library would silently drop older jobs after a fortnight: mails, approved erasures.
 */
const waitsFor = 365 * 86_400;

/** Shared by all queues: notifications wake the worker, so it need not poll every other second. */
const shared = {
  deadLetter: deadLetters,
  deleteAfterSeconds: keptFor,
  retentionSeconds: waitsFor,
  notify: true,
} as const;

/** Seconds between a worker's polls for jobs without a notification: the retry delay, 2 to 30. */
export const askedEvery = (name: JobName): number =>
  Math.min(30, Math.max(2, queues[name].retryDelay ?? 30));

/**
 * A fingerprint of what `installQueue` creates: the library's version and every queue's options.
 */
const wantedQueues = () => {
  // The path to the library contains its version.
  const version = import.meta.resolve("pg-boss").split("/").find((part) => part.includes("@"));
  const wanted = JSON.stringify([version, keptFor, shared, queues]);
  return createHash("sha256").update(wanted).digest("hex");
};

let queue: { open: () => Promise<PgBoss>; opened?: Promise<PgBoss> } | undefined;

/**
 * Installs the queue's schema and queues unless they already are as this version needs them. Runs
 * as the owner, before the processes start.
 */
export async function installQueue(pool: Sql, ownerUrl: string): Promise<void> {
  const [found] = await pool<{ made: string | null }[]>`
    select obj_description(to_regnamespace('jobs'), 'pg_namespace') as made
  `;
  const wanted = wantedQueues();
  if (found?.made === wanted) return;
  const owner = await connect(ownerUrl, { migrate: true, createSchema: true, supervise: false });
  await owner.start();
  try {
    await owner.createQueue(deadLetters, { retentionSeconds: keptFor, retryLimit: 0 });
    const known = new Set((await owner.getQueues()).map(({ name }) => name));
    for (const [name, options] of Object.entries(queues)) {
      const all = { ...options, ...shared };
      if (known.has(name)) await owner.updateQueue(name, all);
      else await owner.createQueue(name, all);
    }
  } finally {
    await owner.stop({ graceful: false });
  }
  // Jobs enqueued by an earlier version may wait as long.
  await pool`
    update jobs.job
    set keep_until = start_after + ${waitsFor} * interval '1 second'
    where state < 'active'
      and name = any(${Object.keys(queues)}::text[])
  `;
  await pool.unsafe(`comment on schema jobs is '${wanted}'`);
}

/**
 * Configures this process's queue, which is opened on first use: many processes never send a job,
 * and the library takes 25 megabytes. A worker sets `work` to fetch jobs and to run the timetable.
 */
export function openQueue(url: string, work = false): void {
  queue = { open: () => started(url, work) };
}

/**
 * Closes this process's queue; running jobs get `timeout` milliseconds, then return to the queue.
 */
export async function closeQueue(timeout = 10_000): Promise<void> {
  const boss = await queue?.opened?.catch(() => undefined);
  queue = undefined;
  await boss?.stop({ graceful: true, timeout, close: true });
}

/** This process's queue. Throws if the database cannot be reached; the next call tries again. */
export async function boss(): Promise<PgBoss> {
  const mine = queue;
  if (!mine) throw new Error("the queue is not open");
  return await (mine.opened ??= mine.open().catch((error) => {
    mine.opened = undefined;
    throw error;
  }));
}

async function started(url: string, work: boolean): Promise<PgBoss> {
  const made = await connect(url, {
    migrate: false,
    createSchema: false,
    supervise: work,
    // How soon a job whose process died is noticed: its user is watching the progress bar.
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    schedule: work,
    useListenNotify: work,
    reindex: false,
    max: work ? 4 : 1,
  });
  await made.start();
  return made;
}

/** Enqueues a job within the caller's transaction; `startAfter` is an instant of our own clock. */
export async function enqueue<N extends JobName>(
  sql: AnySql,
  name: N,
  tenantId: string | null,
  payload: Payloads[N],
  { startAfter }: { startAfter?: Date } = {},
): Promise<void> {
  const sender = await boss();
  const options = startAfter ? { startAfter: unshifted(startAfter) } : {};
  await sender.send(name, { ...payload, tenantId }, { ...options, db: within(sql) });
}

/**
 * The ids for which the queue has no pending and no given-up job, matched by this part of the
 * payload: a backup contains no queue, and given-up jobs are left to the operator.
 */
export async function forgotten(
  sql: AnySql,
  name: JobName,
  part: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await sql<{ id: string }[]>`
    select w.id
    from unnest(${[...ids]}::text[]) as w (id)
    where not exists (
      select
      from jobs.job j
      where coalesce(j.source_name, j.name) = ${name}
        and j.state <> 'completed'
        and j.data ->> ${part} = w.id
    )
  `;
  return rows.map(({ id }) => id);
}

/** Lets pg-boss use our transaction as its database. */
function within(sql: AnySql) {
  return {
    executeSql: async (text: string, values: unknown[] = []) => ({
      // deno-lint-ignore no-explicit-any
      rows: await sql.unsafe(text, values as any[]) as unknown as any[],
    }),
  };
}

async function connect(
  connectionString: string,
  options: Record<string, unknown>,
): Promise<PgBoss> {
  const [{ PgBoss }, backend] = await Promise.all([import("pg-boss"), backendOf(connectionString)]);
  const made = new PgBoss({
    connectionString: queueAddress(connectionString),
    schema: "jobs",
    application_name: "kompaktcrm queue",
    backend,
    ...options,
  });
  made.on("error", (told: Error) => onError(asError(told)));
  return made;
}

/** The library passes most errors on as plain objects, of which a log could say nothing. */
export const asError = (told: Error): Error =>
  told instanceof Error ? told : Object.assign(new Error(), told);

/** The kind of database: with Citus, pg-boss's own tables stay on the coordinator. */
const backendOf = async (url: string): Promise<BackendProfile> =>
  await citus.isAt(url) ? "citus" : "postgres";

let onError: (error: Error) => void = () => {};
/** Sets who is told of the queue's own errors (a lost connection, failed maintenance). */
export function onQueueError(listener: (error: Error) => void): void {
  onError = listener;
}
