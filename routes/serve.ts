/** A web process: the app behind the shared port until it is stopped. */

import { aborted, pause } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import { closeQueue, onQueueError, openQueue } from "../db/jobs.ts";
import { noEgress } from "../db/egress.ts";
import { relayedEgress } from "../db/egress_relay.ts";
import { processStorage } from "../db/file_storages.ts";
import { type AppLog, logger } from "../db/log.ts";
import type { Reach } from "../db/permissions.ts";
import { endPool, openPool } from "../db/pool.ts";
import { wayTo } from "../db/poolers.ts";
import { Replica, replicaUrl } from "../db/replicas.ts";
import { createApp } from "./app.tsx";
import { loadAssets } from "./assets.ts";
import { Streams } from "./streams.ts";
import { Visits } from "./visits.ts";

const connections = 10;
const requestGraceMs = 10_000;

/** Serves until `stop` is aborted; requests in progress then get 10 seconds to end. */
export async function serve(
  config: Config,
  appUrl: string,
  name: string,
  stop: AbortSignal,
  reach: Reach,
): Promise<void> {
  const log = logger("app", name);
  onQueueError((error) => log.error("the queue reports a fault", error));
  const { url, sessionUrl } = wayTo(appUrl, reach);
  const pool = openPool(url, {
    max: connections,
    name: `kompaktcrm ${name}`,
    keepPlans: true,
    sessionUrl,
  });
  const copy = config.databaseReplicaUrl &&
    openPool(replicaUrl(appUrl, config.databaseReplicaUrl), {
      max: connections,
      name: `kompaktcrm ${name}`,
      keepPlans: true,
    });
  const replica = copy ? new Replica(copy, pool) : undefined;
  // Bypasses a pooler: the requests may hold all its connections and would wait forever.
  openQueue(appUrl);
  const streams = new Streams(pool, log);
  const visits = new Visits(pool, log);
  const egress = reach.egressSocket ? relayedEgress(reach.egressSocket) : noEgress;
  const storage = processStorage(config, appUrl, egress);
  const app = createApp({
    config: { ...config, storage },
    pool,
    log,
    replica,
    access: logger("access", name),
    audit: logger("audit", name),
    assets: await loadAssets(),
    egress,
    streams,
    visits,
  });
  const listen = () =>
    Deno.serve({
      hostname: config.host,
      port: config.port,
      reusePort: true,
      onListen: () => log.debug("listening", { port: config.port }),
      onError: (error) => {
        log.error("a request failed outside the app", error);
        return new Response(null, { status: 500 });
      },
    }, (request, info) => app.fetch(request, info));
  const shutdown = keepListening(listen, log);
  await aborted(stop);
  streams.close();
  let late: ReturnType<typeof setTimeout> | undefined;
  const grace = new Promise((done) => late = setTimeout(done, requestGraceMs));
  await Promise.race([shutdown(), grace]);
  clearTimeout(late);
  await Promise.race([visits.settled(), pause(1_000)]);
  await closeQueue(1_000);
  await Promise.all([
    endPool(pool),
    replica?.pool.end({ timeout: 1 }),
    storage.end(),
  ]);
}

/**
 * Listens, and again when the runtime gives up: out of file descriptors it drops every connection
 * with the listener, which makes room. Returns how to end it.
 */
export function keepListening(
  listen: () => Deno.HttpServer<Deno.NetAddr>,
  log: AppLog,
): () => Promise<void> {
  let stopping = false;
  let server = listen();
  const watch = (): Promise<void> =>
    server.finished.catch((error) => {
      if (stopping) return;
      log.error("connections can no longer be taken: all were dropped, it listens again", error);
      server = listen();
      return watch();
    });
  const over = watch();
  return async () => {
    stopping = true;
    await server.shutdown();
    await over;
  };
}
