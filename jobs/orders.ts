/**
 * Hands a child process its settings as one JSON line on standard input, which nobody else sees.
 */

import type { Config } from "../db/config.ts";
import { flushLogs, logger } from "../db/log.ts";
import type { Reach, Role } from "../db/permissions.ts";

/** What the supervisor orders a process to do. */
export interface Orders {
  /** `web 1`, `jobs`, `inbound`, `egress`: the name in its log lines. */
  name: string;
  config: Config;
  /** The serving role's connection. */
  appUrl: string;
  /** The hosts that the process may reach, as its permissions say. */
  reach: Reach;
}

/**
 * Sends a child its orders and leaves the pipe open: when the pipe ends, the child knows that its
 * parent is gone. The owner's connection is left out, as children use the serving role only; the
 * key of the mail listener goes to no other process.
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

/** The orders of this process; `stop` aborts on SIGTERM, SIGINT or the end of the pipe. */
export async function receiveOrders(): Promise<Orders & { stop: AbortSignal }> {
  const stop = new AbortController();
  Deno.addSignalListener("SIGTERM", () => stop.abort());
  Deno.addSignalListener("SIGINT", () => stop.abort());
  const orders = await receive<Orders>(() => stop.abort());
  hearFaults(orders.name);
  return { ...orders, stop: stop.signal };
}

/** The line that the parent wrote to standard input; `gone` is called when the parent ends. */
export async function receive<Given>(gone: () => void): Promise<Given> {
  const reader = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { done, value } = await reader.read();
    if (done) throw new Error("this process is started by the supervisor only");
    text += value;
  }
  reader.read().finally(gone);
  return JSON.parse(text);
}

/** Logs faults that nobody caught; an error thrown outside a promise ends the process. */
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

/**
 * Lets an unsupervised process survive a late write too: the query waiting for it has failed
 * anyway.
 */
export function outliveLateWrites(): void {
  globalThis.addEventListener("error", (event) => {
    if (!isLateWrite(event.error)) return;
    event.preventDefault();
    logger("app", "start").warn("PostgreSQL ended a connection in use");
  });
}

/**
 * Whether this is the error that postgres.js throws from a timer, where nobody can catch it, if a
 * write is pending when PostgreSQL ends the connection. The pool reconnects by itself.
 */
export const isLateWrite = (error: unknown): boolean =>
  error instanceof TypeError &&
  /^\s+at .*\bnextWrite\b.*\/postgres@[^/]+\//.test(error.stack?.split("\n")[1] ?? "");
