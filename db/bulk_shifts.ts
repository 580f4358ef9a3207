/** Moves many deals to one stage, and back to the stage each of them was in. */
import { type Changed, touchable, type What } from "./bulk_batches.ts";
import * as steps from "./deal_stages.ts";
import { Invalid } from "./errors.ts";
import type { Scope } from "./scope.ts";

/** Moves these deals; the previous state is kept as one text. Moves none if the stage is gone. */
export async function apply(
  scope: Scope,
  what: What,
  ids: readonly string[],
): Promise<Changed[]> {
  const { sql, tenantId } = scope;
  const place = await steps.enter(scope, what.value).catch((error) => {
    if (error instanceof Invalid) return null;
    throw error;
  });
  if (place === null) return [];
  return await sql<Changed[]>`
    with meant as materialized (
      select p.id, p.stage_id, jsonb_build_object(
        'stage', p.stage_id, 'since', p.stage_since, 'closed', p.closed_at,
        'reason', p.lost_reason_id
      )::text as old
      ${touchable(scope, what, ids)}
    )
    update deals p
    set ${sql({ ...place })}
    from meant
    where p.tenant_id = ${tenantId}
      and p.id = meant.id
      and meant.stage_id <> ${place.stageId}
    returning p.id, meant.old
  `;
}

/** Moves deals back to their earlier stage, except those moved since or whose stage is gone. */
export async function revert(
  scope: Scope,
  what: What,
  before: readonly Changed[],
): Promise<Changed[]> {
  const { sql, tenantId } = scope;
  const ids = before.map(({ id }) => id);
  const olds = before.map(({ old }) => old);
  await sql`
    select s.id
    from stages s
    where s.tenant_id = ${tenantId}
      and s.id in (
        select (old::jsonb ->> 'stage')::uuid
        from unnest(${olds}::text[]) as old
      )
    for share
  `;
  return await sql<Changed[]>`
    with meant as materialized (
      select p.id
      ${touchable(scope, what, ids)}
    ), was as (
      select id, old, old::jsonb as place
      from unnest(${ids}::uuid[], ${olds}::text[]) as r (id, old)
    )
    update deals p
    set pipeline_id = s.pipeline_id, stage_id = s.id, status = s.kind,
      stage_since = (was.place ->> 'since')::timestamptz,
      closed_at = (was.place ->> 'closed')::timestamptz,
      lost_reason_id = (was.place ->> 'reason')::uuid
    from meant
    join was on was.id = meant.id
    join stages s on s.tenant_id = ${tenantId} and s.id = (was.place ->> 'stage')::uuid
    where p.tenant_id = ${tenantId}
      and p.id = meant.id
      and p.stage_id = ${what.value}
      and s.removed_at is null
    returning p.id, was.old
  `;
}

/** Records the moves of the deals, or the moves back. */
export async function note(
  scope: Scope,
  stageId: string,
  changed: readonly Changed[],
  forth: boolean,
): Promise<void> {
  for (const [stage, group] of Map.groupBy(changed, ({ old }) => stageOf(old))) {
    const [from, to] = forth ? [stage, stageId] : [stageId, stage];
    await steps.record(scope, group.map(({ id }) => ({ id, from })), to);
  }
}

const stageOf = (old: string | null): string =>
  (JSON.parse(old ?? "{}") as { stage: string }).stage;
