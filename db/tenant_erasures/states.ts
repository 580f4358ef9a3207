/**
 * Tracks the steps of an erasure: reads and writes their state, and when a failed one is retried.
 */
import { now } from "../clock.ts";
import type { Sql } from "../pool.ts";
import * as erasures from "../tenant_erasures.ts";
import type { Erasure, Figures, Step, StepState } from "../tenant_erasures.ts";

/** Milliseconds after which a failed step is retried. */
const retryMs = 3_600_000;

/** The steps of an erasure by name. */
export const statesOf = async (owner: Sql, erasure: Erasure) =>
  Object.fromEntries(
    (await erasures.listSteps(owner, erasure)).map((each) => [each.step, each]),
  ) as Record<Step, StepState>;

/** Whether a step failed so recently that retrying it now would only cause load. */
export const rests = ({ state, triedAt }: StepState): boolean => {
  const since = now().getTime() - (triedAt?.getTime() ?? 0);
  // A clock that was set back must not delay it.
  return state === "failed" && since >= 0 && since < retryMs;
};

/** Records the result of a step. */
export async function note(
  owner: Sql,
  { id }: Erasure,
  step: Step,
  { state, figures, errorCode = null }: {
    state: StepState["state"];
    figures: Figures;
    errorCode?: string | null;
  },
): Promise<void> {
  const at = now();
  await owner`
    insert into tenant_erasure_steps (
      erasure_id, step, state, attempts, figures, error_code, started_at, tried_at, finished_at
    )
    values (
      ${id}, ${step}, ${state}, 1, ${owner.json(figures)}, ${errorCode}, ${at}, ${at},
      ${state === "done" ? at : null}
    )
    on conflict (erasure_id, step) do update
    set state = excluded.state, attempts = tenant_erasure_steps.attempts + 1,
      figures = excluded.figures, error_code = excluded.error_code, tried_at = excluded.tried_at,
      finished_at = excluded.finished_at
  `;
}
