/**
 * The personal-data map of technical state: jobs carry identifiers only, the rest is counters and
 * clocks.
 */
import { type Defaults, table } from "./columns.ts";

const machine: Defaults = {
  subject: "none",
  purpose: "provision",
  basis: "f",
  role: "controller",
  retention: "machine",
  erasure: "overwritten",
};

/** pg-boss itself deletes a job when its retention period is over. */
const job: Defaults = { ...machine, retention: "job", erasure: "row" };

export const queue = {
  // Waits at most a minute to be moved to the ledger outside the database.
  "public.ledger_entries": table({ ...machine, retention: "job", erasure: "job:keep_ledger" }, {
    reference: "id tenant_id record_ids",
    technical: "seq kind table_name detail",
  }),

  "public.backup_places": table(machine, {
    technical: "place copies oldest_at missing surplus error_code at",
  }),

  "public.file_places": table(machine, {
    technical: "only_row place settled_at changed_at surplus error_code looked_at",
  }),

  "public.measure_looks": table(
    { ...machine, purpose: "security", retention: "egress", erasure: "job:remove_stale" },
    { technical: "name day passed figures at" },
  ),

  "public.page_looks": table(
    { ...machine, purpose: "security", retention: "egress", erasure: "job:remove_stale" },
    { technical: "route day looks foreign_references" },
  ),

  // Counts per day, which do not show who failed or from where.
  "public.sign_in_failures": table(
    { ...machine, purpose: "security", retention: "egress", erasure: "job:remove_stale" },
    { technical: "day failed limited" },
  ),

  "public.backup_runs": table({ ...machine, retention: "log", erasure: "row" }, {
    reference: "id",
    technical: "kind passed backup row_count took_ms error_code at",
  }),

  "public.schema_migrations": table(machine, { technical: "number name checksum applied_at" }),

  "jobs.job": table(job, {
    reference: "id data singleton_key group_id source_id source_root_id",
    technical: `name priority state retry_limit retry_count retry_delay retry_backoff
      retry_delay_max expire_seconds deletion_seconds singleton_on group_tier start_after
      created_on started_on completed_on keep_until output dead_letter policy heartbeat_on
      heartbeat_seconds blocked blocking pending_dependencies source_name source_created_on
      source_retry_count source_output trace_context upsert_by_key`,
  }),

  "jobs.job_dependency": table(job, {
    reference: "child_id parent_id",
    technical: "child_name parent_name",
  }),

  "jobs.queue": table(machine, {
    technical: `name policy retry_limit retry_delay retry_backoff retry_delay_max expire_seconds
      retention_seconds deletion_seconds dead_letter partition table_name deferred_count
      blocked_count queued_count ready_count warning_queued active_count failed_count total_count
      retained_count retained_on created_delta completed_delta failed_delta delta_on delta_seconds
      wait_bins run_bins ready_oldest_seconds ready_history heartbeat_seconds notify
      singletons_active monitor_claim_on monitor_on maintain_on created_on updated_on`,
  }),

  "jobs.queue_stats": table(machine, {
    technical: `id name deferred_count queued_count ready_count active_count failed_count
      total_count created_delta completed_delta failed_delta delta_seconds delta_on wait_bins
      run_bins ready_oldest_seconds captured_on`,
  }),

  "jobs.schedule": table(machine, {
    reference: "last_job_id",
    technical: "name key kind cron timezone data options created_on updated_on",
  }),

  "jobs.subscription": table(machine, { technical: "event name created_on updated_on" }),

  "jobs.version": table(machine, {
    technical: "version cron_on bam_on flow_on reindex_on monitor_backoff_on",
  }),

  "jobs.warning": table(machine, { technical: "id type message data created_on" }),

  "jobs.bam": table(machine, {
    technical: `id name version status queue table_name command error created_on started_on
      completed_on`,
  }),

  "jobs.instance": table(machine, {
    technical: `id name host pid version node_version application_name heartbeat_seconds supervise
      schedule migrate persist_queue_stats persist_warnings pool_max pool_total pool_idle
      pool_waiting workers metrics config crash_restarts crash_restarts_since started_on
      heartbeat_on stopped_on`,
  }),
};
