/** Moves deals through their stages and records every step. */
import * as changes from "./changes.ts";
import { Invalid, NotFound, Stale } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import * as stages from "./stages.ts";
import type { Colour, StageKind } from "./stages.ts";

/** The position of a deal, as columns of its row. */
export interface Place {
  pipelineId: string;
  stageId: string;
  status: StageKind;
  stageSince: Date;
  closedAt: Date | null;
  lostReasonId: string | null;
}

/** A deal's position on entering a stage now; throws Invalid if the stage is not in use. */
export async function enter(
  scope: Scope,
  stageId: string,
  lostReasonId: string | null = null,
): Promise<Place> {
  const stage = await stages.hold(scope, stageId);
  if (!stage) throw new Invalid("deals.stage_gone", "stageId");
  return {
    pipelineId: stage.pipelineId,
    stageId,
    status: stage.kind,
    stageSince: scope.now,
    closedAt: stage.kind === "open" ? null : scope.now,
    lostReasonId: stage.kind === "lost" ? lostReasonId : null,
  };
}

export interface Move {
  stageId: string;
  /** The version of the deal that the user saw. */
  version: number;
}

/**
 * Moves a deal outside the trash to another stage and returns its previous one. Throws NotFound,
 * Stale if somebody has changed it since the user saw it, or Invalid if the stage is not in use.
 * Does nothing if the deal is already in the stage, so sending it twice moves it once.
 */
export async function move(scope: Scope, id: string, { stageId, version }: Move): Promise<string> {
  const { sql, tenantId, actor, now } = scope;
  const place = await enter(scope, stageId);
  const before = await lock(scope, id);
  if (before.stageId === stageId) return stageId;
  if (before.version !== version) throw new Stale("deal", before.version);
  await sql`
    update deals
    set ${sql({ ...place })}, version = version + 1, last_touch_at = ${now}, updated_at = ${now},
      updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await record(scope, [{ id, from: before.stageId }], stageId);
  await noteReason(scope, id, before.lostReasonId, null);
  return before.stageId;
}

interface Stand {
  stageId: string;
  version: number;
  lostReasonId: string | null;
}

/** The position of a deal outside the trash, locked until the transaction ends; throws NotFound. */
async function lock({ sql, tenantId }: Scope, id: string): Promise<Stand> {
  const [deal] = await sql<Stand[]>`
    select stage_id, version, lost_reason_id
    from deals
    where tenant_id = ${tenantId}
      and id = ${id}
      and deleted_at is null
    for no key update
  `;
  if (!deal) throw new NotFound("deal");
  return deal;
}

/** Records a lost reason set or cleared by a step in the deal's history, where undo finds it. */
async function noteReason(
  scope: Scope,
  id: string,
  from: string | null,
  to: string | null,
): Promise<void> {
  if (from === to) return;
  const fields = [{ name: "lost_reason_id", from, to }];
  await changes.record(scope, { kind: "deal", id, action: "updated", fields });
}

/** The lost reason that a step at this instant cleared, if it still exists; otherwise null. */
async function reasonBefore(
  { sql, tenantId }: Scope,
  id: string,
  at: Date,
): Promise<string | null> {
  const [found] = await sql<{ id: string }[]>`
    select r.id
    from changes c
    cross join jsonb_array_elements(c.fields) as field
    join lost_reasons r on r.tenant_id = c.tenant_id and r.id::text = field ->> 'from'
    where c.tenant_id = ${tenantId}
      and c.record_kind = 'deal'
      and c.record_id = ${id}
      and c.at = ${at}
      and field ->> 'name' = 'lost_reason_id'
    limit 1
  `;
  return found?.id ?? null;
}

/**
 * Undoes the actor's own last move of a deal, as if it had not happened; throws NotFound if there is
 * none, Stale if somebody has moved the deal since, Invalid if the old stage no longer exists.
 * `movedTo` is the stage that the move ended in: to undo the same move again changes nothing.
 */
export async function undo(scope: Scope, id: string, movedTo?: string): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const deal = await lock(scope, id);
  const [last, before] = await sql<
    { fromStageId: string | null; toStageId: string; at: Date; actorId: string | null }[]
  >`
    select from_stage_id, to_stage_id, at, actor_id
    from deal_stage_changes
    where tenant_id = ${tenantId}
      and deal_id = ${id}
    order by at desc, id desc
    limit 2
  `;
  if (!last?.fromStageId) throw new NotFound("deal_stage_change");
  const own = last.actorId === actor.userId && last.toStageId === deal.stageId;
  if (own && last.fromStageId === movedTo && before?.toStageId === movedTo) {
    if (before.fromStageId === last.toStageId && before.actorId === actor.userId) return;
  }
  if (!own || (movedTo !== undefined && movedTo !== deal.stageId)) {
    throw new Stale("deal", deal.version);
  }
  const place = await enter(scope, last.fromStageId, await reasonBefore(scope, id, last.at));
  const since = before?.at ?? now;
  const closedAt = place.closedAt && since;
  await sql`
    update deals
    set ${sql({ ...place, stageSince: since, closedAt })}, version = version + 1,
      last_touch_at = ${now}, updated_at = ${now}, updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await record(scope, [{ id, from: deal.stageId }], last.fromStageId);
  await noteReason(scope, id, deal.lostReasonId, place.lostReasonId);
}

/**
 * Sets the reason why a deal was lost; throws NotFound if it is not lost or the reason is unknown.
 */
export async function explain(scope: Scope, id: string, lostReasonId: string): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const [row] = await sql<{ old: string | null }[]>`
    update deals d
    set lost_reason_id = ${lostReasonId}, version = d.version + 1, last_touch_at = ${now},
      updated_at = ${now}, updated_by = ${actor.userId}
    from deals old
    where d.tenant_id = ${tenantId}
      and d.id = ${id}
      and d.status = 'lost'
      and d.deleted_at is null
      and old.tenant_id = d.tenant_id
      and old.id = d.id
      and exists (
        select
        from lost_reasons r
        where r.tenant_id = ${tenantId}
          and r.id = ${lostReasonId}
          and r.removed_at is null
      )
    returning old.lost_reason_id as old
  `;
  if (!row) throw new NotFound("deal");
  await changes.record(scope, {
    kind: "deal",
    id,
    action: "updated",
    fields: [{ name: "lost_reason_id", from: row.old, to: lostReasonId }],
  });
}

/** The deal, if it is lost and has no reason yet; otherwise null. */
export async function unexplained(
  { sql, tenantId }: Scope,
  id: string,
): Promise<{ id: string; title: string } | null> {
  const [found] = await sql<{ id: string; title: string }[]>`
    select id, title
    from deals
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'lost'
      and lost_reason_id is null
      and deleted_at is null
  `;
  return found ?? null;
}

/** Records the moves of deals to one stage, each from its own. */
export async function record(
  { sql, tenantId, actor, now }: Scope,
  moved: readonly { id: string; from: string | null }[],
  to: string,
): Promise<void> {
  if (moved.length === 0) return;
  await sql`
    insert into deal_stage_changes (
      tenant_id, id, deal_id, from_stage_id, to_stage_id, at, actor_id
    )
    select ${tenantId}, step.id, step.deal_id, step.from_id, ${to}, ${now}, ${actor.userId}
    from unnest(
      ${moved.map(() => newId())}::uuid[], ${moved.map(({ id }) => id)}::uuid[],
      ${moved.map(({ from }) => from)}::uuid[]
    ) as step (id, deal_id, from_id)
  `;
}

export interface Step {
  id: string;
  at: Date;
  /** Null for the deal's first stage. */
  from: string | null;
  to: string;
  colour: Colour;
  /** The new pipeline's name, if the step changed the pipeline. */
  pipeline: string | null;
  actorName: string | null;
  /** Seconds that the deal stayed in the stage it moved to; null if it is still there. */
  stayed: number | null;
}

/** The number of steps shown on a page; a deal rarely has more. */
const most = 50;

/** A deal's last steps, newest first. */
export async function list({ sql, tenantId }: Scope, dealId: string): Promise<Step[]> {
  return await sql<Step[]>`
    select c.id, c.at, f.name as from, t.name as to, t.colour,
      case when f.pipeline_id <> t.pipeline_id then p.name end as pipeline,
      i.name as actor_name,
      extract(epoch from lead(c.at) over (order by c.at, c.id) - c.at)::float8 as stayed
    from (
      select id, deal_id, from_stage_id, to_stage_id, at, actor_id
      from deal_stage_changes
      where tenant_id = ${tenantId}
        and deal_id = ${dealId}
      order by at desc, id desc
      limit ${most}
    ) c
    join stages t on t.tenant_id = ${tenantId} and t.id = c.to_stage_id
    join pipelines p on p.tenant_id = ${tenantId} and p.id = t.pipeline_id
    left join stages f on f.tenant_id = ${tenantId} and f.id = c.from_stage_id
    left join users u on u.tenant_id = ${tenantId} and u.id = c.actor_id
    left join identities i on i.id = u.identity_id
    order by c.at desc, c.id desc
  `;
}
