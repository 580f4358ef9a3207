/** What a web or job process may reach: Deno's permission flags, built here and nowhere else. */

import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "./config.ts";
import { library as typstLibrary } from "./typst.ts";

export type Role = "web" | "jobs" | "inbound";

/** A host that a process may connect to, and what for. */
export interface Outbound {
  purpose: "database" | "mail" | "virus scan";
  host: string;
  port: number;
}

/** Where the processes of a role may connect to: the whole list, there is no other way out. */
export function outbound(role: Role, config: Config, appUrl: string): Outbound[] {
  const database = new URL(appUrl);
  const list: Outbound[] = [
    { purpose: "database", host: database.hostname, port: Number(database.port || 5432) },
  ];
  if (role === "jobs" && config.smtpUrl) {
    const smtp = new URL(config.smtpUrl);
    const port = Number(smtp.port || (smtp.protocol === "smtps:" ? 465 : 587));
    list.push({ purpose: "mail", host: smtp.hostname, port });
  }
  const scanner = config.clamavSocket;
  if (role !== "inbound" && scanner && "port" in scanner) {
    list.push({ purpose: "virus scan", ...scanner });
  }
  return list;
}

/** The flags for `deno run` of a role; everything that is not named is refused without asking. */
export function permissionFlags(role: Role, config: Config, appUrl: string): string[] {
  const hosts = outbound(role, config, appUrl).map(({ host, port }) => address(host, port));
  const listens = role === "web" ? config : role === "inbound" ? config.inbound : undefined;
  if (listens) hosts.unshift(address(listens.host, listens.port));
  const logs = join(config.dataDir, "logs");
  // Whoever hears strangers sees no file but those that it makes of their mails, and no key.
  const files = join(config.dataDir, "files", ...(role === "inbound" ? ["inbound"] : []));
  // The tenants' keys alone: what wraps them lies beside, out of reach.
  const keys = role === "inbound" ? [] : [join(config.dataDir, "keys", "data")];
  const { clamavSocket } = config;
  const sockets = role !== "inbound" && clamavSocket && "path" in clamavSocket
    ? [clamavSocket.path]
    : [];
  hosts.push(...sockets.map((path) => `unix:${path}`));
  const own = role === "web" ? [fromRoot("static"), files] : [files, logs];
  return [
    "--no-prompt",
    "--no-remote",
    "--cached-only",
    `--allow-net=${hosts.join(",")}`,
    `--allow-read=${[...own, ...keys, ...sockets].join(",")}`,
    `--allow-write=${[logs, files, ...keys, ...sockets].join(",")}`,
    // Everything else in the environment looks unset: drivers ask for dozens of names.
    `--allow-env=${libraryVariable}`,
    "--ignore-env",
    // pg-boss enters each process in its list with the machine's name and memory.
    "--allow-sys=hostname,systemMemoryInfo",
    ...(role === "inbound" ? [] : [`--allow-ffi=${libraries(role).join(",")}`]),
    ...(role === "web" ? ["--unstable-net"] : []),
  ];
}

/** The environment that goes with the flags. */
export function permissionEnvironment(role: Role): Record<string, string> {
  return role === "web" ? { [libraryVariable]: argon2Library() } : {};
}

/** The native libraries of a role: passwords are hashed where people sign in, documents made in both. */
function libraries(role: Role): string[] {
  const typst = Deno.realPathSync(typstLibrary());
  return role === "web" ? [argon2Library(), typst] : [typst];
}

const libraryVariable = "NAPI_RS_NATIVE_LIBRARY_PATH";

/** The one native library of the web processes, for this machine. */
export function argon2Library(): string {
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

/** As Deno writes it; an IPv6 address in brackets. */
const address = (host: string, port: number) =>
  host.includes(":") && !host.startsWith("[") ? `[${host}]:${port}` : `${host}:${port}`;
