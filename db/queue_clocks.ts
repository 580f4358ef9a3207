/** The queue and a clock that was set back: a machine starts with a wrong one, and is then put right. */
import type { Sql } from "./pool.ts";

/**
 * Where the queue's last deeds lie ahead of us, takes them for done now; whether it was so. The library
 * would keep no timetable and begin nothing before that moment, be it months away.
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
    // What was to begin so long after it was queued does so from now on.
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
    // Whoever works on it says so anew; of a process that died it is seen.
    await sql`
      update jobs.job
      set started_on = least(started_on, now()), heartbeat_on = least(heartbeat_on, now())
      where state = 'active'
        and greatest(started_on, heartbeat_on) > now()
    `;
  });
  return true;
}
