/** The queue: jobs are enqueued in the transaction that causes them, so a rollback leaves none. */
import { createHash } from "node:crypto";
import type { BackendProfile, PgBoss } from "pg-boss";
import type { Notice } from "./case_notices.ts";
import * as citus from "./citus.ts";
import { queueAddress } from "./database_urls.ts";
import { queues } from "./job_queues.ts";
import type { AnySql, Sql } from "./pool.ts";

export { queues };

/** What each job carries: identifiers only, never personal data. */
export interface Payloads {
  acknowledge_case: { caseId: string };
  announce_policy: Record<never, never>;
  apply_retentions: Record<never, never>;
  announce_processors: Record<never, never>;
  end_histories: Record<never, never>;
  enforce_policy: Record<never, never>;
  /** One proof by its name, or all of them. */
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
  check_processors: Record<never, never>;
  deliver_event: { deliveryId: string };
  erase_cases: Record<never, never>;
  erase_trash: Record<never, never>;
  export_tenant: { tenantExportId: string };
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
  push_transfer: { transferId: string };
  receive_mail: { rawMailId: string };
  remove_looks: Record<never, never>;
  remove_notifications: Record<never, never>;
  report_to_officers: Record<never, never>;
  remove_raw_mails: Record<never, never>;
  renew_seals: Record<never, never>;
  remove_stale: Record<never, never>;
  rotate_logs: Record<never, never>;
  scan_duplicates: { scanId: string };
  send_reminders: Record<never, never>;
  send_webhook: { webhookId: string };
  send_webhooks: Record<never, never>;
  /** `all`: records that have lost a choice of the field, too. */
  settle_custom_field: { fieldId: string; all?: true };
  sweep_files: Record<never, never>;
  tell_recipients: { itemId: string };
  tell_of_contracts: Record<never, never>;
  write_officers: Record<never, never>;
  write_person: { caseId: string; itemId: string; notice: Notice };
}

export type JobName = keyof Payloads;

/** A job as it is stored: its data and the tenant in whose Scope it runs; null for the house. */
export type Stored<N extends JobName> = Payloads[N] & { tenantId: string | null };

/** Where a job goes whose tries are used up; the operator sees it there. */
export const deadLetters = "dead_letters";

/** How long an ended or failed job stays, in seconds (retention class `job`). */
const keptFor = 7 * 86_400;

/**
 * How long a job may wait for its turn, in seconds: far longer than a machine is ever off. The
 * library would throw what is older away unseen, after a fortnight: mails, approved erasures.
 */
const waitsFor = 365 * 86_400;

/** What all queues share: news wake the worker, which then need not ask every other second. */
const shared = {
  deadLetter: deadLetters,
  deleteAfterSeconds: keptFor,
  retentionSeconds: waitsFor,
  notify: true,
} as const;

/** How often a worker asks a queue for what comes without news: at its first try's pace, or 30 s. */
export const askedEvery = (name: JobName): number =>
  Math.min(30, Math.max(2, queues[name].retryDelay ?? 30));

/** What `installQueue` makes, in short: the library's version and every queue with its options. */
const wantedQueues = () => {
  // The path to the library names its version.
  const version = import.meta.resolve("pg-boss").split("/").find((part) => part.includes("@"));
  const wanted = JSON.stringify([version, keptFor, shared, queues]);
  return createHash("sha256").update(wanted).digest("hex");
};

let queue: { open: () => Promise<PgBoss>; opened?: Promise<PgBoss> } | undefined;

/**
 * Installs the queue's schema and queues where they are not yet as this version wants them. Runs as
 * the owner, before the processes start.
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
    for (const [name, options] of Object.entries(queues)) {
      const all = { ...options, ...shared };
      await owner.createQueue(name, all);
      await owner.updateQueue(name, all);
    }
  } finally {
    await owner.stop({ graceful: false });
  }
  // What an earlier version put there waits as long.
  await pool`
    update jobs.job
    set keep_until = start_after + ${waitsFor} * interval '1 second'
    where state < 'active'
      and name = any(${Object.keys(queues)}::text[])
  `;
  await pool.unsafe(`comment on schema jobs is '${wanted}'`);
}

/**
 * Names this process's queue, which is opened at its first use: many processes never send a job,
 * and the library takes 25 megabytes. A worker sets `work` to fetch and to keep the timetable.
 */
export function openQueue(url: string, work = false): void {
  queue = { open: () => started(url, work) };
}

/** Ends this process's queue; running jobs get `timeout` milliseconds, then return to the queue. */
export async function closeQueue(timeout = 10_000): Promise<void> {
  const boss = await queue?.opened?.catch(() => undefined);
  queue = undefined;
  await boss?.stop({ graceful: true, timeout, close: true });
}

/** The queue of this process. Throws where the database cannot be reached; the next call tries anew. */
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
    // How soon a job whose process died is seen: its user is watching the bar.
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

/** Enqueues a job within the caller's transaction. */
export async function enqueue<N extends JobName>(
  sql: AnySql,
  name: N,
  tenantId: string | null,
  payload: Payloads[N],
  options: { startAfter?: Date } = {},
): Promise<void> {
  const sender = await boss();
  await sender.send(name, { ...payload, tenantId }, { ...options, db: within(sql) });
}

/**
 * Those of the ids for which the queue has no job under way and none that gave up, each named by this
 * part of its payload: a backup brings no queue along, and what gave up is the operator's.
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

/** pg-boss's way to a database, led through a transaction of ours. */
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
  made.on("error", (error: Error) => onError(error));
  return made;
}

/** The kind of database: its own tables stay on the coordinator where Citus is installed. */
const backendOf = async (url: string): Promise<BackendProfile> =>
  await citus.isAt(url) ? "citus" : "postgres";

let onError: (error: Error) => void = () => {};
/** Names who hears of the queue's own faults (a lost connection, a failed maintenance). */
export function onQueueError(listener: (error: Error) => void): void {
  onError = listener;
}
