/** Pipelines: the ways deals take, each a row of stages; a tenant always has one. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import type { Stage } from "./stages.ts";
import * as tenants from "./tenants.ts";
import { usual } from "./usual_pipelines.ts";

export interface Pipeline {
  id: string;
  name: string;
  stages: Stage[];
}

/** The most pipelines a tenant may have. */
export const most = 20;

/**
 * The pipelines in use with their stages, in order. If there is none yet, the default one is
 * created, so that the first visit finds a board to work on.
 */
export async function list(scope: Scope): Promise<[Pipeline, ...Pipeline[]]> {
  const found = await read(scope);
  if (found.length > 0) return found as [Pipeline, ...Pipeline[]];
  await createUsual(scope);
  return await read(scope) as [Pipeline, ...Pipeline[]];
}

async function read({ sql, tenantId }: Scope): Promise<Pipeline[]> {
  return await sql<Pipeline[]>`
    select p.id, p.name,
      (
        select coalesce(json_agg(json_build_object(
          'id', s.id, 'pipelineId', s.pipeline_id, 'name', s.name, 'kind', s.kind,
          'probability', s.probability, 'colour', s.colour, 'rottingDays', s.rotting_days
        ) order by s.kind = 'lost', s.kind = 'won', s.position, s.id), '[]')
        from stages s
        where s.tenant_id = p.tenant_id
          and s.pipeline_id = p.id
          and s.removed_at is null
      ) as stages
    from pipelines p
    where p.tenant_id = ${tenantId}
      and p.removed_at is null
    order by p.position, p.id
    limit ${most}
  `;
}

/** One pipeline in use; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<Pipeline> {
  const found = (await list(scope)).find((each) => each.id === id);
  if (!found) throw new NotFound("pipeline");
  return found;
}

/**
 * Lets only one request at a time change a tenant's pipelines and stages: that one of each remains
 * and that no name is used twice is checked before writing.
 */
export const lock = (scope: Scope): Promise<void> => advisoryLocks.take(scope, "pipelines");

/** Creates the default pipeline and lost reasons, unless another request was faster. */
async function createUsual(scope: Scope): Promise<void> {
  const { sql, tenantId } = scope;
  await lock(scope);
  if ((await read(scope)).length > 0) return;
  const start = usual[(await tenants.find(scope)).locale];
  // The system itself writes this: a tenant that is already read-only still finds its empty board.
  const [row] = await sql<[{ may: boolean }]>`select may_write() as may`;
  if (!row.may) await sql`set local app.actor = 'system'`;
  await insert(scope, newId(), start.pipeline, start);
  await sql`insert into lost_reasons ${
    sql(start.reasons.map((name, position) => ({ tenantId, id: newId(), name, position })))
  }`;
  if (!row.may) await sql`set local app.actor = ''`;
}

/**
 * Adds a pipeline with initial stages, under the id its form was created with; a form that is sent
 * twice adds one. Throws Invalid if the name is taken or there are too many.
 */
export async function create(scope: Scope, id: string, name: string): Promise<void> {
  await lock(scope);
  const present = await list(scope);
  if (present.some((each) => each.id === id)) return;
  if (present.length >= most) throw new Invalid("pipelines.too_many", "name");
  assertFree(present, name, id);
  const start = usual[(await tenants.find(scope)).locale];
  await insert(scope, id, name, start);
  await changes.record(scope, { kind: "pipeline", id, action: "created" });
}

/** Inserts a pipeline after all others; those removed keep their places. */
async function insert(
  { sql, tenantId, now }: Scope,
  id: string,
  name: string,
  { open, won, lost }: Pick<typeof usual["de"], "open" | "won" | "lost">,
): Promise<void> {
  const closing = { rottingDays: null };
  const stages = [
    ...open.map((stage) => ({ ...stage, kind: "open" })),
    { ...closing, name: won, kind: "won", probability: 100, colour: "green" },
    { ...closing, name: lost, kind: "lost", probability: 0, colour: "red" },
  ];
  await sql`
    insert into pipelines (tenant_id, id, name, position, created_at)
    select ${tenantId}, ${id}, ${name}, coalesce(max(position) + 1, 0), ${now}
    from pipelines
    where tenant_id = ${tenantId}
  `;
  await sql`insert into stages ${
    sql(stages.map((stage, position) => ({
      tenantId,
      id: newId(),
      pipelineId: id,
      ...stage,
      position,
    })))
  }`;
}

/** Renames a pipeline; throws NotFound, or Invalid if the name is taken. */
export async function update(scope: Scope, id: string, name: string): Promise<void> {
  const { sql, tenantId } = scope;
  await lock(scope);
  const present = await list(scope);
  const before = present.find((each) => each.id === id);
  if (!before) throw new NotFound("pipeline");
  assertFree(present, name, id);
  if (before.name === name) return;
  await sql`
    update pipelines
    set name = ${name}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await changes.record(scope, {
    kind: "pipeline",
    id,
    action: "updated",
    fields: [{ name: "name", from: before.name, to: name }],
  });
}

/**
 * Takes a pipeline out of use. Throws NotFound, or Invalid if it is the last one or contains deals,
 * even deals in the trash.
 */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId, now } = scope;
  await lock(scope);
  const present = await list(scope);
  if (!present.some((each) => each.id === id)) throw new NotFound("pipeline");
  if (present.length === 1) throw new Invalid("pipelines.last");
  // Deals lock their stage when they enter it, so none can slip in here.
  await sql`
    select id
    from stages
    where tenant_id = ${tenantId}
      and pipeline_id = ${id}
    for update
  `;
  const { count } = await sql`
    update pipelines p
    set removed_at = ${now}
    where p.tenant_id = ${tenantId}
      and p.id = ${id}
      and not exists (
        select
        from deals d
        where d.tenant_id = ${tenantId}
          and d.pipeline_id = p.id
      )
  `;
  if (count === 0) throw new Invalid("pipelines.in_use");
  await sql`
    update stages
    set removed_at = ${now}
    where tenant_id = ${tenantId}
      and pipeline_id = ${id}
  `;
  await changes.record(scope, { kind: "pipeline", id, action: "deleted" });
}

function assertFree(present: readonly Pipeline[], name: string, id: string): void {
  const key = name.toLowerCase();
  if (present.some((each) => each.id !== id && each.name.toLowerCase() === key)) {
    throw new Invalid("taken", "name");
  }
}
