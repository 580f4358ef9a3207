/** Stages: the steps of a pipeline, first the open ones in order, then those that end a deal. */
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import * as pipelines from "./pipelines.ts";
import type { Scope } from "./scope.ts";

export const kinds = ["open", "won", "lost"] as const;
export type StageKind = typeof kinds[number];

export const colours = [
  "grey",
  "blue",
  "teal",
  "green",
  "yellow",
  "orange",
  "red",
  "violet",
] as const;
export type Colour = typeof colours[number];

export interface StageInput {
  name: string;
  /** In hundredths; won and lost have fixed ones. */
  probability: number;
  colour: Colour;
  /** Days after which a deal in this stage is shown as rotting; null for never. */
  rottingDays: number | null;
}

export interface Stage extends StageInput {
  id: string;
  pipelineId: string;
  kind: StageKind;
}

/** The most stages of one pipeline. */
const most = 20;

const closed = { won: 100, lost: 0 } as const;

/** What is valid for a kind of stage: only open ones rot and have a probability of their own. */
function fitting(kind: StageKind, input: StageInput): StageInput {
  return kind === "open" ? input : { ...input, probability: closed[kind], rottingDays: null };
}

/** One stage in use with its pipeline; throws NotFound. */
export async function find(
  scope: Scope,
  id: string,
): Promise<{ stage: Stage; pipeline: pipelines.Pipeline }> {
  for (const pipeline of await pipelines.list(scope)) {
    const stage = pipeline.stages.find((each) => each.id === id);
    if (stage) return { stage, pipeline };
  }
  throw new NotFound("stage");
}

/**
 * The stage that a deal is to enter, locked until the transaction ends so that nobody removes it
 * meanwhile; null if it is not in use.
 */
export async function hold(
  { sql, tenantId }: Scope,
  id: string,
): Promise<Pick<Stage, "id" | "pipelineId" | "kind" | "name"> | null> {
  const [found] = await sql<Pick<Stage, "id" | "pipelineId" | "kind" | "name">[]>`
    select id, pipeline_id, kind, name
    from stages
    where tenant_id = ${tenantId}
      and id = ${id}
      and removed_at is null
    for share
  `;
  return found ?? null;
}

/**
 * Adds a stage after the others of its kind, under the id its form was created with; a form that is
 * sent twice adds one. Throws NotFound, or Invalid if the name is taken or there are too many.
 */
export async function create(
  scope: Scope,
  pipelineId: string,
  id: string,
  kind: StageKind,
  input: StageInput,
): Promise<void> {
  const { sql, tenantId } = scope;
  await pipelines.lock(scope);
  const { stages } = await pipelines.find(scope, pipelineId);
  if (stages.some((each) => each.id === id)) return;
  if (stages.length >= most) throw new Invalid("pipelines.too_many_stages", "name");
  assertFree(stages, input.name, id);
  await sql`insert into stages ${
    sql({
      tenantId,
      id,
      pipelineId,
      kind,
      ...fitting(kind, input),
      position: stages.length,
    })
  }
    on conflict (tenant_id, id) do nothing`;
  await settle(scope, pipelineId, [...stages.map((each) => each.id), id]);
  await record(scope, pipelineId, input.name);
}

/** Overwrites a stage; throws NotFound, or Invalid if the name is taken. */
export async function update(scope: Scope, id: string, input: StageInput): Promise<void> {
  const { sql, tenantId } = scope;
  await pipelines.lock(scope);
  const { stage, pipeline } = await find(scope, id);
  assertFree(pipeline.stages, input.name, id);
  await sql`
    update stages
    set ${sql(fitting(stage.kind, input), "name", "probability", "colour", "rottingDays")}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await record(scope, pipeline.id, input.name);
}

/** Moves a stage one place towards the start or the end of those of its kind. */
export async function move(scope: Scope, id: string, forward: boolean): Promise<void> {
  await pipelines.lock(scope);
  const { stage, pipeline } = await find(scope, id);
  const ids = pipeline.stages.map((each) => each.id);
  const from = ids.indexOf(id);
  const to = forward ? from + 1 : from - 1;
  if (pipeline.stages[to]?.kind !== stage.kind) return;
  [ids[from], ids[to]] = [ids[to]!, ids[from]!];
  await settle(scope, pipeline.id, ids);
  await record(scope, pipeline.id, stage.name);
}

/**
 * Takes a stage out of use. Throws NotFound, or Invalid if it is the last of its kind or contains
 * deals, even deals in the trash.
 */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId, now } = scope;
  await pipelines.lock(scope);
  const { stage, pipeline } = await find(scope, id);
  if (pipeline.stages.filter(({ kind }) => kind === stage.kind).length === 1) {
    throw new Invalid("pipelines.last_stage");
  }
  // Deals lock their stage when they enter it, so none can slip in here.
  await sql`
    select id
    from stages
    where tenant_id = ${tenantId}
      and id = ${id}
    for update
  `;
  const { count } = await sql`
    update stages s
    set removed_at = ${now}
    where s.tenant_id = ${tenantId}
      and s.id = ${id}
      and not exists (
        select
        from deals d
        where d.tenant_id = ${tenantId}
          and d.stage_id = s.id
      )
  `;
  if (count === 0) throw new Invalid("pipelines.stage_in_use");
  await record(scope, pipeline.id, stage.name);
}

async function settle({ sql, tenantId }: Scope, pipelineId: string, ids: string[]): Promise<void> {
  await sql`
    update stages s
    set position = wanted.position
    from unnest(${ids}::uuid[]) with ordinality as wanted (id, position)
    where s.tenant_id = ${tenantId}
      and s.pipeline_id = ${pipelineId}
      and s.id = wanted.id
  `;
}

/** Stages are recorded in their pipeline's history. */
async function record(scope: Scope, pipelineId: string, name: string): Promise<void> {
  await changes.record(scope, {
    kind: "pipeline",
    id: pipelineId,
    action: "updated",
    fields: [{ name: "stages", to: name }],
  });
}

function assertFree(stages: readonly Stage[], name: string, id: string): void {
  const key = name.toLowerCase();
  if (stages.some((each) => each.id !== id && each.name.toLowerCase() === key)) {
    throw new Invalid("taken", "name");
  }
}
