/** Updates the records that carry a renamed or removed tag, one batch per transaction. */
import { system, withScope } from "../db/scope.ts";
import * as tagChanges from "../db/tag_changes.ts";
import { plainJob } from "./job.ts";

/** Continues with a tag until all its records are updated. If interrupted, the next run resumes. */
export const changeTag = plainJob(
  "change_tag",
  async ({ pool, signal, tenantId, log }, { tagId }) => {
    if (tenantId === null) throw new TypeError("change_tag needs a tenant");
    const who = { tenantId, actor: system };
    for (let finished = false; !finished;) {
      signal.throwIfAborted();
      finished = await withScope(pool, who, (scope) => tagChanges.work(scope, tagId));
    }
    log.info("a tag's carriers followed it", { tenantId });
  },
);
