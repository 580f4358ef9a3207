/**
 * Removes history and prepared answers after their periods, and reminds users of copies they exported.
 */
import * as accessArchives from "../db/access_archives.ts";
import * as histories from "../db/histories.ts";
import * as mails from "../db/mails.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import * as tenantExports from "../db/tenant_exports.ts";
import { exportReminder } from "../views/mail/exports.ts";
import { plainJob } from "./job.ts";
import { inEachTenant } from "./rounds.ts";

/** Goes through the tenants, one batch at a time; a second run finds nothing left. */
export const endHistories = plainJob("end_histories", async (tools) => {
  const { pool, signal, config, log } = tools;
  await inEachTenant(tools, async (tenantId) => {
    const who = { tenantId, actor: system };
    for (let count = histories.batch; count >= histories.batch;) {
      signal.throwIfAborted();
      count = await withScope(pool, who, histories.removeOld);
      if (count > 0) log.info("history removed", { tenantId, count });
    }
    await withScope(pool, who, accessArchives.removeOld);
    await withScope(pool, who, (scope) => remind(scope, config.baseUrl));
  });
});

/** Written in the transaction that marks them, so that nobody is reminded twice. */
async function remind(scope: Scope, baseUrl: string): Promise<void> {
  await write(scope, await histories.takeReminders(scope), baseUrl);
  await endArchives(scope, baseUrl);
}

/**
 * Deletes expired archives of everything, and reminds the users who fetched them of their copies.
 */
export async function endArchives(scope: Scope, baseUrl: string): Promise<void> {
  await write(scope, await tenantExports.removeOld(scope), baseUrl);
}

async function write(
  scope: Scope,
  holders: readonly histories.Holder[],
  baseUrl: string,
): Promise<void> {
  for (const { email, ...holder } of holders) {
    await mails.send(scope.sql, {
      tenantId: scope.tenantId,
      kind: "export_reminder",
      to: email,
      ...exportReminder({ ...holder, baseUrl }),
    });
  }
}
