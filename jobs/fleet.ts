/**
 * The service's processes and their permissions: each is started with the list of hosts it may
 * reach, and restarted when that list changes. Web processes may reach the database only and are
 * never restarted.
 */
import { lookup } from "node:dns/promises";
import { join } from "node:path";
import { elapsed, pause } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import * as egressHosts from "../db/egress_hosts.ts";
import { unneededRanges } from "../db/own_ranges.ts";
import { logger } from "../db/log.ts";
import { outbound, type Reach, type Role } from "../db/permissions.ts";
import type { Sql } from "../db/pool.ts";
import { Pace } from "./paces.ts";
import { keep, type Keeper, type Place } from "./processes.ts";

const log = logger("app", "start");
/** Evidence expires and switches become due without any event, so we look regularly. */
const lookEveryMs = 30_000;
const readyWithinMs = 20_000;
/**
 * Anyone who may set a mail server makes processes restart; the limit keeps that from blocking
 * them.
 */
const renewals = { burst: 12, everyMs: 60_000 };

export interface FleetOptions {
  config: Config;
  appUrl: string;
  /** The same database through a pooler, if there is one. */
  pooledUrl?: string;
  /** The owner's pool, because the serving role may not record what processes were permitted. */
  owner: Sql;
  /** How long a process may continue with work it has begun. */
  graceMs: number;
}

/** The processes of one service. */
export class Fleet {
  private readonly keepers: Keeper[] = [];
  private readonly folder: string;
  private closedRanges: string[] = [];
  private reach!: Reach;
  private looking: Promise<void> = Promise.resolve();
  private readonly pace = new Pace(renewals);
  /** The part of the list that comes from the register. */
  private registered = "";
  private stopping = false;
  private timer?: ReturnType<typeof setInterval>;

  private constructor(private readonly options: FleetOptions) {
    this.folder = socketFolder(options.config.dataDir);
  }

  /** Starts every process, and from then on keeps their permissions in line with the register. */
  static async start(options: FleetOptions): Promise<Fleet> {
    const fleet = new Fleet(options);
    const { config } = options;
    fleet.closedRanges = await closedRanges(config, options.appUrl, options.pooledUrl);
    fleet.registered = await fleet.readRegistered();
    fleet.reach = await fleet.read();
    for (let n = 1; n <= config.webProcesses; n++) fleet.add("web", `web ${n}`);
    fleet.add("jobs", "jobs");
    if (config.inbound) fleet.add("inbound", "inbound");
    if (fleet.needsEgress(fleet.reach)) fleet.add("egress", "egress");
    await fleet.notePermitted();
    egressHosts.hear(options.owner, () => fleet.look())
      .catch((error) => log.warn("changes of the register are seen late", error));
    fleet.timer = setInterval(() => fleet.look(), lookEveryMs);
    return fleet;
  }

  /** Stops every process, the egress process last because the others may be using it. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    const all = (last: boolean) =>
      this.keepers.filter(({ role }) => (role === "egress") === last)
        .map((keeper) => keeper.stop(this.options.graceMs));
    await Promise.all(all(false));
    await Promise.all(all(true));
    await this.looking;
    await Deno.remove(this.folder, { recursive: true }).catch(() => {});
  }

  /** Whether processes of this role keep ending: once may happen, three times is no chance. */
  faltering(role: Role): boolean {
    return this.keepers.some((keeper) => keeper.role === role && keeper.ends() >= 3);
  }

  /** Where the egress process listens, if it runs. */
  get egressSocket(): string {
    return join(this.folder, socketName);
  }

  private add(role: Role, name: string): void {
    const { config, appUrl } = this.options;
    const place = role === "egress" ? egressPlace(this.folder) : undefined;
    this.keepers.push(keep(role, { name, config, appUrl, reach: this.reach }, place));
  }

  /** Checks the list, one check at a time, and restarts the processes whose part has changed. */
  private look(): void {
    this.looking = this.looking.then(() => this.renew()).catch((error) => {
      log.warn("the list of hosts that processes may reach could not be renewed", error);
    });
  }

  private async renew(): Promise<void> {
    if (this.stopping) return;
    const { config, appUrl, graceMs } = this.options;
    const registered = await this.readRegistered();
    const [before, reach] = [this.reach, await this.read()];
    const hosts = (role: Role, from: Reach) => JSON.stringify(outbound(role, config, appUrl, from));
    const changed = (role: Role) => hosts(role, before) !== hosts(role, reach);
    if (!changed("jobs") && !changed("egress")) return;
    // A later check will do it. Changes of the register itself are never delayed.
    if (this.pace.wait() > 0 && registered === this.registered) return;
    this.pace.note();
    this.registered = registered;
    for (const keeper of [...this.keepers]) {
      if (this.stopping || !changed(keeper.role)) continue;
      if (keeper.role === "egress" && !this.needsEgress(reach)) {
        this.keepers.splice(this.keepers.indexOf(keeper), 1);
        await Deno.remove(join(this.folder, socketName)).catch(() => {});
        await keeper.stop(graceMs);
      } else {
        await keeper.renew({ name: keeper.name, config, appUrl, reach }, graceMs);
      }
      log.info("process renewed with another list of hosts", { kind: keeper.name });
    }
    this.reach = reach;
    const runs = this.keepers.some(({ role }) => role === "egress");
    if (!runs && this.needsEgress(reach) && !this.stopping) this.add("egress", "egress");
    await this.notePermitted();
  }

  private async notePermitted(): Promise<void> {
    await egressHosts.notePermitted(this.options.owner, this.reach.destinations);
  }

  private async read(): Promise<Reach> {
    return {
      destinations: await egressHosts.list(this.options.owner),
      closedRanges: this.closedRanges,
      pooledUrl: this.options.pooledUrl,
      egressSocket: this.egressSocket,
    };
  }

  private async readRegistered(): Promise<string> {
    return JSON.stringify(await egressHosts.listRegistered(this.options.owner));
  }

  private needsEgress({ destinations }: Reach): boolean {
    return destinations.some(({ role }) => role === "egress");
  }
}

const socketName = "ask_egress";

/** Each egress process listens on a socket of its own, which then replaces the previous one. */
function egressPlace(folder: string): Place {
  let count = 0;
  return {
    prepare: (orders) => {
      const listenAt = join(folder, `${++count}.sock`);
      return { ...orders, reach: { ...orders.reach, egressSocket: undefined, listenAt } };
    },
    async handOver({ reach }) {
      await listening(reach.listenAt!);
      await Deno.rename(reach.listenAt!, join(folder, socketName));
    },
  };
}

async function listening(path: string): Promise<void> {
  for (const from = elapsed(); elapsed() - from < readyWithinMs;) {
    try {
      (await Deno.connect({ transport: "unix", path })).close();
      return;
    } catch {
      await pause(20);
    }
  }
  throw new Error("the egress process does not listen");
}

/**
 * A folder for sockets that only this user may enter. Socket paths are limited to a hundred bytes.
 */
function socketFolder(dataDir: string): string {
  const own = join(dataDir, "run");
  if (new TextEncoder().encode(own).length > 80) {
    return Deno.makeTempDirSync({ prefix: "kompaktcrm-" });
  }
  Deno.mkdirSync(own, { recursive: true, mode: 0o700 });
  for (const { name } of Deno.readDirSync(own)) Deno.removeSync(join(own, name));
  return own;
}

/**
 * The private networks in which none of our own servers runs. In development only the link-local
 * ones, because mail servers and fakes may run anywhere nearby.
 */
async function closedRanges(
  config: Config,
  appUrl: string,
  pooledUrl?: string,
): Promise<string[]> {
  const linkLocal = ["169.254.0.0/16"];
  if (config.appEnv !== "production") return linkLocal;
  const names = [config.host, config.inbound?.host, new URL(appUrl).hostname];
  if (config.databaseReplicaUrl) names.push(new URL(config.databaseReplicaUrl).hostname);
  if (pooledUrl) names.push(new URL(pooledUrl).hostname);
  if (config.smtpUrl) names.push(new URL(config.smtpUrl).hostname);
  if (config.clamavSocket && "host" in config.clamavSocket) names.push(config.clamavSocket.host);
  try {
    const found = await Promise.all(
      names.filter((name) => name !== undefined)
        .map((name) => lookup(name.replace(/^\[|\]$/g, ""), { all: true })),
    );
    return unneededRanges(found.flat().map(({ address }) => address));
  } catch {
    log.warn("an own server's name leads nowhere: private networks stay open to processes");
    return linkLocal;
  }
}
