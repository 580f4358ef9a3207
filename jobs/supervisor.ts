/**
 * `deno task start`: prepares the database, keeps the processes alive, and stops everything in
 * order.
 */

import { elapsed } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import { type Embedded, startEmbedded } from "../db/embedded.ts";
import { EmbeddedError } from "../db/embedded_cluster.ts";
import { assertReplaced } from "../db/secret_files.ts";
import { lockDataDir, makeFolder } from "../db/locks.ts";
import { flushLogs, logger, openLogs } from "../db/log.ts";
import { isSetBack } from "../db/ledger_positions.ts";
import { openPool, type Sql } from "../db/pool.ts";
import { throughPooler } from "../db/poolers.ts";
import { checkServer } from "../db/server.ts";
import * as shares from "../db/shares.ts";
import { answering } from "./answers.ts";
import type { Night } from "./backups.ts";
import { run } from "./errands.ts";
import { Fleet } from "./fleet.ts";
import { serveMetrics } from "./metrics.ts";
import * as ports from "./ports.ts";
import * as programFiles from "./program_files.ts";
import { compile } from "./processes.ts";
import type { Ready } from "./upgrades.ts";
import { backUpNightly, keepLooking, watchContracts } from "./watches.ts";

const log = logger("app", "start");
const requestGraceMs = 10_000;
const sameSignalMs = 2_000;

/** The steps of stopping, in the order in which they became necessary; they run in reverse. */
type Undo = (() => Promise<void> | void)[];

/** A started database server, if it is our own. */
interface Server {
  embedded?: Embedded;
}

/** Runs the service until SIGINT, SIGTERM or SIGHUP. Throws whatever prevents the start. */
export async function supervise(config: Config, { demo }: { demo: boolean }): Promise<void> {
  const from = elapsed();
  const stop = stopSignal();
  const undo: Undo = [];
  const server: Server = {};
  let ready = false;
  try {
    await reserve(config, undo);
    const compiled = compile();
    compiled.catch(() => {});
    const adminUrl = await openServer(config, server, undo);
    const tools = { adminUrl, config };
    const start = { ...tools, baseUrl: config.baseUrl };
    const { appUrl, newestBackup, ...shown } = await run<Ready>(demo ? "demo" : "upgrade", start);
    const owner = await openOwner(config, adminUrl, undo);
    await compiled;
    const fleet = await startFleet(config, { appUrl, owner }, undo);
    const reaching = { ...tools, egressSocket: fleet.egressSocket };
    const nights = workAtNight({ owner, reaching, newestBackup }, undo);
    undo.push(() => {
      nights.abort();
      return fleet.stop();
    });
    const answers = await Promise.race([isAnswering(config, fleet), stop.then(() => true)]);
    if (!answers) throw new Error("The web processes do not answer: see the log.");
    const looks = Promise.all([
      keepLooking(
        () => run("inspection", reaching, nights.signal),
        () => isSetBack(owner, config.dataDir),
        nights.signal,
      ),
      programFiles.watch(config.dataDir, nights.signal),
    ]);
    undo.push(async () => {
      nights.abort();
      await looks;
    });
    log.info("kompaktCRM is ready", { address: config.baseUrl, ms: Math.round(elapsed() - from) });
    ready = true;
    await flushLogs();
    // Printed together, so that anybody waiting for the address finds the link beside it.
    console.log(`\n  kompaktCRM: ${config.baseUrl}\n${welcome(shown, demo)}`);
    await stop;
    log.info("stopping");
  } catch (error) {
    const fault = server.embedded?.fault;
    // The work that it interrupted only knows that its connection is gone.
    if (!fault) throw error;
    throw new EmbeddedError(`The embedded PostgreSQL ended: ${fault}`, { cause: error });
  } finally {
    await undoAll(undo);
    if (ready) log.info("stopped");
    await flushLogs();
  }
}

/** Takes the data folder and the addresses, which no other process may have. */
async function reserve(config: Config, undo: Undo): Promise<void> {
  const lock = await lockDataDir(config.dataDir, "server");
  undo.push(() => lock.release());
  await prepare(config);
  for (const [address, setting] of addressesOf(config)) {
    const port = await ports.take(address, setting);
    undo.push(() => port.release());
  }
}

/** Returns the owner's address in a database server that can be used, starting the embedded one if need be. */
async function openServer(config: Config, server: Server, undo: Undo): Promise<string> {
  let adminUrl = config.databaseDirectUrl ?? config.databaseUrl;
  if (!adminUrl) {
    server.embedded = await startEmbedded(config.dataDir);
    undo.push(server.embedded.stop);
    adminUrl = server.embedded.adminUrl;
  }
  await checkServer(adminUrl);
  return adminUrl;
}

/** The supervisor's only connection, which also marks this data folder as served. */
async function openOwner(config: Config, adminUrl: string, undo: Undo): Promise<Sql> {
  const machine = shares.newMachine();
  const owner = openPool(adminUrl, { max: 1, name: shares.connectionName(machine) });
  undo.push(() => owner.end({ timeout: 1 }));
  undo.push(await shares.mark(owner, config.dataDir, machine));
  return owner;
}

async function startFleet(
  config: Config,
  { appUrl, owner }: { appUrl: string; owner: Sql },
  undo: Undo,
): Promise<Fleet> {
  const pooledUrl = config.databaseDirectUrl
    ? await throughPooler(appUrl, config.databaseUrl!)
    : undefined;
  const graceMs = requestGraceMs + 3_000;
  const fleet = await Fleet.start({ config, appUrl, pooledUrl, owner, graceMs });
  undo.push(serveMetrics(config, owner));
  return fleet;
}

/** Begins nightly backups and the ends of contracts. Returns what ends them, and all other watches. */
function workAtNight(
  { owner, reaching, newestBackup }: {
    owner: Sql;
    reaching: Parameters<typeof run>[1];
    newestBackup: Ready["newestBackup"];
  },
  undo: Undo,
): AbortController {
  const nights = new AbortController();
  const { signal } = nights;
  const endings = watchContracts(owner, () => run("endings", reaching, signal), signal);
  const backups = backUpNightly(
    (isDue) => run<Night>("night", { ...reaching, isDue }, signal),
    newestBackup === null ? null : new Date(newestBackup),
    signal,
  );
  // Stopped after the web processes, so that a running request does not wait for a backup.
  undo.push(async () => {
    nights.abort();
    await Promise.all([backups, endings]);
  });
  return nights;
}

/** False if the web processes keep ending before they answer, or have not answered for too long. */
const isAnswering = (config: Config, fleet: Fleet): Promise<boolean> =>
  answering(config, {
    faltering: () => fleet.faltering("web"),
    slow: () => log.warn("the web processes take long to start: the machine is busy or slow"),
  });

async function undoAll(undo: Undo): Promise<void> {
  for (const step of undo.reverse()) {
    try {
      await step();
    } catch (error) {
      // The others must not be left running for it, PostgreSQL above all.
      log.error("a step of stopping failed", error);
    }
  }
}

/** Makes the folders and checks what would otherwise end the start later, with less to say. */
async function prepare({ dataDir }: Config): Promise<void> {
  for (const folder of ["backups", "files", "files/inbound", "keys/data", "ledger", "logs"]) {
    await makeFolder(dataDir, folder);
  }
  openLogs(dataDir);
  assertReplaced(dataDir);
}

/** Where the processes will listen, each with the setting that says so. */
const addressesOf = (config: Config): [ports.Address, string][] => [
  [config, "HOST and PORT"],
  ...config.inbound ? [[config.inbound, "INBOUND_SMTP"] as [ports.Address, string]] : [],
  ...config.metrics ? [[config.metrics, "METRICS_LISTEN"] as [ports.Address, string]] : [],
];

/** What only the terminal shows, once, because secrets must not go into the log. */
export function welcome(
  { setupLink, demo }: Pick<Ready, "setupLink" | "demo">,
  wanted: boolean,
): string {
  if (setupLink) return `  Set it up (this link works once): ${setupLink}\n`;
  if (!demo) return wanted ? elsewhere : "";
  const logins = demo.logins.map(({ email, role }) => `    ${email}  (${role})`);
  return ["  Sign in to the demo as", ...logins, `    Password: ${demo.password}\n`].join("\n");
}

/** A password is printed once, and never again if the first start was broken off after the set-up. */
const elsewhere =
  "  Already set up: a demo's log-ins are printed only when it is made. New password:\n" +
  "    deno task crm user reset-link --email owner@luettfeld-soehne.example\n";

/**
 * Resolves at the first request to stop. One right after it is the same, sent to the whole group as
 * well; a later one is left to the runtime, which ends at once.
 */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const signals: Deno.Signal[] = ["SIGINT", "SIGTERM", "SIGHUP"];
    let asked = false;
    const heard = () => {
      if (asked) return;
      asked = true;
      setTimeout(() => {
        for (const signal of signals) Deno.removeSignalListener(signal, heard);
      }, sameSignalMs);
      resolve();
    };
    for (const signal of signals) Deno.addSignalListener(signal, heard);
  });
}
