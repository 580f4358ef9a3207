/** Rotates the log files every night, and copies extracts of them for an incident. */
import { join } from "node:path";
import { today } from "../db/clock.ts";
import { ageLogs, plantedIsFound } from "../db/log_files.ts";
import * as freezes from "../db/log_freezes.ts";
import * as periods from "../db/log_periods.ts";
import * as runs from "../db/log_runs.ts";
import { plainJob } from "./job.ts";

/** Shortens addresses after 7 days and removes log files after 90 (privacy policy 3.1, 5.1). */
export const rotateLogs = plainJob("rotate_logs", async ({ pool, config, log }) => {
  const folder = join(config.dataDir, "logs");
  const control = await plantedIsFound(folder);
  const run = await ageLogs(folder, today("UTC"), await periods.find(pool));
  await runs.record(pool, { ...run, control });
  const ended = await freezes.removeEnded(pool, config.dataDir);
  const count = run.packed + run.shortened + run.removed + ended;
  log.debug("log files aged", { count });
});

/** Copies what an incident needs. This is a job, as no web process reads logs. */
export const freezeLogs = plainJob("freeze_logs", async ({ pool, config }, { freezeId }) => {
  await freezes.keep(pool, config.dataDir, freezeId);
});
