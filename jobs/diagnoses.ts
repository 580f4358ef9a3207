/** Checks an installation for faults from this machine, and says how to fix them. */
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import * as places from "../db/backup_places.ts";
import * as backups from "../db/backups.ts";
import { now } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import * as figures from "../db/diagnosis_figures.ts";
import { countDiffering, list as listHosts, listPermitted } from "../db/egress_hosts.ts";
import * as keys from "../db/key_store.ts";
import * as ledger from "../db/ledger.ts";
import { redact } from "../db/log.ts";
import { isLoopback, isPublic } from "../db/network_addresses.ts";
import type { Sql } from "../db/pool.ts";
import { FileBroken } from "../db/seals.ts";
import * as shares from "../db/shares.ts";
import {
  lookAtClock,
  lookAtDatabase,
  lookAtReplica,
  lookAtServerLog,
  lookAtWay,
} from "./database_diagnoses.ts";
import { type Diagnosis, fault, type Finding, ok, warn } from "./diagnosis.ts";
import * as programFiles from "./program_files.ts";
import { faultOf, judge, ownServer, tryOut } from "./wire.ts";

const gigabyte = 1024 ** 3;
const day = 86_400_000;

type Look = [subject: string, look: () => Promise<Finding>];

/** What can be checked without the database. */
const local = (config: Config): Look[] => [
  ["settings", () => Promise.resolve(lookAtSettings(config))],
  ["permissions", () => lookAtPermissions(config)],
  ["disk", () => lookAtDisk(config)],
  ["program", () => programFiles.look(config.dataDir)],
];

/** The diagnoses if the database does not open, including why. */
export async function examineClosed(config: Config, why: Error): Promise<Diagnosis[]> {
  const words = why.name === "PostgresError" ? redact(why.message) : why.message;
  const told = `does not open: ${words.split("\n", 1)[0]}`;
  const finding = fault(told, "Fix the faults above and this one, then run doctor again.");
  return [...await all(local(config)), { subject: "database", ...finding }];
}

/** The diagnoses for a database that this version has not migrated yet; null if it is empty. */
export async function examineOlder(
  owner: Sql,
  config: Config,
  waiting: readonly string[] | null,
): Promise<Diagnosis[]> {
  const finding = waiting
    ? warn(
      `${waiting.length} migrations are waiting, from ${waiting[0]}`,
      "The next start makes a backup and runs them; so does: deno task crm migrate",
    )
    : warn("empty", "Start the service and follow the link that it prints.");
  const found = await all([
    ...local(config),
    ["clock", () => lookAtClock(owner)],
    ["connection", () => lookAtWay(owner, config)],
    ["mail", () => lookAtMail(config)],
  ]);
  return [...found, { subject: "schema", ...finding }];
}

/** Runs every check in turn; a check that fails to run counts as a fault itself. */
export async function examine(owner: Sql, config: Config): Promise<Diagnosis[]> {
  return await all([
    ...local(config),
    ["clock", () => lookAtClock(owner)],
    ["database", () => lookAtDatabase(owner)],
    ["server log", () => lookAtServerLog(owner)],
    ["connection", () => lookAtWay(owner, config)],
    ["replica", () => lookAtReplica(config)],
    ["keys", () => lookAtKeys(owner, config)],
    ["ledger", () => lookAtLedger(config)],
    ["shares", () => lookAtShares(owner, config)],
    ["mail", () => lookAtMail(config)],
    ["outside", () => lookFromOutside(owner, config)],
    ["backups", () => lookAtBackups(owner, config)],
    ["queue", () => lookAtQueue(owner)],
    ["egress", () => lookAtEgress(owner)],
  ]);
}

async function all(looks: Look[]): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  for (const [subject, look] of looks) {
    const finding = await look().catch((error) =>
      fault(`could not be checked (${(error as Error).name})`, "See the log in DATA_DIR/logs.")
    );
    found.push({ subject, ...finding });
  }
  return found;
}

/** Whether it is set up for production use, including the address it listens on. */
export function lookAtSettings(
  { appEnv, host, databaseUrl, smtpUrl }: Pick<
    Config,
    "appEnv" | "host" | "databaseUrl" | "smtpUrl"
  >,
): Finding {
  if (appEnv === "production") {
    // The visitor's address is only believed if a proxy on this machine reports it.
    if (host === "localhost" || isLoopback(host)) {
      return ok("production, for a proxy on this machine; nft list table inet kompaktcrm");
    }
    const everywhere = host === "0.0.0.0" || host === "::" || isPublic(host);
    return warn(
      `production, reachable without the proxy at ${host}${everywhere ? ", from everywhere" : ""}`,
      "Set HOST=127.0.0.1, with a proxy on this machine that cuts off slow senders, and limit " +
        "connections (deploy-files writes both): the runtime itself ends no connections.",
    );
  }
  const parts = [databaseUrl ? "" : "embedded database", smtpUrl ? "" : "mail is only stored"];
  return warn(
    ["development", ...parts].filter(Boolean).join(", "),
    "For real data, set APP_ENV=production and whatever it then asks for.",
  );
}

async function lookAtPermissions({ dataDir }: Config): Promise<Finding> {
  const open: string[] = [];
  for (const name of ["backups", "files", "keys", "ledger", "logs"]) {
    const info = await Deno.stat(join(dataDir, name)).catch(() => null);
    if (info?.mode && (info.mode & 0o077) !== 0) open.push(name);
  }
  if (open.length === 0) return ok("only their owner can enter the folders");
  return fault(
    `other users can enter ${open.join(", ")}`,
    `chmod 700 ${open.map((name) => join(dataDir, name)).join(" ")}`,
  );
}

async function lookAtDisk({ dataDir }: Config): Promise<Finding> {
  const { bavail, bsize, blocks } = await statfs(dataDir);
  const free = bavail * bsize;
  const said = `${(free / gigabyte).toFixed(1)} GB free`;
  if (free < gigabyte) return fault(said, "Free up space: below 1 GB, uploads and backups fail.");
  if (free < 0.1 * blocks * bsize) return warn(said, "Free up space or get a larger disk soon.");
  return ok(said);
}

async function lookAtKeys(owner: Sql, config: Config): Promise<Finding> {
  const there = new Set(await keys.list(config));
  const wanted = await figures.keys(owner);
  const missing = wanted.filter((id) => !there.has(id)).length;
  if (missing > 0) {
    return fault(
      `${missing} of ${wanted.length} data keys are not on this machine`,
      "All app servers need the same DATA_DIR/keys, ledger, backups and files/inbound: mount them " +
        "from one share. Otherwise restore DATA_DIR/keys from its copy.",
    );
  }
  const closed = await closedKeys(config, [...there]);
  if (closed === 0) return ok(`${there.size} data keys`);
  return fault(
    `${closed} of ${there.size} data keys do not open: broken, or wrapped with another SECRET_KEY`,
    "Restore DATA_DIR/keys from its copy: what they seal cannot be read, nor keys be rotated.",
  );
}

/** How many of the keys do not open; at most 1,000 are tried. */
async function closedKeys(config: Config, ids: string[]): Promise<number> {
  let closed = 0;
  for (const id of ids.slice(0, 1_000)) {
    try {
      await keys.read(config, id);
    } catch (error) {
      if (!(error instanceof FileBroken)) throw error;
      // Erasures and the end of a backup destroy keys while we look.
      if ((await keys.list(config)).includes(id)) closed++;
    }
  }
  return closed;
}

async function lookAtLedger({ dataDir }: Config): Promise<Finding> {
  const last = await ledger.head(dataDir);
  return ok(last ? `${last.seq} lines` : "empty");
}

async function lookAtShares(owner: Sql, { dataDir }: Config): Promise<Finding> {
  const machines = await shares.list(owner);
  if (machines.length < 2) {
    return ok(machines.length === 0 ? "no machine is running" : "one machine");
  }
  const missing = await shares.unshared(dataDir, machines);
  if (missing.length === 0) return ok(`${machines.length} machines share their folders`);
  return fault(
    `${machines.length} machines are running, but do not share ${missing.join(", ")}`,
    `Mount these on all app servers from one share: ${
      missing.map((each) => join(dataDir, each)).join(" ")
    }`,
  );
}

/** How to fix each fault of a mail server. */
const mailMends: Partial<Record<ReturnType<typeof faultOf>, string>> = {
  auth: "Put the right user and password into SMTP_URL.",
  certificate: "The server's certificate has to be valid, for the name in SMTP_URL.",
  host: "No server has this name: check the host in SMTP_URL, and the machine's name server.",
  not_encrypted: "The server offers no encryption: use smtps://, or a server that has STARTTLS.",
  refused: "Nothing listens there: check the port in SMTP_URL (465 for smtps, 587 for smtp).",
  timeout:
    "Nothing answers: check the port in SMTP_URL, and firewalls; many hosts block mail ports.",
};

/** Whether we can log in to the mail server. */
export async function lookAtMail(
  { smtpUrl, appEnv }: Pick<Config, "smtpUrl" | "appEnv">,
): Promise<Finding> {
  if (!smtpUrl) return warn("no server: mail is only stored", "Set SMTP_URL.");
  try {
    await tryOut(ownServer(smtpUrl, appEnv === "production"));
    return ok("the mail server accepts the log-in");
  } catch (error) {
    const mend = mailMends[faultOf(error)] ?? "Check SMTP_URL and the server.";
    return fault(`the mail server says ${judge(error).code}`, mend);
  }
}

/** What the running service last saw at its public address. */
async function lookFromOutside(owner: Sql, { baseUrl }: Config): Promise<Finding> {
  const rows = await figures.looks(owner);
  const red = rows.filter(({ passed }) => !passed).map(({ name }) => name);
  if (rows.length === 0) return warn("never checked", "Start the service and wait 10 seconds.");
  if (red.length > 0) {
    return fault(`${red.join(", ")} at ${baseUrl}`, "See the table at /operator/measures.");
  }
  return ok(rows.map(({ name }) => name).join(", "));
}

async function lookAtBackups(owner: Sql, config: Config): Promise<Finding> {
  const [newest] = await backups.list(config);
  if (!newest) return warn("none yet", "deno task crm backup");
  const days = (now().getTime() - newest.at.getTime()) / day;
  const broken = (await places.list(owner)).find(({ errorCode }) => errorCode !== null);
  if (days > 2) return fault(`the newest is ${Math.floor(days)} days old`, "deno task crm backup");
  if (broken) {
    return fault(
      `${broken.place}: ${broken.errorCode}`,
      "Check the object storage's entry in the register.",
    );
  }
  return ok(newest.name);
}

async function lookAtQueue(owner: Sql): Promise<Finding> {
  const row = await figures.waiting(owner);
  if (row.late > 0) {
    return fault(
      `${row.late} jobs have been waiting for over 15 minutes`,
      "Is the service running? See its log.",
    );
  }
  if (row.dead > 0) return warn(`${row.dead} jobs gave up`, "See /operator/jobs.");
  if (row.mails > 0) return warn(`${row.mails} mails failed`, "See /operator/mails.");
  return ok("nothing waits too long");
}

async function lookAtEgress(owner: Sql): Promise<Finding> {
  const permitted = await listPermitted(owner);
  if (!permitted) return warn("the service has never run", "Start it.");
  const differing = countDiffering(permitted, await listHosts(owner));
  if (differing === 0) return ok(`${permitted.length} hosts can be reached`);
  return fault(`${differing} hosts differ from the register`, "Restart the service.");
}
