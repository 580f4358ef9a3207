/** How our processes begin and end: their orders, their work, their exit code. */

import { setOffset } from "../../db/clock.ts";
import { flushLogs, logger, openLogs, redact } from "../../db/log.ts";
import { sendMeters } from "../../db/meters.ts";
import { rememberEarlier } from "../../db/secret_chain.ts";
import { tidyOnce } from "../heaps.ts";
import { type Answer, answerMark, type ErrandOrders } from "../errands.ts";
import { type Orders, outliveLateWrites, receive, receiveOrders } from "../orders.ts";
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
  tidyOnce(orders.stop);
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
 * Runs an errand for the supervisor, reports its result and ends. When the supervisor is gone it
 * ends at once, as it would have with its work in the same process.
 */
export async function errand<Given extends ErrandOrders>(
  name: string,
  work: (given: Given & { stop: AbortSignal }) => Promise<unknown>,
): Promise<never> {
  outliveLateWrites();
  const stop = new AbortController();
  Deno.addSignalListener("SIGTERM", () => stop.abort());
  const given = await receive<Given>(() => Deno.exit(70));
  const { config } = given;
  setOffset(config.clockOffset);
  rememberEarlier(config.secretKey, config.earlierSecrets);
  openLogs(config.dataDir);
  const answer = await work({ ...given, stop: stop.signal }).then(
    (result = null): Answer => ({ result }),
    (error: unknown): Answer => {
      const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
      if (exitCodes[kind] === undefined) logger("app", name).error("an errand failed", error);
      return { fault: { name: kind, message } };
    },
  );
  await flushLogs();
  const bytes = new TextEncoder().encode(`\n${answerMark}${JSON.stringify(answer)}\n`);
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await Deno.stderr.write(rest));
  Deno.exit(0);
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
