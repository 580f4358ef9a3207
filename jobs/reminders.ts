/** Turns due reminders into notifications, which then appear in the app and by mail. */
import { now } from "../db/clock.ts";
import * as reminders from "../db/reminders.ts";
import { system, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";
import { Faults } from "./rounds.ts";

/** Tenants served before asking again where reminders are due. */
const batch = 100;

/** Sends the due reminders of every tenant, each in its own transactions. */
export const sendReminders = plainJob("send_reminders", async ({ pool, signal, log }) => {
  const at = now();
  const faults = new Faults({ log, signal });
  for (let count = batch; count === batch;) {
    const tenantIds = await reminders.due(pool, at, batch);
    let served = 0;
    for (const tenantId of tenantIds) {
      const done = await faults.keep(tenantId, async () => {
        for (let sent = reminders.batch; sent === reminders.batch;) {
          signal.throwIfAborted();
          sent = await withScope(pool, { tenantId, actor: system, now: at }, reminders.send);
          if (sent > 0) log.info("reminders sent", { tenantId, count: sent });
        }
      });
      if (done) served++;
    }
    count = served < tenantIds.length ? 0 : tenantIds.length;
  }
  faults.end();
});
