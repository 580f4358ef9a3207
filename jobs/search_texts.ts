/** Rewrites what contacts and deals show of their companies, one batch of them per transaction. */
import { system, withScope } from "../db/scope.ts";
import * as searchTexts from "../db/search_texts.ts";
import { plainJob } from "./job.ts";

/** Follows renamed, removed or restored companies. If interrupted, the next run starts anew. */
export const followCompanies = plainJob(
  "follow_companies",
  async ({ pool, signal, tenantId, log }, { companyIds }) => {
    if (tenantId === null) throw new TypeError("follow_companies needs a tenant");
    const who = { tenantId, actor: system };
    const behind = await withScope(
      pool,
      who,
      (scope) => searchTexts.listBehind(scope, companyIds),
    );
    if (behind.length === 0) return;
    const ids = behind.map(({ id }) => id);
    for (let place: searchTexts.Place | null = searchTexts.start; place !== null;) {
      signal.throwIfAborted();
      const from: searchTexts.Place = place;
      place = await withScope(pool, who, (scope) => searchTexts.work(scope, ids, from));
    }
    await withScope(pool, who, (scope) => searchTexts.settle(scope, behind));
    log.info("contacts and deals followed their companies", { tenantId });
  },
);
