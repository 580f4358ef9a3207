/**
 * Resumes long changes whose jobs were lost: they used up their attempts while the database was
 * away, or a restored backup does not include them. Answers that nobody works on any more are given
 * up.
 */
import * as bulkOrders from "../db/bulk_orders.ts";
import { system, withScope } from "../db/scope.ts";
import * as searchTexts from "../db/search_texts.ts";
import * as tagChanges from "../db/tag_changes.ts";
import { giveUp } from "./access_archives.ts";
import { plainJob } from "./job.ts";
import { inEachTenant } from "./rounds.ts";

const all = [bulkOrders.resume, searchTexts.resume, tagChanges.resume];

/** Starts the lost jobs of every tenant again. */
export const resumeChanges = plainJob("resume_changes", async (tools) => {
  await inEachTenant(tools, async (tenantId) => {
    const who = { tenantId, actor: system };
    for (const resume of all) {
      const count = await withScope(tools.pool, who, resume);
      if (count > 0) tools.log.info("changes resumed", { tenantId, count });
    }
    const { baseUrl } = tools.config;
    const count = await withScope(tools.pool, who, (scope) => giveUp(scope, baseUrl));
    if (count > 0) tools.log.warn("answers to rights of access given up", { tenantId, count });
  });
});
