/** The one entry: the service, its processes, and the command line. */

import { setOffset } from "./db/clock.ts";
import { readConfig } from "./db/config.ts";
import { flushLogs, logger, openLogs, redact } from "./db/log.ts";
import type { Role } from "./db/permissions.ts";
import { receiveOrders } from "./jobs/orders.ts";

/** Exit codes by the class of an error that the operator can do something about. */
const exitCodes: Record<string, number> = {
  ConfigError: 78,
  DatabaseTooOld: 78,
  PortTaken: 78,
  MigrationRefused: 78,
  UnmappedColumns: 78,
  DatabaseAway: 69,
  EmbeddedError: 69,
  DataDirBusy: 75,
};

const [task, ...args] = Deno.args;
if (task === "start") await end(start());
else if (task === "crm") await end(command());
else if (task === "web" || task === "jobs" || task === "inbound" || task === "egress") {
  await end(child(task));
} else {
  console.error("Usage: deno task start | demo | crm <command> | test");
  Deno.exit(2);
}

async function start(): Promise<void> {
  const config = readConfig();
  setOffset(config.clockOffset);
  const { supervise } = await import("./jobs/supervisor.ts");
  await supervise(config, { demo: args.includes("--demo") });
}

async function command(): Promise<number> {
  const { run } = await import("./jobs/commands.ts");
  return await run(args);
}

/** A process under the supervisor: does its work until a signal, or until the pipe to it ends. */
async function child(role: Role): Promise<void> {
  const { name, config, appUrl, reach, stop } = await receiveOrders();
  setOffset(config.clockOffset);
  openLogs(config.dataDir);
  try {
    if (role === "web") {
      const { serve } = await import("./routes/serve.ts");
      await serve(config, appUrl, name, stop, reach);
    } else if (role === "egress") {
      const { relayRequests } = await import("./jobs/egress.ts");
      await relayRequests(config, appUrl, name, reach.listenAt ?? "", stop);
    } else if (role === "inbound") {
      const { takeIn } = await import("./jobs/inbound.ts");
      await takeIn(config, appUrl, name, stop);
    } else {
      const { work } = await import("./jobs/worker.ts");
      await work(config, appUrl, name, stop, reach);
    }
  } catch (error) {
    logger("app", name).error("the process cannot go on", error);
    await flushLogs();
    Deno.exit(70);
  }
}

/** Ends the process with the code of its outcome; known faults are told in a plain sentence. */
async function end(outcome: Promise<number | void>): Promise<never> {
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
