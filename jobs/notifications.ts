/** Mails notifications to users, and removes old ones. */
import { now } from "../db/clock.ts";
import * as mails from "../db/mails.ts";
import * as letters from "../db/notification_mails.ts";
import * as notifications from "../db/notifications.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";
import { Faults, inEachTenant } from "./rounds.ts";

/** Users served before asking again who is next. */
const batch = 100;

/** Writes the letters that are due, each in a transaction of its own user's tenant. */
export const mailNotifications = plainJob(
  "mail_notifications",
  async ({ pool, config, signal, log }) => {
    const at = now();
    const faults = new Faults({ log, signal });
    for (let asked = batch, more = true; more;) {
      const due = await letters.due(pool, at, asked);
      let written = 0;
      for (const { tenantId, userId } of due) {
        const write = (scope: Scope) => send(scope, userId, config.baseUrl);
        const who = { tenantId, actor: system };
        if (await faults.keep(tenantId, () => withScope(pool, who, write))) written++;
      }
      if (written > 0) log.info("notifications mailed", { count: written });
      more = due.length === asked;
      // Users of a tenant that failed stay due and are listed first, so ask for that many more.
      asked = batch + due.length - written;
    }
    faults.end();
  },
);

async function send(scope: Scope, userId: string, baseUrl: string): Promise<void> {
  const digest = await letters.take(scope, userId);
  if (!digest) return;
  // The job runs every minute and rarely has to write, so the texts are loaded only when needed.
  const { notificationLetter } = await import("../views/mail/notifications.tsx");
  const letter = notificationLetter({ ...digest, baseUrl });
  const { tenantId, sql } = scope;
  await mails.send(sql, { tenantId, kind: "notifications", to: digest.email, ...letter });
}

/** Removes notifications read long ago, tenant by tenant, one batch at a time. */
export const removeNotifications = plainJob(
  "remove_notifications",
  async (tools) => {
    const { pool, signal, log } = tools;
    await inEachTenant(tools, async (tenantId) => {
      for (let count = notifications.batch; count === notifications.batch;) {
        signal.throwIfAborted();
        const who = { tenantId, actor: system };
        count = await withScope(pool, who, notifications.removeExpired);
        if (count > 0) log.info("notifications removed", { tenantId, count });
      }
    });
  },
);
