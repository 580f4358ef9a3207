/**
 * The egress process: the only one that makes HTTP requests to others. It checks the register for
 * each request, and serves the other processes over a socket that only they can open.
 */
import { aborted, pause } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import { directEgress } from "../db/egress_direct.ts";
import { relay } from "../db/egress_relay.ts";
import { logger } from "../db/log.ts";
import type { Reach } from "../db/permissions.ts";
import { openPool } from "../db/pool.ts";
import { wayTo } from "../db/poolers.ts";

const connections = 3;
const graceMs = 10_000;
/** How long clients that have just connected get to send their request. */
const drainMs = 300;

/** Relays until `stop` is aborted; running requests then get 10 seconds to finish. */
export async function relayRequests(
  config: Config,
  appUrl: string,
  name: string,
  reach: Reach,
  stop: AbortSignal,
): Promise<void> {
  const log = logger("app", name);
  const { url, sessionUrl } = wayTo(appUrl, reach);
  const pool = openPool(url, { max: connections, name: `kompaktcrm ${name}`, sessionUrl });
  const egress = directEgress(pool, config);
  const server = Deno.serve({
    path: reach.listenAt ?? "",
    onListen: () => log.debug("relaying"),
    onError: (error) => {
      log.error("a relayed request failed", error);
      return new Response(null, { status: 500 });
    },
  }, (request) => relay(request, egress));
  await aborted(stop);
  await pause(drainMs);
  await Promise.race([server.shutdown(), pause(graceMs)]);
  await pool.end({ timeout: 1 });
}
