/**
 * Advances the erasures of ended tenants, step by step, as the database owner. It may be
 * interrupted anywhere and called again: a step is done when its row says so, and repeating one
 * does no harm. Of several callers one works; the others return.
 */
import { join } from "node:path";
import * as backupPlaces from "../backup_places.ts";
import * as backups from "../backups.ts";
import { now, today } from "../clock.ts";
import * as contracts from "../contracts.ts";
import { hold } from "../held_connections.ts";
import { newId } from "../ids.ts";
import { daysBetween } from "../local_times.ts";
import * as freezes from "../log_freezes.ts";
import type { AppLog } from "../log.ts";
import type { AnySql, Sql } from "../pool.ts";
import * as erasures from "../tenant_erasures.ts";
import type { Erasure, Figures, Step, StepState } from "../tenant_erasures.ts";
import { backwards, controlWord, newWord, plant, unplant } from "./canaries.ts";
import { eraseLive } from "./live.ts";
import { stripLogs } from "./logs.ts";
import { isClean, search } from "./searches.ts";
import type { Vault } from "../vault.ts";
import { askProcessors } from "./recipients.ts";
import { note, rests, statesOf } from "./states.ts";
import { scrubServer, scrubTables } from "./traces.ts";

export interface Tools {
  owner: Sql;
  store: Vault;
  log: Pick<AppLog, "info" | "error">;
  /** The database's own folder, if it is on this machine. */
  clusterFolder: string | null;
}

/** The result of a step; `done` is false if what it waits for is not there yet. */
interface Outcome {
  done: boolean;
  figures: Figures;
}

/** Of several processes only one handles erasures. */
const lock = 7316540226;
/** Between these hours in Berlin large tables may be locked for a while. */
const night = [1, 5] as const;

/** The steps that must precede each step. */
const needs: Record<Step, readonly Step[]> = {
  freeze: [],
  live: ["freeze"],
  traces: ["live"],
  processors: ["live"],
  logs: ["live"],
  backups: ["live"],
  search: ["traces", "logs", "backups"],
};

/** Takes every erasure as far as possible today. Returns false if another process is doing so. */
export async function advance(tools: Tools): Promise<boolean> {
  const held = await hold(tools.owner);
  let mine = false;
  try {
    [{ mine }] = await held<[{ mine: boolean }]>`select pg_try_advisory_lock(${lock}) as mine`;
    if (!mine) return false;
    await contracts.movePhases(tools.owner);
    await begin(tools);
    for await (const erasure of erasures.eachRunning(tools.owner)) {
      if (!await endWithdrawn(tools, erasure)) await lead(tools, erasure);
    }
    return true;
  } finally {
    if (mine) await held`select pg_advisory_unlock(${lock})`.catch(() => {});
    held.release();
  }
}

/** Starts an erasure for every tenant whose contract has ended. */
async function begin({ owner }: Tools): Promise<void> {
  const ended = await owner<
    { id: string; name: string; locale: string; endsOn: string; recipients: string[] }[]
  >`
    select t.id, t.name, t.locale, t.contract_ends_on as ends_on,
      (
        select coalesce(jsonb_agg(i.email order by u.id), '[]')
        from users u
        join identities i on i.id = u.identity_id
        where u.tenant_id = t.id
          and u.role = 'owner'
          and u.deactivated_at is null
      ) as recipients
    from tenants t
    where t.phase = 'closed'
      and not exists (
        select from tenant_erasures e where e.house = t.id::text and e.status = 'running'
      )
    order by t.id
    limit 100
  `;
  for (const { id, name, locale, endsOn, recipients } of ended) {
    await owner`
      insert into tenant_erasures (
        id, house, name, locale, recipients, contract_ended_on, canary, started_at
      )
      values (
        ${newId()}, ${id}, ${name}, ${locale}, ${recipients}, ${endsOn}, ${backwards(newWord())},
        ${now()}
      )
      on conflict do nothing
    `;
  }
}

/** Closes an erasure whose notice was withdrawn in time. Returns whether it was. */
async function endWithdrawn({ owner, log }: Tools, erasure: Erasure): Promise<boolean> {
  const [tenant] = await owner<{ phase: contracts.Phase }[]>`
    select phase
    from tenants
    where id = ${erasure.house}
  `;
  if (!tenant || tenant.phase === "closed" || tenant.phase === "erasing") return false;
  await owner.begin(async (sql) => {
    await unplant(sql, erasure.id, erasure.house);
    await sql`
      update tenant_erasures
      set status = 'withdrawn', name = '', recipients = '{}', finished_at = ${now()}
      where id = ${erasure.id}
    `;
  });
  log.info("erasure withdrawn", { recordId: erasure.id });
  return true;
}

/** Runs every step of one erasure that is due and not blocked. */
async function lead(tools: Tools, erasure: Erasure): Promise<void> {
  const { owner, log } = tools;
  const day = daysBetween(erasure.contractEndedOn, today());
  for (const step of erasures.steps) {
    // Read again each time, because a step may have reset another one.
    const states = await statesOf(owner, erasure);
    const of = (name: Step) => states[name];
    if (of(step).state === "done" || day < erasures.budget[step].from) continue;
    if (rests(of(step))) continue;
    if (!needs[step].every((other) => of(other).state === "done")) continue;
    try {
      const { done, figures } = await work[step](tools, erasure, of(step), day);
      await note(owner, erasure, step, { state: done ? "done" : "waiting", figures });
      if (done) log.info("erasure step done", { recordId: erasure.id, kind: step });
    } catch (error) {
      const code = error instanceof StepFailed ? error.code : (error as Error).name;
      const figures = error instanceof StepFailed ? error.figures : of(step).figures;
      await note(owner, erasure, step, { state: "failed", figures, errorCode: code });
      log.error("erasure step failed", error, { recordId: erasure.id, kind: step });
    }
  }
}

/** A step found something it must not find. */
class StepFailed extends Error {
  override name = "StepFailed";

  constructor(readonly code: string, readonly figures: Figures) {
    super(code);
  }
}

type Work = (
  tools: Tools,
  erasure: Erasure,
  before: StepState,
  day: number,
) => Promise<Outcome>;

const work: Record<Step, Work> = {
  async freeze({ owner }, { id, house }) {
    await controlWord(owner);
    await owner.begin(async (sql) => {
      await plant(sql, { id, tenantId: house, word: await wordOf(sql, id) });
    });
    const [row] = await owner<[{ since: string }]>`
      select to_json(created_at) as since
      from tenants
      where id = ${house}
    `;
    return { done: true, figures: { since: row.since } };
  },

  async live({ owner, store, log }, erasure, { figures }) {
    const each = async (part: string, soFar: Figures) => {
      // If the process ends here, no count is lost.
      await note(owner, erasure, "live", { state: "waiting", figures: soFar });
      log.info("erased", { recordId: erasure.id, kind: part });
    };
    return { done: true, figures: await eraseLive(owner, store, erasure, figures, each) };
  },

  async traces({ owner, log }, erasure, { figures }, day) {
    const hour = Temporal.Instant.fromEpochMilliseconds(now().getTime())
      .toZonedDateTimeISO("Europe/Berlin").hour;
    // If the search sent it back, there is time until the search's own deadline.
    const { search: again } = await statesOf(owner, erasure);
    const last = erasures.budget[again.attempts > 0 ? "search" : "traces"].due;
    const large = (hour >= night[0] && hour < night[1]) || day > last;
    const { done, waiting } = await scrubTables(
      owner,
      (figures.tables as string[] | undefined) ?? [],
      { large },
      async (table, tables) => {
        // If the process ends here, rewritten tables are not rewritten again.
        await note(owner, erasure, "traces", { state: "waiting", figures: { tables } });
        log.info("rewritten", { recordId: erasure.id, kind: table });
      },
    );
    if (waiting.length > 0) return { done: false, figures: { tables: done, waiting } };
    return { done: true, figures: { tables: done, ...await scrubServer(owner) } };
  },

  async processors({ owner }, erasure) {
    const { id } = erasure;
    const { freeze } = await statesOf(owner, erasure);
    await askProcessors(owner, id, (freeze.figures.since as string | undefined) ?? "-infinity");
    const all = await erasures.listConfirmations(owner, id);
    const open = all.filter(({ confirmedAt }) => !confirmedAt).length;
    return { done: open === 0, figures: { processors: all.length, open } };
  },

  async logs({ owner, store }, { house }, { figures }) {
    const stripped = await stripAll(owner, store, house);
    return { done: true, figures: { lines: Number(figures.lines ?? 0) + stripped } };
  },

  async backups({ owner, store }, erasure) {
    const erasedAt = (await statesOf(owner, erasure)).live.finishedAt!;
    await backups.removeOld(store);
    const left = await backups.listBefore(store, erasedAt);
    const figures = {
      left: left.length + await backupPlaces.countBefore(owner, "bucket", erasedAt),
      ...(left.length > 0 ? { newest: left[0]!.toISOString().slice(0, 10) } : {}),
    };
    return { done: figures.left === 0, figures };
  },

  async search({ owner, store, clusterFolder }, erasure) {
    const { id, house, keyIds } = erasure;
    // Lines written since the logs were stripped.
    await stripAll(owner, store, house);
    // A rehearsal of a restore may have written some of it to the log again.
    await scrubServer(owner);
    const word = await wordOf(owner, id);
    const places = await search(owner, store, clusterFolder, { tenantId: house, word, keyIds });
    if (isClean(places)) return { done: true, figures: { places } };
    await owner`
      update tenant_erasure_steps
      set state = 'waiting', figures = '{}', finished_at = null
      where erasure_id = ${id}
        and step = 'traces'
    `;
    throw new StepFailed("traces_found", { places });
  },
};

/** Removes the lines of past days, and those kept for an incident. */
const stripAll = async (owner: Sql, store: Vault, house: string): Promise<number> =>
  await stripLogs(join(store.dataDir, "logs"), house, today("UTC")) +
  await freezes.strip(owner, store.dataDir, house);

async function wordOf(sql: AnySql, id: string): Promise<string> {
  const [row] = await sql<[{ canary: string }]>`
    select canary
    from tenant_erasures
    where id = ${id}
  `;
  return backwards(row.canary);
}
