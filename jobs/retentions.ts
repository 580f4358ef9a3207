/**
 * Applies retention periods every night, tenant by tenant: previews records that end within a week,
 * erases those that nobody kept, and informs the admins of both and of holds overdue for review.
 */
import * as caseExecutions from "../db/case_executions.ts";
import * as consents from "../db/consents.ts";
import { providerId } from "../db/controllers.ts";
import * as due from "../db/due_records.ts";
import * as halts from "../db/halts.ts";
import * as holds from "../db/holds.ts";
import * as mails from "../db/mails.ts";
import type { Kind } from "../db/record_kinds.ts";
import * as notices from "../db/retention_notices.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { holdLetter, retentionLetter } from "../views/mail/retentions.ts";
import { plainJob, type Tools } from "./job.ts";
import { Faults, inEachTenant } from "./rounds.ts";

/** Deals first, because dependent records go before those they belong to. */
const order: readonly Kind[] = ["deal", "contact", "company"];

/** Handles all tenants, or one. If interrupted, the next run resumes there. */
export const applyRetentions = plainJob("apply_retentions", async ({ tenantId, ...tools }) => {
  if (tenantId !== null) return await apply(tools, tenantId);
  const faults = new Faults(tools);
  const provider = { tenantId: providerId, actor: system };
  await faults.keep(providerId, () =>
    withScope(tools.pool, provider, async (scope) => {
      await halts.liftDue(scope);
      await caseExecutions.resumeForgotten(scope);
    }));
  await inEachTenant(tools, (id) => apply(tools, id));
  faults.end();
});

async function apply({ pool, signal, log, config }: Tools, tenantId: string): Promise<void> {
  const run = <T>(work: (scope: Scope) => Promise<T>) => {
    signal.throwIfAborted();
    return withScope(pool, { tenantId, actor: system }, work);
  };
  for (const kind of order) {
    while (await run((scope) => due.look(scope, kind)));
  }
  await run((scope) => writeAdmins(scope, "preview", config.baseUrl));
  for (const kind of order) {
    for (let count = due.batch; count === due.batch;) {
      count = await run((scope) => due.erase(scope, kind, config.secretKey));
      if (count > 0) log.info("records at their end", { tenantId, kind, count });
    }
  }
  await run((scope) => writeAdmins(scope, "report", config.baseUrl));
  await run((scope) => writeOfHolds(scope, config.baseUrl));
  await run(halts.liftDue);
  await run(caseExecutions.resumeForgotten);
  await run(notices.removeOldRuns);
  while (await run(consents.removeOld) === consents.batch);
}

/** Writes to the admins what will be erased, or was, in the transaction that marks it as reported. */
async function writeAdmins(
  scope: Scope,
  kind: "preview" | "report",
  baseUrl: string,
): Promise<void> {
  const announced = kind === "preview" ? await notices.announce(scope) : null;
  const counts = kind === "preview" ? announced?.counts : await notices.report(scope);
  if (!counts) return;
  for (const { email, name, locale } of await notices.listAdmins(scope)) {
    await mails.send(scope.sql, {
      tenantId: scope.tenantId,
      kind: kind === "preview" ? "retention_preview" : "retention_report",
      to: email,
      ...retentionLetter({
        kind,
        counts,
        boundOn: announced?.boundOn ?? null,
        name,
        locale,
        baseUrl,
        now: scope.now,
      }),
    });
  }
}

/**
 * Tells the admins about holds overdue for review, in the transaction that marks them as reported.
 */
async function writeOfHolds(scope: Scope, baseUrl: string): Promise<void> {
  const reminder = await holds.takeReminder(scope);
  if (!reminder) return;
  for (const { email, name, locale } of await notices.listAdmins(scope)) {
    await mails.send(scope.sql, {
      tenantId: scope.tenantId,
      kind: "hold_review",
      to: email,
      ...holdLetter({ ...reminder, name, locale, baseUrl, now: scope.now }),
    });
  }
}
