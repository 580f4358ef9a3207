/** Decides which mailboxes are due, as each is checked every few minutes. */
import { now } from "../db/clock.ts";
import { enqueue } from "../db/jobs.ts";
import * as mailboxes from "../db/mailboxes.ts";
import { plainJob } from "./job.ts";

/** Queues a check of every mailbox that is due. */
export const checkMailboxes = plainJob("check_mailboxes", async ({ pool }) => {
  for (const { tenantId, id } of await mailboxes.due(pool, now())) {
    await enqueue(pool, "check_mailbox", tenantId, { mailboxId: id });
  }
});
