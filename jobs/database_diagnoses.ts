/** Checks for faults of an installation's database and of the connection to it. */
import { lookup } from "node:dns/promises";
import { now } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import * as figures from "../db/diagnosis_figures.ts";
import { isPublic } from "../db/network_addresses.ts";
import { openPool, type Sql } from "../db/pool.ts";
import * as serverLogs from "../db/server_logs.ts";
import { fault, type Finding, ok, warn } from "./diagnosis.ts";

export async function lookAtClock(owner: Sql): Promise<Finding> {
  const from = now().getTime();
  const at = await figures.clock(owner);
  const off = Math.abs(at.getTime() - (from + now().getTime()) / 2);
  const said = `${Math.round(off)} ms off the database's clock`;
  return off < 2_000
    ? ok(said)
    : fault(said, "Synchronise the clocks of both machines: timedatectl set-ntp true");
}

/** Whether data entered is kept, can be found again and is safe. */
export async function lookAtDatabase(owner: Sql): Promise<Finding> {
  const server = await figures.server(owner);
  const wrong = faultOf(server);
  if (wrong) return wrong;
  const unset = await figures.shards(owner);
  if (unset && unset.length > 0) {
    return fault(
      `Citus without ${unset.join(", ")}`,
      "Run deno task crm migrate as a user that owns the database, then start again.",
    );
  }
  return ok(`PostgreSQL ${server.version}${unset ? " with Citus, never tried as a whole" : ""}`);
}

/** What is wrong with a server that has these figures; null if nothing is. */
export function faultOf(
  { fsync, pages, checksums, most, encoding, bound }: Awaited<ReturnType<typeof figures.server>>,
): Finding | null {
  if (encoding !== "UTF8") return fault(`encoding ${encoding}`, "Create the database with UTF8.");
  if (fsync !== "on" || pages !== "on") {
    return fault("writes may be lost", "Set fsync = on and full_page_writes = on.");
  }
  if (!bound) {
    return warn(
      "its locale knows no capitals but A to Z: МИЛЛЕР is not found by Миллер",
      "Make an empty database by: create database … template template0 locale 'C.UTF-8'; " +
        "then restore a backup into it (crm restore --help).",
    );
  }
  if (Number(most) < 60) {
    return warn(
      `max_connections ${most}`,
      "Allow 60 for the first app server, 20 for each further one.",
    );
  }
  if (checksums !== "on") {
    return warn("no checksums", "Stop the server and run pg_checksums --enable.");
  }
  return null;
}

/** Whether the database writes values of rows to its own log. */
export async function lookAtServerLog(owner: Sql): Promise<Finding> {
  const loud = await serverLogs.missing(owner);
  if (loud.length === 0) return ok("shows no values");
  const settings = loud.map(({ name, value }) => `${name} = ${value}`).join(", ");
  return warn("may show values of rows", `Have a superuser set this for the database: ${settings}`);
}

/** Whether others could read the traffic between the app and its database. */
export async function lookAtWay(
  owner: Sql,
  { databaseUrl, databaseDirectUrl }: Pick<Config, "databaseUrl" | "databaseDirectUrl">,
): Promise<Finding> {
  const url = databaseDirectUrl ?? databaseUrl;
  if (!url) return ok("this machine");
  if (await figures.isEncrypted(owner)) return ok("encrypted");
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  const found = await lookup(host, { all: true });
  if (!found.some(({ address }) => isPublic(address))) return ok("a private network");
  return fault("the internet, unencrypted", "Add ?sslmode=verify-full to the database's URL.");
}

export async function lookAtReplica({ databaseReplicaUrl }: Config): Promise<Finding> {
  if (!databaseReplicaUrl) return ok("none");
  const pool = openPool(databaseReplicaUrl, { max: 1, name: "kompaktcrm doctor" });
  try {
    const row = await figures.standby(pool);
    if (!row.copy) return fault("not a standby", "DATABASE_REPLICA_URL has to name a standby.");
    if (!row.follows) {
      return warn("does not follow the primary", "Check primary_conninfo of the standby.");
    }
    return ok("follows");
  } catch {
    return warn("unreachable: pages are read from the primary", "Start the standby.");
  } finally {
    await pool.end({ timeout: 1 });
  }
}
