/** The carriers of a tag that was renamed or taken away, a batch per transaction. */
import { system, withScope } from "../db/scope.ts";
import * as tagChanges from "../db/tag_changes.ts";
import { houseJob } from "./job.ts";

/** Goes on with a tag until all that carry it have followed; stopped midway it goes on next time. */
export const changeTag = houseJob(
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
