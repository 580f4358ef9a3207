/** What a batch changes in records that are there already. */
import type { Scope } from "../scope.ts";
import * as objectors from "./objectors.ts";
import type { Screened } from "./screenings.ts";
import type * as stages from "./stages.ts";
import * as updates from "./updates.ts";

/** Changes records that are there, and notes objections; returns how many records were changed. */
export async function apply(
  scope: Scope,
  made: Screened,
  origin: stages.Origin,
  stage: stages.Stage | null,
): Promise<number> {
  const writes = stage !== null;
  let changed = 0;
  if (made.updates.length > 0) {
    // Persons may join companies that are still in the staging table.
    await stage?.flush();
    const done = await updates.apply(scope, made.updates, origin, writes);
    changed = done.changed;
    made.findings.push(...done.findings);
  }
  if (made.objectors.length > 0) {
    // A person who objects may still be in the staging table.
    await stage?.flush();
    made.findings.push(...await objectors.apply(scope, made.objectors, origin.importId, writes));
  }
  return changed;
}
