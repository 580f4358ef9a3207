/** Ages the log files every night. */
import { join } from "node:path";
import { today } from "../db/clock.ts";
import { ageLogs } from "../db/log_files.ts";
import { houseJob } from "./job.ts";

/** Shortens addresses after 7 days and removes log files after 90 (privacy policy 3.1, 5.1). */
export const rotateLogs = houseJob("rotate_logs", async ({ config, log }) => {
  const { shortened, removed } = await ageLogs(join(config.dataDir, "logs"), today("UTC"));
  log.debug("log files aged", { count: shortened + removed });
});
