/**
 * The mail process: receives mail from outside, stores it, and does nothing else with it. It has a
 * role of its own, so that what strangers send never meets the rights and the memory of the jobs.
 */
import { aborted } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import { closeQueue, onQueueError, openQueue } from "../db/jobs.ts";
import { logger } from "../db/log.ts";
import type { Reach } from "../db/permissions.ts";
import { openPool } from "../db/pool.ts";
import { wayTo } from "../db/poolers.ts";
import { listen } from "./inbound/listener.ts";

const connections = 4;
const graceMs = 10_000;

/** Receives mail until `stop` is aborted; mail just arriving then gets 10 seconds. */
export async function takeIn(
  config: Config,
  appUrl: string,
  name: string,
  stop: AbortSignal,
  reach: Reach,
): Promise<void> {
  if (!config.inbound) throw new TypeError("nothing says where mail is taken");
  const log = logger("mail", name);
  onQueueError((error) => log.error("the queue reports a fault", error));
  const { url, sessionUrl } = wayTo(appUrl, reach);
  const pool = openPool(url, { max: connections, name: `kompaktcrm ${name}`, sessionUrl });
  openQueue(appUrl);
  const listener = await listen({ inbound: config.inbound, store: config, pool, log });
  log.info("mail is taken", { port: config.inbound.port, kind: config.inbound.protocol });
  await aborted(stop);
  await listener.close(graceMs);
  await closeQueue(1_000);
  await pool.end({ timeout: 1 });
}
