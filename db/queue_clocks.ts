/**
 * The queue and a wrong clock: a machine may start with a time far ahead that is then corrected.
 */
import { now } from "./clock.ts";
import type { Sql } from "./pool.ts";

/** Days without a run of the timetable after which a clock is not believed at once. */
const silentDays = 7;
/** How long the clock then has to be corrected, in seconds. */
export const trialSeconds = 3_600;

/**
 * If the timetable last ran many days ago, delays what it is about to make up for by an hour, also
 * across restarts; returns whether it did. Either the installation was off that long, or its clock
 * is far ahead and everything not yet due would be erased at once. Only what runs every minute
 * goes on: it erases nothing. Call it before the queue opens, then set the timetable again.
 */
export async function distrust(pool: Sql): Promise<boolean> {
  const before = new Date(now().getTime() - silentDays * 86_400_000);
  const { count } = await pool`
    update jobs.schedule
    set options = coalesce(options, '{}') || ${pool.json({ startAfter: trialSeconds })}
    where cron <> '* * * * *'
      and exists (
        select
        from jobs.version
        where cron_on < ${before}
      )
  `;
  return count > 0;
}

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
