/** How a child process gets its settings: one JSON line on its standard input, seen by nobody else. */

import type { Config } from "../db/config.ts";
import { flushLogs, logger } from "../db/log.ts";
import type { Reach, Role } from "../db/permissions.ts";

/** What a process is told by the supervisor. */
export interface Orders {
  /** `web 1`, `jobs`, `inbound`, `egress`: how it signs its log lines. */
  name: string;
  config: Config;
  /** The serving role's connection. */
  appUrl: string;
  /** Whom the process may reach, as its permissions say. */
  reach: Reach;
}

/**
 * Sends a child its orders and leaves the pipe open: its end tells the child that its parent is
 * gone. The owner's connection is left out, children have the serving role's only; the key of the
 * mail listener is told to nobody else.
 */
export async function sendOrders(
  child: Deno.ChildProcess,
  role: Role,
  orders: Orders,
): Promise<void> {
  const { inbound } = orders.config;
  const config = {
    ...orders.config,
    databaseUrl: undefined,
    databaseDirectUrl: undefined,
    inbound: role === "inbound" || !inbound ? inbound : { ...inbound, tls: undefined },
  };
  const line = new TextEncoder().encode(`${JSON.stringify({ ...orders, config })}\n`);
  await child.stdin.getWriter().write(line).catch(() => {});
}

/** The orders of this process; `stop` is aborted by SIGTERM, SIGINT or the end of the pipe. */
export async function receiveOrders(): Promise<Orders & { stop: AbortSignal }> {
  const stop = new AbortController();
  Deno.addSignalListener("SIGTERM", () => stop.abort());
  Deno.addSignalListener("SIGINT", () => stop.abort());
  const reader = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { done, value } = await reader.read();
    if (done) throw new Error("this process is started by the supervisor only");
    text += value;
  }
  const orders: Orders = JSON.parse(text);
  reader.read().finally(() => stop.abort());
  hearFaults(orders.name);
  return { ...orders, stop: stop.signal };
}

/** Faults that nobody caught are logged; whoever threw outside a promise ends the process. */
function hearFaults(name: string): void {
  const log = logger("app", name);
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    log.error("a promise failed that nobody waits for", event.reason);
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    if (isLateWrite(event.error)) return log.warn("PostgreSQL ended a connection in use");
    log.error("the process cannot go on", event.error);
    flushLogs().finally(() => Deno.exit(70));
  });
}

/** A process that nobody supervises outlives a late write as well: what waited for it has failed. */
export function outliveLateWrites(): void {
  globalThis.addEventListener("error", (event) => {
    if (!isLateWrite(event.error)) return;
    event.preventDefault();
    logger("app", "start").warn("PostgreSQL ended a connection in use");
  });
}

/**
 * Whether an error is the one that postgres.js throws from a timer, where nobody can catch it, when
 * a write still waits as PostgreSQL ends the connection. The pool opens that one anew.
 */
export const isLateWrite = (error: unknown): boolean =>
  error instanceof TypeError &&
  /^\s+at .*\bnextWrite\b.*\/postgres@[^/]+\//.test(error.stack?.split("\n")[1] ?? "");
