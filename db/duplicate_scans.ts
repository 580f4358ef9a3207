/** Scans a whole tenant for duplicates: weekly and on demand, in bounded steps. */
import * as blocks from "./duplicate_blocks.ts";
import * as keys from "./duplicate_keys.ts";
import * as pairs from "./duplicate_pairs.ts";
import { ofFirms, ofPersons } from "./duplicate_scores.ts";
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { Scope } from "./scope.ts";

type Stage = "contact_keys" | "contact_pairs" | "company_keys" | "company_pairs" | "tidy";

export interface Scan {
  id: string;
  status: "running" | "done" | "failed";
  stage: Stage;
  /** The numbers of records read and of pairs compared. */
  looked: number;
  compared: number;
  startedAt: Date;
  finishedAt: Date | null;
}

interface Place {
  stage: Stage;
  place: string | null;
  placeId: string | null;
}

/** How long after its start a scan may be replaced by another, in milliseconds: it must be stuck. */
const patience = 6 * 3_600_000;
/** The number of rows deleted in one transaction. */
const batch = 10_000;

/** Starts a scan of the tenant, or returns the one that is running. */
export async function start(scope: Scope): Promise<string> {
  const id = await begin(scope);
  if (id === null) return (await latest(scope))!.id;
  await enqueue(scope.sql, "scan_duplicates", scope.tenantId, { scanId: id });
  return id;
}

/** Starts a scan that the caller completes with `work`; null if one is running. */
export async function begin(scope: Scope): Promise<string | null> {
  const { sql, tenantId, actor, now } = scope;
  await sql`
    update duplicate_scans
    set status = 'failed', finished_at = ${now}
    where tenant_id = ${tenantId}
      and status = 'running'
      and started_at < ${new Date(now.getTime() - patience)}
  `;
  const id = newId();
  const [made] = await sql`
    insert into duplicate_scans (tenant_id, id, created_by, started_at)
    values (${tenantId}, ${id}, ${actor.userId}, ${now})
    on conflict (tenant_id) where status = 'running' do nothing
    returning id
  `;
  return made ? id : null;
}

/** The latest scan; null if there was none. */
export async function latest({ sql, tenantId }: Scope): Promise<Scan | null> {
  const [row] = await sql<Scan[]>`
    select id, status, stage, looked, compared, started_at, finished_at
    from duplicate_scans
    where tenant_id = ${tenantId}
    order by started_at desc, id desc
    limit 1
  `;
  return row ?? null;
}

/**
 * Advances a scan by one step; true when it is finished. Throws NotFound if it no longer exists.
 */
export async function work(scope: Scope, id: string): Promise<boolean> {
  const { sql, tenantId } = scope;
  const [found] = await sql<(Place & { status: Scan["status"] })[]>`
    select status, stage, place::text, place_id
    from duplicate_scans
    where tenant_id = ${tenantId}
      and id = ${id}
    for update
  `;
  if (!found) throw new NotFound("scan");
  if (found.status !== "running") return true;
  switch (found.stage) {
    case "contact_keys":
      return await collect(scope, id, found, keys.ofContacts, "contact_pairs");
    case "company_keys":
      return await collect(scope, id, found, keys.ofCompanies, "company_pairs");
    case "contact_pairs":
      return await compare(scope, id, found, "contact");
    case "company_pairs":
      return await compare(scope, id, found, "company");
    case "tidy":
      return await tidy(scope, id);
  }
}

async function collect(
  scope: Scope,
  id: string,
  { stage, placeId }: Place,
  of: typeof keys.ofContacts,
  then: Stage,
): Promise<false> {
  const { next, count } = await of(scope, id, placeId);
  const to = next === null ? { stage: then, placeId: null } : { stage, placeId: next };
  return await advance(scope, id, { ...to, place: null }, { looked: count, compared: 0 });
}

async function compare(
  scope: Scope,
  id: string,
  { stage, place }: Place,
  kind: pairs.Kind,
): Promise<false> {
  const { blocks: found, next } = await blocks.read(scope, id, place);
  const ids = [...new Set(found.flat())];
  const scored = kind === "contact"
    ? blocks.pairsOf(found, await blocks.persons(scope, ids))
      .map(([a, b]) => ({ a: a.id, b: b.id, ...ofPersons(a, b) }))
    : blocks.pairsOf(found, await blocks.firms(scope, ids))
      .map(([a, b]) => ({ a: a.id, b: b.id, ...ofFirms(a, b) }));
  await pairs.keep(scope, id, kind, scored);
  const compared = scored.length;
  if (next !== null) {
    return await advance(scope, id, { stage, place: next, placeId: null }, { looked: 0, compared });
  }
  // Delete the keys of persons before creating those of companies: a hash does not show its kind.
  if (!await forget(scope, id)) {
    const last = "9223372036854775807";
    return await advance(scope, id, { stage, place: last, placeId: null }, { looked: 0, compared });
  }
  const then: Stage = kind === "contact" ? "company_keys" : "tidy";
  const to = { stage: then, place: null, placeId: null };
  return await advance(scope, id, to, { looked: 0, compared });
}

/**
 * Deletes a batch of the keys; true when none are left. Deletes up to the last key of the batch:
 * keys exist for only a minute, so statistics may miss them and a join would become a nested loop.
 */
async function forget({ sql, tenantId }: Scope, id: string): Promise<boolean> {
  const [last] = await sql<{ key: string; recordId: string }[]>`
    select k.key::text, k.record_id
    from duplicate_keys k
    where k.tenant_id = ${tenantId}
      and k.scan_id = ${id}
    order by k.key, k.record_id
    offset ${batch - 1}
    limit 1
  `;
  await sql`
    delete from duplicate_keys
    where tenant_id = ${tenantId}
      and scan_id = ${id}
      ${last ? sql`and (key, record_id) <= (${last.key}::bigint, ${last.recordId}::uuid)` : sql``}
  `;
  return last === undefined;
}

async function advance(
  { sql, tenantId }: Scope,
  id: string,
  { stage, place, placeId }: Place,
  { looked, compared }: Pick<Scan, "looked" | "compared">,
): Promise<false> {
  await sql`
    update duplicate_scans
    set stage = ${stage}, place = ${place}::text::bigint, place_id = ${placeId},
      looked = looked + ${looked}, compared = compared + ${compared}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return false;
}

/** Deletes pairs that this scan has not found again, then finishes it. */
async function tidy(scope: Scope, id: string): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  if (!await pairs.removeStale(scope, id)) return false;
  await sql`
    delete from duplicate_scans
    where tenant_id = ${tenantId}
      and status <> 'running'
  `;
  await sql`
    update duplicate_scans
    set status = 'done', place = null, finished_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return true;
}
