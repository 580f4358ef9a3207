/** What each kind of process may reach: Deno's permission flags, built here and nowhere else. */

import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "./config.ts";
import { rootFile } from "./database_urls.ts";
import type { Destination } from "./egress_hosts.ts";
import { library as typstLibrary } from "./typst.ts";

export type Role = "web" | "jobs" | "inbound" | "egress";

/** A host that a process may connect to, and what for. */
export interface Outbound {
  purpose: "database" | "mail" | "processor" | "virus scan" | "webhook";
  host: string;
  port: number;
}

/** What may change while the service runs, and what only the supervisor can find out. */
export interface Reach {
  /** The destinations that the register and the mail accounts currently name. */
  destinations: readonly Destination[];
  /** Private networks without servers of ours: blocked for every name that resolves there. */
  closedRanges: readonly string[];
  /** The serving role's connection through a pooler, if there is one. */
  pooledUrl?: string;
  /** Where the egress process listens, for the processes that use it. */
  egressSocket?: string;
  /** The same path, given to the egress process itself until it listens there. */
  listenAt?: string;
}

/** For a service that reaches only its database and its mail server. */
export const noReach: Reach = { destinations: [], closedRanges: [] };

/** Where the processes of a role may connect to: the complete list, there is no other way out. */
export function outbound(
  role: Role,
  config: Config,
  appUrl: string,
  reach: Reach = noReach,
): Outbound[] {
  const database = new URL(appUrl);
  const list: Outbound[] = [
    { purpose: "database", host: database.hostname, port: Number(database.port || 5432) },
  ];
  if (reach.pooledUrl) {
    const { hostname: host, port } = new URL(reach.pooledUrl);
    list.push({ purpose: "database", host, port: Number(port || 5432) });
  }
  if (role === "web" && config.databaseReplicaUrl) {
    const { hostname: host, port } = new URL(config.databaseReplicaUrl);
    list.push({ purpose: "database", host, port: Number(port || 5432) });
  }
  if (role === "jobs" && config.smtpUrl) {
    const smtp = new URL(config.smtpUrl);
    const port = Number(smtp.port || (smtp.protocol === "smtps:" ? 465 : 587));
    list.push({ purpose: "mail", host: smtp.hostname, port });
  }
  const scanner = config.clamavSocket;
  if ((role === "web" || role === "jobs") && scanner && "port" in scanner) {
    list.push({ purpose: "virus scan", ...scanner });
  }
  for (const { purpose, host, port, ...destination } of reach.destinations) {
    const known = list.some((each) => each.host === host && each.port === port);
    if (destination.role === role && !known) list.push({ purpose, host, port });
  }
  return list;
}

/** The `deno run` flags for a role; everything not named is denied without a prompt. */
export function permissionFlags(
  role: Role,
  config: Config,
  appUrl: string,
  reach: Reach = noReach,
): string[] {
  const hosts = outbound(role, config, appUrl, reach).map(({ host, port }) => address(host, port));
  const listens = role === "web" ? config : role === "inbound" ? config.inbound : undefined;
  if (listens) hosts.unshift(address(listens.host, listens.port));
  const { read: folders, write, sockets } = paths(role, config, reach);
  const read = [...folders, ...authorities(role, config, appUrl, reach)];
  hosts.push(...sockets.map((path) => `unix:${path}`));
  const ffi = libraries(role);
  return [
    "--no-prompt",
    "--no-remote",
    "--cached-only",
    // The supervisor has installed the packages; checking again would take a second.
    "--node-modules-dir=manual",
    // Packages were checked against it at installation; each process would only keep it in memory.
    "--no-lock",
    `--allow-net=${hosts.join(",")}`,
    // Also applies to the addresses that names resolve to, so no name opens a private network.
    ...(reach.closedRanges.length > 0 ? [`--deny-net=${reach.closedRanges.join(",")}`] : []),
    ...(read.length + sockets.length > 0
      ? [`--allow-read=${[...read, ...sockets].join(",")}`]
      : []),
    `--allow-write=${[...write, ...sockets].join(",")}`,
    // All other variables look unset: drivers ask for dozens of them.
    `--allow-env=${libraryVariable}`,
    "--ignore-env",
    // pg-boss registers each process with the machine's name and memory; where users name the mail
    // server or the webhook, connections to the machine's own addresses are refused.
    `--allow-sys=hostname,systemMemoryInfo${
      role === "jobs" || role === "egress" ? ",networkInterfaces" : ""
    }`,
    ...(ffi.length > 0 ? [`--allow-ffi=${ffi.join(",")}`] : []),
    ...(role === "web" ? ["--unstable-net"] : []),
  ];
}

/** The folders and sockets of a role. */
interface Paths {
  read: string[];
  write: string[];
  sockets: string[];
}

/**
 * The inbound process, which takes mail from strangers, sees only the files it makes of that mail
 * and no key; the egress process reads nothing at all. The others see the tenants' keys only.
 */
function paths(role: Role, { dataDir, clamavSocket }: Config, reach: Reach): Paths {
  const logs = join(dataDir, "logs");
  if (role === "egress") {
    return { read: [], write: [logs], sockets: reach.listenAt ? [reach.listenAt] : [] };
  }
  if (role === "inbound") {
    const files = join(dataDir, "files", "inbound");
    return { read: [files, logs], write: [logs, files], sockets: [] };
  }
  const files = join(dataDir, "files");
  const keys = join(dataDir, "keys", "data");
  const scanner = clamavSocket && "path" in clamavSocket ? [clamavSocket.path] : [];
  const ledger = join(dataDir, "ledger");
  return {
    read: role === "web" ? [fromRoot("static"), files, keys] : [files, logs, keys, ledger],
    write: role === "web" ? [logs, files, keys] : [logs, files, keys, ledger],
    sockets: [...scanner, ...(reach.egressSocket ? [reach.egressSocket] : [])],
  };
}

/** Root certificate files for the databases that a role reaches. */
function authorities(role: Role, config: Config, appUrl: string, reach: Reach): string[] {
  const replica = role === "web" ? config.databaseReplicaUrl : undefined;
  const files = [appUrl, reach.pooledUrl, replica].map((url) => url && rootFile(url));
  return [...new Set(files.filter((file): file is string => Boolean(file)))];
}

/** The environment that goes with the flags. */
export function permissionEnvironment(role: Role): Record<string, string> {
  return role === "web" ? { [libraryVariable]: argon2Library() } : {};
}

/** The native libraries of a role: web processes hash passwords, both kinds make documents. */
function libraries(role: Role): string[] {
  if (role !== "web" && role !== "jobs") return [];
  const typst = Deno.realPathSync(typstLibrary());
  return role === "web" ? [argon2Library(), typst] : [typst];
}

const libraryVariable = "NAPI_RS_NATIVE_LIBRARY_PATH";

/** The web processes' own native library, for this machine. */
function argon2Library(): string {
  const require = createRequire(
    createRequire(import.meta.url).resolve("@node-rs/argon2"),
  );
  const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  for (const kind of Deno.build.os === "linux" ? ["-gnu", "-musl"] : [""]) {
    try {
      return Deno.realPathSync(
        require.resolve(`@node-rs/argon2-${Deno.build.os}-${arch}${kind}`),
      );
    } catch {
      continue;
    }
  }
  throw new Error("there is no argon2 library for this machine");
}

const fromRoot = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** A host and port as Deno writes them, with IPv6 addresses in brackets. */
const address = (host: string, port: number) =>
  host.includes(":") && !host.startsWith("[") ? `[${host}]:${port}` : `${host}:${port}`;
