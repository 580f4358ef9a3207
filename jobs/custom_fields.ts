/** Applies the consequences of a changed custom field, one batch of records per transaction. */
import * as settling from "../db/custom_settling.ts";
import { system, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";

/** Updates the search with a field's new words, or deletes the values of a removed field. */
export const settleCustomField = plainJob(
  "settle_custom_field",
  async ({ pool, signal, tenantId, log }, { fieldId, all }) => {
    if (tenantId === null) throw new TypeError("settle_custom_field needs a tenant");
    for (let after: string | null = ""; after !== null;) {
      signal.throwIfAborted();
      const from: string = after;
      after = await withScope(
        pool,
        { tenantId, actor: system },
        (scope) => settling.work(scope, { fieldId, all }, from || null),
      );
    }
    log.info("custom field settled", { tenantId });
  },
);
