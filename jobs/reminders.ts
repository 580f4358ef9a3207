/** Reminders that are due become notifications, which find their way into app and mail. */
import { now } from "../db/clock.ts";
import * as reminders from "../db/reminders.ts";
import { system, withScope } from "../db/scope.ts";
import { houseJob } from "./job.ts";

/** Tenants served between two looks at where somebody waits. */
const batch = 100;

/** Reminds in every tenant where it is time, each in transactions of its own. */
export const sendReminders = houseJob("send_reminders", async ({ pool, signal, log }) => {
  const at = now();
  for (let count = batch; count === batch;) {
    const tenantIds = await reminders.due(pool, at, batch);
    for (const tenantId of tenantIds) {
      for (let sent = reminders.batch; sent === reminders.batch;) {
        signal.throwIfAborted();
        sent = await withScope(pool, { tenantId, actor: system, now: at }, reminders.send);
        if (sent > 0) log.info("reminders sent", { tenantId, count: sent });
      }
    }
    count = tenantIds.length;
  }
});
