/**
 * Processes one import from file to records: a rehearsal that only counts, or the run itself, in
 * one transaction. If interrupted at any moment, it leaves nothing behind and can be run again.
 */
import * as advisoryLocks from "../advisory_locks.ts";
import * as changes from "../changes.ts";
import { now } from "../clock.ts";
import * as customFields from "../custom_fields.ts";
import * as imports from "../imports.ts";
import { dayOf } from "../local_times.ts";
import * as notices from "../notices.ts";
import { longPool, type Sql } from "../pool.ts";
import { type Scope, type Who, withScope } from "../scope.ts";
import * as sights from "../sights.ts";
import * as statistics from "../statistics.ts";
import * as suppressions from "../suppressions.ts";
import * as amendments from "./amendments.ts";
import * as assignees from "./assignees.ts";
import { batches } from "./batches.ts";
import * as closings from "./closings.ts";
import * as choices from "./choices.ts";
import * as dealRuns from "./deal_runs.ts";
import * as files from "./files.ts";
import { countOf } from "./findings.ts";
import * as furtherPersons from "./further_persons.ts";
import type { Source } from "./inspections.ts";
import { type Hash, lookup } from "./matches.ts";
import * as importedFields from "./custom_fields.ts";
import * as ownerColumns from "./owner_columns.ts";
import * as parents from "./parents.ts";
import { PendingNames } from "./pending_names.ts";
import type { Plan } from "./plans.ts";
import { Progress } from "./progresses.ts";
import { Repeats } from "./repeats.ts";
import * as reports from "./reports.ts";
import { type Screened, Screening } from "./screenings.ts";
import { usualStatus } from "./standings.ts";
import * as stages from "./stages.ts";
import * as states from "./states.ts";
import { own } from "./texts.ts";

export interface Tools {
  pool: Sql;
  /** 32 bytes in base64, the key for hashes of suppressed addresses. */
  secretKey: string;
  /** Opens the file; may be called twice. */
  source: Source;
  signal?: AbortSignal;
}

/**
 * Batches examined before they are written: more than are moved from the staging table together.
 */
const mostAhead = 7;

/** Reads the file and counts what a run would create; writes the report, but creates nothing. */
export async function check(tools: Tools, who: Who, importId: string): Promise<void> {
  await walk(tools, who, importId, "checking");
}

/** Creates the records of the file. A finished run is not repeated. */
export async function run(tools: Tools, who: Who, importId: string): Promise<void> {
  await walk(tools, who, importId, "running");
}

async function walk(
  tools: Tools,
  who: Who,
  importId: string,
  status: "checking" | "running",
): Promise<void> {
  await withScope(longPool(tools.pool), who, async (waiting) => {
    await lock(waiting);
    // The run's instant is that of its start, by which lists know its records
    // (`running_imports.ts`).
    const at = who.now ?? now();
    const scope = { ...waiting, now: at };
    const started = await withScope(tools.pool, { ...who, now: at }, (outside) => {
      return states.begin(outside, importId, status);
    });
    if (!started) return;
    const progress = new Progress(tools.pool, who, importId);
    await reports.clear(scope, importId);
    const named = new assignees.OwnerTally();
    const counts = await records(tools, scope, started, status, progress, named);
    await progress.settled();
    await states.finish(scope, importId, status, counts, {
      undoUntil: new Date(now().getTime() + states.keptFor),
      owners: { columns: ownerColumns.among(started.plan.columns), names: named.list() },
    });
    if (status === "running") {
      await changes.record(scope, {
        kind: "import",
        id: importId,
        action: "imported",
        fields: [{ name: "rows", to: counts.contacts + counts.companies }],
      });
    }
  });
  if (status === "running") await statistics.refresh(tools.pool);
}

/** Imports of a tenant run one at a time: two at once could not see each other's records. */
const lock = (scope: Scope) => advisoryLocks.take(scope, "import");

async function records(
  tools: Tools,
  scope: Scope,
  { id, plan, existing, ...run }: states.Started,
  status: "checking" | "running",
  progress: Progress,
  named: assignees.OwnerTally,
): Promise<imports.Counts> {
  if (plan.kind !== "deals") await prepare(scope);
  const origin = await originOf(scope, { id, plan, ...run });
  if (plan.kind === "deals") {
    return await deals(tools, scope, plan, origin, status, progress, named);
  }
  const decided = await choices.all(scope, id);
  const screening = new Screening({ existing, choices: decided });
  const counts = { ...imports.nothing };
  const pairs: parents.Pair[] = [];
  const repeats = new Repeats();
  const hash = await hashOf(scope, tools.secretKey);
  const pending = new PendingNames(tools.pool);
  const stage = status === "running" ? await stages.Stage.open(scope, origin) : null;
  const fields = closings.writable(await customFields.list(scope));
  const ahead = stage !== null && existing === "skip" && decided.size === 0 &&
    !fields.some((field) => field.kind === "person");
  await aside(tools, scope, ahead, async (looking) => {
    const writing: Promise<void>[] = [];
    let last = Promise.resolve();
    try {
      for await (const rows of batches(files.read(tools.source, { ...plan, fields }), named)) {
        tools.signal?.throwIfAborted();
        const batch = furtherPersons.apart(rows);
        closings.close(scope, batch);
        await sights.narrowly(looking, () => importedFields.findPersons(looking, batch, fields));
        const made = screening.take(batch, await lookup(looking, id, batch, hash));
        const lines = stage?.lines(made);
        last = last.then(async () => {
          if (lines && await stage?.write(lines)) pending.enter();
        });
        // Errors are thrown where the result is awaited.
        last.catch(() => {});
        if (writing.push(last) > (ahead ? mostAhead : 0)) await writing.shift();
        if (made.updates.length + made.objectors.length > 0) {
          await last;
          counts.updated += await amendments.apply(scope, made, origin, stage);
        }
        for (const { id, company } of made.companies) {
          if (stage && company.parent !== "") pairs.push({ id, parent: own(company.parent) });
        }
        tally(counts, rows.length, made);
        repeats.note(made.findings);
        last = last.then(() => reports.add(scope, id, made.findings));
        last.catch(() => {});
        progress.report(counts.records);
      }
      await last;
    } finally {
      await last.catch(() => {});
    }
  });
  // Limits what remains pending for the index of names when the last records are moved.
  await pending.settled();
  await scope.sql`set local gin_pending_list_limit = '1MB'`;
  await stage?.flush();
  counts.companies += await parents.link(scope, pairs, origin);
  if (stage) await keepInSight(scope, id);
  await repeats.show(scope, id, tools.source, plan);
  return counts;
}

async function originOf(
  scope: Scope,
  { id, plan, ...run }: Omit<states.Started, "existing">,
): Promise<stages.Origin> {
  return {
    ...run,
    tags: closings.tagsOf(scope, run.tags),
    owners: new assignees.Assignees(await assignees.list(scope), plan.owners, run.ownerId),
    importId: id,
    noticeDueOn: notices.dueOn("elsewhere", dayOf(scope.now)),
    status: usualStatus(run.purpose),
  };
}

function tally(counts: imports.Counts, rows: number, made: Screened): void {
  counts.records += rows;
  counts.contacts += made.contacts.length;
  counts.companies += made.companies.length;
  for (const { outcome } of made.findings) {
    if (outcome !== "updated") counts[countOf[outcome]]++;
  }
}

/**
 * A file of deals: persons it names are only looked up among visible ones, and nothing is changed.
 */
async function deals(
  { source, signal }: Tools,
  scope: Scope,
  given: Plan,
  origin: stages.Origin,
  status: "checking" | "running",
  progress: Progress,
  named: assignees.OwnerTally,
): Promise<imports.Counts> {
  await lead(scope);
  const plan = { ...given, fields: closings.writable(await customFields.list(scope)) };
  const counts = await dealRuns.records(scope, {
    plan,
    origin,
    writes: status === "running",
    batches: batches(files.read(source, plan), named),
    heard(done) {
      signal?.throwIfAborted();
      progress.report(done);
    },
  });
  if (status === "running") await keepInSight(scope, origin.importId);
  return counts;
}

/**
 * Looks up existing records on a connection of its own, so that a batch is examined while the
 * previous one is written: what the import itself created does not count anyway. If the import
 * changes existing records or looks up persons, everything uses the one connection.
 */
async function aside(
  { pool }: Tools,
  scope: Scope,
  ahead: boolean,
  work: (looking: Scope) => Promise<void>,
): Promise<void> {
  if (!ahead) return await work(scope);
  const { tenantId, actor, limits } = scope;
  await withScope(pool, { tenantId, actor, limits, now: scope.now }, async (looking) => {
    await prepare(looking);
    await work(looking);
  });
}

/** Users who only see their own records become the owner of what they import. */
async function keepInSight({ sql, tenantId, actor }: Scope, importId: string): Promise<void> {
  for (const table of ["contacts", "companies"] as const) {
    await sql`
      update ${sql(table)}
      set owner_id = ${actor.userId}
      where tenant_id = ${tenantId}
        and import_id = ${importId}
        and owner_id is null
        and hides_owner(${table}, null)
    `;
  }
}

/** Restricted and invisible persons are read only to find out that they exist. */
async function prepare(scope: Scope): Promise<void> {
  await lead(scope);
  await scope.sql`set local app.sees_restricted = 'on'`;
  await sights.lift(scope);
}

/**
 * Columns with personal data have no statistics, so the planner would read whole tables for every
 * batch (and find its queries worth compiling): these settings make it use indexes. The connection
 * may idle for long, during writes or while the file is read again.
 */
async function lead(scope: Scope): Promise<void> {
  await scope.sql.unsafe(`
    set local enable_seqscan = off;
    set local enable_hashjoin = off;
    set local enable_mergejoin = off;
    set local enable_sort = off;
    set local enable_incremental_sort = off;
    set local jit = off;
    set local idle_in_transaction_session_timeout = 0;
    set local gin_pending_list_limit = '4MB';
  `).simple();
}

async function hashOf(scope: Scope, secretKey: string): Promise<Hash> {
  return await suppressions.exist(scope)
    ? suppressions.hasherOfAll(secretKey, scope.tenantId)
    : null;
}
