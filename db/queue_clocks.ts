/**
 * The queue after the clock was set back: a machine may start with a wrong time that is then
 * corrected.
 */
import type { Sql } from "./pool.ts";

/**
 * If the queue's last activities lie in the future, treats them as happening now; returns whether
 * it did. Otherwise the library would follow no schedule and start nothing before that time, be it
 * months away.
 */
export async function follow(pool: Sql): Promise<boolean> {
  const [found] = await pool`
    select
    from jobs.version
    where greatest(cron_on, bam_on, flow_on, reindex_on) > now() + interval '2 minutes'
  `;
  if (!found) return false;
  await pool.begin(async (sql) => {
    await sql`
      update jobs.version
      set cron_on = least(cron_on, now()), bam_on = least(bam_on, now()),
        flow_on = least(flow_on, now()), reindex_on = least(reindex_on, now()),
        monitor_backoff_on = null
    `;
    await sql`
      update jobs.queue
      set maintain_on = least(maintain_on, now()), monitor_on = least(monitor_on, now()),
        monitor_claim_on = least(monitor_claim_on, now())
      where greatest(maintain_on, monitor_on, monitor_claim_on) > now()
    `;
    // A job delayed for some time after it was queued waits that time from now on.
    await sql`
      update jobs.job
      set start_after = now() + (start_after - created_on), created_on = now()
      where state < 'active'
        and created_on > now()
    `;
    await sql`
      update jobs.job
      set start_after = now()
      where state = 'retry'
        and start_after > now() + interval '1 day'
    `;
    // A live worker will report again; a dead one is then noticed.
    await sql`
      update jobs.job
      set started_on = least(started_on, now()), heartbeat_on = least(heartbeat_on, now())
      where state = 'active'
        and greatest(started_on, heartbeat_on) > now()
    `;
  });
  return true;
}
