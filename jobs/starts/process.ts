/** How our processes begin and end: their orders, their work, their exit code. */

import { setOffset } from "../../db/clock.ts";
import { flushLogs, logger, openLogs, redact } from "../../db/log.ts";
import { sendMeters } from "../../db/meters.ts";
import { rememberEarlier } from "../../db/secret_chain.ts";
import { type Orders, outliveLateWrites, receiveOrders } from "../orders.ts";
import { beat } from "../pulses.ts";

/** Exit codes by class of error, for errors that the operator can fix. */
const exitCodes: Record<string, number> = {
  ConfigError: 78,
  WrongSecret: 78,
  DatabaseClosed: 78,
  DatabaseTooOld: 78,
  LedgerForeign: 78,
  FolderUnusable: 78,
  PortTaken: 78,
  MigrationRefused: 78,
  UnmappedColumns: 78,
  DatabaseAway: 69,
  EmbeddedError: 69,
  MigrationBrokenOff: 69,
  DataDirBusy: 75,
};

/**
 * Runs a process under the supervisor until a signal, or until the pipe from it ends. Each role has
 * a file of its own, because Deno reads everything a file could import before starting it.
 */
export async function child(
  work: (orders: Orders & { stop: AbortSignal }) => Promise<void>,
): Promise<never> {
  const orders = await receiveOrders();
  setOffset(orders.config.clockOffset);
  rememberEarlier(orders.config.secretKey, orders.config.earlierSecrets);
  openLogs(orders.config.dataDir);
  beat(orders.stop);
  if (orders.config.metrics) sendMeters(orders.stop);
  let code = 0;
  try {
    await work(orders);
  } catch (error) {
    logger("app", orders.name).error("the process cannot go on", error);
    code = 70;
  }
  await flushLogs();
  Deno.exit(code);
}

/**
 * Ends the process with the exit code of its outcome; known faults are reported in plain sentences.
 */
export async function end(outcome: Promise<number | void>): Promise<never> {
  outliveLateWrites();
  try {
    const code = await outcome;
    await flushLogs();
    Deno.exit(code ?? 0);
  } catch (error) {
    const code = error instanceof Error ? exitCodes[error.name] : undefined;
    const message = error instanceof Error ? error.message : String(error);
    console.error(code === undefined ? redact(message) : message);
    if (code === undefined) logger("app", "start").error("kompaktCRM had to stop", error);
    await flushLogs();
    Deno.exit(code ?? 70);
  }
}
