/**
 * The database of an installation: PostgreSQL 18 in `DATA_DIR`, or the one that `DATABASE_URL`
 * names.
 */

import { join } from "node:path";
import postgres from "postgres";
import { pause } from "./clock.ts";
import type { Config } from "./config.ts";
import { keptSecret } from "./kept_secrets.ts";
import { EmbeddedError, prepareCluster } from "./embedded_cluster.ts";
import { DataDirBusy, guestsGone, lockAsGuest, lockDataDir } from "./locks.ts";
import { logger } from "./log.ts";
import { launch, postmasterLines, stopOrphan } from "./postmaster.ts";
import { WrongSecret } from "./secret_files.ts";
import { checkServer } from "./server.ts";

/** A running embedded PostgreSQL. */
export interface Embedded {
  /** The owner's connection, which has full rights. */
  adminUrl: string;
  /** Process id of the postmaster. */
  pid: number;
  /** Why it last ended by itself, in its own words; empty if it has not, or said nothing. */
  fault: string;
  stop(): Promise<void>;
}

const database = "kompaktcrm";
const log = logger("app", "database");

/**
 * Starts PostgreSQL in a data folder that this process has locked. Creates the files on the first
 * start, cleans up what a killed process left behind, and restarts PostgreSQL if it dies.
 * `settings` override our PostgreSQL settings. Throws EmbeddedError with a sentence for the
 * operator, or WrongSecret if the keys are not those it was made with.
 */
export async function startEmbedded(
  dataDir: string,
  settings: Record<string, string | number> = {},
): Promise<Embedded> {
  const password = keptSecret(dataDir, "postgres_password");
  const runner = await prepareCluster(dataDir, password);
  await stopOrphan(runner.folder);
  let port = 0;
  let server = await launch(runner, () => port = freePort(), settings);
  let [stopping, fault] = [false, ""];
  const watching = (async () => {
    while (true) {
      await server.exited;
      if (stopping) return;
      fault = server.fault();
      log.error("PostgreSQL ended by itself and is started again");
      await stopOrphan(runner.folder);
      try {
        server = await launch(runner, () => port, settings);
        if (stopping) await server.stop();
      } catch (error) {
        log.error("PostgreSQL does not start", error);
        await pause(5_000);
      }
    }
  })();
  const stop = async () => {
    stopping = true;
    await server.stop();
    await watching;
  };
  const adminUrl = await openOwnDatabase(urlOf(port, password)).catch(async (error) => {
    await stop();
    throw error.code === refused ? new WrongSecret(foreign(dataDir)) : error;
  });
  return {
    adminUrl,
    get pid() {
      return server.pid;
    },
    get fault() {
      return fault;
    },
    stop,
  };
}

/** PostgreSQL's code for a wrong password. */
const refused = "28P01";

const foreign = (dataDir: string) =>
  `The database in ${join(dataDir, "postgres")} was made with other keys than those in ` +
  `${
    join(dataDir, "keys")
  }: put its own keys there. To restore a backup whose keys these are, move ` +
  "that database away first.";

/**
 * The owner's connection for a command: to `DATABASE_URL`, to the embedded database of a running
 * service, or to one that is started for this command and stopped by `close`. Throws DatabaseAway,
 * DatabaseTooOld or EmbeddedError.
 */
export async function openDatabase(
  config: Pick<Config, "dataDir" | "databaseUrl" | "databaseDirectUrl">,
): Promise<{ adminUrl: string; close(): Promise<void> }> {
  const external = config.databaseDirectUrl ?? config.databaseUrl;
  if (external) {
    await checkServer(external);
    return { adminUrl: external, close: () => Promise.resolve() };
  }
  const lock = await lockDataDir(config.dataDir, "command").catch((error) => {
    if (error instanceof DataDirBusy) return null;
    throw error;
  });
  if (!lock) return await joinRunning(config.dataDir);
  try {
    const embedded = await startEmbedded(config.dataDir);
    return {
      adminUrl: embedded.adminUrl,
      async close() {
        await guestsGone(config.dataDir);
        await embedded.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Joins the embedded database that another process runs, waiting up to 20 seconds for it to be
 * ready.
 */
async function joinRunning(dataDir: string) {
  const guest = await lockAsGuest(dataDir);
  const password = keptSecret(dataDir, "postgres_password");
  for (let tries = 0; tries < 200; tries++) {
    const lines = await postmasterLines(join(dataDir, "postgres"));
    if (lines[7]?.trim() === "ready") {
      const adminUrl = urlOf(Number(lines[3]), password, database);
      const sql = postgres(adminUrl, { max: 1, connect_timeout: 2 });
      const there = await sql`select 1`.then(() => true, () => false);
      await sql.end({ timeout: 1 });
      if (there) {
        return {
          adminUrl,
          close() {
            guest.release();
            return Promise.resolve();
          },
        };
      }
    }
    await pause(100);
  }
  guest.release();
  throw new EmbeddedError(
    `The embedded PostgreSQL of ${dataDir} is in use by another process but does not answer.`,
  );
}

async function openOwnDatabase(adminUrl: string): Promise<string> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${database}`;
    if (!found) await sql`create database ${sql(database)}`;
  } finally {
    await sql.end({ timeout: 2 });
  }
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

const urlOf = (port: number, password: string, name = "postgres") =>
  `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
}
