/** What may be wrong with an installation, looked at from this machine, and how each is mended. */
import { lookup } from "node:dns/promises";
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
import { openPool, type Sql } from "../db/pool.ts";
import * as serverLogs from "../db/server_logs.ts";
import * as shares from "../db/shares.ts";
import { house, judge, tryOut } from "./wire.ts";

/** What a look found: `warn` works today and not for long. */
export interface Diagnosis {
  subject: string;
  state: "ok" | "warn" | "fault";
  found: string;
  /** What to do; empty where all is well. */
  mend: string;
}

type Finding = Omit<Diagnosis, "subject">;

const ok = (found: string): Finding => ({ state: "ok", found, mend: "" });
const warn = (found: string, mend: string): Finding => ({ state: "warn", found, mend });
const fault = (found: string, mend: string): Finding => ({ state: "fault", found, mend });

const gigabyte = 1024 ** 3;
const day = 86_400_000;

type Look = [subject: string, look: () => Promise<Finding>];

/** What can be looked at where the database is out of reach. */
const local = (config: Config): Look[] => [
  ["settings", () => Promise.resolve(lookAtSettings(config))],
  ["permissions", () => lookAtPermissions(config)],
  ["disk", () => lookAtDisk(config)],
];

/** What there is to say where the database does not open, and why it does not. */
export async function examineClosed(config: Config, why: Error): Promise<Diagnosis[]> {
  const words = why.name === "PostgresError" ? redact(why.message) : why.message;
  const told = `does not open: ${words.split("\n", 1)[0]}`;
  const finding = fault(told, "Mend what is named above and here, then look again.");
  return [...await all(local(config)), { subject: "database", ...finding }];
}

/** Every look, one after the other; one that breaks off is a fault of its own. */
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
      fault(`could not be looked at (${(error as Error).name})`, "See the log in DATA_DIR/logs.")
    );
    found.push({ subject, ...finding });
  }
  return found;
}

/** Whether it is set for real use; where it listens counts as much. */
export function lookAtSettings(
  { appEnv, host, databaseUrl, smtpUrl }: Pick<
    Config,
    "appEnv" | "host" | "databaseUrl" | "smtpUrl"
  >,
): Finding {
  if (appEnv === "production") {
    // The word of a proxy on this machine alone counts for the visitor's address.
    if (host === "localhost" || isLoopback(host)) {
      return ok("production, for a proxy on this machine; nft list table inet kompaktcrm");
    }
    const everywhere = host === "0.0.0.0" || host === "::" || isPublic(host);
    return warn(
      `production, reached past any proxy at ${host}${everywhere ? ", from everywhere" : ""}`,
      "Set HOST=127.0.0.1, with a proxy on this machine that ends slow senders, and a limit of " +
        "connections (deploy-files writes both): the runtime ends no connection by itself.",
    );
  }
  const parts = [databaseUrl ? "" : "embedded database", smtpUrl ? "" : "mail is only kept"];
  return warn(
    ["development", ...parts].filter(Boolean).join(", "),
    "For real data set APP_ENV=production and what it then asks for.",
  );
}

async function lookAtPermissions({ dataDir }: Config): Promise<Finding> {
  const open: string[] = [];
  for (const name of ["backups", "files", "keys", "ledger", "logs"]) {
    const info = await Deno.stat(join(dataDir, name)).catch(() => null);
    if (info?.mode && (info.mode & 0o077) !== 0) open.push(name);
  }
  if (open.length === 0) return ok("folders are for their owner alone");
  return fault(
    `others may enter ${open.join(", ")}`,
    `chmod 700 ${open.map((name) => join(dataDir, name)).join(" ")}`,
  );
}

async function lookAtDisk({ dataDir }: Config): Promise<Finding> {
  const { bavail, bsize, blocks } = await statfs(dataDir);
  const free = bavail * bsize;
  const said = `${(free / gigabyte).toFixed(1)} GB free`;
  if (free < gigabyte) return fault(said, "Make room: below 1 GB uploads and backups fail.");
  if (free < 0.1 * blocks * bsize) return warn(said, "Make room or a larger disk soon.");
  return ok(said);
}

async function lookAtClock(owner: Sql): Promise<Finding> {
  const from = now().getTime();
  const at = await figures.clock(owner);
  const off = Math.abs(at.getTime() - (from + now().getTime()) / 2);
  const said = `${Math.round(off)} ms beside the database's`;
  return off < 2_000
    ? ok(said)
    : fault(said, "Let both machines keep time: timedatectl set-ntp true");
}

async function lookAtDatabase(owner: Sql): Promise<Finding> {
  const { version, fsync, pages, checksums, most, encoding } = await figures.server(owner);
  if (encoding !== "UTF8") return fault(`encoding ${encoding}`, "Make the database with UTF8.");
  if (fsync !== "on" || pages !== "on") {
    return fault("writes may be lost", "Set fsync = on and full_page_writes = on.");
  }
  if (Number(most) < 60) {
    return warn(`max_connections ${most}`, "Allow 60 for the first app server, 20 for each more.");
  }
  if (checksums !== "on") {
    return warn("no checksums", "Stop the server and run pg_checksums --enable.");
  }
  const unset = await figures.shards(owner);
  if (unset && unset.length > 0) {
    return fault(
      `Citus without ${unset.join(", ")}`,
      "Run deno task crm migrate by a user that owns the database, then start again.",
    );
  }
  return ok(`PostgreSQL ${version}${unset ? " with Citus, never tried as a whole" : ""}`);
}

/** Whether the database tells values of rows in its own log. */
export async function lookAtServerLog(owner: Sql): Promise<Finding> {
  const loud = await serverLogs.missing(owner);
  if (loud.length === 0) return ok("shows no values");
  const settings = loud.map(({ name, value }) => `${name} = ${value}`).join(", ");
  return warn("may show values of rows", `Let a superuser set for the database: ${settings}`);
}

/** Whether others could read along between the app and its database. */
export async function lookAtWay(
  owner: Sql,
  { databaseUrl, databaseDirectUrl }: Pick<Config, "databaseUrl" | "databaseDirectUrl">,
): Promise<Finding> {
  const url = databaseDirectUrl ?? databaseUrl;
  if (!url) return ok("this machine");
  if (await figures.isEncrypted(owner)) return ok("encrypted");
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  const found = await lookup(host, { all: true });
  if (!found.some(({ address }) => isPublic(address))) return ok("a network of its own");
  return fault("the open net, in clear", "Add ?sslmode=verify-full to the database's URL.");
}

async function lookAtReplica({ databaseReplicaUrl }: Config): Promise<Finding> {
  if (!databaseReplicaUrl) return ok("none");
  const pool = openPool(databaseReplicaUrl, { max: 1, name: "kompaktcrm doctor" });
  try {
    const row = await figures.standby(pool);
    if (!row.copy) return fault("it is no copy", "DATABASE_REPLICA_URL has to name a standby.");
    if (!row.follows) return warn("it does not follow", "Look at primary_conninfo of the standby.");
    return ok("follows");
  } catch {
    return warn("away: pages are read from the primary", "Start the standby.");
  } finally {
    await pool.end({ timeout: 1 });
  }
}

async function lookAtKeys(owner: Sql, config: Config): Promise<Finding> {
  const there = new Set(await keys.list(config));
  const wanted = await figures.keys(owner);
  const missing = wanted.filter((id) => !there.has(id)).length;
  if (missing === 0) return ok(`${there.size} data keys`);
  return fault(
    `${missing} of ${wanted.length} data keys are not on this machine`,
    "Of several app servers all need the same DATA_DIR/keys, ledger, backups and files/inbound: " +
      "mount them from one share. Else put DATA_DIR/keys back from its copy.",
  );
}

async function lookAtLedger({ dataDir }: Config): Promise<Finding> {
  const last = await ledger.head(dataDir);
  return ok(last ? `${last.seq} lines` : "empty");
}

async function lookAtShares(owner: Sql, { dataDir }: Config): Promise<Finding> {
  const machines = await shares.list(owner);
  if (machines.length < 2) return ok(machines.length === 0 ? "no machine runs" : "one machine");
  const missing = await shares.unshared(dataDir, machines);
  if (missing.length === 0) return ok(`${machines.length} machines share their folders`);
  return fault(
    `${machines.length} machines run, and do not share ${missing.join(", ")}`,
    `Mount on all app servers from one share: ${
      missing.map((each) => join(dataDir, each)).join(" ")
    }`,
  );
}

async function lookAtMail({ smtpUrl, appEnv }: Config): Promise<Finding> {
  if (!smtpUrl) return warn("no server: mail is kept", "Set SMTP_URL.");
  try {
    await tryOut(house(smtpUrl, appEnv === "production"));
    return ok("the mail server lets us in");
  } catch (error) {
    return fault(`the mail server says ${judge(error).code}`, "Look at SMTP_URL and the server.");
  }
}

/** What the running service last saw of itself at its public address. */
async function lookFromOutside(owner: Sql, { baseUrl }: Config): Promise<Finding> {
  const rows = await figures.looks(owner);
  const red = rows.filter(({ passed }) => !passed).map(({ name }) => name);
  if (rows.length === 0) return warn("never looked at", "Start the service and wait 10 seconds.");
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
    return fault(`${broken.place}: ${broken.errorCode}`, "Look at the object storage's entry.");
  }
  return ok(newest.name);
}

async function lookAtQueue(owner: Sql): Promise<Finding> {
  const row = await figures.waiting(owner);
  if (row.late > 0) {
    return fault(
      `${row.late} jobs wait for over 15 minutes`,
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
  if (differing === 0) return ok(`${permitted.length} hosts are open`);
  return fault(`${differing} hosts differ from the register`, "Start the service anew.");
}
