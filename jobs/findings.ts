/** Who a request is about is looked for as soon as it comes in, and whenever somebody asks again. */
import * as findings from "../db/findings.ts";
import { tenantJob } from "./job.ts";

/** Searches every table of the controller; what is approved and waited for it goes on. */
export const findPerson = tenantJob("find_person", async ({ scope, config }, { caseId }) => {
  await findings.search(scope, caseId, config.dataDir, config);
});
