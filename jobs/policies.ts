/**
 * Takes a published privacy policy into force: everyone is informed first, then it takes effect on
 * its day.
 */
import { now } from "../db/clock.ts";
import { enqueue } from "../db/jobs.ts";
import * as mails from "../db/mails.ts";
import * as policies from "../db/policies.ts";
import * as notices from "../db/policy_notices.ts";
import { plainJob } from "./job.ts";

const batch = 100;

/**
 * Writes to everyone without a record of the version that is published or in force. Each record is
 * made together with its mail, so that a second run writes to nobody twice.
 */
export const announcePolicy = plainJob(
  "announce_policy",
  async ({ pool, signal, config: { baseUrl }, log }) => {
    const open = await policies.open(pool);
    const policy = open?.status === "published" ? open : await policies.current(pool);
    if (!policy?.takesEffectOn) return;
    const { id, number, reason, takesEffectOn } = policy;
    let sent = 0;
    for (let readers = [] as notices.Reader[];;) {
      signal.throwIfAborted();
      readers = await notices.listDue(pool, id, batch);
      if (readers.length === 0) break;
      const { policyChange } = await import("../views/mail/policies.tsx");
      await pool.begin(async (sql) => {
        for (const { email, ...reader } of readers) {
          if (!await notices.create(sql, id, reader.id)) continue;
          const letter = policyChange({
            ...reader,
            number,
            reason,
            takesEffectOn,
            baseUrl,
            now: now(),
          });
          const mailId = await mails.send(sql, {
            tenantId: null,
            kind: "policy_change",
            to: email,
            ...letter,
          });
          await notices.assignMail(sql, id, reader.id, mailId);
          sent++;
        }
      });
    }
    if (sent > 0) log.info("people told of the policy", { count: sent });
  },
);

/** Records what became of the mails and lets a version take effect on its day. */
export const enforcePolicy = plainJob("enforce_policy", async ({ pool, log }) => {
  await notices.settle(pool);
  await notices.removeExpired(pool);
  const obstacle = await notices.enforce(pool);
  if (obstacle === null) log.info("a policy took effect");
  await enqueue(pool, "announce_policy", null, {});
});
