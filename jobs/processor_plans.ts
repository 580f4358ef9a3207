/** Informs customers of a new recipient or location of their data, and applies it on its day. */
import type { Sql } from "../db/pool.ts";
import * as mails from "../db/mails.ts";
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
    for (const plan of await plans.list(pool)) {
      let sent = 0;
      for (let owners: notices.Owner[] = [];;) {
        signal.throwIfAborted();
        owners = await notices.listDue(pool, plan.id, batch);
        if (owners.length === 0) break;
        for (const owner of owners) sent += Number(await write(pool, baseUrl, plan, owner));
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
