/**
 * Informs customers of a new recipient or location of their data, or that it does not come after
 * all, and applies it on its day.
 */
import type { Sql } from "../db/pool.ts";
import * as mails from "../db/mails.ts";
import * as changes from "../db/processor_changes.ts";
import * as notices from "../db/processor_notices.ts";
import * as plans from "../db/processor_plans.ts";
import * as processors from "../db/processors.ts";
import { system, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";

const batch = 100;

/**
 * Writes to every owner without a record of a pending change, records what became of the mails, and
 * carries out what is due. Each record is made together with its mail, so that nobody is written to
 * twice.
 */
export const announceProcessors = plainJob(
  "announce_processors",
  async ({ pool, signal, config: { baseUrl }, log }) => {
    await notices.settle(pool);
    await tellOfWithdrawals(pool, baseUrl, signal);
    for (const plan of await plans.list(pool)) {
      let sent = 0;
      for (let owners: notices.Owner[] = [];;) {
        signal.throwIfAborted();
        owners = await notices.listDue(pool, plan.id, batch);
        if (owners.length === 0) break;
        const before = sent;
        for (const owner of owners) sent += Number(await write(pool, baseUrl, plan, owner));
        // Withdrawn meanwhile: nobody else is told of it.
        if (sent === before) break;
      }
      if (sent > 0) log.info("customers told of a processor", { count: sent });
      const delay = await plans.carryOut(pool, plan);
      if (delay === null) log.info("a change of processors took effect", { recordId: plan.id });
    }
  },
);

async function write(
  pool: Sql,
  baseUrl: string,
  plan: plans.Plan,
  { tenantId, userId, email, name, locale }: notices.Owner,
): Promise<boolean> {
  const { processorChange } = await import("../views/mail/processors.tsx");
  return await withScope(pool, { tenantId, actor: system }, async (scope) => {
    if (!await plans.isPending(scope.sql, plan.id)) return false;
    if (!await notices.create(scope, plan.id, userId)) return false;
    const processor = await processors.find(scope.sql, plan.processorId);
    const letter = processorChange({
      locale,
      name,
      change: plan,
      processor,
      baseUrl,
      now: scope.now,
    });
    const mailId = await mails.send(scope.sql, {
      tenantId,
      kind: "processor_change",
      to: email,
      ...letter,
    });
    await notices.assignMail(scope, plan.id, userId, mailId);
    return true;
  });
}

/** Writes to everybody who was told of a change that has been withdrawn since, to each once. */
async function tellOfWithdrawals(pool: Sql, baseUrl: string, signal: AbortSignal): Promise<void> {
  for (let due = batch; due === batch;) {
    const readers = await notices.listWithdrawalDue(pool, batch);
    due = readers.length;
    if (due === 0) return;
    const { processorWithdrawal } = await import("../views/mail/processors.tsx");
    for (const { tenantId, userId, changeId, email, name, locale } of readers) {
      signal.throwIfAborted();
      await withScope(pool, { tenantId, actor: system }, async (scope) => {
        if (!await notices.noteWithdrawal(scope, changeId, userId)) return;
        const change = await changes.find(scope.sql, changeId);
        const letter = processorWithdrawal({ locale, name, change, baseUrl, now: scope.now });
        const kind = "processor_withdrawal";
        await mails.send(scope.sql, { tenantId, kind, to: email, ...letter });
      });
    }
  }
}
