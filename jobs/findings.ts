/** Searches for the person behind a request when it arrives, and whenever somebody asks again. */
import * as findings from "../db/findings.ts";
import { enqueue } from "../db/jobs.ts";
import { tenantJob } from "./job.ts";

/**
 * Searches every table of the controller, then resumes approved items that were waiting for it; the
 * officer's first letter waits for it as well.
 */
export const findPerson = tenantJob("find_person", async ({ scope, config }, { caseId }) => {
  await findings.search(scope, caseId, config.dataDir, config);
  await enqueue(scope.sql, "write_officers", null, {});
});
