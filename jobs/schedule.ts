/** The timetable of recurring jobs, in Berlin time. */
import type { PgBoss } from "pg-boss";
import type { JobName } from "../db/jobs.ts";

interface Departure {
  job: JobName;
  cron: string;
  /** Run later if nothing ran at its time, because a machine may be off every night. */
  missed?: "once";
  /** Seconds of delay once due, so that a job made up for runs after what it examines. */
  startAfter?: number;
}

const daily = (time: string, job: JobName, startAfter?: number): Departure => {
  const [hour, minute] = time.split(":").map(Number);
  return { job, cron: `${minute} ${hour} * * *`, missed: "once", startAfter };
};
const hourly = (minute: number, job: JobName): Departure => ({ job, cron: `${minute} * * * *` });

const everyMinute = (job: JobName): Departure => ({ job, cron: "* * * * *" });

/**
 * Nothing runs between two and three: in spring that hour is skipped, and the queue, which looks
 * back from the present, would find no run on that day. In autumn the hour occurs twice.
 */
export const timetable: readonly Departure[] = [
  everyMinute("check_mailboxes"),
  everyMinute("keep_ledger"),
  everyMinute("mail_notifications"),
  everyMinute("send_reminders"),
  everyMinute("send_webhooks"),
  everyMinute("write_officers"),
  hourly(1, "enforce_policy"),
  hourly(3, "announce_processors"),
  hourly(4, "warn_of_incidents"),
  hourly(5, "remove_stale"),
  hourly(7, "expire_deliveries"),
  hourly(7, "tell_of_contracts"),
  hourly(9, "resume_changes"),
  daily("03:01", "rotate_logs"),
  daily("03:02", "apply_retentions"),
  daily("03:04", "erase_trash"),
  daily("03:06", "erase_cases"),
  daily("03:07", "end_histories"),
  daily("03:07", "remove_looks"),
  daily("03:08", "remove_notifications"),
  daily("03:10", "expire_imports"),
  daily("03:20", "remove_raw_mails"),
  daily("03:30", "sweep_files"),
  daily("03:50", "renew_seals"),
  daily("04:05", "prove_clauses", 15 * 60),
  daily("04:10", "check_processors"),
  daily("05:10", "look_for_incidents"),
  daily("07:10", "report_to_officers"),
  { job: "find_duplicates", cron: "40 3 * * 0", missed: "once" },
];

/** Makes the queue follow this timetable and no other. */
export async function keepTimetable(boss: PgBoss): Promise<void> {
  for (const { job, cron, ...options } of timetable) {
    await boss.schedule(job, cron, { tenantId: null }, { tz: "Europe/Berlin", ...options });
  }
  const names = new Set<string>(timetable.map(({ job }) => job));
  for (const { name } of await boss.getSchedules()) {
    if (!names.has(name)) await boss.unschedule(name);
  }
}
