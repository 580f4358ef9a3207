/** Searches for the person behind a request when it arrives, and whenever somebody asks again. */
import * as findings from "../db/findings.ts";
import { tenantJob } from "./job.ts";

/** Searches every table of the controller, then resumes approved items that were waiting for it. */
export const findPerson = tenantJob("find_person", async ({ scope, config }, { caseId }) => {
  await findings.search(scope, caseId, config.dataDir, config);
});
