/**
 * The program's own files under a running service: its processes keep what they loaded and load the
 * rest later, so new files do not fit until it is restarted.
 */
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { pause } from "../db/clock.ts";
import { lockedBy } from "../db/locks.ts";
import { logger } from "../db/log.ts";
import { type Finding, ok, warn } from "./diagnosis.ts";

const log = logger("app", "start");
const root = fileURLToPath(new URL("../", import.meta.url));
const parts = ["db", "jobs", "routes", "static", "views", "deno.json", "deno.lock", "main.ts"];
const everyMs = 300_000;

/** Warns once in the log when files change, until the signal aborts. Never throws. */
export async function watch(dataDir: string, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await pause(everyMs, stop);
    if (stop.aborted || !await isOutdated(dataDir).catch(() => false)) continue;
    log.warn("the program's files were changed: restart the service to use them");
    return;
  }
}

/** What the doctor says of it. */
export async function look(dataDir: string): Promise<Finding> {
  if (!await isOutdated(dataDir)) return ok("as the service started with them");
  return warn(
    "changed since the service started: its processes do not fit them",
    "Restart the service.",
  );
}

/** Whether files were changed after the service on this data folder had started. */
async function isOutdated(dataDir: string): Promise<boolean> {
  const held = await lockedBy(dataDir);
  return held !== null && held.holder === "server" && await isNewer(root, held.at);
}

/** Whether a file of the program in this folder was written after an instant of the disk's clock. */
async function isNewer(folder: string, at: Date): Promise<boolean> {
  for (const part of parts) if (await changedIn(join(folder, part), at)) return true;
  return false;
}

async function changedIn(path: string, at: Date): Promise<boolean> {
  const { isDirectory, ctime } = await Deno.stat(path);
  if (!isDirectory) return ctime !== null && ctime > at;
  for await (const { name } of Deno.readDir(path)) {
    if (await changedIn(join(path, name), at)) return true;
  }
  return false;
}
